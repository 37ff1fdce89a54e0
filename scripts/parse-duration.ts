import { UsageError } from '../engine/usage-error.ts';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const DAY = 86_400_000;

/** `90s`, `5m` or `2h` in milliseconds, a day at most. @throws UsageError naming the flag. */
export function parseDuration(flag: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const ms = count === undefined ? Number.NaN : Number(count) * (units[unit] ?? Number.NaN);
  if (ms <= DAY) return ms;
  throw new UsageError(`${flag} is a time like 90s, 5m or 2h, at most a day, not "${text}"`);
}
