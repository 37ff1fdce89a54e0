import { recentCustomers } from '../engine/publish/recent-customers.ts';
import { SnapshotError } from '../runtime/snapshot/object.ts';
import { StoreError } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { lineOf, withStore } from './release-tools.ts';

/**
 * Whom releases of the last 24 hours have changed, for those who only want to be told early: undefined where the store
 * cannot be reached from here. A publish asks the store itself.
 */
export async function recentlyPublished(context: Context): Promise<ReadonlySet<string> | undefined> {
  try {
    const line = await lineOf(context);
    return await withStore(context, (store) => recentCustomers(store, { ...line, now: context.now() }));
  } catch (error) {
    if (error instanceof StoreError || error instanceof SnapshotError) return undefined;
    throw error;
  }
}
