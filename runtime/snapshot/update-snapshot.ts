import { findEntries } from './find.ts';
import { badForm, type GetObjects, parseObject, readObjects } from './object.ts';
import { fromMemory, readThrough } from './read-through.ts';
import {
  addCustomer,
  addRoot,
  claimNames,
  type Release,
  readRelease,
  refsOfRoot,
  type Snapshot,
  type SnapshotInput,
} from './release.ts';
import { type CustomerEntry, type Entry, isCustomer, keyOf } from './tree.ts';
import { updateTree } from './update-tree.ts';

/** `customers` are those that are new or changed. */
export interface SnapshotUpdate extends SnapshotInput {
  /** Ids of customers that may be others than before: who is not among `customers` is no more. */
  touched: Iterable<string>;
}

/**
 * The snapshot that `assembleSnapshot` makes of all customers, from the release with this root and what changes of it:
 * `objects` are those that release does not have. Reads the nodes on the way to what changes, and the leaves that stood
 * there, which say by what account their customers were known.
 *
 * @throws SnapshotError when something on the way is missing, damaged or not as it should be.
 * @throws RangeError as `assembleSnapshot` does.
 */
export async function updateSnapshot(get: GetObjects, root: string, update: SnapshotUpdate): Promise<Snapshot> {
  const once = remembering(get);
  const before = await readRelease(once, root);
  const objects = new Map<string, Uint8Array>();
  const names = claimNames();
  const put = new Map<string, Entry>();
  const ids = new Set(update.touched);
  for (const customer of update.customers) {
    ids.add(customer.id);
    for (const entry of addCustomer(customer, names.claim, objects)) put.set(entry.key, entry);
  }

  const had = await entriesHad(once, before, ids);
  const there = await findEntries(once, before.customers, [...put.keys()]);
  for (const [name, id] of names.all) {
    const entry = there.get(keyOf(name));
    // Of somebody this change says nothing of.
    if (entry && !had.has(entry.key)) throw names.twice(isCustomer(entry) ? name : entry.to, id, name);
  }
  const edits = new Map<string, Entry | undefined>([...had.keys()].map((key) => [key, undefined]));
  for (const [key, entry] of put) edits.set(key, entry);
  const customers = await updateTree(once, before.customers, edits, objects);
  const snapshot = addRoot(objects, customers, update);
  for (const hash of [...refsOfRoot(before), ...[...had.values()].flatMap(hashesOf)]) objects.delete(hash);
  return { ...snapshot, over: root };
}

/** Reads everything once: what is looked up is read again where it is changed. */
function remembering(get: GetObjects): GetObjects {
  const known = new Map<string, Uint8Array>();
  const remember = (read: ReadonlyMap<string, Uint8Array>): void => {
    for (const [hash, bytes] of read) known.set(hash, bytes);
  };
  return readThrough(
    fromMemory((hash) => known.get(hash)),
    get,
    remember,
  );
}

/** Every entry that customers have in a release, by its key: their own, and their accounts'. */
async function entriesHad(get: GetObjects, release: Release, ids: Iterable<string>): Promise<Map<string, Entry>> {
  const byId = new Map([...ids].map((id) => [keyOf(id), id]));
  const found = await findEntries(get, release.customers, [...byId.keys()]);
  const customers = [...found.values()].filter(isCustomer);
  const accounts = await accountsOf(get, customers);
  const aliases = new Map(
    customers.flatMap(({ key }) => {
      const account = accounts.get(key);
      return account === undefined || account === byId.get(key) ? [] : [[keyOf(account), byId.get(key)] as const];
    }),
  );
  const had = new Map<string, Entry>(customers.map((entry) => [entry.key, entry]));
  const others = await findEntries(get, release.customers, [...aliases.keys()]);
  for (const [key, id] of aliases) {
    const entry = others.get(key);
    if (!entry || isCustomer(entry) || entry.to !== id)
      throw badForm(release.root, `the account of ${id} does not lead to it`);
    had.set(key, entry);
  }
  return had;
}

/** The account a customer's timeline names, by the key of its entry. */
async function accountsOf(
  get: GetObjects,
  customers: readonly CustomerEntry[],
): Promise<Map<string, string | undefined>> {
  const leaves = await readObjects(
    get,
    customers.map(({ leaf }) => leaf),
  );
  return new Map(
    customers.map(({ key, leaf: { hash } }) => {
      const { account } = (parseObject(hash, leaves.get(hash) as Uint8Array) ?? {}) as { account?: unknown };
      return [key, typeof account === 'string' ? account : undefined];
    }),
  );
}

const hashesOf = (entry: Entry): string[] =>
  isCustomer(entry) ? [entry.leaf.hash, ...(entry.record ? [entry.record.hash] : [])] : [];
