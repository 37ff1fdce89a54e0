import type { GetObjects } from '../snapshot/object.ts';
import { readThrough } from '../snapshot/read-through.ts';
import type { ReadStore } from '../stores/store.ts';

interface Ahead {
  /** Likely to be asked for next. */
  hashes: readonly string[];
  /** Whose head will be asked for first; absent where another has to be read before. */
  place: { env: string; channel: string } | undefined;
  /** What everything that is read passes through. */
  through(get: GetObjects): GetObjects;
}

/**
 * Begins to read the head of a place and objects, all at once; what is asked for then comes from there as far as it is among
 * them. Of objects that did not come nobody hears here: they are read when they are needed, if they are.
 */
export function readAhead(
  store: Pick<ReadStore, 'get' | 'getHead' | 'look'>,
  { hashes, place, through }: Ahead,
): { get: GetObjects; getHead: ReadStore['getHead'] } {
  const get = through(store.get);
  if (hashes.length === 0) return { get, getHead: store.getHead };
  const looked = place && store.look?.(place.env, place.channel, hashes);
  const head = looked ? looked.then((both) => both.head) : place && store.getHead(place.env, place.channel);
  const bytes = looked ? looked.then(({ objects }) => objects) : store.get(hashes);
  const found = through(async (wanted) => pick(await bytes, wanted))(hashes).catch(() => nothing);
  // Who asks for the head is told what went wrong, if anybody asks; bytes that lie on the disk nobody waits for.
  head?.catch(() => {});
  bytes.catch(() => {});
  const likely = new Set(hashes);
  return {
    get: readThrough(
      async (wanted) => (wanted.some((hash) => likely.has(hash)) ? pick(await found, wanted) : nothing),
      get,
    ),
    getHead: (env, channel) =>
      head && env === place?.env && channel === place.channel ? head : store.getHead(env, channel),
  };
}

const nothing: ReadonlyMap<string, Uint8Array> = new Map();

function pick(objects: ReadonlyMap<string, Uint8Array>, hashes: readonly string[]): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const hash of hashes) {
    const bytes = objects.get(hash);
    if (bytes) found.set(hash, bytes);
  }
  return found;
}
