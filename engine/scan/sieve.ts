import type { Marks } from './dictionary.ts';
import { addToMark, beginMark, endMark, holdsMark } from './mark.ts';

/** What a pass over the bytes of a file found. */
export interface Sifted {
  /** Tokens of the dictionary, as they are written; without any the file names no account. */
  tokens: ReadonlySet<string>;
  /** Where a word for an account stands, in bytes: only there an account nobody lists can be compared. At most `MOST_SPOKEN`. */
  spoken: readonly number[];
}

export const MOST_SPOKEN = 2_000;

const OTHER = 0;
const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 3;
const WIDE = 4;
const UNDERSCORE = 95;

const classOf = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++)
  classOf[byte] =
    byte >= 128 ? WIDE : byte >= 97 && byte <= 122 ? SMALL : byte >= 65 && byte <= 90 ? CAPITAL : byte >= 48 && byte <= 57 ? DIGIT : OTHER;

/**
 * Every token of a file (`mark.ts` says what one is) against the marks of the dictionary and of words for an account, in one pass: its cost is that
 * of the bytes, however many accounts there are. Both sets of marks have the same salt.
 */
export function sift(bytes: Uint8Array, dictionary: Marks, nouns: Marks): Sifted {
  const tokens = new Set<string>();
  const spoken: number[] = [];
  const { salt, bits } = dictionary;
  const nounBits = nouns.bits;
  const begin = beginMark(salt);
  const end = bytes.length;
  const check = (hash: number, from: number, to: number): void => {
    const mark = endMark(hash);
    const at = mark >>> 15;
    const bit = 1 << ((mark >>> 12) & 7);
    if (((bits[at] ?? 0) & bit) !== 0 && holdsMark(dictionary, mark)) tokens.add(decode(bytes, from, to));
    if (((nounBits[at] ?? 0) & bit) !== 0 && holdsMark(nouns, mark) && spoken.length < MOST_SPOKEN) spoken.push(from);
  };
  let at = 0;
  while (at < end) {
    const kind = classOf[bytes[at] ?? 0];
    if (kind === OTHER) {
      at++;
      continue;
    }
    const from = at;
    let run = begin;
    if (kind === WIDE) {
      while (at < end && (bytes[at] ?? 0) >= 128) run = addToMark(run, bytes[at++] ?? 0);
      check(run, from, at);
      continue;
    }
    let hump = begin;
    let humpFrom = at;
    // The hump without its last capital, which may turn out to begin the next.
    let before = begin;
    let previous = OTHER;
    let digitsOnly = true;
    let humps = 0;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      const now = classOf[byte] ?? OTHER;
      if (now === OTHER || now === WIDE) {
        if (byte === UNDERSCORE && digitsOnly && previous === DIGIT && classOf[bytes[at + 1] ?? 0] === DIGIT) {
          at++;
          continue;
        }
        break;
      }
      if (now !== DIGIT) digitsOnly = false;
      if (now === CAPITAL && (previous === SMALL || previous === DIGIT)) {
        check(hump, humpFrom, at);
        humps++;
        hump = begin;
        humpFrom = at;
      } else if (now === SMALL && previous === CAPITAL && at - 1 > humpFrom) {
        check(before, humpFrom, at - 1);
        humps++;
        humpFrom = at - 1;
        hump = addToMark(begin, (bytes[at - 1] ?? 0) + 32);
      }
      const small = now === CAPITAL ? byte + 32 : byte;
      before = hump;
      hump = addToMark(hump, small);
      run = addToMark(run, small);
      previous = now;
      at++;
    }
    if (humps > 0) check(hump, humpFrom, at);
    check(run, from, at);
  }
  return { tokens, spoken };
}

const utf8 = new TextDecoder();
const decode = (bytes: Uint8Array, from: number, to: number): string => utf8.decode(bytes.subarray(from, to));
