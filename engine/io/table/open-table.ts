import { closeSync, constants, fstatSync, futimesSync, openSync } from 'node:fs';
import type { JsonValue, Row } from '../../register/row.ts';
import type { Block } from './block.ts';
import { BlockReader } from './block-reader.ts';
import { firstNotBelow } from './first-not-below.ts';
import { readIndex, type TableIndex } from './read-index.ts';
import { partOf } from './row-text.ts';
import { TableDamaged } from './table-damaged.ts';

/** Rows on the disk, of which only those that are asked for are read, and nothing is believed whose sum is wrong. */
export interface Table {
  /** What its writer said of it. */
  readonly about: JsonValue;
  /** How many it has. */
  readonly rows: number;
  /** All rows with exactly this key, by path (code units). @throws TableDamaged */
  find(key: string): Row[];
  /** All rows whose key begins so, by key and path, read as they are taken. @throws TableDamaged, perhaps after some rows */
  startingWith(prefix: string): Iterable<Row>;
  close(): void;
}

// A pipe would keep whoever opens it waiting; a link may lead anywhere.
const SAFELY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a table that `writeTable` wrote, which counts as its use for `trimTables`. It goes on being read when another takes its place.
 *
 * @returns `undefined` where none is, or one that is damaged, of another version or not to be read. Never throws.
 */
export function openTable(file: string): Table | undefined {
  let opened: number | undefined;
  try {
    opened = openSync(file, SAFELY);
    const state = fstatSync(opened);
    const index = state.isFile() ? readIndex(opened, state.size) : undefined;
    if (index) {
      markUsed(opened);
      const table = new OpenTable(file, opened, index);
      opened = undefined;
      return table;
    }
  } catch {
    // What cannot be read is not there.
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
  return undefined;
}

/** Of another user's table, or on a disk that is read only, the mark stays as it is. */
function markUsed(opened: number): void {
  const now = new Date();
  try {
    futimesSync(opened, now, now);
  } catch {}
}

class OpenTable implements Table {
  readonly about: JsonValue;
  readonly rows: number;
  readonly #file: string;
  readonly #starts: readonly string[];
  readonly #blocks: BlockReader;

  constructor(file: string, opened: number, { about, rows, starts, placeOf }: TableIndex) {
    this.about = about;
    this.rows = rows;
    this.#file = file;
    this.#starts = starts;
    this.#blocks = new BlockReader(file, opened, placeOf);
  }

  find(key: string): Row[] {
    const part = partOf(key);
    const found: Row[] = [];
    for (const [number, start] of this.#blocksFrom(part)) {
      if (start > part) break;
      const block = this.#blocks.read(number);
      for (let row = block.from(part); block.keyAt(row) === part; row++) found.push(this.#rowOf(block, row));
    }
    return found;
  }

  *startingWith(prefix: string): Generator<Row> {
    const part = partOf(prefix);
    for (const [number, start] of this.#blocksFrom(part)) {
      if (start > part && !start.startsWith(part)) return;
      const block = this.#blocks.read(number);
      for (let row = block.from(part); block.keyAt(row)?.startsWith(part); row++) yield this.#rowOf(block, row);
    }
  }

  close(): void {
    this.#blocks.close();
  }

  /** Sums find what a disk or a kill did. Who writes a table by hand can make them right, and rows that are none. */
  #rowOf(block: Block, row: number): Row {
    try {
      return block.rowAt(row);
    } catch (cause) {
      throw new TableDamaged(this.#file, { cause });
    }
  }

  /** The numbers and starts of blocks that may have a key from here on: they begin with the last that starts below it. */
  *#blocksFrom(part: string): Generator<[number: number, start: string]> {
    const first = firstNotBelow(this.#starts.length, (at) => (this.#starts[at] as string) < part);
    for (let at = Math.max(0, first - 1); at < this.#starts.length; at += 1) yield [at, this.#starts[at] as string];
  }
}
