import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type DecodedSource, decodeSource } from '../../scan/files/decode-source.ts';
import type { WhySkipped } from '../../scan/files/why-skipped.ts';
import type { Source } from './source-finder.ts';

/** Bytes above which nobody writes a file by hand. */
export const LARGEST_SOURCE = 2_000_000;

export type ReadSource =
  | DecodedSource
  | { why: Extract<WhySkipped, 'symbolic link' | 'not a file' | 'unreadable' | 'binary' | 'too large'> };

// A pipe would keep whoever opens it waiting; a link may lead anywhere.
const SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads one file after the other through one piece of memory: what it gives is good until the next is read. `undefined` for a file that
 * is gone. Never throws for what lies there.
 */
export function sourceReader(largest: number = LARGEST_SOURCE): (source: Source) => ReadSource | undefined {
  let buffer = Buffer.allocUnsafe(65_536);
  return ({ file }) => {
    let opened: number | undefined;
    try {
      opened = openSync(file, SAFELY);
      const state = fstatSync(opened);
      if (!state.isFile()) return { why: 'not a file' };
      if (state.size > largest) return { why: 'too large' };
      if (state.size >= buffer.length) buffer = Buffer.allocUnsafe(state.size * 2);
      let end = 0;
      for (let count = 1; count > 0; end += count) {
        if (end > largest) return { why: 'too large' };
        if (end === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
        count = readSync(opened, buffer, end, buffer.length - end, null);
      }
      return decodeSource(buffer.subarray(0, end)) ?? { why: 'binary' };
    } catch (error) {
      return whyNot((error as NodeJS.ErrnoException).code);
    } finally {
      if (opened !== undefined) closeSync(opened);
    }
  };
}

function whyNot(code: string | undefined): ReadSource | undefined {
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  if (code === 'ELOOP') return { why: 'symbolic link' };
  return { why: code === 'ENXIO' ? 'not a file' : 'unreadable' };
}
