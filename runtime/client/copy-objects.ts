import { type GetObjects, SnapshotError, sha256 } from '../snapshot/object.ts';
import type { Tally, WriteStore } from '../stores/store.ts';

/** Objects that are read at a time. */
const AT_ONCE = 512;

/**
 * Copies what is not there yet, in the order of the hashes; tells how much that was.
 *
 * @throws SnapshotError where one is missing or damaged: nothing wrong is copied.
 */
export async function copyObjects(to: WriteStore, get: GetObjects, hashes: AsyncIterable<string>): Promise<Tally> {
  const copied: Tally = { objects: 0, bytes: 0 };
  for await (const batch of wholeObjects(get, hashes, (all) => to.has(all))) {
    // What came by way of the same disk lies there by now.
    for (const hash of await to.has(batch.keys())) batch.delete(hash);
    if (batch.size > 0) await to.putAll(batch);
    add(copied, batch);
  }
  return copied;
}

/** How much objects are, each read and verified. @throws SnapshotError */
export async function weighObjects(get: GetObjects, hashes: AsyncIterable<string>): Promise<Tally> {
  const weighed: Tally = { objects: 0, bytes: 0 };
  for await (const batch of wholeObjects(get, hashes)) add(weighed, batch);
  return weighed;
}

/** Objects in the order of the hashes, a batch at a time; without those that `skip` gives. */
async function* wholeObjects(
  get: GetObjects,
  hashes: AsyncIterable<string>,
  skip: (hashes: readonly string[]) => Promise<ReadonlySet<string>> = async () => new Set(),
): AsyncGenerator<Map<string, Uint8Array>> {
  let next = new Set<string>();
  const read = async (): Promise<Map<string, Uint8Array>> => {
    const skipped = await skip([...next]);
    const wanted = [...next].filter((hash) => !skipped.has(hash));
    next = new Set();
    const found = await get(wanted);
    return new Map(wanted.map((hash) => [hash, wholeOf(hash, found.get(hash))]));
  };
  for await (const hash of hashes) {
    next.add(hash);
    if (next.size === AT_ONCE) yield await read();
  }
  yield await read();
}

function wholeOf(hash: string, bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) throw new SnapshotError('missing', hash, `object ${hash} is missing from the store`);
  if (sha256(bytes) === hash) return bytes;
  throw new SnapshotError('hash', hash, `object ${hash} is damaged: its content has another hash`);
}

function add(tally: Tally, objects: ReadonlyMap<string, Uint8Array>): void {
  tally.objects += objects.size;
  for (const bytes of objects.values()) tally.bytes += bytes.length;
}
