import { resolve } from 'node:path';
import { acceptHead } from '../snapshot/accept-head.ts';
import { compareReleases } from '../snapshot/compare.ts';
import { listObjects } from '../snapshot/find.ts';
import { compareOrder, decodeHead, type HeadPayload } from '../snapshot/head.ts';
import { type GetObjects, SnapshotError, sha256 } from '../snapshot/object.ts';
import { readThrough } from '../snapshot/read-through.ts';
import { readRelease } from '../snapshot/release.ts';
import type { FileStore } from '../stores/file.ts';
import { type HeadAt, type ReadStore, StoreError, type WriteStore } from '../stores/store.ts';
import { copyObjects } from './copy-objects.ts';
import { keysetsBefore } from './keysets-before.ts';
import type { TakenHead } from './read-head.ts';

/** Releases that may be started from. */
const GENERATIONS = 2;
/** Another process may just be writing what nobody needs yet; in milliseconds. */
const GRACE = 3_600_000;
/** How many releases are kept before what nobody needs is removed. */
const BETWEEN_SWEEPS = 16;
/** Heads that are kept at most, of which most say again what the one before said; hourly, these are ten days. */
const MOST_HEADS = 256;
/** Whoever began to read the heads so long ago is done; in milliseconds. */
const READ_BY_THEN = 60_000;
/** How often another process may be faster. */
const MOST_TRIES = 16;

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

export function lastKnownGoodIn(disk: FileStore, now: () => number, mostHeads: number = MOST_HEADS): LastKnownGood {
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
        const root = payloadOf(envelope)?.root;
        // A release that was confirmed hourly is one.
        if (root === undefined || roots.has(root)) continue;
        roots.add(root);
        const head: HeadAt = { envelope, token: String(count) };
        yield { get: fromDisk, getHead: async (...at) => (at[1] === channel ? head : disk.getHead(...at)) };
        count += 1;
        if (count === GENERATIONS) return;
      }
    },
    through: (get) =>
      readThrough(fromDisk, get, async (read) => {
        const whole = [...read].filter(([hash, bytes]) => sha256(bytes) === hash);
        // A disk that is full or read-only is no reason not to read.
        if (whole.length > 0) await disk.putAll(new Map(whole)).catch(() => {});
      }),
    async keep(get, taken) {
      const { env, channel, root } = taken.payload;
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const last = await disk.getHead(env, channel);
        const before = last && payloadOf(last.envelope);
        // Another process here may be further.
        if (last && before && compareOrder(before, taken.payload) >= 0 && (await isFor(last.envelope, taken, get)))
          return;
        const since = before?.repo === taken.payload.repo ? before.root : undefined;
        await copyObjects(disk, get, needed(get, since, root));
        if (taken.trust !== 'unsigned') await putAbsent(disk, new Map([[taken.trust.hash, taken.trust.envelope]]));
        // Also by processes that never live long.
        if (kept % BETWEEN_SWEEPS === 0) await forget(disk, env, channel, mostHeads, now());
        if ((await disk.casHead(env, channel, last?.token ?? null, taken.envelope)) !== 'ok') continue;
        kept += 1;
        if (kept % BETWEEN_SWEEPS === 0) await sweep(disk, get, now());
        return;
      }
      throw new StoreError('unavailable', 'the cache was not written: other processes were faster every time');
    },
  };
}

/** What a head says; undefined where it was damaged. */
function payloadOf(envelope: Uint8Array): HeadPayload | undefined {
  try {
    return decodeHead(envelope).payload;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

/** Whether a head on the disk is one that the reader of another takes: one of another repository, or of other keys, bars nothing. */
async function isFor(envelope: Uint8Array, { payload, trust }: TakenHead, get: GetObjects): Promise<boolean> {
  if (payloadOf(envelope)?.repo !== payload.repo) return false;
  const { env, channel } = payload;
  const { verdict } = await acceptHead(envelope, { env, channel, trust, reader: Number.MAX_SAFE_INTEGER, now: 0 }, get);
  return verdict !== 'refuse';
}

/** What a release needs; after another one on the disk, only what differs is looked at. */
async function* needed(get: GetObjects, last: string | undefined, root: string): AsyncGenerator<string> {
  if (last === root) return;
  const differing = last === undefined ? undefined : await newSince(get, last, root);
  yield* differing ?? listObjects(get, root, 'terms');
}

/** Undefined where the release before is not whole any more. */
async function newSince(get: GetObjects, last: string, root: string): Promise<Set<string> | undefined> {
  const after = await readRelease(get, root);
  try {
    return (await compareReleases(get, await readRelease(get, last), after, 'terms')).needed;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

/** What came by way of the disk mostly lies there by now. */
async function putAbsent(disk: WriteStore, objects: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const there = await disk.has(objects.keys());
  const absent = [...objects].filter(([hash]) => !there.has(hash));
  if (absent.length > 0) await disk.putAll(new Map(absent));
}

/** Removes heads that are older than those of the releases that may be started from. */
async function forget(disk: FileStore, env: string, channel: string, most: number, now: number): Promise<void> {
  const roots = new Set<string | undefined>();
  let count = 0;
  for await (const envelope of disk.history(env, channel)) {
    roots.add(payloadOf(envelope)?.root);
    count += 1;
    if (roots.size === GENERATIONS || count === most) break;
  }
  await disk.forgetHeads(env, channel, count, new Date(now - READ_BY_THEN));
}

/** Removes what none of the releases that may be started from needs. */
async function sweep(disk: WriteStore, get: GetObjects, now: number): Promise<void> {
  const keep = new Set<string>();
  for (const { env, channel } of await disk.places()) {
    const roots = new Set<string>();
    for await (const envelope of disk.history(env, channel)) {
      const head = payloadOf(envelope);
      if (!head) continue;
      for await (const keyset of keysetsBefore(get, head.keyset)) keep.add(keyset);
      roots.add(head.root);
      if (roots.size === GENERATIONS) break;
    }
    for (const root of roots) for await (const hash of listObjects(get, root, 'terms')) keep.add(hash);
  }
  await disk.sweep(keep, new Date(now - GRACE));
}
