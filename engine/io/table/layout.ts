import { hash } from 'node:crypto';
import { readSync } from 'node:fs';

/*
 * A table is one file:
 *
 *   first line   what it is, and of which version
 *   blocks       rows in order, about 16 kB of them in each
 *   entries      for each block its length (4 bytes) and the sum of its bytes (16)
 *   starts       for each block a text that no key before it reaches and none in it is below, joined by NUL
 *   about        JSON: what the writer said of it, and the number of rows
 *   trailer      the number of blocks, the lengths of starts and about (4 bytes each), the sum of all this without the blocks (32)
 *
 * Texts have one byte in front: L where each character is a byte, W where it is two. Neither loses a half of a pair, as UTF-8 would.
 */

export const firstLine = Buffer.from('proviso table 1\n', 'latin1');
export const entryBytes = 20;
export const sumBytes = 16;
export const trailerBytes = 44;

/** Bytes of index above which nothing is written, or believed: that of a table of some gigabytes. */
export const largestIndex = 16_777_216;

export const sumOf = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

export function encodeText(text: string): Buffer {
  const isWide = /[^\0-\xff]/.test(text);
  const bytes = Buffer.allocUnsafe(1 + text.length * (isWide ? 2 : 1));
  bytes.write(isWide ? 'W' : 'L', 'latin1');
  bytes.write(text, 1, isWide ? 'utf16le' : 'latin1');
  return bytes;
}

export const decodeText = (bytes: Buffer): string =>
  bytes.toString(bytes[0] === 0x57 ? 'utf16le' : 'latin1', Math.min(1, bytes.length));

/** Bytes at a position; fewer where the file ends. */
export function readAt(opened: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  for (let count = 1; count > 0 && done < length; done += count)
    count = readSync(opened, bytes, done, length - done, position + done);
  return bytes.subarray(0, done);
}
