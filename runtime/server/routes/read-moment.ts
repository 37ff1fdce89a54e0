import { dayOf } from '../../terms/days.ts';
import { RequestError } from '../route.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A day, or an instant that says its zone. @throws RequestError (400) */
export function readMoment(written: string): Date {
  const isDay = DAY.test(written);
  const instant = isDay || INSTANT.test(written) ? Date.parse(isDay ? `${written}T00:00:00Z` : written) : Number.NaN;
  const midnight = Date.parse(`${written.slice(0, 10)}T00:00:00Z`);
  // Date.parse takes 2026-02-31 for a day of March.
  if (Number.isNaN(instant) || Number.isNaN(midnight) || dayOf(midnight) !== written.slice(0, 10))
    throw new RequestError(
      400,
      'badMoment',
      'at is a day like 2026-06-03, or an instant like 2026-06-03T09:30:00Z, its zone with %2B for a plus',
    );
  return new Date(instant);
}
