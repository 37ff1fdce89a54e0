import type { Marks } from './names/dictionary.ts';
import { addToMark, beginMark, endMark, gateOf, holdsMark } from './names/mark.ts';

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
/** A capital that begins a run: a small letter after it begins nothing new. */
const FIRST = 4;
const WIDE = 5;
const UNDERSCORE = 95;
/** The letter after it is a sign of its own: `\\Aacme`, `\\nacme`. */
const BACKSLASH = 92;

const classOf = new Uint8Array(256);
const smallOf = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  classOf[byte] =
    byte >= 128
      ? WIDE
      : byte >= 97 && byte <= 122
        ? SMALL
        : byte >= 65 && byte <= 90
          ? CAPITAL
          : byte >= 48 && byte <= 57
            ? DIGIT
            : OTHER;
  smallOf[byte] = classOf[byte] === CAPITAL ? byte + 32 : byte;
}

/** Whether a hump may begin where one class follows another. */
const humps = new Uint8Array(64);
for (const before of [SMALL, DIGIT]) humps[(before << 3) | CAPITAL] = 1;
humps[(CAPITAL << 3) | SMALL] = 1;

/**
 * Every token of a file (`mark.ts` says what one is) against the marks of the dictionary and of words for an account, in one pass: its cost is that
 * of the bytes, however many accounts there are. Both sets of marks have the same salt.
 */
export function sift(bytes: Uint8Array, dictionary: Marks, nouns: Marks): Sifted {
  const found: Found = { tokens: NO_TOKENS, spoken: [] };
  const begin = beginMark(dictionary.salt);
  const end = bytes.length;
  const { bits } = dictionary;
  const { bits: nounBits } = nouns;
  const doors = doorsOf(dictionary, nouns);
  let at = 0;
  while (at < end) {
    const first = bytes[at] as number;
    let kind = classOf[first] as number;
    if (kind === OTHER) {
      at++;
      continue;
    }
    const from = at++;
    let humped = 0;
    if (kind === WIDE) {
      while (at < end && (bytes[at] as number) >= 128) at++;
    } else {
      let previous = kind === CAPITAL ? FIRST : kind;
      while (at < end) {
        kind = classOf[bytes[at] as number] as number;
        if (kind === OTHER || kind === WIDE) break;
        humped |= humps[(previous << 3) | kind] as number;
        previous = kind;
        at++;
      }
      if (humped === 1) siftHumps(bytes, from, at, doors, dictionary, nouns, found);
      if (classOf[first] === DIGIT) siftNumber(bytes, from, dictionary, found);
      else if (bytes[from - 1] === BACKSLASH && at - from > 1) siftEscaped(bytes, from + 1, at, dictionary, found);
    }
    const length = at - from;
    if (doors[gateOf(smallOf[first] as number, length)] === 0) continue;
    let hash = begin;
    for (let byte = from; byte < at; byte++) hash = addToMark(hash, smallOf[bytes[byte] as number] as number);
    const mark = endMark(hash);
    const bit = 1 << ((mark >>> 12) & 7);
    if ((((bits[mark >>> 15] as number) | (nounBits[mark >>> 15] as number)) & bit) !== 0)
      keep(mark, bytes, from, at, dictionary, nouns, found);
  }
  return found;
}

interface Found {
  tokens: ReadonlySet<string>;
  spoken: number[];
}

/** Most files have none: there a set of their own would be the most they leave behind. */
const NO_TOKENS: ReadonlySet<string> = new Set();

const addToken = (found: Found, token: string): void => {
  if (found.tokens === NO_TOKENS) found.tokens = new Set([token]);
  else (found.tokens as Set<string>).add(token);
};

function keep(
  mark: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  dictionary: Marks,
  nouns: Marks,
  found: Found,
): void {
  if (holdsMark(dictionary, mark)) addToken(found, utf8.decode(bytes.subarray(from, to)));
  if (found.spoken.length < MOST_SPOKEN && holdsMark(nouns, mark)) found.spoken.push(from);
}

/** The humps of a run: `zephyraLoader` has zephyra and Loader. */
function siftHumps(
  bytes: Uint8Array,
  from: number,
  to: number,
  doors: Uint8Array,
  dictionary: Marks,
  nouns: Marks,
  found: Found,
): void {
  let start = from;
  for (let at = from + 1; at <= to; at++) {
    if (at < to && !beginsHump(bytes, at, start, to)) continue;
    if (doors[gateOf(smallOf[bytes[start] as number] as number, at - start)] !== 0) {
      let hash = beginMark(dictionary.salt);
      for (let byte = start; byte < at; byte++) hash = addToMark(hash, smallOf[bytes[byte] as number] as number);
      keep(endMark(hash), bytes, start, at, dictionary, nouns, found);
    }
    start = at;
  }
}

const known = new WeakMap<Marks, { nouns: Marks; doors: Uint8Array }>();

/** Beginnings and lengths that a token of either set has. */
function doorsOf(dictionary: Marks, nouns: Marks): Uint8Array {
  const last = known.get(dictionary);
  if (last?.nouns === nouns) return last.doors;
  const doors = dictionary.gate.map((open, door) => open | (nouns.gate[door] ?? 0));
  known.set(dictionary, { nouns, doors });
  return doors;
}

const beginsHump = (bytes: Uint8Array, at: number, start: number, to: number): boolean =>
  classOf[bytes[at] as number] === CAPITAL &&
  (classOf[bytes[at - 1] as number] !== CAPITAL ||
    (at > start && at + 1 < to && classOf[bytes[at + 1] as number] === SMALL));

/** 48_213 is the token 48213, and so is 48213n. */
function siftNumber(bytes: Uint8Array, from: number, dictionary: Marks, found: Found): void {
  let hash = beginMark(dictionary.salt);
  let at = from;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === UNDERSCORE && classOf[bytes[at - 1] as number] === DIGIT && classOf[bytes[at + 1] as number] === DIGIT)
      continue;
    if (classOf[byte] !== DIGIT) break;
    hash = addToMark(hash, byte);
  }
  const mark = endMark(hash);
  if (holdsMark(dictionary, mark)) addToken(found, utf8.decode(bytes.subarray(from, at)).replaceAll('_', ''));
}

/** `/\\bacme/` has acme, as `App\\acme` has. */
function siftEscaped(bytes: Uint8Array, from: number, to: number, dictionary: Marks, found: Found): void {
  let hash = beginMark(dictionary.salt);
  for (let byte = from; byte < to; byte++) hash = addToMark(hash, smallOf[bytes[byte] as number] as number);
  keep(endMark(hash), bytes, from, to, dictionary, SPEAKS_OF_NONE, found);
  siftHumps(bytes, from, to, dictionary.gate, dictionary, SPEAKS_OF_NONE, found);
}

const SPEAKS_OF_NONE: Marks = { salt: 0, bits: new Uint8Array(), exact: new Set(), gate: new Uint8Array() };

const utf8 = new TextDecoder();
