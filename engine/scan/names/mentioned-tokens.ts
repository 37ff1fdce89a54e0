import type { Dictionary } from './dictionary.ts';
import { mentionsIn } from './mentions.ts';
import { wordsOf } from './words-of.ts';

/** Of one token: after so many that say nothing, it is taken to say something. */
const MOST = 200;
/** What a pattern lets stand between the parts of a name: `acme[ -]corp`, `acme\\s*corp`. */
const GAPS = /\[[^\]\p{L}\p{N}]{1,8}\]|\\s/u;
/** So long is no part of a name. */
const LONGEST = 64;

/**
 * The tokens around which a text mentions an account: a token is only the rarest part of a name, and the rest may be missing (`Unit` of
 * Unità Sanitaria). Lines that are comments do not count. `plain` takes the signs out of a pattern.
 */
export function mentionedTokens(
  text: string,
  tokens: ReadonlySet<string>,
  dictionary: Dictionary,
  plain: (pattern: string) => string,
): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const token of tokens) if (/^\d+$/.test(token) || isMentioned(text, token, dictionary, plain)) kept.add(token);
  return kept;
}

function isMentioned(text: string, token: string, dictionary: Dictionary, plain: (pattern: string) => string): boolean {
  let count = 0;
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + token.length)) {
    if (isComment(text, at)) continue;
    if (++count > MOST) return true;
    if (namesApart(text, at, at + token.length, dictionary)) return true;
    const chunk = chunkAt(text, at, at + token.length);
    if (mentionsIn(chunk, dictionary).length > 0) return true;
    if (/[\\[]/.test(chunk) && mentionsIn(plain(chunk), dictionary).length > 0) return true;
    const around = text.slice(Math.max(0, at - LONGEST), at + token.length + LONGEST);
    if (GAPS.test(around) && mentionsIn(plain(around), dictionary).length > 0) return true;
  }
  return false;
}

/** What stands around without a space: a host, an address, a name of several humps, a pattern. */
function chunkAt(text: string, at: number, end: number): string {
  let [from, to] = [at, end];
  while (from > 0 && at - from < 2 * LONGEST && !/[\s"'`<>,;]/.test(text[from - 1] ?? ' ')) from--;
  while (to < text.length && to - end < 2 * LONGEST && !/[\s"'`<>,;]/.test(text[to] ?? ' ')) to++;
  return text.slice(from, to);
}

const BEFORE = /([\p{L}\p{M}\p{N}]+)[^\p{L}\p{M}\p{N}]{0,3}$/u;
const AFTER = /^[^\p{L}\p{M}\p{N}]{0,3}([\p{L}\p{M}\p{N}]+)/u;
const LETTERS_BEFORE = /[\p{L}\p{M}\p{N}]*$/u;
const LETTERS_AFTER = /^[\p{L}\p{M}\p{N}]*/u;

/** Whether the run that holds the token, with its neighbours, is a name of several words: `North Star Logistics`. */
function namesApart(text: string, at: number, end: number, { mostParts, lookUp }: Dictionary): boolean {
  let left = text.slice(Math.max(0, at - LONGEST), at);
  let right = text.slice(end, end + LONGEST);
  const [head = ''] = LETTERS_BEFORE.exec(left) ?? [];
  const [tail = ''] = LETTERS_AFTER.exec(right) ?? [];
  left = left.slice(0, left.length - head.length);
  right = right.slice(tail.length);
  let before = head + text.slice(at, end) + tail;
  for (let count = 0; count < mostParts; count++) {
    let words = wordsOf(before);
    let rest = right;
    for (let more = count; more < mostParts; more++) {
      if (lookUp('words', words).length > 0) return true;
      const next = AFTER.exec(rest);
      if (!next) break;
      words += wordsOf(next[1] ?? '');
      rest = rest.slice(next[0].length);
    }
    const previous = BEFORE.exec(left);
    if (!previous) break;
    before = (previous[1] ?? '') + before;
    left = left.slice(0, previous.index);
  }
  return false;
}

/** A line that begins as comments of most languages do. */
function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at) + 1;
  let first = start;
  while (text[first] === ' ' || text[first] === '\t') first++;
  return text.startsWith('//', first) || text.startsWith('* ', first);
}
