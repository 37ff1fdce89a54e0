import { type ObjectRef, sha256 } from '../../snapshot/object.ts';
import { StoreError } from '../store.ts';
import { type Disk, readAt } from './disk.ts';

/*
 * One immutable file of objects with an index behind them, of which a reader takes what it looks for:
 *   objects    in the order they came
 *   index      a row per object, sorted by hash: hash 32 bytes, offset 6, size 4 (big endian); 256 rows are a block
 *   directory  per block: the hash of its first row 32 bytes, sha256 of the block 32
 *   footer     sha256 of the directory 32 bytes, number of rows 4, "PVP2"
 */

const magic = 'PVP2';
const hashBytes = 32;
const rowBytes = 42;
const blockRows = 256;
const entryBytes = 64;
const footerBytes = 40;

/** Bytes of a block of the index. */
export const blockBytes = blockRows * rowBytes;

/** A pack whose directory is in memory; the file is opened again for each batch of reads. */
export interface Pack {
  readonly name: string;
  readonly path: string;
  /** Empty where the file is not a whole pack: all its objects count as missing. */
  readonly directory: Buffer;
  readonly rows: number;
  /** Where the index begins, in bytes. */
  readonly start: number;
  /** Blocks that were read and found whole. */
  readonly blocks: Map<number, Buffer>;
}

/** An object's place in a pack, in bytes. */
export interface Row extends ObjectRef {
  offset: number;
}

/** Index, directory and footer for objects in the order they are written, and the directory's sha256. */
export function buildIndex(refs: readonly ObjectRef[]): { tail: Uint8Array; digest: string } {
  let end = 0;
  const rows: Row[] = refs.map(({ hash, size }) => {
    end += size;
    return { hash, size, offset: end - size };
  });
  rows.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const index = Buffer.allocUnsafe(rows.length * rowBytes);
  for (const [row, { hash, size, offset }] of rows.entries()) {
    const at = row * rowBytes;
    index.write(hash, at, 'hex');
    index.writeUIntBE(offset, at + hashBytes, 6);
    index.writeUInt32BE(size, at + 38);
  }
  const directory = Buffer.concat(
    [...blocksOf(index)].flatMap((block) => [block.subarray(0, hashBytes), Buffer.from(sha256(block), 'hex')]),
  );
  const footer = Buffer.allocUnsafe(footerBytes);
  const digest = sha256(directory);
  footer.write(digest, 'hex');
  footer.writeUInt32BE(rows.length, hashBytes);
  footer.write(magic, 36, 'latin1');
  return { tail: Buffer.concat([index, directory, footer]), digest };
}

function* blocksOf(index: Buffer): Generator<Buffer> {
  for (let at = 0; at < index.length; at += blockBytes) yield index.subarray(at, at + blockBytes);
}

/** Whether only what is looked for of its index is read, and may be forgotten again: most packs are a few objects. */
export const isLarge = ({ rows }: Pick<Pack, 'rows'>): boolean => rows > blockRows;

/** Reads a pack's directory, and the index of a small one with it. */
export function openPack(disk: Disk, path: string, name: string): Pack {
  const fd = disk.openSync(path, 'r');
  try {
    const { size } = disk.fstatSync(fd);
    const footer = readAt(disk, fd, Math.max(0, size - footerBytes), footerBytes);
    const isPack = footer.length === footerBytes && footer.toString('latin1', 36) === magic;
    const rows = isPack ? footer.readUInt32BE(hashBytes) : 0;
    const length = Math.ceil(rows / blockRows) * entryBytes;
    const start = size - footerBytes - length - rows * rowBytes;
    const blocks = new Map<number, Buffer>();
    const nothing = { name, path, rows, start, directory: Buffer.alloc(0), blocks };
    if (!isPack || start < 0) return nothing;
    const from = isLarge({ rows }) ? size - footerBytes - length : start;
    const read = readAt(disk, fd, from, size - footerBytes - from);
    const directory = read.subarray(read.length - length);
    if (sha256(directory) !== footer.toString('hex', 0, hashBytes)) return nothing;
    const block = read.subarray(0, read.length - length);
    if (block.length > 0 && sha256(block) === sumOf(directory, 0)) blocks.set(0, block);
    return { ...nothing, directory };
  } finally {
    disk.closeSync(fd);
  }
}

/** Where the objects lie that are in a pack. What stands in a damaged block counts as missing. */
export function locate(disk: Disk, pack: Pack, hashes: readonly string[]): Map<string, Row> {
  const found = new Map<string, Row>();
  withBlocks(disk, pack, (blockAt) => {
    for (const hash of hashes) {
      const entry = lastNotAbove(pack.directory, entryBytes, hash);
      const block = entry < 0 ? undefined : blockAt(entry);
      const at = block ? lastNotAbove(block, rowBytes, hash) * rowBytes : -1;
      if (block && at >= 0 && hashAt(block, at) === hash) found.set(hash, rowAt(block, at));
    }
  });
  return found;
}

/** Every object of a pack, in the order of hashes; undefined where the index is not whole. */
export function rowsOf(disk: Disk, pack: Pack): Row[] | undefined {
  const rows: Row[] = [];
  let isWhole = pack.directory.length > 0;
  withBlocks(disk, pack, (blockAt) => {
    for (let entry = 0; entry * entryBytes < pack.directory.length; entry += 1) {
      const block = blockAt(entry);
      isWhole &&= block !== undefined;
      for (let at = 0; block && at < block.length; at += rowBytes) rows.push(rowAt(block, at));
    }
  });
  return isWhole ? rows : undefined;
}

/** Lends a function that reads blocks of the index, each held against its sum: undefined where it is not the one that was written. */
function withBlocks(disk: Disk, pack: Pack, use: (blockAt: (entry: number) => Buffer | undefined) => void): void {
  let fd: number | undefined;
  try {
    use((entry) => {
      const kept = pack.blocks.get(entry);
      if (kept) return kept;
      fd ??= disk.openSync(pack.path, 'r');
      const first = entry * blockRows;
      const length = Math.min(blockRows, pack.rows - first) * rowBytes;
      const block = readAt(disk, fd, pack.start + first * rowBytes, length);
      if (sha256(block) !== sumOf(pack.directory, entry)) return undefined;
      pack.blocks.set(entry, block);
      return block;
    });
  } finally {
    if (fd !== undefined) disk.closeSync(fd);
  }
}

const sumOf = (directory: Buffer, entry: number): string =>
  directory.toString('hex', entry * entryBytes + hashBytes, (entry + 1) * entryBytes);

/**
 * The last of things of `step` bytes, each of which begins with a hash, that is not above one; -1 where the first is. Numbers
 * are compared where they tell hashes apart, which is nearly always.
 */
function lastNotAbove(things: Buffer, step: number, hash: string): number {
  const wanted = Number.parseInt(hash.slice(0, 8), 16);
  let low = 0;
  let high = things.length / step;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = things.readUInt32BE(middle * step);
    if (there > wanted || (there === wanted && hashAt(things, middle * step) > hash)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

const hashAt = (things: Buffer, at: number): string => things.toString('hex', at, at + hashBytes);

const rowAt = (index: Buffer, at: number): Row => ({
  hash: hashAt(index, at),
  offset: index.readUIntBE(at + hashBytes, 6),
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
