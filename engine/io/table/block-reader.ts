import { closeSync } from 'node:fs';
import { Block } from './block.ts';
import { decodeText, readAt, sumBytes, sumOf } from './layout.ts';
import type { BlockPlace } from './read-index.ts';
import { TableDamaged } from './table-damaged.ts';

/** Bytes of the file that are kept as blocks in memory, those last asked for. */
const mostKept = 2_097_152;

/** Reads blocks of an open file, each against its sum; it owns the file. */
export class BlockReader {
  readonly #file: string;
  readonly #places: readonly BlockPlace[];
  readonly #kept = new Map<number, Block>();
  #keptBytes = 0;
  #opened: number | undefined;

  constructor(file: string, opened: number, places: readonly BlockPlace[]) {
    this.#file = file;
    this.#opened = opened;
    this.#places = places;
  }

  /** @throws TableDamaged */
  read(at: number): Block {
    const { length } = this.#places[at]!;
    let block = this.#kept.get(at);
    if (block) this.#kept.delete(at);
    else {
      block = this.#load(this.#places[at]!);
      this.#keptBytes += length;
    }
    this.#kept.set(at, block);
    for (const [oldest] of this.#kept) {
      if (this.#keptBytes <= mostKept) break;
      this.#kept.delete(oldest);
      this.#keptBytes -= this.#places[oldest]!.length;
    }
    return block;
  }

  close(): void {
    if (this.#opened !== undefined) closeSync(this.#opened);
    this.#opened = undefined;
    this.#kept.clear();
  }

  #load({ position, length, sum }: BlockPlace): Block {
    if (this.#opened === undefined) throw new Error(`${this.#file} is closed`);
    const bytes = this.#bytesAt(this.#opened, position, length);
    if (!sumOf(bytes).subarray(0, sumBytes).equals(sum)) throw new TableDamaged(this.#file);
    return new Block(decodeText(bytes));
  }

  #bytesAt(opened: number, position: number, length: number): Buffer {
    try {
      return readAt(opened, position, length);
    } catch (cause) {
      throw new TableDamaged(this.#file, { cause });
    }
  }
}
