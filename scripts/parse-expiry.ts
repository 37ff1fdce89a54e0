import { UsageError } from '../engine/usage-error.ts';
import { addDays, dayOf, nextDay } from '../runtime/terms/days.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const YEAR = 365;

/** The instant keys end at, for the last day they count (default: in a year). @throws UsageError for a day that is none or over. */
export function parseExpiry(text: string | undefined, now: number): string {
  const day = text ?? addDays(dayOf(now), YEAR);
  const midnight = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || dayOf(midnight) !== day)
    throw new UsageError(`--expires is a day like 2027-06-30, the last one the keys count, not "${text}"`);
  if (day < dayOf(now)) throw new UsageError(`--expires ${day} is over already`);
  return `${nextDay(day)}T00:00:00.000Z`;
}
