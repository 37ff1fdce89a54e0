import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Place } from '../../diagnostic.ts';
import { topOf } from '../../diagnostic.ts';
import type { FindingState, JudgedFinding, ScanResult } from '../scan-result.ts';
import { applySuppressions } from './apply-suppressions.ts';
import { applyBaseline, baselineFile, type Covers, staleDiagnostics } from './baseline.ts';
import { fingerprintsOf, inOrder } from './fingerprint.ts';
import { judgeAgainstBase, type Side } from './judge-against-base.ts';
import type { KnownExceptions } from './known-exceptions.ts';
import type { Suppression } from './suppression.ts';

export interface ScanJudge {
  day: Day;
  known: KnownExceptions;
  /** Whether a path belongs to what was scanned: of the rest nothing is said to be gone. */
  covers?: Covers;
  /** Where the entry of a content stands in the baseline's file. */
  placeInBaseline?: (content: string) => Place;
}

export type Judgement = Pick<ScanResult, 'findings' | 'suppressions' | 'diagnostics'>;

/**
 * What of everything found counts: all that no comment suppresses and no baseline knows. The baseline is asked second, so that what
 * has a reason and an end does not hide behind what has none.
 */
export function judgeScan(side: Side, judge: ScanJudge): Judgement {
  const { findings, suppressions, baseline } = side;
  const { by, counted, diagnostics } = applySuppressions(findings, suppressions, judge);
  const open = findings.flatMap((_, index) => (by[index] ? [] : [index]));
  const { isKnown, stale } = applyBaseline(
    open.flatMap((index) => findings[index] ?? []),
    baseline,
    judge.covers,
  );
  const known = new Set(open.filter((_, at) => isKnown[at]));
  const states = findings.map((_, index) => (by[index] ? 'suppressed' : known.has(index) ? 'known' : 'new'));
  return {
    findings: judged(side, states, by),
    suppressions: counted,
    diagnostics: [...diagnostics, ...staleDiagnostics(stale, judge.placeInBaseline ?? (() => topOf(baselineFile)))],
  };
}

/** What of a change counts: see `judgeAgainstBase`. */
export function judgeChange(sides: { base: Side; head: Side }, judge: ScanJudge): Judgement {
  const { states, by, diagnostics } = judgeAgainstBase(sides, judge);
  const used = new Map<Suppression, number>();
  for (const suppression of by) if (suppression) used.set(suppression, (used.get(suppression) ?? 0) + 1);
  return {
    findings: judged(sides.head, states, by),
    suppressions: [...used].map(([suppression, findings]) => ({ suppression, findings })),
    diagnostics,
  };
}

function judged(
  { findings }: Side,
  states: readonly FindingState[],
  by: readonly (Suppression | undefined)[],
): JudgedFinding[] {
  const fingerprints = fingerprintsOf(findings);
  return findings
    .map((finding, index): JudgedFinding => {
      const suppression = by[index];
      return {
        ...finding,
        fingerprint: fingerprints[index] ?? '',
        state: states[index] ?? 'new',
        ...(suppression && { suppression }),
      };
    })
    .sort(inOrder);
}
