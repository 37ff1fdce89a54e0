import { listObjects } from '../snapshot/find.ts';
import { decodeHead, type HeadPayload } from '../snapshot/head.ts';
import type { Keyset } from '../snapshot/keyset.ts';
import { type GetObjects, SnapshotError } from '../snapshot/object.ts';
import { fromMemory, readThrough } from '../snapshot/read-through.ts';
import { type HeadAt, type ReadStore, StoreError, type Tally, type WriteStore } from '../stores/store.ts';
import { copyObjects, weighObjects } from './copy-objects.ts';
import { keysetsBefore } from './keysets-before.ts';
import { type ReaderOf, readHead } from './read-head.ts';
import { TermsError } from './terms-error.ts';

export interface Bundled {
  head: HeadPayload;
  /** What the bundle holds of this release, its keysets included. */
  holds: Tally;
  /** What of that was not there before. */
  added: Tally;
}

/**
 * Copies the release in force into a store of its own, as a reader takes it: verified, and never behind what is there. What
 * products read is copied, with every keyset; the records, which say who asked for what, are not. What no head there
 * needs any more is removed, so that the same release gives the same files.
 *
 * @param known keysets that need not be in the store.
 * @throws TermsError, StoreError, SnapshotError as opening terms does.
 */
export async function bundleRelease(
  store: ReadStore,
  bundle: WriteStore,
  reader: ReaderOf,
  known: readonly Keyset[] = [],
): Promise<Bundled> {
  const { environment: env, channel } = reader;
  const get = withKnown((hashes) => store.get(hashes), known);
  const at = await bundle.getHead(env, channel);
  const there = withKnown((hashes) => bundle.get(hashes), known);
  const last = at && { ...(await inBundle(() => readHead(placeOf(bundle, there), reader))), isKept: true };
  const head = await readHead(placeOf(store, get), reader, last);
  // A store that has gone back in time has nothing to add.
  const added = head === last ? { objects: 0, bytes: 0 } : await copyObjects(bundle, get, neededBy(get, head.payload));
  const isAnother = head.hash !== last?.hash;
  if (isAnother && (await bundle.casHead(env, channel, at?.token ?? null, head.envelope)) !== 'ok')
    throw new StoreError('unavailable', 'another process writes this bundle at the same time; run it again');
  // Read again: a bundle nobody has read is none.
  const holds = await inBundle(async () => {
    await tidy(bundle);
    const whole: GetObjects = (hashes) => bundle.get(hashes);
    return weighObjects(whole, neededBy(whole, head.payload));
  });
  return { head: head.payload, holds, added };
}

const placeOf = (store: ReadStore, get: GetObjects): Pick<ReadStore, 'getHead'> & { get: GetObjects } => ({
  get,
  getHead: (env: string, channel: string): Promise<HeadAt | undefined> => store.getHead(env, channel),
});

const withKnown = (get: GetObjects, known: readonly Keyset[]): GetObjects => {
  const envelopes = new Map(known.map(({ hash, envelope }) => [hash, envelope]));
  return readThrough(
    fromMemory((hash) => envelopes.get(hash)),
    get,
  );
};

async function* neededBy(get: GetObjects, { keyset, root }: HeadPayload): AsyncGenerator<string> {
  const keysets: string[] = [];
  for await (const hash of keysetsBefore(get, keyset)) keysets.push(hash);
  // Oldest first, whatever the head names.
  yield* keysets.reverse();
  yield* listObjects(get, root, 'terms');
}

/** One pack with what the newest heads need. */
async function tidy(bundle: WriteStore): Promise<void> {
  const get: GetObjects = (hashes) => bundle.get(hashes);
  const keep = new Set<string>();
  for (const { env, channel } of await bundle.places()) {
    const at = await bundle.getHead(env, channel);
    if (at) for await (const hash of neededBy(get, decodeHead(at.envelope).payload)) keep.add(hash);
  }
  await bundle.sweep(keep, new Date(Date.now() + 60_000));
}

/** What goes wrong with the bundle that is there is not the store's. */
async function inBundle<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SnapshotError) && !(error instanceof TermsError)) throw error;
    const trouble = error instanceof SnapshotError ? 'damaged' : 'unsuitable';
    const message = `the bundle that is there cannot be gone on from, remove it and make it again: ${error.message}`;
    throw new StoreError(trouble, message, { cause: error });
  }
}
