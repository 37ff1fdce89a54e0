import { randomUUID } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import { StoreError } from '../store.ts';
import { type Disk, makeFolder, syncFolder, unless } from './disk.ts';

/** A publish takes at most an hour, so an older unfinished file belongs to one that was killed. */
const staleAfterMs = 3_600_000;

/** File systems where two machines may each believe that they created a file first. */
const networkDisks: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
  0x517b: 'SMB',
};

/** The store's folder for files that are not finished yet, and its way to make folders that survive a power cut. */
export class Scratch {
  readonly #disk: Disk;
  readonly #root: string;
  readonly #folder: string;
  readonly #made = new Set<string>();

  constructor(disk: Disk, root: string) {
    this.#disk = disk;
    this.#root = root;
    this.#folder = join(root, 'tmp');
  }

  /** A path nobody else uses, on the same disk as the store. */
  path(): string {
    this.makeFolder(this.#folder);
    return join(this.#folder, randomUUID());
  }

  /** Removes an unfinished file; one that cannot be removed now is found when it is stale. */
  discard(path: string): void {
    try {
      this.#disk.unlinkSync(path);
    } catch {
      return;
    }
  }

  /**
   * Makes a folder of the store. Those above it are synced even if they are there already: another process may have
   * made them and not be done.
   */
  makeFolder(folder: string): void {
    if (this.#made.size === 0) this.#makeRoot();
    let path = this.#root;
    for (const part of relative(this.#root, folder).split(sep)) {
      path = join(path, part);
      if (this.#made.has(path)) continue;
      unless(['EEXIST'], () => this.#disk.mkdirSync(path));
      syncFolder(this.#disk, dirname(path));
      this.#made.add(path);
    }
  }

  /** Removes a folder of folders of files; what is not there is fine. */
  removeTree(folder: string): void {
    for (const name of unless(['ENOENT'], () => this.#disk.readdirSync(folder)) ?? []) {
      const path = join(folder, name);
      if (unless(['ENOTDIR'], () => this.#disk.readdirSync(path)) !== undefined) this.removeTree(path);
      else unless(['ENOENT'], () => this.#disk.unlinkSync(path));
    }
    unless(['ENOENT'], () => this.#disk.rmdirSync(folder));
    this.#made.delete(folder);
  }

  #makeRoot(): void {
    makeFolder(this.#disk, this.#root);
    unless(['EACCES', 'EPERM'], () => syncFolder(this.#disk, dirname(this.#root)));
    const network = networkDisks[this.#disk.statfsSync(this.#root).type];
    if (network)
      throw new StoreError(
        'unsuitable',
        `the folder ${this.#root} is on a network disk (${network}), where two publishers could both win; use a local disk or a server`,
      );
    this.#made.add(this.#root);
    this.#removeStale();
  }

  #removeStale(): void {
    for (const name of unless(['ENOENT'], () => this.#disk.readdirSync(this.#folder)) ?? []) {
      const path = join(this.#folder, name);
      unless(['ENOENT'], () => {
        if (this.#disk.statSync(path).mtimeMs < Date.now() - staleAfterMs) this.#disk.unlinkSync(path);
      });
    }
  }
}
