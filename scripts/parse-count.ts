import { UsageError } from '../engine/usage-error.ts';

/** A whole number from `least` to `most` that a flag was given. @throws UsageError */
export function parseCount(name: string, text: string, most: number, least = 1): number {
  const count = /^(?:0|[1-9]\d{0,8})$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least && count <= most) return count;
  throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not "${text}"`);
}
