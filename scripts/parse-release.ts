import { UsageError } from '../engine/usage-error.ts';

/** The number of a release as somebody typed it. @throws UsageError */
export function parseRelease(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not the number of a release`, '`proviso history` lists them');
}
