import { dayOf } from './days.ts';
import type { Day, Segment, Timeline } from './timeline.ts';

/** The segment in force on a day. */
export function onDay(timeline: Pick<Timeline, 'segments'>, day: Day): Segment {
  const { segments } = timeline;
  let found = segments[0];
  for (const segment of segments) {
    if (segment.from !== null && segment.from > day) break;
    found = segment;
  }
  if (!found) throw new RangeError('a timeline has at least one segment');
  return found;
}

/** The segment in force at an instant (milliseconds since 1970, UTC): the only place where time meets terms. */
export const at = (timeline: Pick<Timeline, 'segments'>, instant: number): Segment => onDay(timeline, dayOf(instant));
