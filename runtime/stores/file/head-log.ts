import { join } from 'node:path';
import { maxHeadBytes } from '../../snapshot/head.ts';
import { sha256 } from '../../snapshot/object.ts';
import { checkPlace } from '../driver/check-place.ts';
import type { HeadAt, Swap } from '../store.ts';
import { type Disk, readWhole, syncFolder, unless, writeDurably } from './disk.ts';
import type { Scratch } from './scratch.ts';

const hintFile = 'HEAD';
/** Each costs a wait for the disk. */
const mostForgotten = 16;

/**
 * Every head of one environment and channel in files 1, 2, 3 …: whoever creates the next number wins, and the highest
 * is in force. `HEAD` holds a number at or below it, so that a reader need not list the folder; it may be late, and
 * after a power cut it may be nonsense.
 */
export class HeadLog {
  readonly #disk: Disk;
  readonly #scratch: Scratch;
  readonly folder: string;
  /** The highest that was read. */
  #last = 0;

  /** @throws StoreError (`unsuitable`) for a name that is not lower-case letters, digits and hyphens. */
  constructor(disk: Disk, root: string, scratch: Scratch, env: string, channel: string) {
    checkPlace(env, channel);
    this.#disk = disk;
    this.#scratch = scratch;
    this.folder = join(root, 'heads', env, channel);
  }

  /** Whether a head may have come where a file of this name was written; undefined: which, is not known. */
  isNews(name: string | undefined): boolean {
    return name !== hintFile;
  }

  read(): (HeadAt & { seq: number }) | undefined {
    // Who is told of a head mostly has the one before: what comes next is read at once.
    let newest =
      (this.#last > 0 ? this.#readAt(this.#last + 1) : undefined) ??
      this.#readAt(this.#hint()) ??
      this.#readAt(this.#highestListed());
    for (let next = newest; next; next = this.#readAt(next.seq + 1)) newest = next;
    this.#last = newest?.seq ?? 0;
    return newest;
  }

  /** `beforeVisible` runs when the next head is written and not yet to be seen: what it relies on is made durable there. */
  swap(expected: string | null, envelope: Uint8Array, beforeVisible: () => void): Swap {
    const current = this.read();
    if ((current?.token ?? null) !== expected) return 'conflict';
    const seq = (current?.seq ?? 0) + 1;
    this.#scratch.makeFolder(this.folder);
    const draft = this.#scratch.path();
    writeDurably(this.#disk, draft, [envelope]);
    try {
      beforeVisible();
      // The head this one follows may be another's who has not synced it: after a power cut it must not be the one missing.
      syncFolder(this.#disk, this.folder);
      const won = unless(['EEXIST'], () => {
        this.#disk.linkSync(draft, this.#path(seq));
        return true;
      });
      if (!won) return 'conflict';
    } finally {
      this.#scratch.discard(draft);
    }
    try {
      syncFolder(this.#disk, this.folder);
    } catch {
      return 'unknown';
    }
    this.#writeHint(seq);
    return 'ok';
  }

  /** Newest first. */
  *list(): Generator<Uint8Array> {
    let head = this.read();
    while (head) {
      yield head.envelope;
      head = this.#readAt(head.seq - 1);
    }
  }

  /**
   * Removes all but the newest heads, oldest first and few at a time; for a cache, whose old heads nobody asks for. Each is gone
   * for good before the next one goes: killed or cut off at any moment, what is left has no gap.
   *
   * @param unlessSince nothing is removed where the log has grown since: readers begin where it ended before.
   */
  forget(keep: number, unlessSince: Date): void {
    const hint = this.#hint();
    const grown = unless(['ENOENT'], () => this.#disk.statSync(join(this.folder, hintFile)).mtimeMs);
    if (grown === undefined || grown >= unlessSince.getTime()) return;
    const least = Math.min(hint, (this.read()?.seq ?? 0) - keep + 1);
    const old = this.#listed().filter((seq) => seq < least);
    for (const seq of old.sort((a, b) => a - b).slice(0, mostForgotten)) {
      unless(['ENOENT'], () => this.#disk.unlinkSync(this.#path(seq)));
      syncFolder(this.#disk, this.folder);
    }
  }

  #path = (seq: number): string => join(this.folder, String(seq));

  #readAt(seq: number): (HeadAt & { seq: number }) | undefined {
    if (seq < 1) return undefined;
    const envelope = readWhole(this.#disk, this.#path(seq), maxHeadBytes);
    return envelope && { envelope, token: `${seq}-${sha256(envelope)}`, seq };
  }

  #hint(): number {
    const text = readWhole(this.#disk, join(this.folder, hintFile), 32)?.toString('latin1') ?? '';
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
  }

  #highestListed(): number {
    return this.#listed().reduce((highest, each) => Math.max(highest, each), 0);
  }

  #listed(): number[] {
    const names = unless(['ENOENT'], () => this.#disk.readdirSync(this.folder)) ?? [];
    return names.filter((each) => /^\d+$/.test(each)).map(Number);
  }

  /** Not synced: it only saves the next reader a look at the folder, so failing to write it is no failure either. */
  #writeHint(seq: number): void {
    const draft = this.#scratch.path();
    try {
      const fd = this.#disk.openSync(draft, 'wx');
      const bytes = Buffer.from(String(seq));
      this.#disk.writeSync(fd, bytes, 0, bytes.length);
      this.#disk.closeSync(fd);
      this.#disk.renameSync(draft, join(this.folder, hintFile));
    } catch {
      this.#scratch.discard(draft);
    }
  }
}
