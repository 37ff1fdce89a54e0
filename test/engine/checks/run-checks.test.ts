import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../engine/checks/run-checks.ts';
import { changeOf, exampleFiles, findingsOf } from '../../fixtures/checks/example-company.ts';

const soon = 'exceptions: [{ set: { sso: true }, starts: 2026-03-01, expires: 2026-12-05 }]';
const edit = { 'customers/acme.yaml': `accountOwner: team-cs\n${soon}` };
const policy = (yaml: string) => ({ 'policies/checks.yaml': yaml });

const rulesOf = async (...args: Parameters<typeof findingsOf>): Promise<string[]> =>
  (await findingsOf(...args)).map(({ severity, rule, at }) => `${severity} ${rule} ${at.path}`);

describe('what is found', () => {
  it('has rule, severity, file, line and column, and what to do', async () => {
    const { base, head } = { base: exampleFiles(), head: exampleFiles(edit) };
    const found = runChecks(await changeOf(base, head)).filter(({ rule }) => rule === 'expires-soon');
    const lines = (head['customers/acme.yaml'] ?? '').split('\n');
    const line = lines.findIndex((text) => text.includes('"expires"')) + 1;
    const column = (lines[line - 1] ?? '').indexOf('"2026-12-05"') + 1;
    expect(found).toEqual([
      {
        rule: 'expires-soon',
        severity: 'warning',
        message: 'EX-acme-1 ends 2026-12-05, in 15 days',
        at: { path: 'customers/acme.yaml', start: { line, column }, end: { line, column: column + 12 } },
        help: 'ask whether it is still needed: renew it with a new record, make it part of a plan, or tell the customer that it ends',
      },
    ]);
  });

  it('stands in the order of files and lines, the same every time', async () => {
    const change = await changeOf(
      exampleFiles(),
      exampleFiles(edit, { 'customers/globex.yaml': soon, 'customers/aaa.yaml': soon }),
    );
    const found = runChecks(change);
    const places = found.map(({ at }) => `${at.path} ${String(at.start.line).padStart(4, '0')}`);
    expect(places).toEqual([...places].sort());
    expect(runChecks(change)).toEqual(found);
  });
});

describe('the policy of the base', () => {
  it('judges a change that turns a check off', async () => {
    expect(
      await rulesOf(
        {},
        { ...edit, ...policy('expires-soon: { severity: off }\nrules-with-customers: { severity: off }') },
      ),
    ).toEqual(
      expect.arrayContaining([
        'warning expires-soon customers/acme.yaml',
        'error rules-with-customers policies/checks.yaml',
      ]),
    );
  });

  it('judges a change that widens a number', async () => {
    const found = await rulesOf(policy('expires-soon: { days: 20 }'), {
      ...edit,
      ...policy('expires-soon: { days: 1 }'),
    });
    expect(found).toContain('warning expires-soon customers/acme.yaml');
  });

  it.each([
    ['nothing: the default', '{}', ['warning']],
    ['off: it does not run', 'expires-soon: { severity: off }', []],
    ['a severity', 'expires-soon: { severity: error }', ['error']],
    ['a number below what there is', 'expires-soon: { days: 14 }', []],
    ['a number of what there is', 'expires-soon: { days: 15 }', ['warning']],
    ['a wrong number: the default', 'expires-soon: { days: soon }', ['warning']],
    ['a wrong severity: the default', 'expires-soon: { severity: fatal }', ['warning']],
  ])('that says %s', async (_, yaml, severities) => {
    const found = await findingsOf(policy(yaml), edit);
    expect(found.filter(({ rule }) => rule === 'expires-soon').map(({ severity }) => severity)).toEqual(severities);
  });

  it('makes what is found milder or harder as a whole: what is one step milder stays so', async () => {
    const renews =
      'plan: starter@1\ncontracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: 2026-12-31, renewal: { kind: auto, noticeDays: 20 } }]';
    const severity = async (yaml: string) =>
      (await findingsOf(policy(yaml), { 'customers/acme.yaml': renews }))
        .filter(({ rule }) => rule === 'agreement-ends')
        .map((one) => one.severity);
    expect(await severity('{}')).toEqual(['note']);
    expect(await severity('agreement-ends: { severity: error }')).toEqual(['warning']);
    expect(await severity('agreement-ends: { severity: note }')).toEqual(['note']);
  });

  it('says how to renew whom, before the end and after it', async () => {
    const help = async (ends: string) =>
      (
        await findingsOf(policy('{}'), {
          'customers/acme.yaml': `plan: starter@1\ncontracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: ${ends}, renewal: { kind: manual } }]`,
        })
      ).flatMap((one) => (one.rule === 'agreement-ends' ? [one.help] : []));
    const renew = 'renew it with `proviso new renewal acme`, or agree what comes instead';
    expect([await help('2026-11-15'), await help('2026-11-30')]).toEqual([[renew], [renew]]);
  });

  it('is not blamed for its own faults; the policy of the head is', async () => {
    expect(await rulesOf(policy('expires-son: {}'), policy('{}'))).toEqual([]);
    expect(await rulesOf({}, policy('expires-son: {}'))).toEqual(['error unknown-check policies/checks.yaml']);
  });

  it('that cannot be read leaves the defaults', async () => {
    const change = await changeOf(exampleFiles(), exampleFiles(edit));
    const { checks: _, ...world } = change.base.model.world;
    const base = {
      ...change.base,
      model: { ...change.base.model, world: { ...world, unread: new Set(['policies/checks.yaml']) } },
    };
    expect(runChecks({ ...change, base }).map(({ rule }) => rule)).toContain('expires-soon');
  });
});

describe('whom a change touches', () => {
  const others = { 'customers/globex.yaml': soon };

  it('is not who stands as before, whatever is wrong there', async () => {
    expect(await rulesOf(others, { 'customers/acme.yaml': 'details: { securityContact: s@acme.example }' })).toEqual(
      [],
    );
  });

  it('is not whom only a shared edit reaches', async () => {
    const dearer = exampleFiles()['plans/studio@2.yaml']?.replace('apiCalls: 50000', 'apiCalls: 60000');
    const found = await rulesOf(others, { 'plans/studio@2.yaml': dearer });
    expect(found.filter((line) => line.includes('expires-soon'))).toEqual([]);
  });

  it('is who is edited, in whatever line', async () => {
    expect(await rulesOf(others, { 'customers/globex.yaml': `accountOwner: team-cs\n${soon}` })).toEqual([
      'error details-before-start customers/globex.yaml',
      'warning expires-soon customers/globex.yaml',
    ]);
  });

  it('is not who is only laid out anew or moved to another folder', async () => {
    const files = exampleFiles(others);
    const { 'customers/globex.yaml': globex = '', ...rest } = files;
    const moved = { ...rest, 'customers/big/globex.yaml': `# a comment\n${globex}` };
    expect(runChecks(await changeOf(files, moved))).toEqual([]);
  });

  it('is everybody where everybody is asked about, for the checks of what stands', async () => {
    const change = await changeOf(exampleFiles(others), exampleFiles(others));
    expect(runChecks(change)).toEqual([]);
    expect(runChecks(change, { all: true }).map(({ rule, at }) => `${rule} ${at.path}`)).toEqual([
      'details-before-start customers/globex.yaml',
      'expires-soon customers/globex.yaml',
    ]);
  });
});
