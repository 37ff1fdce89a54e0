import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../engine/load-model.ts';
import { filesOf } from '../../engine/register/files-of.ts';
import { smallRepository, smallSettings } from '../fixtures/small-repository.ts';

const customer = 'name: Acme\nplan: starter@1\n';
const exception = (id: string) =>
  `exceptions:\n  - { id: ${id}, need: n, kind: workflow, area: access, askedBy: a, askedOn: 2026-01-01, neededBy: 2026-01-02, worth: { amount: "1", currency: USD, per: once }, demand: [], usedBy: u, because: b, owner: o, handledBy: h, livesIn: config, hoursPerMonth: 0, decision: no }\n`;

type Changes = Parameters<typeof smallRepository>[0];

async function load(changes: Changes) {
  const { model, diagnostics } = await loadModel(smallRepository(changes), smallSettings);
  const said = diagnostics.map(({ severity, message, at, help }) => {
    return `${severity} ${at.path}:${at.start.line} ${message}${help === undefined ? '' : ` | ${help}`}`;
  });
  return { model, diagnostics, said, customers: [...model.customers.keys()], plans: [...model.world.plans.keys()] };
}

describe('the model of a repository', () => {
  it('holds every file by its id, with what it says, where, and the id of its bytes', async () => {
    const files = smallRepository();
    const { model, diagnostics } = await loadModel(files, smallSettings);
    expect(diagnostics).toEqual([]);
    const acme = model.customers.get('acme');
    expect(acme?.data).toEqual({ name: 'Acme', plan: 'starter@1' });
    expect(acme?.document.locate(['plan'], 'value').start).toEqual({ line: 2, column: 7 });
    expect(acme?.oid).toBe(files.find(({ path }) => path === 'customers/acme.yaml')?.oid);
    expect([...model.world.plans.keys()]).toEqual(['enterprise@1', 'starter@1']);
    expect(model.world.lifecycle?.data.stages.grace).toEqual({ days: 14 });
    expect(model.world.menu).toBeUndefined();
    expect(model.world.settings).toBe(smallSettings);
  });

  it('leaves out what is wrong, and keeps the rest', async () => {
    const { said, customers, plans } = await load({
      'customers/broken.yaml': 'name: [\n',
      'customers/wrong.yaml': 'name: Wrong\n',
      'customers/good.yaml': customer,
      'plans/enterprise@1.yaml': 'name: Enterprise\nrank: 1\nprice: { free: true }\nsettings: { seatz: 1 }\n',
    });
    expect(said).toHaveLength(3);
    expect(customers).toEqual(['acme', 'good']);
    expect(plans).toEqual(['starter@1']);
  });

  it('is the same for every order of the files', async () => {
    const files = smallRepository({
      'customers/b/x.yaml': customer,
      'customers/a/x.yaml': customer,
      'customers/z.yaml': `${customer}account: acme\n`,
      'customers/y.yaml': `${customer}accont: acme\n`,
    });
    const expected = await loadModel(files, smallSettings);
    const plain = (loaded: typeof expected) =>
      JSON.stringify([
        loaded.diagnostics,
        loaded.model.world.digest,
        [...loaded.model.customers],
        [...loaded.model.world.plans],
      ]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect(plain(await loadModel(shuffled, smallSettings))).toBe(plain(expected));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a repository of too many files to hold', () => {
  const files = smallRepository({
    'customers/b/x.yaml': customer,
    'customers/a/x.yaml': `${customer}account: A-7\n${exception('EX-1')}`,
    'customers/y.yaml': `${customer}account: a-7\n${exception('ex-1')}`,
    'customers/z.yaml': `${customer}account: acme\n`,
    'customers/broken.yaml': 'name: [\n',
    'customers/wrong.yaml': 'name: Wrong\n',
    'customers/Large.yaml': customer,
  });
  const open = (held: number) => loadModel(files, smallSettings, undefined, undefined, held);

  it('is the same as one that is held', async () => {
    const [some, all] = [await open(0), await open(files.length)];
    expect(some.diagnostics.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining([
        'account-twice',
        'customer-id-twice',
        'exception-id-twice',
        'yaml-syntax',
        'missing-key',
      ]),
    );
    expect(some.diagnostics).toEqual(all.diagnostics);
    expect(some.model.world.digest).toBe(all.model.world.digest);
    expect([...some.model.customers.keys()]).toEqual([...all.model.customers.keys()]);
    expect(some.model.customers.size).toBe(all.model.customers.size);
    const said = ({ model }: typeof all) =>
      Array.from(model.customers, ([id, { data, oid, document }]) => {
        return { id, data, oid, path: document.path, place: document.locate(['plan'], 'value') };
      });
    expect(said(some)).toEqual(said(all));
    expect(filesOf(some.model.customers).map(({ path, oid }) => ({ path, oid }))).toEqual(filesOf(all.model.customers));
  });

  it('reads a customer for who asks, and keeps only the last few', async () => {
    const { customers } = (await open(0)).model;
    expect(customers.get('nobody')).toBeUndefined();
    expect([customers.has('x'), customers.has('nobody'), customers.has('wrong')]).toEqual([true, false, false]);
    const first = customers.get('x');
    expect(first?.data.account).toBe('A-7');
    expect(customers.get('x')).toBe(first);

    const many = smallRepository(
      Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`customers/c${at}.yaml`, customer])),
    );
    const { model } = await loadModel(many, smallSettings, undefined, undefined, 0);
    const before = model.customers.get('c0');
    for (const id of model.customers.keys()) model.customers.get(id);
    expect(model.customers.get('c0')).not.toBe(before);
    expect(model.customers.get('c0')?.data).toEqual(before?.data);
  });
});

