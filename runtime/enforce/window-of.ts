import type { Period } from '../../schemas/setting.ts';

/** A stretch of the calendar, UTC, in which a limit counts once; instants are milliseconds since 1970. */
export interface Window {
  /** Unlike that of any other window, also of another period: `month-2026-02-01T00`. */
  name: string;
  starts: number;
  /** Its end is the first instant of the next. */
  ends: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * DAY;

/** The window an instant lies in. Weeks begin on Monday; quarters in January, April, July and October. */
export function windowOf(per: Period, instant: number): Window {
  const [starts, ends] = boundsOf(per, instant);
  return { name: `${per}-${new Date(starts).toISOString().slice(0, 13)}`, starts, ends };
}

function boundsOf(per: Period, instant: number): [starts: number, ends: number] {
  const date = new Date(instant);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const months = (first: number, count: number): [number, number] => [
    Date.UTC(year, first),
    Date.UTC(year, first + count),
  ];
  switch (per) {
    case 'hour':
      return even(instant, HOUR, 0);
    case 'day':
      return even(instant, DAY, 0);
    case 'week':
      return even(instant, 7 * DAY, FIRST_MONDAY);
    case 'month':
      return months(month, 1);
    case 'quarter':
      return months(month - (month % 3), 3);
    case 'year':
      return months(0, 12);
  }
}

function even(instant: number, length: number, from: number): [starts: number, ends: number] {
  const starts = from + Math.floor((instant - from) / length) * length;
  return [starts, starts + length];
}
