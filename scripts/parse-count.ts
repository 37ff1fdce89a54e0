import { UsageError } from '../engine/usage-error.ts';

/** A whole number from 1 to `most` that a flag was given. @throws UsageError */
export function parseCount(name: string, text: string, most: number): number {
  const count = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : Number.NaN;
  if (count <= most) return count;
  throw new UsageError(`--${name} is a whole number from 1 to ${most}, not "${text}"`);
}
