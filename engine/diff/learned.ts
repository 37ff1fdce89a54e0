import { forEver, nextDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Segment, Timeline } from '../../runtime/terms/timeline.ts';
import type { Change } from './diff.ts';

/**
 * What a comparison saw of customers and is asked for over and over afterwards. A shared edit may reach everybody, and nobody is
 * read and compiled once more to be told this.
 */
export interface Learned {
  /** Ids of customers whose own file says something else. */
  edited: ReadonlySet<string>;
  /** Changes of customers who have, as the base says, a contract in force on some day of it. */
  underContract: ReadonlySet<Change>;
  /** Ids of customers whose file has an exception on either side. */
  excepted: ReadonlySet<string>;
}

/** The segments of a timeline that are in force on some day of a change. */
export function segmentsIn(
  { segments }: Timeline,
  { effective, until }: Pick<Change, 'effective' | 'until'>,
): Segment[] {
  const [start, end] = [effective ?? sinceEver, until === undefined ? forEver : nextDay(until)];
  return segments.filter(({ from }, index) => {
    const over = segments[index + 1]?.from ?? forEver;
    return (from ?? sinceEver) < end && start < over;
  });
}

/** Whether a contract is in force on some day of a change. */
export const isUnderContract = (timeline: Timeline | undefined, change: Change): boolean =>
  timeline !== undefined && segmentsIn(timeline, change).some(({ terms }) => terms.contract !== null);
