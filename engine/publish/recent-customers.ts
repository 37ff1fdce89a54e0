import { compareTrees } from '../../runtime/snapshot/compare.ts';
import type { HeadPayload } from '../../runtime/snapshot/head.ts';
import { isHash, type ObjectRef, readObject } from '../../runtime/snapshot/object.ts';
import { readRelease } from '../../runtime/snapshot/release.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import type { Timeline } from '../../runtime/terms/timeline.ts';
import type { Evidence } from '../verify/evidence.ts';
import { historyOf, type Line } from './history.ts';

/** How far back releases count together: several small ones would else do what one large one may not. */
const WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * Ids of the customers whom releases of the last 24 hours have given other terms, but for what was approved by
 * number. Reads only what differs between those releases.
 *
 * @throws SnapshotError where one of them cannot be read; StoreError when the store cannot be used.
 */
export async function recentCustomers(
  store: Pick<WriteStore, 'get' | 'history'>,
  { now, ...line }: Line & { now: number },
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let later: HeadPayload | undefined;
  for await (const { payload } of historyOf(store, line)) {
    if (later && later.root !== payload.root && (later.kind === 'publish' || later.kind === 'promote'))
      for (const id of (await countedIn(store, later)) ?? (await changedBetween(store, payload.root, later.root)))
        ids.add(id);
    if (Date.parse(payload.issuedAt) <= now - WINDOW_MS) break;
    later = payload;
  }
  return ids;
}

/** Whom a release changed beside what was approved by number; undefined where nothing of it was. */
async function countedIn(
  store: Pick<WriteStore, 'get'>,
  { evidence }: HeadPayload,
): Promise<readonly string[] | undefined> {
  if (!isHash(evidence)) return undefined;
  const bytes = (await store.get([evidence])).get(evidence);
  if (!bytes) return undefined;
  return (JSON.parse(new TextDecoder().decode(bytes)) as Partial<Evidence>).counted;
}

async function changedBetween(store: Pick<WriteStore, 'get'>, before: string, after: string): Promise<string[]> {
  const get = (hashes: readonly string[]) => store.get(hashes);
  const { changed } = await compareTrees(get, await readRelease(get, before), await readRelease(get, after));
  const leaves = changed.flatMap((pair): ObjectRef[] =>
    pair.before.leaf.hash === pair.after.leaf.hash ? [] : [pair.after.leaf],
  );
  return Promise.all(leaves.map(async (leaf) => ((await readObject(get, leaf)) as Timeline).customer));
}
