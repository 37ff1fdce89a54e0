/** A five-person studio and a 700-person pilot on the same day, from sign-up to roll-out. */
import { describe, expect, it } from 'vitest';
import { git } from '../temporary-repository.ts';
import { edit } from './company-in-git.ts';
import { json, read, run } from './sample-company.ts';
import { approvalsFor, checked, effectOf, exceptionRecord, settingsOf, storyRepository } from './story-company.ts';

const PATH = 'customers/meridian-group.yaml';

const SIGNED_UP = 'name: Meridian Group\nplan: starter@1\nbilling: { method: card }\n';

const invites = {
  id: 'EX-0001',
  need: 'Only admins invite people during the pilot.',
  because: 'One department tries it; its admins decide who belongs to it.',
  access: [{ action: 'inviteTeammates', only: ['admin'] }],
  starts: '2026-03-02',
  expires: '2026-05-31',
  owner: 'anna@product.example',
};

const exports = {
  ...invites,
  id: 'EX-0002',
  need: 'Every export needs one approval.',
  access: [{ action: 'exportReports', approver: 'admin' }],
};

const pilotOf = (...records: string[]): string => `${SIGNED_UP}trials:
  - kind: pilot
    plan: pilot@1
    starts: 2026-03-02
    ends: 2026-05-31
    groups: [operations]
    quantities: { seats: 60 }
    billing: { method: manual }
exceptions:
${records.join('')}`;

const PILOT = pilotOf(exceptionRecord(invites), exceptionRecord(exports));

const others = ['pixel-and-co', 'larkspur', 'old-harbor'];

/** A repository in which Meridian signed up, and then the pilot was agreed. */
function withPilot(text = PILOT): string {
  const root = storyRepository({ [PATH]: SIGNED_UP });
  edit(root, { [PATH]: text }, 'The pilot of Meridian');
  return root;
}

async function problemsOf(root: string, command: string, ...argv: string[]): Promise<string[]> {
  const { diagnostics } = await json(root, command, ...argv);
  return (diagnostics as Record<string, unknown>[])
    .filter(({ severity }) => severity === 'error')
    .map(({ path, line, message }) => `${path}:${line} ${message}`);
}

describe('a pilot without an answer to one question', () => {
  const line = PILOT.split('\n').indexOf('  - id: EX-0001') + 1;

  it.each([
    ['owner', { owner: undefined }, `${PATH}:${line} \`owner\` is missing`],
    ['reason', { because: undefined }, `${PATH}:${line} \`because\` is missing`],
    ['expiry', { expires: undefined }, `${PATH}:${line} \`expires\` is missing`],
    [
      'approver',
      { access: [{ action: 'exportReports' }] },
      `${PATH}:${PILOT.split('\n').findIndex((text) => text.includes('inviteTeammates')) + 1} the rule for exportReports names neither an \`approver\` nor \`only\` some roles`,
    ],
  ])('fails and names the %s, the file and the line', async (_title, change, problem) => {
    const root = withPilot(pilotOf(exceptionRecord({ ...invites, ...change })));
    expect(await problemsOf(root, 'validate')).toEqual([problem]);
    expect((await checked(root, '--at', '2026-02-25')).errors).toEqual([problem]);
    expect(await json(root, 'diff')).toMatchObject({ exitCode: 1 });
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 1 });
  });
});

describe('a studio that signs up alone', () => {
  it('needs nobody’s approval, and a file of three lines', async () => {
    const root = storyRepository();
    edit(root, { 'customers/ember.yaml': 'name: Ember\nplan: studio@1\nbilling: { method: card }\n' });
    expect(await checked(root, '--at', '2026-03-02')).toEqual({
      exitCode: 0,
      verdict: 'approved',
      approvals: [],
      satisfied: [],
      errors: [],
      warnings: [],
    });
  });
});

