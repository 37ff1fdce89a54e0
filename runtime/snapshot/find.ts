import { badForm, type GetObjects, type ObjectRef, parseObject, readObjects } from './object.ts';
import { type Release, readRelease } from './release.ts';
import {
  byteAt,
  type Child,
  type CustomerEntry,
  decodeNode,
  type Entry,
  isBucket,
  isCustomer,
  keyOf,
  type TreeNode,
} from './tree.ts';

/** Reads and verifies nodes in one go, in the order asked. @throws SnapshotError */
export async function readNodes(get: GetObjects, refs: readonly ObjectRef[]): Promise<TreeNode[]> {
  const found = await readObjects(get, refs);
  return refs.map(({ hash }) => decodeNode(hash, parseObject(hash, found.get(hash) as Uint8Array)));
}

/** The customer with this id or account id, or undefined. Reads one node a level, twice for an account id. */
export async function findCustomer(
  get: GetObjects,
  release: Release,
  idOrAccount: string,
): Promise<CustomerEntry | undefined> {
  const entry = await findEntry(get, release, idOrAccount);
  if (!entry || isCustomer(entry)) return entry;
  const customer = await findEntry(get, release, entry.to);
  if (!customer || !isCustomer(customer)) throw badForm(release.root, `${entry.to} is named but not in the release`);
  return customer;
}

async function findEntry(get: GetObjects, release: Release, id: string): Promise<Entry | undefined> {
  const key = keyOf(id);
  return (await findEntries(get, release.customers, [key])).get(key);
}

/** What stands at keys, without those where nothing does. Reads all nodes of a level at once. @throws SnapshotError */
export async function findEntries(
  get: GetObjects,
  top: TreeNode,
  keys: readonly string[],
): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  let open: { node: TreeNode; keys: Set<string> }[] = [{ node: top, keys: new Set(keys) }];
  for (let level = 0; open.length > 0; level += 1) {
    const below: { child: Child; keys: Set<string> }[] = [];
    for (const { node, keys: wanted } of open) {
      if (isBucket(node)) for (const entry of node.entries) if (wanted.has(entry.key)) found.set(entry.key, entry);
      if (!isBucket(node)) below.push(...childrenTo(node.children, wanted, level));
    }
    const nodes =
      below.length > 0
        ? await readNodes(
            get,
            below.map(({ child }) => child),
          )
        : [];
    open = below.map(({ keys: wanted }, index) => ({ node: nodes[index] as TreeNode, keys: wanted }));
  }
  return found;
}

/** The children on the way to keys, each with those it leads to. */
function childrenTo(
  children: readonly Child[],
  keys: Iterable<string>,
  level: number,
): { child: Child; keys: Set<string> }[] {
  const byByte = new Map<number, Set<string>>();
  for (const key of keys) {
    const byte = byteAt(key, level);
    byByte.set(byte, (byByte.get(byte) ?? new Set()).add(key));
  }
  return children.flatMap((child) => {
    const below = byByte.get(child.byte);
    return below ? [{ child, keys: below }] : [];
  });
}

/** Every entry, other names of customers too, in the order of keys; read as `listCustomers` does. */
export async function* listEntries(get: GetObjects, release: Release): AsyncGenerator<Entry> {
  for await (const node of listNodes(get, release.customers)) if (isBucket(node)) yield* node.entries;
}

/** Every customer in the order of their keys; at most 256 nodes are read and held at a time for each level. */
export async function* listCustomers(get: GetObjects, release: Release): AsyncGenerator<CustomerEntry> {
  for await (const entry of listEntries(get, release)) if (isCustomer(entry)) yield entry;
}

async function* listNodes(get: GetObjects, node: TreeNode): AsyncGenerator<TreeNode> {
  yield node;
  if (isBucket(node)) return;
  for (const child of await readNodes(get, node.children)) yield* listNodes(get, child);
}

/** All of a release, or what a product reads of it: not the records, which say who asked for what. */
export type Extent = 'all' | 'terms';

/**
 * The hash of every object a release needs, its root's included; nodes are read and verified, other objects only named.
 * A hash that two customers share comes twice.
 */
export async function* listObjects(get: GetObjects, root: string, extent: Extent = 'all'): AsyncGenerator<string> {
  const release = await readRelease(get, root);
  yield root;
  for (const ref of Object.values(release.plans)) yield ref.hash;
  yield release.catalogue.hash;
  yield release.rules.hash;
  for await (const node of listNodes(get, release.customers)) for (const ref of refsOf(node, extent)) yield ref.hash;
}

/** The references a node holds. */
export function* refsOf(node: TreeNode, extent: Extent = 'all'): Generator<ObjectRef> {
  if (!isBucket(node)) yield* node.children;
  else
    for (const entry of node.entries)
      if (isCustomer(entry)) {
        yield entry.leaf;
        if (entry.record && extent === 'all') yield entry.record;
      }
}
