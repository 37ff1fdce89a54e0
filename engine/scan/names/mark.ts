/**
 * Marks: a set of tokens that a pass over bytes can ask cheaply, to leave out the files that name no account.
 *
 * The **tokens** of a file are, over its bytes: each maximal run of ASCII letters and digits; within such a run each hump (a hump
 * begins at a capital after a small letter or a digit, and at the last of several capitals before a small letter: `NSLRouter2` has
 * NSL and Router2); of a run that begins with digits, these digits and all that follow them with single `_` between: 48_213 has the token
 * 48213 too, and so have 48213n and 48_213L; of a run of letters behind a backslash, what follows its first letter, and the humps of that:
 * a pattern such as `\bacme` has acme; each maximal run of bytes from 0x80 on. Every other byte stands between tokens.
 *
 * The **mark** of a token: `hash = salt ^ 0x811c9dc5`; for each byte, ASCII capitals made small, `hash = Math.imul(hash ^ byte, 0x01000193)`;
 * at the end `hash ^= hash >>> 16; hash = Math.imul(hash, 0x85ebca6b); hash ^= hash >>> 13; hash = Math.imul(hash, 0xc2b2ae35); hash ^= hash >>> 16`.
 * It is a signed number of 32 bits. Its bit is `mark >>> 12`: bit `index & 7` of byte `index >>> 3`.
 *
 * **What is promised:** a file in which a term is written, in any case, with any signs between its parts or none, with accents, without
 * or as Germans write them, has a token whose mark is in the set. Of each way to write a term, the part that is rarest in English (then
 * the longest) is marked, alone and joined with its neighbours. A number of fewer than four digits is not marked: it decides only where
 * a name for an account stands beside it.
 */
import type { Marks } from './dictionary.ts';

export const beginMark = (salt: number): number => salt ^ 0x811c9dc5;

/** `byte`: of a token, ASCII capitals made small. */
export const addToMark = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

export function endMark(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

const utf8 = new TextEncoder();

/** The mark of a token given as text: a signed number of 32 bits. */
export function markOf(salt: number, token: string): number {
  let hash = beginMark(salt);
  for (let at = 0; at < token.length; at++) {
    const unit = token.charCodeAt(at);
    if (unit > 0x7f) return markOfBytes(salt, utf8.encode(token));
    hash = addToMark(hash, small(unit));
  }
  return endMark(hash);
}

function markOfBytes(salt: number, bytes: Uint8Array): number {
  let hash = beginMark(salt);
  for (const byte of bytes) hash = addToMark(hash, small(byte));
  return endMark(hash);
}

const small = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

/** Whether a mark is in the set: one bit for nearly all that are not, then the mark itself. */
export const holdsMark = ({ bits, exact }: Marks, mark: number): boolean =>
  (((bits[mark >>> 15] ?? 0) >>> ((mark >>> 12) & 7)) & 1) === 1 && exact.has(mark);

export const hasMark = (marks: Marks, token: string): boolean => holdsMark(marks, markOf(marks.salt, token));

/** A door in `Marks.gate`: what a token begins with (a byte, capitals made small), and how long it is. */
export const gateOf = (first: number, length: number): number => (first << 5) | (length > 31 ? 31 : length);

/** The set of these marks; `tokens`, where they are known, keep others from being hashed. */
export function marksOf(salt: number, marks: Iterable<number>, tokens?: Iterable<string>): Marks {
  const bits = new Uint8Array(1 << 17);
  const exact = new Set(marks);
  for (const mark of exact) bits[mark >>> 15] = (bits[mark >>> 15] ?? 0) | (1 << ((mark >>> 12) & 7));
  const gate = new Uint8Array(1 << 13).fill(tokens ? 0 : 1);
  for (const token of tokens ?? []) {
    const bytes = utf8.encode(/^[\0-\x7f]*$/.test(token) ? token.toLowerCase() : token);
    gate[gateOf(bytes[0] ?? 0, bytes.length)] = 1;
  }
  return { salt, bits, exact, gate };
}

/** The set of these tokens. */
export const marksOfTokens = (salt: number, tokens: readonly string[]): Marks =>
  marksOf(
    salt,
    tokens.map((token) => markOf(salt, token)),
    tokens,
  );
