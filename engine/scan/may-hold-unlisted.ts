import { Buffer } from 'node:buffer';
import { isOpaque } from './unlisted.ts';
import { accountNouns } from './vocabulary.ts';

/** So near must an account's identifier and a number stand, in bytes. */
const NEAR = 160;
const QUOTED = /["'`]([A-Za-z0-9{][A-Za-z0-9_{}-]{1,63})["'`]/g;
const COMPARES =
  /[=!<>]=|<>|\?\?|\|\||=>|->|\b(?:in|when|case|switch|match|includes?|contains|has|equals|eq|where|filter|or|is)\b|in_array|contains_|=/i;
const NUMBER = /(?<![\w.])(?:[2-9]\b|[1-9][\d_]+)/;
const ADDRESS = /["'`][^"'`\s@]+@[^"'`\s@]+\.\w+["'`]/;

/**
 * Whether an account that is in no list may be compared in a file: an opaque text is quoted in it, or near a word for an account stand a
 * number or an address and what compares. It is part of the rule, not only a short cut: what stands further apart is not looked at.
 * `spoken` are the places of such words, in bytes (`sieve.ts`).
 */
export function mayHoldUnlisted(bytes: Buffer, spoken: readonly number[]): boolean {
  if (spoken.length === 0) return false;
  for (const at of spoken) {
    const near = bytes.toString('latin1', Math.max(0, at - NEAR), Math.min(bytes.length, at + NEAR));
    if ((NUMBER.test(near) || ADDRESS.test(near)) && COMPARES.test(near)) return true;
  }
  for (const { 1: value = '' } of bytes.toString('latin1').matchAll(QUOTED)) if (/\d/.test(value) && isOpaque(value)) return true;
  return false;
}

/** The words the sieve marks for it: of accounts and of who approves. */
export const spokenWords = (more: readonly string[]): readonly string[] => [
  ...accountNouns,
  ...more,
  'approver',
  'approvers',
  'approved',
  'approval',
  'approvals',
];
