import type { Head } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { historyOf, type Line } from './history.ts';

/**
 * The head that a run of refreshes goes on with: when what is in force was really released. The head itself where it is
 * no refresh; the oldest that can be reached where the history is broken, or holds nothing of it.
 */
export async function beforeRefreshes(store: Pick<WriteStore, 'history'>, line: Line, head: Head): Promise<Head> {
  let found = head;
  let isReached = false;
  if (head.payload.kind !== 'refresh') return head;
  try {
    for await (const each of historyOf(store, line)) {
      isReached ||= each.hash === head.hash;
      if (!isReached) continue;
      found = each;
      if (each.payload.kind !== 'refresh') break;
    }
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
  }
  return found;
}
