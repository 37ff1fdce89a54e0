import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Diagnostic } from '../../diagnostic.ts';
import { plural } from '../../report/plural.ts';
import type { Finding } from '../finding.ts';
import { applySuppressions } from './apply-suppressions.ts';
import type { Baseline } from './baseline.ts';
import { inOrder } from './fingerprint.ts';
import type { KnownExceptions } from './known-exceptions.ts';
import type { Suppression } from './suppression.ts';

/** One side of a change: what is found in its version of the files that differ, deleted and renamed ones included. */
export interface Side {
  findings: readonly Finding[];
  suppressions: readonly Suppression[];
  baseline: Baseline;
}

export interface ChangeJudgement {
  /** Of each finding of the head, in the order given: `unchanged` was there, `suppressed` is new and excused by the base. */
  states: readonly ('unchanged' | 'suppressed' | 'new')[];
  /** What suppresses it, where it is suppressed. */
  by: readonly (Suppression | undefined)[];
  /** What the change brings that counts only once it is merged, and what is wrong with what it brings. */
  diagnostics: readonly Diagnostic[];
}

/**
 * Judges what a change adds: content that the files it touches hold more often than before, wherever in them. What the change itself
 * says in its defence, a suppression or an entry of the baseline, does not count before it is merged. The base's baseline excuses
 * nothing here: what it knows is there already.
 */
export function judgeAgainstBase(
  { base, head }: { base: Side; head: Side },
  today: { day: Day; known: KnownExceptions },
): ChangeJudgement {
  const isAdded = addedIn(base.findings, head.findings);
  const unchanged = head.findings.filter((_, index) => !isAdded[index]);
  const needed = new Set(applySuppressions(unchanged, head.suppressions, today).by);
  const { old, brought } = splitSuppressions(base.suppressions, head.suppressions, needed);
  const before = applySuppressions(base.findings, base.suppressions, today);
  const excused = accountsBy(base.findings, before.by);
  const after = applySuppressions(head.findings, old, today);
  const by = head.findings.map(({ rule, account }, index) => {
    const suppression = isAdded[index] ? after.by[index] : undefined;
    // An old comment that is moved onto another rule is a new one.
    return suppression && excused.get(keyOf(suppression))?.has(JSON.stringify([rule, account]))
      ? suppression
      : undefined;
  });
  const own = applySuppressions(head.findings, brought, today);
  return {
    by,
    states: isAdded.map((added, index) => (!added ? 'unchanged' : by[index] ? 'suppressed' : 'new')),
    diagnostics: [
      ...own.diagnostics,
      ...own.counted.map(({ suppression }) => waits(suppression)),
      ...newEntries(base.baseline, head.baseline),
    ],
  };
}

/** Which findings of the head are more than the base has; of several alike, those in files that have more of it than before. */
function addedIn(base: readonly Finding[], head: readonly Finding[]): boolean[] {
  const added = head.map(() => false);
  const earlier = countBy(base, ({ content }) => content);
  const earlierHere = countBy(base, ({ content, at }) => JSON.stringify([content, at.path]));
  const order = head.map((finding, index) => ({ finding, index }));
  order.sort((one, other) => inOrder(one.finding, other.finding) || one.index - other.index);
  const take = (counts: Map<string, number>, key: string): boolean => {
    const left = counts.get(key) ?? 0;
    if (left > 0) counts.set(key, left - 1);
    return left > 0;
  };
  // First those that stayed in their file, then those that moved; what is left has come.
  const moved = order.filter(({ finding: { content, at } }) => {
    if (!take(earlierHere, JSON.stringify([content, at.path]))) return true;
    take(earlier, content);
    return false;
  });
  for (const { finding, index } of moved) added[index] = !take(earlier, finding.content);
  return added;
}

function countBy<T>(things: readonly T[], keyOfThing: (thing: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(keyOfThing(thing), (counts.get(keyOfThing(thing)) ?? 0) + 1);
  return counts;
}

/** What it says, wherever it stands. */
const keyOf = ({ exception, owner, until, because }: Suppression): string =>
  JSON.stringify([exception, owner, until, because]);

/** Suppressions of the head that the base has, and those that the change brings: of several alike, the one that did not stay where it was. */
function splitSuppressions(
  base: readonly Suppression[],
  head: readonly Suppression[],
  needed: ReadonlySet<Suppression | undefined>,
): { old: Suppression[]; brought: Suppression[] } {
  const left = countBy(base, keyOf);
  const [old, brought]: [Suppression[], Suppression[]] = [[], []];
  for (const suppression of [...head].sort((one, other) => Number(needed.has(other)) - Number(needed.has(one)))) {
    const count = left.get(keyOf(suppression)) ?? 0;
    left.set(keyOf(suppression), count - 1);
    (count > 0 ? old : brought).push(suppression);
  }
  return { old, brought };
}

/** Which rule about which account each suppression excused. */
function accountsBy(
  findings: readonly Finding[],
  by: readonly (Suppression | undefined)[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const excused = new Map<string, Set<string>>();
  findings.forEach(({ rule, account }, index) => {
    const suppression = by[index];
    if (!suppression) return;
    const known = excused.get(keyOf(suppression)) ?? new Set();
    excused.set(keyOf(suppression), known.add(JSON.stringify([rule, account])));
  });
  return excused;
}

const waits = ({ exception, owner, at }: Suppression): Diagnostic => ({
  rule: 'new-suppression',
  severity: 'note',
  message: `new in this change: the suppression for ${exception} counts after it is merged`,
  at,
  help: `whoever merges decides whether ${owner} may leave this rule in the code`,
});

function newEntries(base: Baseline, head: Baseline): Diagnostic[] {
  const before = new Map(base.entries.map(({ content, count }) => [content, count]));
  const first = head.entries.find(({ content, count }) => count > (before.get(content) ?? 0));
  const count = head.entries.reduce(
    (sum, entry) => sum + Math.max(0, entry.count - (before.get(entry.content) ?? 0)),
    0,
  );
  if (!first) return [];
  return [
    {
      rule: 'new-baseline-entry',
      severity: 'note',
      message: `new in this change: ${plural(count, 'finding')} of the baseline, of ${first.path} first, ${count === 1 ? 'counts' : 'count'} after it is merged`,
      at: { path: first.path, start: { line: 1, column: 1 } },
      help: 'a baseline is for what was there when the scanner came; whoever merges decides whether this is',
    },
  ];
}
