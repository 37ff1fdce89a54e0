import { SHOWN_DIGITS } from '../engine/diff/checksum-of.ts';
import { UsageError } from '../engine/usage-error.ts';

/** The checksum of a diff, or its first digits, that a flag was given. @throws UsageError */
export function parseChecksum(name: string, text: string): string {
  const checksum = text.toLowerCase();
  if (/^[0-9a-f]*$/.test(checksum) && checksum.length >= SHOWN_DIGITS && checksum.length <= 64) return checksum;
  throw new UsageError(
    `--${name} is a checksum of ${SHOWN_DIGITS} to 64 hex digits, not "${text}"`,
    '`proviso diff` and `proviso publish --dry-run` say the checksum of what they show',
  );
}
