import { randomBytes } from 'node:crypto';
import { isHash, maxObjectBytes, sha256 } from '../../snapshot/object.ts';
import { eachBounded } from '../driver/each-bounded.ts';
import type { Tally } from '../store.ts';
import type { Bucket, Listed } from './bucket.ts';

const atOnce = 32;
const folder = 'objects/';
/** The server tells when something was written to the second, cut off. */
const clockStepMs = 1_000;
const stampBytes = 16;

/**
 * One key an object: its bytes, and behind them a stamp that no other write has. By that the server can tell an object
 * that was written again since a sweep looked from the one it saw, and removes only the latter.
 */
export class S3Objects {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  async get(hashes: Iterable<string>): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    await eachBounded(new Set(hashes), atOnce, async (hash) => {
      const bytes = await this.#read(hash);
      if (bytes) found.set(hash, bytes);
    });
    return found;
  }

  async add(objects: ReadonlyMap<string, Uint8Array>): Promise<void> {
    await eachBounded(objects, atOnce, ([hash, bytes]) => this.#write(hash, bytes));
  }

  /** Those that are stored and sound; each is written again, which is what makes it new to a sweep. */
  async has(hashes: Iterable<string>): Promise<Set<string>> {
    const found = new Set<string>();
    await eachBounded(new Set(hashes), atOnce, async (hash) => {
      const bytes = await this.#read(hash);
      if (!bytes || sha256(bytes) !== hash) return;
      await this.#write(hash, bytes);
      found.add(hash);
    });
    return found;
  }

  async sweep(keep: ReadonlySet<string>, olderThan: Date): Promise<Tally> {
    const swept = { objects: 0, bytes: 0 };
    const isDoomed = ({ key, modified }: Listed): boolean => {
      const hash = key.slice(folder.length);
      return isHash(hash) && !keep.has(hash) && modified + clockStepMs <= olderThan.getTime();
    };
    for await (const page of this.#bucket.list(folder)) {
      const doomed = page.filter(isDoomed);
      const removed = await this.#bucket.remove(doomed);
      for (const { size } of doomed.filter(({ key }) => removed.has(key))) {
        swept.objects += 1;
        swept.bytes += size - stampBytes;
      }
    }
    return swept;
  }

  async #read(hash: string): Promise<Uint8Array | undefined> {
    const found = await this.#bucket.get(folder + hash, maxObjectBytes + stampBytes);
    return found?.bytes.subarray(0, Math.max(0, found.bytes.length - stampBytes));
  }

  #write(hash: string, bytes: Uint8Array): Promise<void> {
    return this.#bucket.put(folder + hash, Buffer.concat([bytes, randomBytes(stampBytes)]));
  }
}