describe('files by their place and name', () => {
  const cases: readonly [string, string, string[]][] = [
    ['customers/a/b/c/deep.yaml', customer, []],
    ['customers/README.md', '# How to', []],
    ['customers/a/README.md', '# How to', []],
    ['customers/.gitkeep', '', []],
    ['notes.yaml', '[', []],
    ['schemas/other.yaml', '[', []],
    [
      'customers/Acme.yaml',
      customer,
      [
        'error customers/Acme.yaml:1 the file name is not a customer id: lower-case letters, digits and dashes, at most 63, not a dash first | rename it to acme.yaml',
        'error customers/acme.yaml:1 the customer id acme is used twice: customers/Acme.yaml has it too | a customer is one file, whatever its folder: keep one of them, or rename this one',
      ],
    ],
    [
      'customers/ac me.yaml',
      customer,
      [
        'error customers/ac me.yaml:1 the file name is not a customer id: lower-case letters, digits and dashes, at most 63, not a dash first | rename it to ac-me.yaml',
      ],
    ],
    [
      'customers/\u0430cme.yaml',
      customer,
      [
        'error customers/\u0430cme.yaml:1 the file name is not a customer id: lower-case letters, digits and dashes, at most 63, not a dash first',
      ],
    ],
    ['customers/other.yml', customer, ['error customers/other.yml:1 this file is not read | rename it to other.yaml']],
    [
      'customers/other.yaml.bak',
      customer,
      ['warning customers/other.yaml.bak:1 this file is not read | rename it to other.yaml'],
    ],
    [
      'customers/list.csv',
      'a,b',
      ['warning customers/list.csv:1 this file is not read | only .yaml files are read here; move it elsewhere'],
    ],
    [
      'plans/studio.yaml',
      'name: Studio\nrank: 1\nprice: { free: true }\n',
      [
        'error plans/studio.yaml:1 the file name is not a plan with its version, such as studio@2.yaml | rename it to studio@1.yaml',
      ],
    ],
    [
      'plans/studio@0.yaml',
      'name: Studio\nrank: 1\nprice: { free: true }\n',
      ['error plans/studio@0.yaml:1 the file name is not a plan with its version, such as studio@2.yaml'],
    ],
    [
      'plans/old/studio@1.yaml',
      'x',
      ['error plans/old/studio@1.yaml:1 this file is not read: plans have no folders | move it to plans/studio@1.yaml'],
    ],
    [
      'policies/mneu.yaml',
      'x',
      [
        'warning policies/mneu.yaml:1 there is no policy `mneu`, so this file is not read; did you mean menu? | policies are menu, lifecycle, roles, onboarding, publish, approvals, approvers, checks, scan',
      ],
    ],
  ];

  it.each(cases)('%s', async (path, text, expected) => {
    expect((await load({ [path]: text })).said).toEqual(expected);
  });

  it('checks what is in a file with a wrong name too', async () => {
    const { said, customers } = await load({ 'customers/Other.yaml': `${customer}exeptions: []\n` });
    expect(said.map((line) => line.split(' |')[0])).toEqual([
      'error customers/Other.yaml:1 the file name is not a customer id: lower-case letters, digits and dashes, at most 63, not a dash first',
      'error customers/Other.yaml:3 unknown key `exeptions`; did you mean exceptions?',
    ]);
    expect(customers).toEqual(['acme']);
    expect((await load({ 'customers/Other.yaml': customer })).customers).toEqual(['acme']);
  });
});

