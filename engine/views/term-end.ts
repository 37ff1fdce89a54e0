import { forEver, nextDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import { endOfTerm, monthsOf } from '../edit/months.ts';

/**
 * The last day of the term that a contract with automatic renewal is in on a day, counted from its first term; the
 * first term's where its terms have no whole months to count by.
 */
export function termEnd(starts: Day, ends: Day, stated: unknown, day: Day): Day {
  const months = typeof stated === 'number' ? stated : monthsOf(starts, ends);
  if (day <= ends || months === undefined) return ends;
  const second = nextDay(ends);
  for (let terms = 1; ; terms += 1) {
    const end = endOfTerm(second, terms * months);
    if (day <= end || end >= forEver) return end;
  }
}
