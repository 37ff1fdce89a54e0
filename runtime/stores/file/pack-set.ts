import { join } from 'node:path';
import type { ObjectRef } from '../../snapshot/object.ts';
import type { Tally } from '../store.ts';
import { type Disk, errorCode, syncFolder, unless, writeDurably } from './disk.ts';
import { buildIndex, locate, openPack, type Pack, type Row, readRows, rowsOf } from './pack.ts';
import type { Scratch } from './scratch.ts';

const packName = /^(\d{10})-[0-9a-f]{16}\.pack$/;

/** All packs of a store, newest first, with their indexes in memory; it looks again whenever something is missing. */
export class PackSet {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #scratch: Scratch;
  #packs: readonly Pack[] = [];

  constructor(disk: Disk, folder: string, scratch: Scratch) {
    this.#disk = disk;
    this.#folder = folder;
    this.#scratch = scratch;
  }

  get(hashes: readonly string[]): Map<string, Uint8Array> {
    const bytes = new Map<string, Uint8Array>();
    this.#visit(hashes, (pack, rows) => {
      for (const [hash, object] of readRows(this.#disk, pack, rows)) bytes.set(hash, object);
    });
    return bytes;
  }

  /** Those that are stored; their packs are marked as just written, so that no sweep takes them meanwhile. */
  has(hashes: Iterable<string>): Set<string> {
    const found = new Set<string>();
    const now = new Date();
    this.#visit([...hashes], (pack, rows) => {
      this.#disk.utimesSync(pack.path, now, now);
      for (const { hash } of rows) found.add(hash);
    });
    return found;
  }

  /** Writes objects as one pack that survives a power cut. */
  add(objects: ReadonlyMap<string, Uint8Array>): void {
    const refs = [...objects].map(([hash, bytes]) => ({ hash, size: bytes.length }));
    this.#write(refs, objects.values());
  }

  /** Makes everything that is visible here survive a power cut, whoever wrote it. */
  sync(): void {
    unless(['ENOENT'], () => syncFolder(this.#disk, this.#folder));
  }

  /** Writes what is kept of the packs older than a date as one new pack and removes them. */
  sweep(keep: ReadonlySet<string>, olderThan: Date): Tally {
    this.#refresh();
    const isOld = (path: string): boolean => {
      const modified = unless(['ENOENT'], () => this.#disk.statSync(path).mtimeMs);
      return modified !== undefined && Math.ceil(modified) < olderThan.getTime();
    };
    // A pack that cannot be read is left for people to look at.
    const old = this.#packs.filter((pack) => pack.index.length > 0 && isOld(pack.path));
    const kept = new Map<Pack, Row[]>(old.map((pack) => [pack, []]));
    const seen = new Set<string>();
    const gone = new Map<string, number>();
    for (const [pack, rows] of kept)
      for (const row of rowsOf(pack)) {
        if (!keep.has(row.hash)) gone.set(row.hash, row.size);
        else if (!seen.has(row.hash)) rows.push(row);
        seen.add(row.hash);
      }
    if (gone.size === 0 && old.length < 2) return { objects: 0, bytes: 0 };
    for (const rows of kept.values()) rows.sort((a, b) => a.offset - b.offset);
    this.#write([...kept.values()].flat(), this.#readAll(kept));
    for (const pack of old) {
      // Moved away first: from then on `has` cannot rely on it any more, and what relied on it before shows in its date.
      const doomed = this.#scratch.path();
      unless(['ENOENT'], () => {
        this.#disk.renameSync(pack.path, doomed);
        if (isOld(doomed)) this.#disk.unlinkSync(doomed);
        else this.#disk.renameSync(doomed, pack.path);
      });
    }
    this.#refresh();
    return { objects: gone.size, bytes: [...gone.values()].reduce((sum, size) => sum + size, 0) };
  }

  /** `bytes` are those of `refs`, in the same order. */
  #write(refs: readonly ObjectRef[], bytes: Iterable<Uint8Array>): void {
    if (refs.length === 0) return;
    const { tail, digest } = buildIndex(refs);
    this.#scratch.makeFolder(this.#folder);
    const draft = this.#scratch.path();
    writeDurably(this.#disk, draft, chain(bytes, [tail]));
    this.#refresh();
    const newest = Number(packName.exec(this.#packs[0]?.name ?? '')?.[1] ?? 0);
    const name = `${String(newest + 1).padStart(10, '0')}-${digest.slice(0, 16)}.pack`;
    this.#disk.renameSync(draft, join(this.#folder, name));
    syncFolder(this.#disk, this.#folder);
  }

  *#readAll(wanted: ReadonlyMap<Pack, readonly Row[]>): Generator<Uint8Array> {
    const batch = 1_000;
    for (const [pack, rows] of wanted)
      for (let start = 0; start < rows.length; start += batch)
        yield* readRows(this.#disk, pack, rows.slice(start, start + batch)).values();
  }

  /** Calls back with what each pack holds of the hashes; a pack swept meanwhile or a new one is noticed by looking again. */
  #visit(hashes: readonly string[], onPack: (pack: Pack, rows: Row[]) => void): void {
    let open = hashes;
    for (let look = 0; look < 4 && open.length > 0; look += 1) {
      if (look > 0 || this.#packs.length === 0) this.#refresh();
      const { rows, missing } = this.#locateAll(open);
      for (const [pack, found] of rows) {
        try {
          onPack(pack, found);
        } catch (error) {
          if (errorCode(error) !== 'ENOENT') throw error;
          for (const { hash } of found) missing.push(hash);
        }
      }
      if (look > 0 && missing.length === open.length) return;
      open = missing;
    }
  }

  #locateAll(hashes: readonly string[]): { rows: Map<Pack, Row[]>; missing: string[] } {
    const rows = new Map<Pack, Row[]>();
    const missing: string[] = [];
    for (const hash of hashes) {
      let row: Row | undefined;
      for (const pack of this.#packs) {
        row = locate(pack, hash);
        if (!row) continue;
        const found = rows.get(pack);
        if (found) found.push(row);
        else rows.set(pack, [row]);
        break;
      }
      if (!row) missing.push(hash);
    }
    return { rows, missing };
  }

  #refresh(): void {
    const known = new Map(this.#packs.map((pack) => [pack.name, pack]));
    const names = (unless(['ENOENT'], () => this.#disk.readdirSync(this.#folder)) ?? []).filter((name) =>
      packName.test(name),
    );
    this.#packs = names
      .sort()
      .reverse()
      .map((name) => known.get(name) ?? unless(['ENOENT'], () => openPack(this.#disk, join(this.#folder, name), name)))
      .filter((pack) => pack !== undefined);
  }
}

function* chain(first: Iterable<Uint8Array>, then: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield* first;
  yield* then;
}
