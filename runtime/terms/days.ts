import type { Day } from './timeline.ts';

const DAY = 86_400_000;

/** The UTC day an instant (milliseconds since 1970) falls on; `forEver` after the last day that can be written. */
export function dayOf(instant: number): Day {
  const text = new Date(Math.floor(instant / DAY) * DAY).toISOString();
  return text.startsWith('+') ? forEver : text.slice(0, 10);
}

/** The day that many days later (earlier, where negative). */
export const addDays = (day: Day, days: number): Day => dayOf(Date.parse(`${day}T00:00:00Z`) + days * DAY);

/** The two are asked for very often, and mostly within one month. */
export function nextDay(day: Day): Day {
  const date = dateIn(day);
  return date < 28 ? withDate(day, date + 1) : addDays(day, 1);
}

export function previousDay(day: Day): Day {
  const date = dateIn(day);
  return date > 1 ? withDate(day, date - 1) : addDays(day, -1);
}

const dateIn = (day: Day): number => (day.charCodeAt(8) - 48) * 10 + day.charCodeAt(9) - 48;
const withDate = (day: Day, date: number): Day => `${day.slice(0, 8)}${date < 10 ? '0' : ''}${date}`;

/** A day before every day that can be written, for what has no start. */
export const sinceEver: Day = '0000-01-01';
/** A day after every day that can be written, for what has no end. */
export const forEver: Day = '9999-99-99';
