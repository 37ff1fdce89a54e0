import { isDeepStrictEqual } from 'node:util';
import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Day, Timeline } from '../../runtime/terms/timeline.ts';
import type { Settings } from '../../schemas/setting.ts';
import { flattenSegment, type Leaves } from './flatten-segment.ts';

/** A timeline with the catalogue its values are read by. */
export interface Life {
  timeline: Timeline;
  settings: Settings;
}

/** A stretch of days over which one path has one value before and another one after. */
export interface Run {
  path: string;
  /** null: there is none. */
  from: unknown;
  to: unknown;
  /** The first day; `sinceEver` where it has none. */
  start: Day;
  /** The first day it is over; `forEver` where it never is. */
  end: Day;
  /** Everything in force on its first day. */
  before: Leaves;
  after: Leaves;
}

interface Piece {
  from: Day;
  leaves: Leaves;
}

const nobody: readonly Piece[] = [{ from: sinceEver, leaves: new Map() }];

/**
 * Every value that differs between two timelines, and when: both are cut at the union of their boundaries, and
 * neighbours with the same difference are one run. An absent timeline has no values. Runs come by their first day.
 */
export function compareTimelines(before: Life | undefined, after: Life | undefined): Run[] {
  const [old, young] = [piecesOf(before), piecesOf(after)];
  const open = new Map<string, Run>();
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  for (let day = sinceEver; day !== forEver; ) {
    const [one, other] = [old[i] as Piece, young[j] as Piece];
    const [oldEnds, youngEnds] = [old[i + 1]?.from ?? forEver, young[j + 1]?.from ?? forEver];
    const end = oldEnds < youngEnds ? oldEnds : youngEnds;
    for (const [path, from, to] of differences(one.leaves, other.leaves)) {
      const last = open.get(path);
      if (last && last.end === day && isSame(last.from, from) && isSame(last.to, to)) last.end = end;
      else {
        const run: Run = { path, from, to, start: day, end, before: one.leaves, after: other.leaves };
        open.set(path, run);
        runs.push(run);
      }
    }
    if (oldEnds === end) i++;
    if (youngEnds === end) j++;
    day = end;
  }
  return runs;
}

function piecesOf(life: Life | undefined): readonly Piece[] {
  if (!life) return nobody;
  return life.timeline.segments.map((segment) => ({
    from: segment.from ?? sinceEver,
    leaves: flattenSegment(segment, life.settings),
  }));
}

function* differences(before: Leaves, after: Leaves): Generator<[path: string, from: unknown, to: unknown]> {
  for (const [path, to] of after) {
    const from = before.get(path);
    if (!isSame(from, to)) yield [path, from ?? null, to];
  }
  for (const [path, from] of before) if (!after.has(path)) yield [path, from, null];
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && isDeepStrictEqual(a, b));
