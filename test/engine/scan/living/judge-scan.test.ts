import { describe, expect, it } from 'vitest';
import { emptyBaseline, updateBaseline } from '../../../../engine/scan/living/baseline.ts';
import { judgeChange, judgeScan } from '../../../../engine/scan/living/judge-scan.ts';
import { noExceptionsKnown } from '../../../../engine/scan/living/known-exceptions.ts';
import { foundAt } from '../../../fixtures/found.ts';
import { suppressionsIn } from '../../../fixtures/scanned.ts';

const judge = { day: '2026-11-27', known: noExceptionsKnown };
const { suppressions } = suppressionsIn(
  '// proviso-allow EX-1 owner=team-a until=2027-03-31 because="they move"\nif (acme) {}',
);
const [here, there] = [foundAt('a.ts', 2), foundAt('a.ts', 9, { account: 'globex' })];

describe('a scan that is judged', () => {
  it('has findings in order of file and place, each with its fingerprint and state', () => {
    const known = foundAt('0.ts', 1, { account: 'initech' });
    const baseline = updateBaseline([known]);
    const { findings } = judgeScan({ findings: [there, here, known], suppressions, baseline }, judge);
    expect(findings.map(({ at, state, fingerprint }) => [at.path, at.start.line, state, fingerprint])).toEqual([
      ['0.ts', 1, 'known', `${known.content}:1`],
      ['a.ts', 2, 'suppressed', `${here.content}:1`],
      ['a.ts', 9, 'new', `${there.content}:1`],
    ]);
  });

  it('needs no baseline for what a comment suppresses: the entry is out of date', () => {
    const baseline = updateBaseline([here]);
    const { findings, diagnostics } = judgeScan({ findings: [here], suppressions, baseline }, judge);
    expect([findings[0]?.state, diagnostics.map(({ rule, severity }) => [rule, severity])]).toEqual([
      'suppressed',
      [['stale-baseline', 'note']],
    ]);
  });

  it('of a change says what suppresses what it adds, and nothing of the rest', () => {
    const side = { findings: [here], suppressions, baseline: emptyBaseline };
    expect(judgeChange({ base: side, head: side }, judge)).toEqual({
      findings: [{ ...here, fingerprint: `${here.content}:1`, state: 'unchanged' }],
      suppressions: [],
      diagnostics: [],
    });
    const edited = foundAt('a.ts', 2, {}, 'cost(account)');
    expect(judgeChange({ base: side, head: { ...side, findings: [edited] } }, judge)).toMatchObject({
      findings: [{ state: 'suppressed', suppression: { exception: 'EX-1' } }],
      suppressions: [{ suppression: { exception: 'EX-1' }, findings: 1 }],
    });
  });
});
