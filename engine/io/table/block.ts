import type { Row } from '../../register/row.ts';
import { firstNotBelow } from './first-not-below.ts';
import { between, readRow } from './row-text.ts';

/** Some rows in order, of which a row is made when it is asked for. */
export class Block {
  readonly #parts: readonly string[];

  constructor(text: string) {
    this.#parts = text.split(between);
  }

  /** The number of the first row whose key is this part or above it; behind the last where there is none. */
  from(key: string): number {
    return firstNotBelow(this.#parts.length / 3, (row) => (this.keyAt(row) as string) < key);
  }

  /** The key of a row as a part, or `undefined` behind the last. */
  keyAt(row: number): string | undefined {
    return this.#parts[row * 3];
  }

  rowAt(row: number): Row {
    const [key, path, value] = this.#parts.slice(row * 3, row * 3 + 3) as [string, string, string];
    return readRow(key, path, value);
  }
}