describe('ids are used once', () => {
  it('customers, whatever the folder: the later file is refused and left out', async () => {
    const { diagnostics, model } = await load({
      'customers/a/globex.yaml': customer,
      'customers/b/globex.yaml': customer,
    });
    expect(diagnostics).toMatchObject([
      {
        rule: 'customer-id-twice',
        at: { path: 'customers/b/globex.yaml' },
        related: [{ at: { path: 'customers/a/globex.yaml' } }],
      },
    ]);
    expect(model.customers.get('globex')?.document.path).toBe('customers/a/globex.yaml');
  });

  it('accounts, among themselves and against other customers', async () => {
    const { said } = await load({
      'customers/one.yaml': `${customer}account: acc_1\n`,
      'customers/two.yaml': `${customer}account: ACC_1\n`,
      'customers/three.yaml': `${customer}account: acme\n`,
      'customers/four.yaml': `${customer}account: four\n`,
    });
    expect(said.map((line) => line.split(' |')[0])).toEqual([
      'error customers/three.yaml:3 the account acme is the id of another customer, customers/acme.yaml',
      'error customers/two.yaml:3 the account ACC_1 is used twice: customers/one.yaml has it too',
    ]);
  });

  it('exceptions in the whole repository, at the later record with the place of the other', async () => {
    const twice = `${customer}${exception('EX-2')}${exception('ex-2').replace('exceptions:\n', '')}`;
    const { diagnostics } = await load({
      'customers/one.yaml': `${customer}${exception('EX-1')}`,
      'customers/two.yaml': `${customer}${exception('EX-1')}`,
      'customers/three.yaml': twice,
    });
    expect(
      diagnostics.map(({ message, at, related }) => [
        message,
        at.path,
        at.start.line,
        related?.[0]?.at.path,
        related?.[0]?.at.start.line,
      ]),
    ).toEqual([
      [
        'the exception id ex-2 is used twice: this file has it above',
        'customers/three.yaml',
        5,
        'customers/three.yaml',
        4,
      ],
      [
        'the exception id EX-1 is used twice: customers/one.yaml has it too',
        'customers/two.yaml',
        4,
        'customers/one.yaml',
        4,
      ],
    ]);
  });
});

describe('what a timeline may be kept under', () => {
  const digest = async (changes: Changes, settings = smallSettings) =>
    (await loadModel(smallRepository(changes), settings)).model.world.digest;

  it('changes with plans, policies and settings, and with nothing else', async () => {
    const before = await digest({});
    expect(
      await digest({ 'customers/acme.yaml': undefined, 'customers/other.yaml': customer, 'plans/README.md': 'x' }),
    ).toBe(before);
    const { seats, ...others } = smallSettings;
    const changed = await Promise.all([
      digest({ 'plans/starter@1.yaml': 'name: Start\nrank: 0\nprice: { free: true }\n' }),
      digest({
        'plans/starter@1.yaml': undefined,
        'plans/starter@2.yaml': 'name: Starter\nrank: 0\nprice: { free: true }\n',
      }),
      digest({ 'policies/lifecycle.yaml': undefined }),
      digest({}, others),
      digest({}, { ...smallSettings, seats: { ...(seats as NonNullable<typeof seats>), label: 'Places' } }),
    ]);
    expect(new Set([before, ...changed]).size).toBe(changed.length + 1);
  });
});
