import type { Diagnostic } from '../../diagnostic.ts';
import type { Finding } from '../finding.ts';
import { inOrder } from './fingerprint.ts';

export const baselineFile = 'proviso-baseline.json';

/**
 * Findings that were there when the scanner came: content that is known, and how many of it there are. No account is named, so that
 * a repository with a hashed dictionary says no more about customers than its source does.
 */
export interface BaselineEntry {
  /** `Finding.content`. */
  content: string;
  /** How many findings of this content are known; at least 1. */
  count: number;
  rule: string;
  /** Where the first of them was last seen: for people, and to tell which of several is the copy. */
  path: string;
  /** What somebody wrote about it; kept. */
  note?: string;
}

/** One entry a content. */
export interface Baseline {
  entries: readonly BaselineEntry[];
}

export const emptyBaseline: Baseline = { entries: [] };

/** Whether a path, there or not, belongs to what was looked at: what was not cannot be gone. */
export type Covers = (path: string) => boolean;
const everything: Covers = () => true;

type Known = Pick<Finding, 'rule' | 'at' | 'content'>;

/**
 * Which findings are known, in the order given, and what of the baseline is no longer there. Of more findings than an entry counts,
 * those where it saw them last are known, then the first by file and place.
 */
export function applyBaseline(
  findings: readonly Known[],
  { entries }: Baseline,
  covers: Covers = everything,
): { isKnown: readonly boolean[]; stale: readonly BaselineEntry[] } {
  const groups = byContent(findings);
  const isKnown = findings.map(() => false);
  const stale: BaselineEntry[] = [];
  for (const entry of entries) {
    const there = groups.get(entry.content) ?? [];
    const first = there.filter((index) => findings[index]?.at.path === entry.path);
    for (const index of [...new Set([...first, ...there])].slice(0, entry.count)) isKnown[index] = true;
    const gone = entry.count - there.length;
    if (gone > 0 && covers(entry.path)) stale.push({ ...entry, count: gone });
  }
  return { isKnown, stale };
}

/** The baseline under which all of these findings are known and nothing else is; notes stay, and so does what was not looked at. */
export function updateBaseline(
  findings: readonly Known[],
  before: Baseline = emptyBaseline,
  covers: Covers = everything,
): Baseline {
  const groups = byContent(findings);
  const earlier = new Map(before.entries.map((entry) => [entry.content, entry]));
  const entries = [...groups].map(([content, there]): BaselineEntry => {
    const old = earlier.get(content);
    const found = there.flatMap((index) => findings[index] ?? []);
    const unseen = old && !covers(old.path) ? old.count : 0;
    const stays = old && (unseen > 0 || found.some(({ at }) => at.path === old.path));
    return {
      content,
      count: Math.max(found.length, unseen),
      rule: found[0]?.rule ?? '',
      path: stays ? old.path : (found[0]?.at.path ?? ''),
      ...(old?.note !== undefined && { note: old.note }),
    };
  });
  const unseen = before.entries.filter(({ content, path }) => !groups.has(content) && !covers(path));
  return { entries: sorted([...entries, ...unseen]) };
}

/** The same without what is gone; nothing is added. */
export function pruneBaseline(findings: readonly Known[], before: Baseline, covers: Covers = everything): Baseline {
  const gone = new Map(applyBaseline(findings, before, covers).stale.map(({ content, count }) => [content, count]));
  return {
    entries: sorted(
      before.entries.flatMap((entry) => {
        const count = entry.count - (gone.get(entry.content) ?? 0);
        return count > 0 ? [{ ...entry, count }] : [];
      }),
    ),
  };
}

/** What is gone, told where it stood in the baseline's own file. */
export const staleDiagnostics = (
  stale: readonly BaselineEntry[],
  placeOf: (content: string) => Diagnostic['at'],
): Diagnostic[] =>
  stale.map(({ content, count, path, rule }) => ({
    rule: 'stale-baseline',
    severity: 'note',
    message: `${count === 1 ? 'a known finding is' : `${count} known findings are`} gone: ${rule}, last seen in ${path}`,
    at: placeOf(content),
    help: 'proviso scan --prune-baseline takes it out, so that it cannot come back unseen',
  }));

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const sorted = (entries: readonly BaselineEntry[]): BaselineEntry[] =>
  [...entries].sort((one, other) => compare(one.path, other.path) || compare(one.content, other.content));

/** Indexes of findings, by file and place. */
function byContent(findings: readonly Known[]): Map<string, number[]> {
  const order = findings.map((finding, index) => ({ finding, index }));
  order.sort((one, other) => inOrder(one.finding, other.finding) || one.index - other.index);
  const groups = new Map<string, number[]>();
  for (const { finding, index } of order) {
    const group = groups.get(finding.content);
    if (group) group.push(index);
    else groups.set(finding.content, [index]);
  }
  return groups;
}
