import { createHash } from 'node:crypto';
import type { JsonValue } from '../../register/row.ts';
import { decodeText, entryBytes, firstLine, largestIndex, readAt, trailerBytes } from './layout.ts';
import { between } from './row-text.ts';

/** Where one block lies, and the sum of its bytes. */
export interface BlockPlace {
  position: number;
  length: number;
  sum: Buffer;
}

export interface TableIndex {
  about: JsonValue;
  rows: number;
  /** For each block a text that no key before it reaches and none in it is below. */
  starts: readonly string[];
  /** Of a block by its number. A large table has thousands, of which few are asked for. */
  placeOf(block: number): BlockPlace;
}

/** What a file of this size says of its blocks, once its sum is right; `undefined` where it is no table of this version, or damaged. */
export function readIndex(opened: number, size: number): TableIndex | undefined {
  if (size < firstLine.length + trailerBytes) return undefined;
  if (!readAt(opened, 0, firstLine.length).equals(firstLine)) return undefined;
  const trailer = readAt(opened, size - trailerBytes, trailerBytes);
  if (trailer.length < trailerBytes) return undefined;
  const lengths = trailer.subarray(0, trailerBytes - 32);
  const entriesLength = lengths.readUInt32LE(0) * entryBytes;
  const startsLength = lengths.readUInt32LE(4);
  const length = entriesLength + startsLength + lengths.readUInt32LE(8);
  const position = size - trailerBytes - length;
  if (position < firstLine.length || length > largestIndex) return undefined;
  const index = readAt(opened, position, length);
  const sum = createHash('sha256').update(firstLine).update(index).update(lengths).digest();
  if (!sum.equals(trailer.subarray(lengths.length))) return undefined;

  const entries = index.subarray(0, entriesLength);
  const positions = positionsOf(entries);
  if (positions.at(-1) !== position) return undefined;
  const text = decodeText(index.subarray(entriesLength, entriesLength + startsLength));
  const starts = entries.length === 0 ? [] : text.split(between);
  if (starts.length !== positions.length - 1) return undefined;
  const { about, rows } = JSON.parse(decodeText(index.subarray(entriesLength + startsLength)));
  return {
    about,
    rows,
    starts,
    placeOf(block) {
      const at = block * entryBytes;
      return {
        position: positions[block] as number,
        length: entries.readUInt32LE(at),
        sum: entries.subarray(at + 4, at + entryBytes),
      };
    },
  };
}

/** Where each block begins, and the last one ends. */
function positionsOf(entries: Buffer): Float64Array {
  const positions = new Float64Array(entries.length / entryBytes + 1);
  let position = firstLine.length;
  for (let block = 0; block < positions.length; block += 1) {
    positions[block] = position;
    if (block + 1 < positions.length) position += entries.readUInt32LE(block * entryBytes);
  }
  return positions;
}
