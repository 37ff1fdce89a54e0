import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAll } from '../temporary-repository.ts';
import { edit, sampleRepository } from './company-in-git.ts';
import { json, read, run } from './sample-company.ts';

const MERIDIAN = 'customers/pilots/meridian-group.yaml';
const COPPERLINE = 'customers/enterprise/copperline.yaml';
const QUARRY = 'customers/enterprise/quarry-labs.yaml';

interface Change {
  path: string;
  from: unknown;
  to: unknown;
  effective: string | null;
}

/** What the edits in the folder change: customer, kind, and each change as `day path: from → to`. */
async function effectOf(
  root: string,
  ...argv: string[]
): Promise<[customer: string, kind: string, changes: string[]][]> {
  const { exitCode, customers } = await json(root, 'diff', ...argv);
  expect(exitCode).toBe(0);
  return (customers as { customer: string; kind: string; changes: Change[] }[]).map(({ customer, kind, changes }) => [
    customer,
    kind,
    changes.map(
      ({ path, from, to, effective }) =>
        `${effective ?? 'ever'} ${path}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`,
    ),
  ]);
}

/** The file without the lines from one that begins so up to (not including) one that begins so, or the end. */
function without(text: string, from: string, upTo?: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith(from));
  const next = upTo === undefined ? lines.length : lines.findIndex((line, at) => at > first && line.startsWith(upTo));
  expect([first, next]).not.toContain(-1);
  return [...lines.slice(0, first), ...lines.slice(next)].join('\n');
}

/** Every problem there is, as `path:line rule message`. */
async function problemsOf(root: string): Promise<string[]> {
  const { diagnostics } = await json(root, 'validate');
  return (diagnostics as Record<string, unknown>[])
    .filter(({ severity }) => severity === 'error')
    .map(({ path, line, rule, message }) => `${path}:${line} ${rule} ${message}`);
}

describe('a pilot is proposed', () => {
  it('and the change shows what it does to one customer, and nothing else', async () => {
    const root = sampleRepository();
    const pilot = read(root, MERIDIAN);
    edit(root, { [MERIDIAN]: without(without(pilot, 'trials:', 'exceptions:'), 'exceptions:') });
    edit(root, { [MERIDIAN]: pilot });
    expect(await effectOf(root, '--at', '2026-03-01')).toEqual([
      [
        'meridian-group',
        'changed',
        [
          '2026-03-02 plan: "starter@1" → "pilot@1"',
          '2026-03-02 stage: "active" → "pilot"',
          '2026-03-02 settings.seats: 3 → 60',
          '2026-03-02 terms.billing.method: "card" → "manual"',
          expect.stringMatching(/^2026-03-02 access\.\S*inviteTeammates\S*: null → /),
          expect.stringMatching(/^2026-03-02 access\.\S*exportReports\S*: null → /),
        ],
      ],
    ]);
  });

  it.each([
    ['owner', 'owner'],
    ['because', 'reason'],
    ['expires', 'expiry'],
    ['onUpgrade', 'answer for an upgrade'],
    ['onDowngrade', 'answer for a downgrade'],
    ['onLapse', 'answer for a lapse'],
  ])('and is refused at its place without %s (%s)', async (key) => {
    const root = sampleRepository();
    const lines = read(root, MERIDIAN).split('\n');
    const record = lines.findIndex((line) => line.includes('id: EX-0007'));
    const at = lines.findIndex((line, index) => index > record && line.startsWith(`    ${key}:`));
    edit(root, { [MERIDIAN]: lines.toSpliced(at, 1).join('\n') });
    expect(await problemsOf(root)).toEqual([`${MERIDIAN}:${record + 1} missing-key \`${key}\` is missing`]);
    expect(await json(root, 'publish')).toMatchObject({ exitCode: 1 });
  });

  it('and ended again: everybody else’s terms are the same bytes', async () => {
    const root = sampleRepository();
    await json(root, 'publish');
    const before = (await json(root, 'compile', 'pixel-and-co')).customers;
    edit(root, { [MERIDIAN]: without(read(root, MERIDIAN), 'exceptions:') });
    expect((await json(root, 'compile', 'pixel-and-co')).customers).toEqual(before);
    expect(await json(root, 'status')).toMatchObject({ drift: true, changed: ['meridian-group'] });
  });

  it('becomes a roll-out: the same file, and its past stays readable', async () => {
    const root = sampleRepository();
    const past = await json(root, 'explain', 'meridian-group', '--at', '2026-05-01');
    const contract = `contracts:
  - id: C-2026-040
    plan: enterprise@1
    signed: 2026-05-20
    starts: 2026-06-01
    ends: 2027-05-31
    renewal: { kind: manual, noticeDays: 60, months: 12 }
    quantities: { seats: 700 }
    billing: { method: invoice }
`;
    edit(root, { [MERIDIAN]: read(root, MERIDIAN).replace('exceptions:\n', `${contract}exceptions:\n`) });
    const [[customer, kind, changes] = ['', '', []], ...others] = await effectOf(root, '--at', '2026-05-20');
    expect([customer, kind, others]).toEqual(['meridian-group', 'changed', []]);
    expect(changes).toContain('2026-06-01 settings.seats: 3 → 700');
    expect(changes).toContain('2026-06-01 settings.sso: false → true');
    expect(changes.filter((change) => change < '2026-06-01')).toEqual([]);
    const same = await json(root, 'explain', 'meridian-group', '--at', '2026-05-01');
    for (const key of ['plan', 'stage', 'settings', 'access']) expect(same[key]).toEqual(past[key]);
    expect(await problemsOf(root)).toEqual([]);
  });
});

