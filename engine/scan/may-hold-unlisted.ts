import type { Buffer } from 'node:buffer';
import { isOpaque } from './unlisted.ts';
import { accountNouns } from './vocabulary.ts';

/**
 * What follows a word for an account up to what it is compared with: `Id].toString() ===`. Every part has a bound, since it is tried at every such
 * word of a file that may be one long line.
 */
const COMPARED =
  /\w{0,64}[^\S\n]{0,40}(?:[\w.$?!:>\])"'-]|\(\)){0,48}\s{0,120}(?:[=!]==?|=|<>|\?\?|\|\||\bin\b|\bnot in\b|\bIN\b|\bnotin\b|=>|:=|[-.]?\.?equals|:)\s*/y;
const NUMBER = /[[({]{0,3}\s*["'`]?(?:[2-9](?![\w.])|[1-9][\d_]+(?![\w.]))/y;
/** What stands before an account that is looked up: `[25, 26].includes(`, `in_array(`. */
const LOOKED_UP =
  /(?:\d[\d_]*\w{0,3}["'`]?\s*[\])}]+\s*\.\s*\w+[?!]?\s*\(|in_array\s*\(|\w+\.?\s*(?:contains|indexOf|Contains|includes|include\?|has|ContainsKey)\s*\(\s*|===?\s*|=\s*)[\s\w$&*.]{0,40}$/;
const SWITCHED = /\b(?:switch|when|match|case)\b[^\n;{]{0,40}$/;
const BRANCH = /\bcase\s+["'`]?\d{1,}|\bwhen\s+\d|^[^\S\r\n]*["'`]?\d+["'`]?\s*(?:->|=>|,)/m;
const QUOTED = /["'`]([A-Za-z0-9{][A-Za-z0-9_{}-]{1,63})["'`]/g;
const ADDRESS = /["'`][^"'`\s@]+@[^"'`\s@]+\.\w+["'`]/;
const LOOK_BACK = 120;

/**
 * Whether an account that is in no list may be compared in a file: a word for an account is compared there with a number, or with anything
 * while something opaque is quoted in the file. It is part of the rule, not only a short cut. `spoken` are the places of such words, in bytes.
 */
export function mayHoldUnlisted(bytes: Buffer, spoken: readonly number[]): boolean {
  if (spoken.length === 0) return false;
  const text = bytes.toString('latin1');
  let compared = false;
  let branches: boolean | undefined;
  for (const at of spoken) {
    COMPARED.lastIndex = at;
    if (COMPARED.test(text)) {
      compared = true;
      NUMBER.lastIndex = COMPARED.lastIndex;
      if (NUMBER.test(text)) return true;
      continue;
    }
    const before = text.slice(Math.max(0, at - LOOK_BACK), at);
    if (LOOKED_UP.test(before)) {
      compared = true;
      if (/\d/.test(before) || /\d\s*[,\])]/.test(text.slice(at, at + LOOK_BACK))) return true;
    } else if (SWITCHED.test(before)) {
      compared = true;
      branches ??= BRANCH.test(text);
      if (branches) return true;
    }
  }
  if (!compared) return false;
  for (const { 1: value = '' } of text.matchAll(QUOTED))
    if (/\d/.test(value) && !/^\d{1,3}$/.test(value) && isOpaque(value)) return true;
  return /approv/i.test(text) && ADDRESS.test(text);
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
