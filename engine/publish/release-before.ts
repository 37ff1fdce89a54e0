import type { WriteStore } from '../../runtime/stores/store.ts';
import { historyOf, type Line } from './history.ts';
import { wayHere } from './way-here.ts';

/**
 * The number of the release that was in force before this one: what a rollback brings back where nobody says which. What
 * a rollback took back does not come again by itself: the way goes on from the release it brought back. Of a release that
 * was refreshed it is the number it was published with.
 *
 * @throws SnapshotError where the history is broken.
 */
export async function releaseBefore(store: Pick<WriteStore, 'history'>, line: Line): Promise<number | undefined> {
  let root: string | undefined;
  let found: number | undefined;
  for await (const release of wayHere(historyOf(store, line))) {
    root ??= release.root;
    if (found === undefined && release.root === root) continue;
    found = release.n;
    if (release.kind !== 'refresh') break;
  }
  return found;
}
