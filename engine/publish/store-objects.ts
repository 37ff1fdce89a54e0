import type { Tally, WriteStore } from '../../runtime/stores/store.ts';

const sample = 64;

/**
 * Those of the hashes that a store lacks. Where it has none of the first ones it is asked for no more: all of them are
 * written, which is harmless for what is there, and asking for a hundred thousand takes as long as writing them.
 */
export async function lackingIn(store: Pick<WriteStore, 'has'>, hashes: readonly string[]): Promise<string[]> {
  const first = hashes.slice(0, sample);
  const there = await store.has(first);
  const rest = hashes.slice(sample);
  if (there.size > 0) for (const hash of await store.has(rest)) there.add(hash);
  return hashes.filter((hash) => !there.has(hash));
}

/** So much is written before it is told how far it is. */
const mostObjects = 20_000;
const mostBytes = 67_108_864;

/** Stores objects, durably, and tells on the way how many are stored; only those of one batch are in memory. */
export async function storeObjects(
  store: Pick<WriteStore, 'putAll'>,
  objects: Iterable<readonly [hash: string, bytes: Uint8Array]>,
  onStored: (objects: number) => void = () => {},
): Promise<Tally> {
  let batch = new Map<string, Uint8Array>();
  let bytes = 0;
  const stored: Tally = { objects: 0, bytes: 0 };
  const write = async (): Promise<void> => {
    await store.putAll(batch);
    stored.objects += batch.size;
    stored.bytes += bytes;
    onStored(stored.objects);
    batch = new Map();
    bytes = 0;
  };
  for (const [hash, object] of objects) {
    if (batch.size === mostObjects || (bytes > 0 && bytes + object.length > mostBytes)) await write();
    batch.set(hash, object);
    bytes += object.length;
  }
  if (batch.size > 0) await write();
  return stored;
}
