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
  readonly #kept = new Map<BlockPlace, Block>();
  #keptBytes = 0;
  #opened: number | undefined;

  constructor(file: string, opened: number) {
    this.#file = file;
    this.#opened = opened;
  }

  /** @throws TableDamaged */
  read(place: BlockPlace): Block {
    const kept = this.#kept.get(place);
    const block = kept ?? this.#load(place);
    if (kept) this.#kept.delete(place);
    else this.#keptBytes += place.length;
    this.#kept.set(place, block);
    for (const oldest of this.#kept.keys()) {
      if (this.#keptBytes <= mostKept) break;
      this.#kept.delete(oldest);
      this.#keptBytes -= oldest.length;
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
