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
  readonly #placeOf: (block: number) => BlockPlace;
  /** By number, each with its bytes. */
  readonly #kept = new Map<number, { block: Block; length: number }>();
  #keptBytes = 0;
  #opened: number | undefined;

  constructor(file: string, opened: number, placeOf: (block: number) => BlockPlace) {
    this.#file = file;
    this.#opened = opened;
    this.#placeOf = placeOf;
  }

  /** A block by its number. @throws TableDamaged */
  read(number: number): Block {
    const kept = this.#kept.get(number);
    const read = kept ?? this.#load(this.#placeOf(number));
    if (kept) this.#kept.delete(number);
    else this.#keptBytes += read.length;
    this.#kept.set(number, read);
    for (const [oldest, { length }] of this.#kept) {
      if (this.#keptBytes <= mostKept) break;
      this.#kept.delete(oldest);
      this.#keptBytes -= length;
    }
    return read.block;
  }

  close(): void {
    if (this.#opened !== undefined) closeSync(this.#opened);
    this.#opened = undefined;
    this.#kept.clear();
  }

  #load({ position, length, sum }: BlockPlace): { block: Block; length: number } {
    if (this.#opened === undefined) throw new Error(`${this.#file} is closed`);
    const bytes = this.#bytesAt(this.#opened, position, length);
    if (!sumOf(bytes).subarray(0, sumBytes).equals(sum)) throw new TableDamaged(this.#file);
    return { block: new Block(decodeText(bytes)), length };
  }

  #bytesAt(opened: number, position: number, length: number): Buffer {
    try {
      return readAt(opened, position, length);
    } catch (cause) {
      throw new TableDamaged(this.#file, { cause });
    }
  }
}
