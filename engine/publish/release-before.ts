import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { historyOf, type Line } from './history.ts';

/**
 * The number of the release that was in force before this one: what a rollback brings back where nobody says which. What
 * a rollback took back does not come again by itself: the way goes on from the release it brought back. Of a release that
 * was refreshed it is the number it was published with.
 *
 * @throws SnapshotError where the history is broken.
 */
export async function releaseBefore(store: Pick<WriteStore, 'history'>, line: Line): Promise<number | undefined> {
  let here: HeadPayload | undefined;
  let found: number | undefined;
  for await (const { payload } of historyOf(store, line)) {
    if (found === undefined) {
      const isRollback = here?.releaseHold !== undefined;
      const isSame = payload.root === here?.root && (payload.commit === here.commit || !isRollback);
      if (!here || isSame) here = payload;
      if (here === payload || isRollback) continue;
    }
    found = payload.n;
    if (payload.kind !== 'refresh') break;
  }
  return found;
}
