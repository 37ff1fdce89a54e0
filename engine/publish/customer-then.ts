import { findCustomer } from '../../runtime/snapshot/find.ts';
import type { Head, HeadPayload } from '../../runtime/snapshot/head.ts';
import { type GetObjects, parseObject, readObjects } from '../../runtime/snapshot/object.ts';
import { readRelease } from '../../runtime/snapshot/release.ts';
import type { CustomerEntry } from '../../runtime/snapshot/tree.ts';
import type { Timeline } from '../../runtime/terms/timeline.ts';
import { wayHere } from './way-here.ts';

/** A customer in an earlier release. */
export interface CustomerThen {
  release: HeadPayload;
  /** The id it had there; absent: there was no such customer. */
  id?: string;
  /** The number of the release that changed it next; absent where the release was named. */
  changedIn?: number;
}

/**
 * A customer in the release of a number, or else in the last one before the customer was changed. `names` are ids and accounts it may
 * have had, the first that a release knows counts. Compares what releases hold and compiles nothing. Undefined: there is no such release.
 *
 * @throws SnapshotError where the store does not hold what a head names.
 */
export async function customerThen(
  get: GetObjects,
  heads: AsyncIterable<Head>,
  names: readonly string[],
  toRelease?: number,
): Promise<CustomerThen | undefined> {
  if (toRelease !== undefined) {
    for await (const { payload } of heads)
      if (payload.n === toRelease) return then(get, payload, await entryIn(get, payload.root, names));
    return undefined;
  }
  let newer: { release: HeadPayload; entry: CustomerEntry | undefined } | undefined;
  for await (const release of wayHere(heads)) {
    const entry = release.root === newer?.release.root ? newer.entry : await entryIn(get, release.root, names);
    if (newer && !isSame(entry, newer.entry))
      return { ...(await then(get, release, entry)), changedIn: newer.release.n };
    newer = { release, entry };
  }
  return undefined;
}

async function entryIn(get: GetObjects, root: string, names: readonly string[]): Promise<CustomerEntry | undefined> {
  const release = await readRelease(get, root);
  for (const name of names) {
    const entry = await findCustomer(get, release, name);
    if (entry) return entry;
  }
  return undefined;
}

const isSame = (one: CustomerEntry | undefined, other: CustomerEntry | undefined): boolean =>
  one?.leaf.hash === other?.leaf.hash && one?.record?.hash === other?.record?.hash;

async function then(get: GetObjects, release: HeadPayload, entry: CustomerEntry | undefined): Promise<CustomerThen> {
  if (!entry) return { release };
  const { hash } = entry.leaf;
  const leaf = (await readObjects(get, [entry.leaf])).get(hash) as Uint8Array;
  return { release, id: (parseObject(hash, leaf) as Timeline).customer };
}
