import { type Extent, readNodes, refsOf } from './find.ts';
import type { GetObjects, ObjectRef } from './object.ts';
import { type Release, refsOfRoot } from './release.ts';
import {
  type Child,
  type CustomerEntry,
  type Entry,
  groupByByte,
  isBucket,
  isCustomer,
  type TreeNode,
} from './tree.ts';

/** Customers by what happened to them, each list in the order of keys. Ids stand in the leaves. */
export interface CustomerChanges {
  added: CustomerEntry[];
  removed: CustomerEntry[];
  /** The leaf, the record or both differ. */
  changed: { before: CustomerEntry; after: CustomerEntry }[];
}

const nothing: TreeNode = { entries: [] };

/** What differs between the customers of two releases. Equal subtrees are not read, so the cost follows the change. */
export const compareTrees = async (get: GetObjects, before: Release, after: Release): Promise<CustomerChanges> =>
  (await compareReleases(get, before, after)).changes;

/**
 * What differs between the customers of two releases, and the hashes `after` needs and `before` does not, as far as the
 * comparison of both trees can tell without reading what is equal: none that is new is missing; one that both share at
 * different places may be among them.
 */
export async function compareReleases(
  get: GetObjects,
  before: Release,
  after: Release,
  extent: Extent = 'all',
): Promise<{ changes: CustomerChanges; needed: Set<string> }> {
  const changes: CustomerChanges = { added: [], removed: [], changed: [] };
  const had = new Set(refsOfRoot(before));
  const needed = new Set(refsOfRoot(after));
  await walkDifferences(get, before.customers, after.customers, (old, now) => {
    if (isBucket(old) && isBucket(now)) compareBuckets(customersOf(old), customersOf(now), changes);
    for (const { hash } of refsOf(old, extent)) had.add(hash);
    for (const { hash } of refsOf(now, extent)) needed.add(hash);
  });
  for (const hash of had) needed.delete(hash);
  changes.added.sort(byKey);
  changes.removed.sort(byKey);
  changes.changed.sort((a, b) => byKey(a.after, b.after));
  return { changes, needed };
}

const byKey = (a: CustomerEntry, b: CustomerEntry): number => (a.key < b.key ? -1 : 1);

const customersOf = (node: TreeNode): CustomerEntry[] => (isBucket(node) ? node.entries.filter(isCustomer) : []);

function compareBuckets(before: CustomerEntry[], after: CustomerEntry[], changes: CustomerChanges): void {
  const gone = new Map(before.map((entry) => [entry.key, entry]));
  for (const entry of after) {
    const old = gone.get(entry.key);
    if (!old) changes.added.push(entry);
    else if (old.leaf.hash !== entry.leaf.hash || old.record?.hash !== entry.record?.hash)
      changes.changed.push({ before: old, after: entry });
    gone.delete(entry.key);
  }
  changes.removed.push(...gone.values());
}

/** What a reader that holds one release takes out and puts in to hold another: keys, and entries whose leaf is another. */
export async function compareEntries(
  get: GetObjects,
  before: Release,
  after: Release,
): Promise<{ gone: string[]; put: Entry[] }> {
  const gone: string[] = [];
  const put: Entry[] = [];
  await walkDifferences(get, before.customers, after.customers, (old, now) => {
    if (!isBucket(old) || !isBucket(now)) return;
    const had = new Map(old.entries.map((entry) => [entry.key, entry]));
    for (const entry of now.entries) {
      const known = had.get(entry.key);
      if (!known || namedBy(known) !== namedBy(entry)) put.push(entry);
      had.delete(entry.key);
    }
    gone.push(...had.keys());
  });
  return { gone, put };
}

const namedBy = (entry: Entry): string => (isCustomer(entry) ? entry.leaf.hash : `to ${entry.to}`);

type Side = TreeNode | Child;

const isUnread = (side: Side): side is Child => 'hash' in side;

/** Visits the two nodes of every place where the trees differ, top first; a side without a node there is an empty bucket. */
async function walkDifferences(
  get: GetObjects,
  before: TreeNode,
  after: TreeNode,
  visit: (before: TreeNode, after: TreeNode) => void,
): Promise<void> {
  let pairs: [Side, Side][] = [[before, after]];
  for (let level = 0; pairs.length > 0; level += 1) {
    const nodes = await readSides(get, pairs.flat());
    pairs = [];
    for (let index = 0; index < nodes.length; index += 2) {
      const [old, now] = [nodes[index] as TreeNode, nodes[index + 1] as TreeNode];
      visit(old, now);
      if (!isBucket(old) || !isBucket(now)) pairs.push(...pairChildren(old, now, level));
    }
  }
}

async function readSides(get: GetObjects, sides: readonly Side[]): Promise<TreeNode[]> {
  const unread = sides.filter(isUnread) as ObjectRef[];
  const nodes = unread.length > 0 ? await readNodes(get, unread) : [];
  let next = 0;
  return sides.map((side) => (isUnread(side) ? (nodes[next++] as TreeNode) : side));
}

/** Pairs what lies below two nodes, byte by byte; a bucket beside an inner node counts as if it were split. */
function pairChildren(before: TreeNode, after: TreeNode, level: number): [Side, Side][] {
  const old = sidesByByte(before, level);
  const now = sidesByByte(after, level);
  const pairs: [Side, Side][] = [];
  for (const byte of new Set([...old.keys(), ...now.keys()])) {
    const left = old.get(byte) ?? nothing;
    const right = now.get(byte) ?? nothing;
    if (isUnread(left) && isUnread(right) && left.hash === right.hash) continue;
    pairs.push([left, right]);
  }
  return pairs;
}

function sidesByByte(node: TreeNode, level: number): Map<number, Side> {
  if (!isBucket(node)) return new Map(node.children.map((child) => [child.byte, child]));
  return new Map([...groupByByte(node.entries, level)].map(([byte, entries]) => [byte, { entries }]));
}
