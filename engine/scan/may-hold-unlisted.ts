import { accountNouns } from './vocabulary.ts';
import { isOpaque } from './unlisted.ts';

const NEAR = 160;
const QUOTED = /(["'`:])([A-Za-z0-9{][A-Za-z0-9_{}-]{1,63})\1?/g;
const COMPARES = /[=!<>]=|<>|\?\?|\|\||=>|\b(in|IN|when|WHEN|case|CASE|switch|match|includes|include|contains|Contains|has|equals|Equals|where|Where|filter|or|is|eq)\b|in_array|[=]/;
const NUMBER = /(?<![\w.])[2-9]\b|(?<![\w.])[1-9][\d_]+/;
const ADDRESS = /["'`][^"'`\s@]+@[^"'`\s@]+\.\w+["'`]/;

/**
 * Whether an account that is in no list may be compared in a text: near a word for an account stands something opaque or a number, and what
 * compares. `spoken` are the places of such words, as offsets in the text. It is part of the rule: what stands further apart is not looked at.
 */
export function mayHoldUnlisted(text: string, spoken: readonly number[]): boolean {
  if (spoken.length === 0) return false;
  for (const at of spoken) {
    const near = text.slice(Math.max(0, at - NEAR), at + NEAR);
    if (COMPARES.test(near) && (NUMBER.test(near) || ADDRESS.test(near))) return true;
  }
  for (const { 2: value } of text.matchAll(QUOTED)) if (value !== undefined && /\d/.test(value) && isOpaque(value)) return true;
  return false;
}

/** The words the sieve marks for it: of accounts and of approvers. */
export const spokenWords = (more: readonly string[]): readonly string[] => [...accountNouns, ...more, 'approver', 'approvers', 'approved', 'approval', 'approvals'];
