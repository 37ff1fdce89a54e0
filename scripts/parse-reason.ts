import { UsageError } from '../engine/usage-error.ts';

/** Characters; a reason is a sentence or two, and what is longer belongs where it links to. */
const LONGEST = 1_000;

/** Why somebody does something, as they typed it. @throws UsageError where that says nothing or too much. */
export function parseReason(text: string): string {
  const reason = text.trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) throw new UsageError('--because says nothing', 'say why in a few words');
  if (reason.length > LONGEST)
    throw new UsageError(`--because is longer than ${LONGEST} characters`, 'say it shorter, or link to it');
  return reason;
}
