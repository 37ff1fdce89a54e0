import type { Buffer } from 'node:buffer';
import { isOpaque } from './unlisted.ts';
import { accountNouns } from './vocabulary.ts';

/**
 * What follows a word for an account up to what it is compared with: `Id].toString() ===`. Every part has a bound, since it is tried at every such
 * word of a file that may be one long line.
 */
const COMPARED =
  /\w{0,64}[^\S\n]{0,40}(?:[\w.$?!:>\])"'-]|\(\)){0,48}\s{0,120}(?:=>|[=!]==?|=|<>|\.eql\?\s?\(|\.eq\s?\(|\?\?|\|\||\bis\b(?:\s+not\b)?|\bswitch\s*\{|\bin\b|\bnot in\b|\bIN\b|\bnotin\b|=>|:=|[-.]?\.?equals|:|\.(?:find|where|get|load|filter|exclude)\w*[?!]?\s*\()\s*/y;
/** A number, with what says its type (`25L`), in a list or in what makes one (`setOf(25, 26)`). */
const NUMBER =
  /(?:\w{1,24}\.?\w{0,24}\()?[[({]{0,3}\s*["'`]?(?:[2-9]|[1-9][\d_]+)(?:[lLnNuUmM]{1,2}|_?[iu]\d{1,3})?(?![\w.])/y;
/** What stands before an account that is looked up: `[25, 26].includes(`, `in_array(`. */
const LOOKED_UP =
  /(?:\d[\d_]*\w{0,3}["'`]?\s*[\])}]+\s*\.\s*\w+[?!]?\s*\(|in_array\s*\(|matches!\s*\(|\.\s*[eE]quals\w*\s*\(|\w+\.?\s*(?:contains|indexOf|Contains|includes|include\?|has|ContainsKey)\s*\((?:[^\n;]{0,80},)?\s*|===?\s*|=\s*)[\s\w$&*.,[\]{}]{0,40}$/;
/** What may be listed before it: a number, or a digit in quotes; not the digit of a name (`messages_1.client`). */
const LISTED = /(?<![\w$])(?:[2-9]|[1-9][\d_])|["'`][^"'`\s]*\d/;
/** What may be given after it: `includes(account.id, 25)`. */
const GIVEN = /(?<![\w$])(?:[2-9]|[1-9][\d_]+)\s*[,\])]/;
/** `Tenant t)`: what is declared to be an account, if it is read later. */
const DECLARED = /\w{0,64}\??[^\S\n]{1,40}(\w{1,30})\s{0,40}[,)=;]/y;
const SWITCHED = /\b(?:switch|when|match|case)\b[^\n;{]{0,40}$/;
const BRANCH = /\bcase\s+["'`]?\d{1,}|\bwhen\s+\d|(?:^|[{;])[^\S\r\n]*["'`]?\d+[lLuU]?["'`]?\s*(?:->|=>|,)/m;
const QUOTED = /["'`]([A-Za-z0-9{][A-Za-z0-9_{}-]{1,63})["'`]/g;
/** Settings need no quotes. */
const BARE = /(?<![\w-])([A-Za-z0-9{][A-Za-z0-9_{}-]{1,63})(?![\w-])/g;
const ADDRESS = /["'`][^"'`\s@]+@[^"'`\s@]+\.\w+["'`]/;
const LOOK_BACK = 120;

/**
 * Whether an account that is in no list may be compared in a file: a word for an account is compared there with a number, or with anything
 * while something opaque is quoted in the file. It is part of the rule, not only a short cut. `spoken` are the places of such words, in bytes; `isBare`: texts need no quotes there.
 */
export function mayHoldUnlisted(bytes: Buffer, spoken: readonly number[], isBare = false): boolean {
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
      if (LISTED.test(before) || GIVEN.test(text.slice(at, at + LOOK_BACK))) return true;
    } else if (SWITCHED.test(before)) {
      compared = true;
      branches ??= BRANCH.test(text);
      if (branches) return true;
    } else if (!compared) {
      DECLARED.lastIndex = at;
      const name = DECLARED.exec(text)?.[1];
      compared = name !== undefined && text.includes(`${name}.`);
    }
  }
  if (!compared) return false;
  for (const { 1: value = '' } of text.matchAll(isBare ? BARE : QUOTED))
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
