import { UsageError } from '../engine/usage-error.ts';

/** Whole seconds a flag was given, from `least` to `most`, as milliseconds. @throws UsageError */
export function parseSeconds(name: string, text: string, least: number, most: number): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= least && seconds <= most) return seconds * 1_000;
  throw new UsageError(`--${name} is a whole number of seconds from ${least} to ${most}, not "${text}"`);
}
