import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonValue, Row } from '../../register/row.ts';
import { encodeText, firstLine, largestIndex, sumBytes, sumOf } from './layout.ts';
import { removeDrafts } from './remove-drafts.ts';
import { between, writeRow } from './row-text.ts';

/** Characters after which a block is full. */
const blockLength = 16_384;

/**
 * Writes a table, its folder included, in place of one that is there. Rows may come in any order; all of them are held until they are
 * sorted. Whoever has the old one open goes on reading it.
 *
 * Nothing is synced: what a power cut leaves is found by its sums. Whoever is killed while writing leaves the old table, or none.
 *
 * @throws the system's error where it cannot be written, having changed nothing.
 */
export function writeTable(file: string, about: JsonValue, rows: Iterable<Row>): void {
  writeLines(file, about, Array.from(rows, writeRow));
}

/** The same of rows that `writeRow` has written; they are sorted in place, which takes no time where they are some sorted parts. */
export function writeLines(file: string, about: JsonValue, lines: string[]): void {
  lines.sort();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  removeDrafts(dirname(file));
  const draft = `${file}.${randomUUID()}.draft`;
  const opened = openSync(draft, 'wx', 0o600);
  try {
    try {
      writeBlocks(opened, about, lines);
    } finally {
      closeSync(opened);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeBlocks(opened: number, about: JsonValue, lines: readonly string[]): void {
  writeFully(opened, firstLine);
  const entries: Buffer[] = [];
  const starts: string[] = [];
  let before: string | undefined;
  for (const block of blocksOf(lines)) {
    const bytes = encodeText(block.join(between));
    writeFully(opened, bytes);
    entries.push(numbers(bytes.length), sumOf(bytes).subarray(0, sumBytes));
    starts.push(before === undefined ? '' : startOf(keyOf(before), keyOf(block[0] as string)));
    before = block.at(-1);
  }
  const startsText = encodeText(starts.join(between));
  const aboutText = encodeText(JSON.stringify({ rows: lines.length, about }));
  const lengths = numbers(starts.length, startsText.length, aboutText.length);
  const index = Buffer.concat([...entries, startsText, aboutText, lengths]);
  if (index.length > largestIndex) throw new RangeError('there is too much for one table');
  writeFully(opened, index);
  writeFully(opened, sumOf(Buffer.concat([firstLine, index])));
}

function* blocksOf(lines: readonly string[]): Generator<string[]> {
  let block: string[] = [];
  let length = 0;
  for (const line of lines) {
    block.push(line);
    length += line.length + 1;
    if (length < blockLength) continue;
    yield block;
    block = [];
    length = 0;
  }
  if (block.length > 0) yield block;
}

const keyOf = (line: string): string => line.slice(0, line.indexOf(between));

/** The shortest beginning of a key that is above the key before; where both are one key, that key. Long keys would fill the index. */
function startOf(before: string, key: string): string {
  let same = 0;
  while (same < key.length && key[same] === before[same]) same++;
  return key.slice(0, same + 1);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => void bytes.writeUInt32LE(value, index * 4));
  return bytes;
}

function writeFully(opened: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(opened, bytes, done, bytes.length - done);
}
