import { join } from 'node:path';
import type { ObjectRef } from '../../snapshot/object.ts';
import type { Tally } from '../store.ts';
import { type Disk, errorCode, syncFolder, unless, writeDurably } from './disk.ts';
import { blockBytes, buildIndex, isLarge, locate, openPack, type Pack, type Row, readRows, rowsOf } from './pack.ts';
import type { Scratch } from './scratch.ts';

const packName = /^(\d{10})-[0-9a-f]{16}\.pack$/;

/** Bytes of index that are kept in memory, of all large packs. */
const mostKept = 8_388_608;

/** All packs of a store, newest first; it looks again whenever something is missing. */
export class PackSet {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #scratch: Scratch;
  #packs: readonly Pack[] = [];
  #mayHaveGrown = true;

  constructor(disk: Disk, folder: string, scratch: Scratch) {
    this.#disk = disk;
    this.#folder = folder;
    this.#scratch = scratch;
  }

  /** Another process has added some: what is asked for next is sought among those first. */
  expectMore(): void {
    this.#mayHaveGrown = true;
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
    const kept = new Map<Pack, Row[]>();
    const seen = new Set<string>();
    const gone = new Map<string, number>();
    for (const pack of this.#packs.filter(({ path }) => isOld(path))) {
      const all = unless(['ENOENT'], () => rowsOf(this.#disk, pack));
      // A pack that cannot be read is left for people to look at.
      if (!all) continue;
      kept.set(
        pack,
        all.filter(({ hash, size }) => {
          const isKept = keep.has(hash) && !seen.has(hash);
          if (!keep.has(hash)) gone.set(hash, size);
          seen.add(hash);
          return isKept;
        }),
      );
    }
    if (gone.size === 0 && kept.size < 2) return { objects: 0, bytes: 0 };
    for (const rows of kept.values()) rows.sort((a, b) => a.offset - b.offset);
    this.#write([...kept.values()].flat(), this.#readAll(kept));
    for (const pack of kept.keys()) {
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
      if (look > 0 || this.#mayHaveGrown) this.#refresh();
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
    let missing = [...hashes];
    for (const pack of this.#packs) {
      if (missing.length === 0) break;
      const found = unless(['ENOENT'], () => locate(this.#disk, pack, missing));
      if (!found || found.size === 0) continue;
      rows.set(pack, [...found.values()]);
      missing = missing.filter((hash) => !found.has(hash));
    }
    const large = this.#packs.filter(isLarge);
    const kept = large.reduce((sum, { blocks }) => sum + blocks.size * blockBytes, 0);
    if (kept > mostKept) for (const { blocks } of large) blocks.clear();
    return { rows, missing };
  }

  #refresh(): void {
    this.#mayHaveGrown = false;
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