describe('a trial becomes a contract', () => {
  it('by an edit of one file, from its day on', async () => {
    const root = sampleRepository();
    const signed = read(root, QUARRY);
    edit(root, { [QUARRY]: without(without(signed, 'contracts:', 'exceptions:'), 'exceptions:') });
    await json(root, 'publish');
    expect(await json(root, 'get', 'quarry-labs', 'seats', '--at', '2026-06-02')).toMatchObject({ value: 5 });
    expect(await json(root, 'get', 'quarry-labs', 'seats', '--at', '2026-06-03')).toMatchObject({
      plan: 'starter@1',
      stage: 'active',
      value: 3,
    });

    edit(root, { [QUARRY]: signed });
    const [[customer, kind, changes] = ['', '', []], ...others] = await effectOf(root, '--at', '2026-05-20');
    expect([customer, kind, others]).toEqual(['quarry-labs', 'changed', []]);
    expect(changes).toContain('2026-06-03 plan: "starter@1" → "enterprise@1"');
    expect(changes.filter((change) => change < '2026-06-03')).toEqual([]);
    await json(root, 'publish');
    expect(await json(root, 'get', 'quarry-labs', 'seats', '--at', '2026-06-02')).toMatchObject({ value: 5 });
    expect(await json(root, 'get', 'quarry-labs', 'seats', '--at', '2026-06-03')).toMatchObject({ value: 40 });
  });
});

describe('the first large buyer', () => {
  it('comes, and nobody else changes', async () => {
    const root = sampleRepository();
    const file = read(root, COPPERLINE);
    rmSync(join(root, COPPERLINE));
    commitAll(root);
    edit(root, { [COPPERLINE]: file });
    expect(await effectOf(root)).toEqual([['copperline', 'added', expect.any(Array)]]);
    const { stdout } = await run(root, 'diff');
    expect(stdout).toContain('\nTerms change for 1 customer (1 new).\n');
  });

  it('is not renewed with its promise: support loses it that day, the product nothing', async () => {
    const root = sampleRepository();
    edit(root, { [COPPERLINE]: without(read(root, COPPERLINE), '  - id: EX-0015') });
    expect(await effectOf(root)).toEqual([
      [
        'copperline',
        'changed',
        [
          '2026-06-01 terms.support.firstResponseHours: null → 8',
          '2026-06-01 terms.support.firstResponseHours.other: 8 → null',
          '2026-06-01 terms.support.firstResponseHours.severity1: 1 → null',
        ],
      ],
    ]);
  });

  it('asked for a promise where a limit belongs, and the reverse: both are told the right place', async () => {
    const root = sampleRepository();
    edit(root, {
      'plans/enterprise@1.yaml': read(root, 'plans/enterprise@1.yaml').replace(
        '  guests: 250\n',
        '  guests: 250\n  firstResponseHours: 1\n',
      ),
      [COPPERLINE]: read(root, COPPERLINE).replace(
        '    quantities: { seats: 220 }\n',
        '    quantities: { seats: 220 }\n    support: { seats: 250 }\n',
      ),
    });
    const { diagnostics } = await json(root, 'validate');
    expect(diagnostics).toMatchObject([
      {
        rule: 'misplaced-setting',
        path: COPPERLINE,
        message: '`seats` is a product limit: it belongs to the plan, an add-on or an exception',
      },
      {
        rule: 'unknown-setting',
        path: 'plans/enterprise@1.yaml',
        line: 18,
        message: '`firstResponseHours` is a promise: it belongs to support terms',
      },
    ]);
  });
});
