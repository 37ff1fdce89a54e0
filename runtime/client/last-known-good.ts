import { resolve } from 'node:path';
import { newObjects } from '../snapshot/compare.ts';
import { listObjects } from '../snapshot/find.ts';
import { compareOrder, decodeHead } from '../snapshot/head.ts';
import { type GetObjects, SnapshotError, sha256 } from '../snapshot/object.ts';
import { readRelease } from '../snapshot/release.ts';
import type { HeadAt, ReadStore, WriteStore } from '../stores/store.ts';
import { copyObjects } from './copy-objects.ts';
import { keysetsBefore } from './keysets-before.ts';
import type { TakenHead } from './read-head.ts';

/** Releases that may be started from. */
const GENERATIONS = 2;
/** Another process may just be writing what nobody needs yet; in milliseconds. */
const GRACE = 3_600_000;
/** How many releases are kept before what nobody needs is removed. */
const BETWEEN_SWEEPS = 16;

/**
 * What was read last, on the disk of this machine: a store of its own, as safe against a power cut and as verified as any
 * other. A head lies there only once everything it names does.
 */
export interface LastKnownGood {
  /** The releases that may be started from, newest first, each as a store that holds no other head. */
  generations(env: string, channel: string): AsyncIterable<Pick<ReadStore, 'get' | 'getHead'>>;
  /** What is there comes from the disk, the rest from `get`, and is kept. */
  through(get: GetObjects): GetObjects;
  /** Copies what of a release is not there yet, then its head. `get` must come from `through`. */
  keep(get: GetObjects, head: TakenHead): Promise<void>;
}

/** `folder`: where it lies; made when there is something to keep. */
export async function openLastKnownGood(folder: string, now: () => number): Promise<LastKnownGood> {
  const { openFileStore } = await import('../stores/file.ts');
  return lastKnownGoodIn(openFileStore(resolve(folder)), now);
}

export function lastKnownGoodIn(disk: WriteStore, now: () => number): LastKnownGood {
  let kept = 0;
  const fromDisk = async (hashes: readonly string[]): Promise<Map<string, Uint8Array>> => {
    const found = await disk.get(hashes).catch(() => new Map<string, Uint8Array>());
    // What is damaged here may be whole in the store.
    for (const [hash, bytes] of found) if (sha256(bytes) !== hash) found.delete(hash);
    return found;
  };
  return {
    async *generations(env, channel) {
      let count = 0;
      const roots = new Set<string>();
      for await (const envelope of disk.history(env, channel)) {
        const root = rootOf(envelope);
        // A release that was confirmed hourly is one.
        if (root === undefined || roots.has(root)) continue;
        roots.add(root);
        const head: HeadAt = { envelope, token: String(count) };
        yield { get: fromDisk, getHead: async (...at) => (at[1] === channel ? head : disk.getHead(...at)) };
        count += 1;
        if (count === GENERATIONS) return;
      }
    },
    through: (get) => async (hashes) => {
      const found = await fromDisk(hashes);
      const rest = hashes.filter((hash) => !found.has(hash));
      if (rest.length === 0) return found;
      const read = await get(rest);
      for (const [hash, bytes] of read) found.set(hash, bytes);
      const whole = [...read].filter(([hash, bytes]) => sha256(bytes) === hash);
      // A disk that is full or read-only is no reason not to read.
      if (whole.length > 0) await disk.putAll(new Map(whole)).catch(() => {});
      return found;
    },
    async keep(get, { payload, envelope, trust }) {
      const { env, channel, root } = payload;
      const last = await disk.getHead(env, channel);
      // Another process here may be further.
      if (last && compareOrder(decodeHead(last.envelope).payload, payload) >= 0) return;
      await copyObjects(disk, get, needed(get, last && rootOf(last.envelope), root));
      if (trust !== 'unsigned') await disk.putAll(new Map([[trust.hash, trust.envelope]]));
      await disk.casHead(env, channel, last?.token ?? null, envelope);
      kept += 1;
      if (kept % BETWEEN_SWEEPS === 0) await sweep(disk, get, now());
    },
  };
}

function rootOf(envelope: Uint8Array): string | undefined {
  try {
    return decodeHead(envelope).payload.root;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

/** What a release needs; after another one on the disk, only what differs is looked at. */
async function* needed(get: GetObjects, last: string | undefined, root: string): AsyncGenerator<string> {
  if (last === undefined) yield* listObjects(get, root, 'terms');
  else if (last !== root)
    yield* await newObjects(get, await readRelease(get, last), await readRelease(get, root), 'terms');
}

/** Removes what none of the releases that may be started from needs. */
async function sweep(disk: WriteStore, get: GetObjects, now: number): Promise<void> {
  const keep = new Set<string>();
  for (const { env, channel } of await disk.places()) {
    const roots = new Set<string>();
    for await (const envelope of disk.history(env, channel)) {
      const head = decodeHead(envelope).payload;
      for await (const keyset of keysetsBefore(get, head.keyset)) keep.add(keyset);
      roots.add(head.root);
      if (roots.size === GENERATIONS) break;
    }
    for (const root of roots) for await (const hash of listObjects(get, root, 'terms')) keep.add(hash);
  }
  await disk.sweep(keep, new Date(now - GRACE));
}
