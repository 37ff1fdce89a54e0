import { dirname } from 'node:path';
import { StoreError } from '../store.ts';

/**
 * What the file store asks of a file system: these functions of `node:fs`, synchronous because that is several times
 * faster for many small reads. A crash test brings its own.
 */
export interface Disk {
  openSync(path: string, flags: string): number;
  closeSync(fd: number): void;
  readSync(fd: number, into: Uint8Array, offset: number, length: number, position: number): number;
  writeSync(fd: number, from: Uint8Array, offset: number, length: number): number;
  fsyncSync(fd: number): void;
  fstatSync(fd: number): { size: number };
  statSync(path: string): { mtimeMs: number };
  statfsSync(path: string): { type: number };
  linkSync(existing: string, path: string): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  mkdirSync(path: string): void;
  rmdirSync(path: string): void;
  readdirSync(path: string): string[];
  utimesSync(path: string, accessed: Date, modified: Date): void;
}

export const errorCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

/** The answer, or undefined when an operation fails with one of these codes (`ENOENT`: what it names is not there). */
export function unless<T>(codes: readonly string[], run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (codes.includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** The file's bytes, or undefined when there is none. @throws StoreError (`damaged`) above `limit` bytes. */
export function readWhole(disk: Disk, path: string, limit: number): Buffer | undefined {
  const fd = unless(['ENOENT'], () => disk.openSync(path, 'r'));
  if (fd === undefined) return undefined;
  try {
    const { size } = disk.fstatSync(fd);
    if (size > limit) throw new StoreError('damaged', `${path} has ${size} bytes where at most ${limit} can be`);
    return readAt(disk, fd, 0, size);
  } finally {
    disk.closeSync(fd);
  }
}

/** `length` bytes at a position; fewer where the file ends. */
export function readAt(disk: Disk, fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = disk.readSync(fd, bytes, done, length - done, position + done);
    if (read === 0) break;
    done += read;
  }
  return done === length ? bytes : bytes.subarray(0, done);
}

const slabBytes = 262_144;

/** Writes a new file that survives a power cut once its folder is synced, too; a failed one is removed. */
export function writeDurably(disk: Disk, path: string, chunks: Iterable<Uint8Array>): void {
  const fd = disk.openSync(path, 'wx');
  let failed = true;
  try {
    for (const slab of gather(chunks)) writeFully(disk, fd, slab);
    disk.fsyncSync(fd);
    failed = false;
  } finally {
    disk.closeSync(fd);
    if (failed) unless(['ENOENT'], () => disk.unlinkSync(path));
  }
}

/** The same bytes in few large pieces: a system call for each small object would cost more than the writing. */
function* gather(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  const slab = Buffer.allocUnsafe(slabBytes);
  let used = 0;
  for (const chunk of chunks) {
    if (used + chunk.length > slabBytes) {
      if (used > 0) yield slab.subarray(0, used);
      used = 0;
    }
    if (chunk.length > slabBytes) yield chunk;
    else {
      slab.set(chunk, used);
      used += chunk.length;
    }
  }
  if (used > 0) yield slab.subarray(0, used);
}

function writeFully(disk: Disk, fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += disk.writeSync(fd, bytes, done, bytes.length - done);
}

/** Makes the names in a folder survive a power cut. Windows has no such call and needs none. */
export function syncFolder(disk: Disk, path: string): void {
  if (process.platform === 'win32') return;
  const fd = disk.openSync(path, 'r');
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
}

/** Makes a folder, those above it included, durably; one that is there already is left alone. */
export function makeFolder(disk: Disk, path: string): void {
  const made = unless(['EEXIST', 'ENOENT'], () => {
    disk.mkdirSync(path);
    return true;
  });
  if (!made) {
    if (unless(['ENOENT'], () => disk.statSync(path)) !== undefined) return;
    makeFolder(disk, dirname(path));
    unless(['EEXIST'], () => disk.mkdirSync(path));
  }
  syncFolder(disk, dirname(path));
}

const troubles: Readonly<Record<string, [StoreError['trouble'], string]>> = {
  EACCES: ['denied', 'this user may not use it; check the owner and permissions of the folder'],
  EPERM: ['denied', 'this user may not use it; check the owner and permissions of the folder'],
  EROFS: ['denied', 'the disk is read-only'],
  ENOSPC: ['full', 'the disk is full; make room and publish again, the release in force is untouched'],
  EDQUOT: ['full', 'the disk quota is used up; make room and publish again, the release in force is untouched'],
  ENOTDIR: ['unsuitable', 'it is not a folder; name a folder that is empty or does not exist yet'],
};

/** Runs disk operations of the store in `folder`; their errors become a StoreError in plain words. */
export function reportTrouble<T>(folder: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (!/^E[A-Z0-9]+$/.test(code)) throw error;
    const [trouble, what] = troubles[code] ?? ['unavailable', `the disk answered ${code}`];
    throw new StoreError(trouble, `the store in ${folder} cannot be used: ${what}`, { cause: error });
  }
}