describe('a pilot with all of them', () => {
  it('waits for who decides about access, and may be merged after that', async () => {
    const root = withPilot();
    expect(await checked(root, '--at', '2026-02-25')).toEqual({
      exitCode: 1,
      verdict: 'needsApproval',
      approvals: ['product: who may do what is how the product works for them'],
      satisfied: [],
      errors: [],
      warnings: [],
    });
    const path = await approvalsFor(root, '--at', '2026-02-25');
    expect(await checked(root, '--at', '2026-02-25', '--approvals', path)).toMatchObject({ exitCode: 0 });
  });

  const effects = [
    'plan: "starter@1" → "pilot@1" (2026-03-02 to 2026-05-31)',
    'stage: "active" → "pilot" (2026-03-02 to 2026-05-31)',
    'settings.seats: 3 → 60 (2026-03-02 to 2026-05-31)',
    'terms.billing.method: "card" → "manual" (2026-03-02 to 2026-05-31)',
    'access.rules.inviteTeammates: null → {"only":["admin"]} (2026-03-02 to 2026-05-31)',
    'access.rules.exportReports: null → {"approver":"admin"} (2026-03-02 to 2026-05-31)',
  ];

  it('changes these things of one customer until its last day, and nothing of anybody else', async () => {
    const root = withPilot();
    expect(await effectOf(root, '--at', '2026-03-02')).toEqual([['meridian-group', 'changed', effects]]);
    const { stdout } = await run(root, 'diff', '--at', '2026-03-02');
    for (const id of others) expect(stdout).not.toContain(id);
  });

  it('is free of problems, every future day included', async () => {
    expect(await problemsOf(withPilot(), 'validate')).toEqual([]);
  });

  it('leaves everybody else the same bytes, while it lasts and when its exceptions are removed', async () => {
    const root = storyRepository({ [PATH]: SIGNED_UP });
    const before = (await json(root, 'compile', ...others)).customers;
    edit(root, { [PATH]: PILOT });
    expect(JSON.stringify((await json(root, 'compile', ...others)).customers)).toBe(JSON.stringify(before));
    edit(root, { [PATH]: SIGNED_UP });
    expect(JSON.stringify((await json(root, 'compile', ...others)).customers)).toBe(JSON.stringify(before));
  });

  it('leaves what the product reads of everybody else in the very same objects of the release', async () => {
    const root = storyRepository({ [PATH]: SIGNED_UP });
    await json(root, 'publish');
    edit(root, { [PATH]: PILOT });
    expect(await json(root, 'status')).toMatchObject({ drift: true, changed: ['meridian-group'] });
    await json(root, 'publish');
    edit(root, { [PATH]: pilotOf(exceptionRecord(invites)) });
    expect(await json(root, 'status')).toMatchObject({ drift: true, changed: ['meridian-group'] });
  });
});

describe('a pilot nobody follows up', () => {
  it('ends on its day for the product, without a commit and without a release', async () => {
    const root = withPilot();
    await json(root, 'publish');
    const commit = git(root, 'rev-parse', 'HEAD');
    const on = async (at: string) => await json(root, 'get', 'meridian-group', '--at', at);
    const [last, first] = [await on('2026-05-31T23:59:59Z'), await on('2026-06-01T00:00:00Z')];
    expect(last).toMatchObject({ plan: 'pilot@1', stage: 'pilot', release: 1, settings: { seats: 60 } });
    expect(first).toMatchObject({ plan: 'starter@1', stage: 'active', release: 1 });
    const account = await json(root, 'get', '--account', 'u_1', '--plan', 'starter@1');
    expect(first.settings).toEqual(account.settings);
    expect(git(root, 'rev-parse', 'HEAD')).toBe(commit);
    expect(await json(root, 'status', '--at', '2026-06-01')).toMatchObject({ release: 1, drift: false });
  });

  it.each([
    ['2026-05-16', []],
    [
      '2026-05-17',
      ['2026-05-31 exception EX-0001', '2026-05-31 exception EX-0002', '2026-05-31 pilot: falls back to starter@1'],
    ],
  ])('is told on %s as what ends within fourteen days: %j', async (day, expected) => {
    const root = withPilot();
    const { renewals } = await json(root, 'renewals', '--within', '14d', '--at', day);
    const told = (renewals as Record<string, string>[]).map(({ customer, kind, last, id, then }) => [
      customer,
      kind === 'exception' ? `${last} exception ${id}` : `${last} ${kind}: ${then}`,
    ]);
    expect(told).toEqual(expected.map((line) => ['meridian-group', line]));
  });

  it('is on the agenda of that week, with what to do next', async () => {
    const { stdout } = await run(withPilot(), 'agenda', '--at', '2026-05-17');
    expect(stdout).toMatch(
      /Ending soon \(3\)[^]*the pilot of pilot@1 ends on 2026-05-31: falls back to starter@1\n +next: \S/,
    );
  });

  it('is told as expired, by nobody’s hand', async () => {
    const root = withPilot();
    const { exceptions, access } = await json(root, 'explain', 'meridian-group', '--at', '2026-06-01');
    expect((exceptions as { id: string; state: string }[]).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'EX-0001 expired',
      'EX-0002 expired',
    ]);
    expect(access).toMatchObject({ rules: [] });
    const { stdout } = await run(root, 'explain', 'meridian-group', '--at', '2026-06-01');
    expect(stdout).not.toMatch(/changed by/i);
  });
});

