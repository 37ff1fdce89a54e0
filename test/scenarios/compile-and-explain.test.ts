import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFiles } from '../temporary-repository.ts';
import { edit, publishedSample, tinyRepository } from './company-in-git.ts';
import { json, read, refused, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const sample = publishedSample();
const acme = 'customers/acme.yaml';
const amended = `${tinyCompany[acme]}amendments: [{ on: 2026-02-15, billing: { method: card } }]\n`;

describe('compile', () => {
  const nobody = { groups: [], rules: [] };
  const segments = [
    {
      from: null,
      plan: 'studio@1',
      stage: 'active',
      settings: { seats: 5, sso: false },
      terms: { billing: {}, support: {}, contract: null },
      access: nobody,
    },
    {
      from: '2026-02-15',
      plan: 'studio@1',
      stage: 'active',
      settings: { seats: 5, sso: false },
      terms: { billing: { method: 'card' }, support: {}, contract: null },
      access: nobody,
    },
  ];

  it('gives every customer over time, in words and as data', async () => {
    const { root } = tinyRepository({
      [acme]: amended,
      'customers/b/bolt.yaml': `${tinyCompany[acme]}account: acc_1\n`,
    });
    const bolt = { customer: 'bolt', name: 'Acme', segments: segments.slice(0, 1) };
    expect(await json(root, 'compile')).toEqual({
      exitCode: 0,
      customers: [{ customer: 'acme', name: 'Acme', segments }, bolt],
      diagnostics: [],
    });
    expect(await json(root, 'compile', 'acc_1')).toEqual({ exitCode: 0, customers: [bolt], diagnostics: [] });
    expect(await run(root, 'compile', 'acme')).toEqual({
      exitCode: 0,
      stdout: `acme · Acme
  at first: studio@1, active
    seats: 5
  from 2026-02-15: studio@1, active
    billing.method: card
`,
      stderr: '',
    });
  });

  it('gives what a commit says, whatever lies in the folder', async () => {
    const { root, commit } = tinyRepository();
    edit(root, { [acme]: amended });
    writeFiles(root, { [acme]: 'not: [a customer' });
    const of = async (ref: string) => (await json(root, 'compile', '--ref', ref)).customers;
    expect(await of(commit)).toEqual([{ customer: 'acme', name: 'Acme', segments: segments.slice(0, 1) }]);
    expect(await of('HEAD')).toEqual([{ customer: 'acme', name: 'Acme', segments }]);
  });

  it('writes a file for each customer, where it is told to', async () => {
    const { root } = tinyRepository({ [acme]: amended });
    expect((await run(root, 'compile', '--out', 'compiled/all')).stdout).toBe('1 timeline written to compiled/all\n');
    expect(readdirSync(join(root, 'compiled/all'))).toEqual(['acme.json']);
    expect(JSON.parse(read(root, 'compiled/all/acme.json'))).toEqual({ customer: 'acme', name: 'Acme', segments });
  });

  it('tells what is wrong with one, and gives the others', async () => {
    const { root } = tinyRepository({ 'customers/bad.yaml': 'name: Bad\nplan: studoi@1\n' });
    const { exitCode, customers, diagnostics } = await json(root, 'compile');
    expect([exitCode, (customers as { customer: string }[]).map(({ customer }) => customer)]).toEqual([1, ['acme']]);
    expect(diagnostics).toMatchObject([{ rule: 'unknown-plan', path: 'customers/bad.yaml', line: 2 }]);
    expect(await refused(root, 2, 'compile', 'acne')).toBe(
      'proviso: there is no customer acne\n  help: did you mean acme?\n',
    );
  });

  it('adds decimals up as they are written', async () => {
    const catalogue = JSON.parse(tinyCompany['schemas/generated/catalogue.json']);
    catalogue.settings.hours = { ...catalogue.settings.seats, unit: 'hour', default: 0.1, fractional: true };
    const { root } = tinyRepository({
      'schemas/generated/catalogue.json': JSON.stringify(catalogue),
      'policies/menu.yaml':
        'addOns: { help: { plans: [studio], adds: { hours: 0.2 }, price: { amount: "1.00", per: month } } }\n',
      [acme]: `${tinyCompany[acme]}addOns: [{ id: help }]\n`,
    });
    expect((await json(root, 'compile')).customers).toMatchObject([{ segments: [{ settings: { hours: 0.3 } }] }]);
    await json(root, 'publish');
    expect(await json(root, 'get', 'acme', 'hours')).toMatchObject({ value: 0.3 });
  });

  it('says of the sample company what the product reads', async () => {
    const { customers } = await json(sample.root, 'compile');
    const last = (customers as { customer: string; segments: { settings: object; plan: string }[] }[]).map((one) => ({
      customer: one.customer,
      ...one.segments.at(-1),
    }));
    expect(last).toHaveLength(26);
    for (const { customer, plan, settings } of last)
      expect(await json(sample.root, 'get', customer, '--at', '2099-01-01')).toMatchObject({ plan, settings });
  });
});

interface Origin {
  kind: string;
  id?: string;
  path: string;
  line: number;
}

interface Told {
  value: unknown;
  origin: Origin;
}

interface Explanation extends Record<string, unknown> {
  settings: Record<string, Told>;
  terms: { billing: Record<string, Told>; support: Record<string, Told> };
  exceptions: { id: string; state: string; path: string; line: number }[];
}

/** Every customer of the sample company on days on which each kind of origin and each state of an exception occurs. */
async function explainEverybody(): Promise<Explanation[]> {
  const { customers } = await json(sample.root, 'compile');
  const told: Explanation[] = [];
  for (const { customer } of customers as { customer: string }[])
    for (const day of ['2026-03-01', '2026-06-15', '2026-11-20', '2027-08-01'])
      told.push((await json(sample.root, 'explain', customer, '--at', day)) as Explanation);
  return told;
}

describe('explain', () => {
  it('has the fields others read', async () => {
    const told = await json(sample.root, 'explain', 'meridian-group', '--at', '2026-05-01');
    expect(told).toMatchObject({
      exitCode: 0,
      customer: 'meridian-group',
      at: '2026-05-01',
      plan: 'pilot@1',
      stage: 'pilot',
      settings: {
        seats: {
          value: 60,
          origin: { kind: 'quantity', id: 'pilot', path: 'customers/pilots/meridian-group.yaml', line: 14 },
        },
        sso: { value: false, origin: { kind: 'default', path: 'schemas/settings.ts', line: 1 } },
      },
      terms: {
        billing: { method: { value: 'manual', origin: { kind: 'trial', id: 'pilot', line: 15 } } },
        support: { channel: { value: 'email', origin: { kind: 'plan', id: 'pilot@1', path: 'plans/pilot@1.yaml' } } },
        contract: null,
      },
      access: { groups: [], rules: [{ exception: 'EX-0007' }, { exception: 'EX-0008' }] },
      exceptions: [
        { id: 'EX-0007', decision: 'configuration', state: 'active', owner: 'anna@product.example', line: 17 },
        { id: 'EX-0008', decision: 'configuration', state: 'active', because: expect.any(String), line: 39 },
      ],
      diagnostics: [],
    });
  });

  it('names for every value a line that says it', async () => {
    const everybody = await explainEverybody();
    const lines = new Map<string, string[]>();
    const lineAt = ({ path, line }: Pick<Origin, 'path' | 'line'>): string => {
      if (!lines.has(path)) lines.set(path, read(sample.root, path).split('\n'));
      return `${path}:${line}: ${lines.get(path)?.[line - 1]}`;
    };
    const kinds = new Set<string>();
    for (const { settings, terms } of everybody)
      for (const [place, told] of Object.entries({ settings, billing: terms.billing, support: terms.support }))
        for (const [key, { origin }] of Object.entries(told)) {
          kinds.add(`${place === 'settings' ? place : 'terms'} ${origin.kind}`);
          if (origin.kind === 'default')
            expect(origin).toEqual({ kind: 'default', path: 'schemas/settings.ts', line: 1 });
          else if (origin.kind === 'addOn' && place === 'settings')
            expect(lineAt(origin)).toContain(`id: ${origin.id}`);
          else expect(lineAt(origin)).toMatch(new RegExp(`:\\d+: .*\\b${key}:`));
        }
    expect([...kinds].sort()).toEqual([
      'settings addOn',
      'settings default',
      'settings exception',
      'settings plan',
      'settings quantity',
      'settings stage',
      'terms account',
      'terms addOn',
      'terms contract',
      'terms exception',
      'terms plan',
      'terms trial',
    ]);
    const states = new Set<string>();
    for (const { exceptions } of everybody)
      for (const exception of exceptions) {
        states.add(exception.state);
        expect(lineAt(exception)).toContain(`- id: ${exception.id}`);
      }
    expect([...states].sort()).toEqual(['active', 'dropped', 'expired', 'notStarted', 'recorded', 'refused']);
  });

  it('agrees with what the product reads', async () => {
    for (const { customer, at, plan, stage, settings } of await explainEverybody()) {
      const values = Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value]));
      expect(await json(sample.root, 'get', String(customer), '--at', String(at))).toMatchObject({
        customer,
        plan,
        stage,
        settings: values,
      });
    }
  });

  it('is one screen for support', async () => {
    expect(await run(sample.root, 'explain', 'meridian-group', '--at', '2026-05-01')).toEqual({
      exitCode: 0,
      stdout: `Meridian Group (meridian-group) on 2026-05-01: pilot@1, pilot

Settings
  what   value  from          where                                    why
  Seats  60     bought pilot  customers/pilots/meridian-group.yaml:14

31 more settings are at their day-one default.

Billing
  what    value   from         where                                    why
  method  manual  trial pilot  customers/pilots/meridian-group.yaml:15

Support
  what                value  from          where                  why
  channel             email  plan pilot@1  plans/pilot@1.yaml:10
  firstResponseHours  48     plan pilot@1  plans/pilot@1.yaml:10

Access
  action           rule                     for        exception
  inviteTeammates  only admin               everybody  EX-0007
  exportReports    needs approval by admin  everybody  EX-0008

Exceptions
  id       state   decision       need                                         owner                 where
  EX-0007  active  configuration  Only admins invite people during the pilot.  anna@product.example  customers/pilots/meridian-group.yaml:17
  EX-0008  active  configuration  Every export needs one approval.             anna@product.example  customers/pilots/meridian-group.yaml:39
`,
      stderr: '',
    });
  });

  it('answers for one setting, also one that is held', async () => {
    expect((await run(sample.root, 'explain', 'quarry-labs', 'sso', '--at', '2026-06-03')).stdout).toBe(
      `Quarry Labs (quarry-labs) on 2026-06-03: enterprise@1, active

Settings
  what            value  from               where                       why
  Single sign-on  yes    plan enterprise@1  plans/enterprise@1.yaml:19
`,
    );
    const held = await run(sample.root, 'explain', 'blue-heron-health', 'dataRegion', '--at', '2027-08-01');
    expect(held.stdout).toContain('add-on euResidency (ended; held since 2027-07-15, otherwise us)');
    const { settings } = await json(sample.root, 'explain', 'blue-heron-health', 'dataRegion');
    expect(Object.keys(settings as object)).toEqual(['dataRegion']);
  });

  it('answers for a commit', async () => {
    const { root, commit } = tinyRepository();
    edit(root, { 'plans/studio@1.yaml': `# ten now\n${tinyCompany['plans/studio@1.yaml'].replace('5', '10')}` });
    const seats = async (...argv: string[]) =>
      ((await json(root, 'explain', 'acme', ...argv)) as Explanation).settings.seats;
    expect(await seats('--ref', commit)).toMatchObject({ value: 5, origin: { line: 3 } });
    expect(await seats()).toMatchObject({ value: 10, origin: { line: 4 } });
  });

  it.each([
    [['acne'], 'there is no customer acne', 'did you mean acme?'],
    [['toString'], 'there is no customer toString', 'customers are the files under customers/'],
    [['acme', 'saets'], 'there is no setting saets', 'did you mean seats?'],
    [['acme', 'toString'], 'there is no setting toString', 'settings are in schemas/settings.ts'],
    [['acme', '--ref', 'v9'], 'there is no commit, branch or tag "v9"', 'see `git branch --all`'],
    [[], '<customer> is needed: an id or account', ''],
  ])('what cannot be answered: %j', async (words, message, help) => {
    const { root } = tinyRepository();
    const said = await refused(root, 2, 'explain', ...words);
    expect(said).toContain(message);
    expect(said).toContain(help);
  });
});
