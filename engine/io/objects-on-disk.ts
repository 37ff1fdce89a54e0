import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Objects, sha256 } from '../../runtime/snapshot/object.ts';

/** Bytes that are written, or read, at once. */
const AT_ONCE = 1_048_576;
/** What else is read with one: objects are asked for in the order in which they were added. */
const AHEAD = 65_536;

/**
 * Room for the objects of a large release in the making: below `folder`, in a file without a name, which is gone with this
 * process whatever becomes of it. Where nothing can be written there, they are kept in memory.
 */
export const objectsOnDisk = (folder: string): Objects => new ObjectsOnDisk(folder);

class ObjectsOnDisk implements Objects {
  readonly #folder: string;
  #file: number | undefined;
  /** Which each is; where it ends, after one that ends at zero. */
  readonly #places = new Map<string, number>();
  readonly #ends: number[] = [0];
  /** Not yet written: what comes after `#written`. */
  readonly #latest = Buffer.allocUnsafeSlow(AT_ONCE);
  #written = 0;
  /** Those after the last that the disk had room for. */
  #kept: Map<string, Uint8Array> | undefined;
  #window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  constructor(folder: string) {
    this.#folder = folder;
  }

  get size(): number {
    return this.#places.size;
  }

  has(hash: string): boolean {
    return this.#places.has(hash);
  }

  set(hash: string, bytes: Uint8Array): void {
    if (this.#places.has(hash)) return;
    const start = this.#ends.at(-1) as number;
    if (!this.#kept && start + bytes.length > this.#written + AT_ONCE) this.#write();
    this.#places.set(hash, this.#ends.length);
    this.#ends.push(start + bytes.length);
    if (this.#kept) this.#kept.set(hash, bytes);
    else this.#latest.set(bytes, start - this.#written);
  }

  /** @throws Error where the disk gives back something else than it was given. */
  get(hash: string): Uint8Array | undefined {
    const place = this.#places.get(hash);
    if (place === undefined) return undefined;
    const kept = this.#kept?.get(hash);
    if (kept) return kept;
    const [start, end] = [this.#ends[place - 1] as number, this.#ends[place] as number];
    if (start >= this.#written) return this.#unwritten(start, end).slice();
    const bytes = this.#read(start, end);
    if (sha256(bytes) !== hash) throw new Error(`the disk of ${this.#folder} is damaged: it gave back other bytes`);
    return bytes;
  }

  keys(): MapIterator<string> {
    return this.#places.keys();
  }

  *values(): MapIterator<Uint8Array> {
    for (const hash of this.#places.keys()) yield this.get(hash) as Uint8Array;
  }

  *entries(): MapIterator<[string, Uint8Array]> {
    for (const hash of this.#places.keys()) yield [hash, this.get(hash) as Uint8Array];
  }

  [Symbol.iterator](): MapIterator<[string, Uint8Array]> {
    return this.entries();
  }

  forEach(each: (bytes: Uint8Array, hash: string, all: ReadonlyMap<string, Uint8Array>) => void): void {
    for (const [hash, bytes] of this) each(bytes, hash, this);
  }

  #unwritten(start: number, end: number): Uint8Array {
    return new Uint8Array(this.#latest.buffer, start - this.#written, end - start);
  }

  #write(): void {
    const length = (this.#ends.at(-1) as number) - this.#written;
    try {
      this.#file ??= this.#open();
      let done = 0;
      while (done < length) done += writeSync(this.#file, this.#latest, done, length - done, this.#written + done);
      this.#written += length;
    } catch {
      this.#kept = new Map();
      for (const [hash, place] of this.#places) {
        const start = this.#ends[place - 1] as number;
        if (start >= this.#written) this.#kept.set(hash, this.#unwritten(start, this.#ends[place] as number));
      }
    }
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, `objects-${randomUUID()}`);
    const file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    closing.register(this, file);
    return file;
  }

  #read(start: number, end: number): Uint8Array {
    const { bytes: known, start: from } = this.#window;
    if (start < from || end > from + known.length) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(end - start, Math.min(AHEAD, this.#written - start)));
      let done = 0;
      while (done < bytes.length) {
        const read = readSync(this.#file as number, bytes, done, bytes.length - done, start + done);
        if (read === 0) break;
        done += read;
      }
      this.#window = { start, bytes };
    }
    const at = start - this.#window.start;
    return this.#window.bytes.subarray(at, at + end - start);
  }
}

/** Whoever makes a release neither knows nor says when its objects are needed no more. */
const closing = new FinalizationRegistry<number>((file) => closeSync(file));
