import type { JsonValue } from '../../register/row.ts';
import { decodeText, entryBytes, firstLine, largestIndex, readAt, sumOf, trailerBytes } from './layout.ts';
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
  places: readonly BlockPlace[];
  starts: readonly string[];
}

/** What a file of this size says of its blocks, once its sum is right; `undefined` where it is no table of this version, or damaged. */
export function readIndex(opened: number, size: number): TableIndex | undefined {
  if (size < firstLine.length + trailerBytes) return undefined;
  if (!readAt(opened, 0, firstLine.length).equals(firstLine)) return undefined;
  const trailer = readAt(opened, size - trailerBytes, trailerBytes);
  if (trailer.length < trailerBytes) return undefined;
  const [count, startsLength, aboutLength] = [0, 4, 8].map((at) => trailer.readUInt32LE(at)) as [
    number,
    number,
    number,
  ];
  const length = count * entryBytes + startsLength + aboutLength;
  const position = size - trailerBytes - length;
  if (position < firstLine.length || length > largestIndex) return undefined;
  const index = readAt(opened, position, length);
  const sum = sumOf(Buffer.concat([firstLine, index, trailer.subarray(0, 12)]));
  if (!sum.equals(trailer.subarray(12))) return undefined;

  const startsAt = count * entryBytes;
  const aboutAt = startsAt + startsLength;
  const places = placesOf(index, count);
  const starts = count === 0 ? [] : decodeText(index.subarray(startsAt, aboutAt)).split(between);
  const end = places.at(-1);
  if ((end ? end.position + end.length : firstLine.length) !== position || starts.length !== count) return undefined;
  const { about, rows } = JSON.parse(decodeText(index.subarray(aboutAt))) as Pick<TableIndex, 'about' | 'rows'>;
  return { about, rows, places, starts };
}

function placesOf(index: Buffer, count: number): BlockPlace[] {
  const places: BlockPlace[] = [];
  let position = firstLine.length;
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    const length = index.readUInt32LE(at);
    places.push({ position, length, sum: index.subarray(at + 4, at + entryBytes) });
    position += length;
  }
  return places;
}
