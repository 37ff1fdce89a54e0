import { nextDay, previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';

/** The same day of the month, that many months later; the month's last day where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(date, last)).padStart(2, '0')}`;
}

/** The last day of a term of so many months. */
export const endOfTerm = (starts: Day, months: number): Day => previousDay(addMonths(starts, months));

/** How many months a term lasts; nothing where they are not whole. */
export function monthsOf(starts: Day, ends: Day): number | undefined {
  const after = nextDay(ends);
  const [from, to] = [starts, after].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
  const months = (to as number) - (from as number);
  return months > 0 && addMonths(starts, months) === after ? months : undefined;
}
