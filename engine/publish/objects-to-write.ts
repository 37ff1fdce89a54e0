import { type GetObjects, SnapshotError } from '../../runtime/snapshot/object.ts';
import { fromMemory, readThrough } from '../../runtime/snapshot/read-through.ts';
import { readRelease, type Snapshot } from '../../runtime/snapshot/release.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { compareWithNews } from './compare-with-news.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Standing } from './read-standing.ts';
import { lackingIn } from './store-objects.ts';
import { vanishedCustomers } from './vanished.ts';

/** `hashes` are among the snapshot's. `news`: as `compareWithNews` says. `lacking`: the snapshot was made from a release of which the store does not have everything. */
export type ToWrite =
  | { outcome: 'ready'; hashes: readonly string[]; news: readonly string[] }
  | { outcome: 'lacking' }
  | Refused;

/** What the store lacks of a release, or why it may not follow the one in force. */
export async function objectsToWrite(
  store: WriteStore,
  { current, stored }: Pick<Standing, 'current' | 'stored'>,
  snapshot: Snapshot,
): Promise<ToWrite> {
  let wanted: Iterable<string> = snapshot.objects.keys();
  let news: readonly string[] = [];
  if (current) {
    const get = memoryFirst(snapshot, store);
    try {
      const before = await readRelease(get, current.payload.root);
      const after = await readRelease(get, snapshot.root);
      const compared = await compareWithNews(get, before, after);
      const vanished = await vanishedCustomers(get, compared.changes.removed);
      if (vanished) return vanished;
      // What a store that has gone back in time still holds of it, only the store can say.
      if (stored?.hash === current.hash) ({ needed: wanted, news } = compared);
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      // What was made anew says better what is wrong.
      if (snapshot.over !== undefined) return { outcome: 'lacking' };
      // A store that has gone back in time lacks what came after.
      if (stored?.hash === current.hash)
        return refuse(
          'damaged',
          `the published release ${current.payload.n} cannot be read: ${error.message}`,
          'restore the store from a backup, or publish into a new one',
        );
    }
  }
  const hashes = await lackingIn(store, [...wanted]);
  if (!hashes.every((hash) => snapshot.objects.has(hash))) return { outcome: 'lacking' };
  return { outcome: 'ready', hashes, news };
}

/** Objects of the new release come from memory, only those of the old one are read. */
const memoryFirst = ({ objects }: Snapshot, store: WriteStore): GetObjects =>
  readThrough(
    fromMemory((hash) => objects.get(hash)),
    (hashes) => store.get(hashes),
  );
