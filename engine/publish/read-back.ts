import { acceptHead } from '../../runtime/snapshot/accept-head.ts';
import { type Head, headSchema } from '../../runtime/snapshot/head.ts';
import type { Keyset } from '../../runtime/snapshot/keyset.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import { readRelease } from '../../runtime/snapshot/release.ts';
import type { ReadStore, WriteStore } from '../../runtime/stores/store.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';

export interface ReadBackTools {
  /** A connection of its own, that knows nothing of what was written. */
  reopen(): Promise<WriteStore>;
  signing?: Signing;
  now(): Date;
  pause(maxMs: number): Promise<void>;
}

/** A copy that is read from may lag behind for a moment. */
const looks = 8;

/**
 * Reads a head that was just put in force as a product would, and the release it names. A newer one of somebody else
 * is as good.
 *
 * @throws SnapshotError where a product would not take it.
 */
export async function readBack(tools: ReadBackTools, place: Place, written: Head): Promise<void> {
  const store = await tools.reopen();
  try {
    let fault: SnapshotError | undefined;
    for (let look = 1; look <= looks; look += 1) {
      fault = await lookOnce(store, tools, place, written);
      if (!fault) return;
      await tools.pause(Math.min(1_000, 20 * 2 ** look));
    }
    throw fault;
  } finally {
    await store.close();
  }
}

async function lookOnce(
  store: ReadStore,
  { signing, now }: ReadBackTools,
  { env, channel }: Place,
  { payload, hash }: Head,
): Promise<SnapshotError | undefined> {
  const fail = (why: string): SnapshotError =>
    new SnapshotError('missing', hash, `release ${payload.n} was put in force, and a product cannot read it: ${why}`);
  const get = (hashes: readonly string[]) => store.get(hashes);
  const at = await store.getHead(env, channel);
  if (!at) return fail('there is no head');
  const trust: Keyset | 'unsigned' = signing?.keysets[0] ?? 'unsigned';
  const best = { epoch: payload.epoch, n: payload.n, hash };
  const expected = { env, channel, trust, best, reader: headSchema.minReader, now: now().getTime() };
  const answer = await acceptHead(at.envelope, expected, get);
  if (answer.verdict === 'refuse') return fail(answer.message);
  try {
    await readRelease(get, answer.head.payload.root);
    return undefined;
  } catch (error) {
    if (error instanceof SnapshotError) return fail(error.message);
    throw error;
  }
}
