import type { JsonValue } from '../../register/row.ts';
import { decodeText, entryBytes, firstLine, largestIndex, readAt, sumOf, trailerBytes } from './layout.ts';
import { between } from './row-text.ts';

/** Where one block lies, the sum of its bytes, and a text that no key before it reaches and none in it is below. */
export interface BlockPlace {
  position: number;
  length: number;
  sum: Buffer;
  start: string;
}

export interface TableIndex {
  about: JsonValue;
  rows: number;
  places: readonly BlockPlace[];
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
  const sum = sumOf(Buffer.concat([firstLine, index, lengths]));
  if (!sum.equals(trailer.subarray(lengths.length))) return undefined;

  const entries = index.subarray(0, entriesLength);
  const places = placesOf(entries, decodeText(index.subarray(entriesLength, entriesLength + startsLength)));
  const end = places.at(-1);
  if ((end ? end.position + end.length : firstLine.length) !== position) return undefined;
  const { about, rows } = JSON.parse(decodeText(index.subarray(entriesLength + startsLength)));
  return { about, rows, places };
}

function placesOf(entries: Buffer, starts: string): BlockPlace[] {
  const places: BlockPlace[] = [];
  if (entries.length === 0) return places;
  let position = firstLine.length;
  for (const start of starts.split(between)) {
    const at = places.length * entryBytes;
    const length = entries.readUInt32LE(at);
    places.push({ position, length, sum: entries.subarray(at + 4, at + entryBytes), start });
    position += length;
  }
  return places;
}