describe('a pilot that becomes a roll-out', () => {
  const ROLLED_OUT = `${PILOT.replace(
    'exceptions:\n',
    `contracts:
  - id: C-2026-040
    plan: enterprise@1
    signed: 2026-05-20
    starts: 2026-06-01
    ends: 2027-05-31
    renewal: { kind: manual, noticeDays: 60, months: 12 }
    quantities: { seats: 700 }
exceptions:
`,
  )}${exceptionRecord({ ...exports, id: 'EX-0003', need: 'Every export still needs one approval.', starts: '2026-06-01', expires: 'contract', askedOn: '2026-05-20', neededBy: '2026-06-01' })}`;

  it('is an edit of the same customer, from the day the contract starts', async () => {
    const root = withPilot();
    edit(root, { [PATH]: ROLLED_OUT }, 'Meridian rolls out');
    expect(await problemsOf(root, 'validate')).toEqual([]);
    const found = await effectOf(root, '--at', '2026-05-20');
    expect(found.map(([customer, kind]) => [customer, kind])).toEqual([['meridian-group', 'changed']]);
    const changes = found[0]?.[2] ?? [];
    expect(changes).toEqual(
      expect.arrayContaining([
        'plan: "starter@1" → "enterprise@1" (2026-06-01 to 2027-06-14)',
        'settings.seats: 3 → 700 (2026-06-01 to 2027-06-14)',
        'settings.sso: false → true (2026-06-01 to 2027-06-14)',
      ]),
    );
    expect(changes.filter((change) => / \((?:null|20\d\d-0[1-5]|2026-05)/.test(change))).toEqual([]);
    expect(git(root, 'diff', '--name-status', 'HEAD~1')).toBe(`M\t${PATH}`);
    expect(await checked(root, '--at', '2026-05-20')).toMatchObject({
      exitCode: 1,
      verdict: 'needsApproval',
      approvals: [
        'product: who may do what is how the product works for them',
        'security: they sign in through a system of their own',
      ],
      errors: [],
    });
  });

  it('keeps the account, the roles, the approval and the readable history of the pilot', async () => {
    const root = withPilot();
    const pilot = await json(root, 'explain', 'meridian-group', '--at', '2026-05-01');
    edit(root, { [PATH]: ROLLED_OUT }, 'Meridian rolls out');
    const past = await json(root, 'explain', 'meridian-group', '--at', '2026-05-01');
    for (const key of ['plan', 'stage', 'settings', 'access']) expect(past[key]).toEqual(pilot[key]);
    await json(root, 'publish');
    const after = await json(root, 'get', 'meridian-group', '--at', '2026-06-01');
    expect(after).toMatchObject({ plan: 'enterprise@1', settings: { seats: 700, sso: true } });
    const { access } = await json(root, 'explain', 'meridian-group', '--at', '2026-06-01');
    expect(access).toMatchObject({ rules: [{ exception: 'EX-0003', action: 'exportReports', approver: 'admin' }] });
    expect(await settingsOf(root, 'meridian-group', '2026-05-31')).toMatchObject({ seats: 60, sso: false });
    expect(git(root, 'log', '--follow', '--format=%s', '--', PATH).split('\n')).toEqual([
      'Meridian rolls out',
      'The pilot of Meridian',
      'The company',
    ]);
    expect(read(root, PATH)).toContain('kind: pilot');
  });
});
