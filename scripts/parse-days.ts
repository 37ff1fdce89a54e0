import { UsageError } from '../engine/usage-error.ts';
import { addDays } from '../runtime/terms/days.ts';
import { parseMoment } from './parse-moment.ts';

/** `90d` or `12w` as a number of days. Throws `UsageError` naming the flag for anything else. */
export function parseDays(flag: string, text: string): number {
  const days = daysIn(text);
  if (days === undefined) throw new UsageError(`${flag} is a number of days or weeks like 90d or 12w, not "${text}"`);
  return days;
}

/** `90d` before a day, or a day as it is written. Throws `UsageError` naming the flag for anything else. */
export function parseSince(flag: string, text: string, at: string): string {
  const days = daysIn(text);
  const day = days === undefined ? dayIn(text) : addDays(at, -days);
  if (day === undefined)
    throw new UsageError(`${flag} is a number of days like 90d, or a day like 2026-06-03, not "${text}"`);
  return day;
}

/** `90d` or `12w` as a number of days; nothing where it is neither. */
export function daysIn(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,4})([dw])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === 'w' ? 7 : 1);
}

/** The day a text is, if it is one. */
export function dayIn(text: string): string | undefined {
  try {
    return parseMoment(text).day;
  } catch {
    return undefined;
  }
}
