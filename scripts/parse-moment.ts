import { UsageError } from '../engine/usage-error.ts';
import { dayOf } from '../runtime/terms/days.ts';

export interface Moment {
  /** Milliseconds since 1970. */
  instant: number;
  /** Its UTC day. */
  day: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** `2026-06-03` is its first instant in UTC; an instant says its zone. Throws `UsageError` for anything else. */
export function parseMoment(text: string): Moment {
  const isDay = DAY.test(text);
  const instant = isDay || INSTANT.test(text) ? Date.parse(isDay ? `${text}T00:00:00Z` : text) : Number.NaN;
  // Date.parse takes 2026-02-31 for 2026-03-03.
  const exists = !Number.isNaN(instant) && !Number.isNaN(Date.parse(text)) && isInCalendar(text.slice(0, 10));
  if (!exists)
    throw new UsageError(
      `--at is a day like 2026-06-03 or an instant like 2026-06-03T09:30:00Z, not "${text}"`,
      INSTANT.test(`${text}Z`) ? 'an instant says its zone: add Z for UTC, or +02:00' : undefined,
    );
  return { instant, day: dayOf(instant) };
}

const isInCalendar = (day: string): boolean => {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && dayOf(midnight) === day;
};
