import { type ObjectRef, sha256 } from '../../snapshot/object.ts';
import { StoreError } from '../store.ts';
import { type Disk, readAt } from './disk.ts';

/*
 * One immutable file of objects with its index behind them:
 *   objects  in the order they came
 *   index    a row per object, sorted by hash: hash 32 bytes, offset 6, size 4 (big endian)
 *   footer   sha256 of the index 32 bytes, number of rows 4, "PVP1"
 */

const magic = 'PVP1';
const rowBytes = 42;
const footerBytes = 40;

/** A pack whose index is in memory; the file is opened again for each batch of reads. */
export interface Pack {
  name: string;
  path: string;
  index: Buffer;
}

/** An object's place in a pack, in bytes. */
export interface Row extends ObjectRef {
  offset: number;
}

/** The index and footer for objects in the order they are written, and the index's sha256. */
export function buildIndex(refs: readonly ObjectRef[]): { tail: Uint8Array; digest: string } {
  let end = 0;
  const rows: Row[] = refs.map(({ hash, size }) => {
    end += size;
    return { hash, size, offset: end - size };
  });
  rows.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const tail = Buffer.allocUnsafe(rows.length * rowBytes + footerBytes);
  let at = 0;
  for (const { hash, size, offset } of rows) {
    tail.write(hash, at, 'hex');
    tail.writeUIntBE(offset, at + 32, 6);
    tail.writeUInt32BE(size, at + 38);
    at += rowBytes;
  }
  const digest = sha256(tail.subarray(0, at));
  tail.write(digest, at, 'hex');
  tail.writeUInt32BE(rows.length, at + 32);
  tail.write(magic, at + 36, 'latin1');
  return { tail, digest };
}

/** Reads a pack's index; a file that is not a whole pack has an empty one, so that its objects count as missing. */
export function openPack(disk: Disk, path: string, name: string): Pack {
  const fd = disk.openSync(path, 'r');
  try {
    const { size } = disk.fstatSync(fd);
    const footer = readAt(disk, fd, Math.max(0, size - footerBytes), footerBytes);
    const isPack = footer.length === footerBytes && footer.toString('latin1', 36) === magic;
    const length = isPack ? footer.readUInt32BE(32) * rowBytes : 0;
    const fits = length <= size - footerBytes;
    const index = fits ? readAt(disk, fd, size - footerBytes - length, length) : Buffer.alloc(0);
    const isWhole = isPack && fits && sha256(index) === footer.toString('hex', 0, 32);
    return { name, path, index: isWhole ? index : Buffer.alloc(0) };
  } finally {
    disk.closeSync(fd);
  }
}

/** Where an object lies in a pack: a search by halves over the first four bytes, then the exact row. */
export function locate({ index }: Pack, hash: string): Row | undefined {
  const wanted = Number.parseInt(hash.slice(0, 8), 16);
  let low = 0;
  let high = index.length / rowBytes;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index.readUInt32BE(middle * rowBytes) < wanted) low = middle + 1;
    else high = middle;
  }
  for (let at = low * rowBytes; at < index.length && index.readUInt32BE(at) === wanted; at += rowBytes) {
    const row = rowAt(index, at);
    if (row.hash === hash) return row;
  }
  return undefined;
}

/** Every object of a pack, in the order of hashes. */
export function* rowsOf({ index }: Pack): Generator<Row> {
  for (let at = 0; at < index.length; at += rowBytes) yield rowAt(index, at);
}

const rowAt = (index: Buffer, at: number): Row => ({
  hash: index.toString('hex', at, at + 32),
  offset: index.readUIntBE(at + 32, 6),
  size: index.readUInt32BE(at + 38),
});

const runBytes = 1_048_576;

/**
 * Reads objects of a pack, those that lie side by side at once. The file is not kept open, so the number of packs is
 * not bounded by open files.
 */
export function readRows(disk: Disk, { path }: Pack, rows: readonly Row[]): Map<string, Uint8Array> {
  const sorted = [...rows].sort((a, b) => a.offset - b.offset);
  const found = new Map<string, Uint8Array>();
  const fd = disk.openSync(path, 'r');
  try {
    for (let first = 0; first < sorted.length; ) {
      const start = (sorted[first] as Row).offset;
      let end = start;
      let next = first;
      for (
        let row = sorted[next];
        row?.offset === end && (next === first || end - start < runBytes);
        row = sorted[next]
      ) {
        end += row.size;
        next += 1;
      }
      const bytes = readAt(disk, fd, start, end - start);
      if (bytes.length < end - start) throw new StoreError('damaged', `${path} is shorter than it was written`);
      for (const { hash, offset, size } of sorted.slice(first, next))
        found.set(hash, bytes.subarray(offset - start, offset - start + size));
      first = next;
    }
  } finally {
    disk.closeSync(fd);
  }
  return found;
}
