import { findCustomer } from '../snapshot/find.ts';
import { type GetObjects, readObject, sha256 } from '../snapshot/object.ts';
import { fromMemory, readThrough } from '../snapshot/read-through.ts';
import type { Timeline } from '../terms/timeline.ts';
import { type BoundedCache, boundedCache } from './bounded-cache.ts';
import type { Leaf } from './leaf.ts';
import type { OpenCustomers } from './open-release.ts';

/** Bytes of the tree and its leaves that are kept between releases, which share most of it. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Reads a customer when it is asked for, every object verified; `most` customers of a release are kept. */
export function seekCustomers(most: number): OpenCustomers<Promise<Leaf | undefined>> {
  const objects = boundedCache<Uint8Array>(KEPT_BYTES);
  return async (get, tree) => {
    const cached = cachedGet(get, objects);
    return remember(most, async (idOrAccount) => {
      const entry = await findCustomer(cached, tree, idOrAccount);
      return entry && ((await readObject(cached, entry.leaf)) as Timeline);
    });
  };
}

/** Only what is what its name says is kept: whoever asks next need not ask the store again. */
const cachedGet = (get: GetObjects, objects: BoundedCache<Uint8Array>): GetObjects =>
  readThrough(fromMemory(objects.get), get, (read) => {
    for (const [hash, bytes] of read) if (sha256(bytes) === hash) objects.set(hash, bytes, bytes.length);
  });

/** Reads each key once, for many who ask at one time too. What failed is read again, and what is not there: of such names there is no end. */
function remember<T>(most: number, read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const readings = boundedCache<Promise<T>>(most);
  return (key) => {
    const known = readings.get(key);
    if (known) return known;
    const reading = read(key);
    readings.set(key, reading);
    const forget = (): void => readings.delete(key);
    reading.then((found) => found === undefined && forget(), forget);
    return reading;
  };
}
