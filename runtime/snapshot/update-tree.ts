import { readNodes } from './find.ts';
import { addObject, type GetObjects, type ObjectRef } from './object.ts';
import {
  bucketSize,
  buildNode,
  byEntryKey,
  byteAt,
  type Child,
  countOf,
  type Entry,
  encodeNode,
  isBucket,
  type TreeNode,
} from './tree.ts';

/** Entries by key: what stands there from now on; undefined: nothing. */
export type TreeEdits = ReadonlyMap<string, Entry | undefined>;

/**
 * The tree that `buildTree` makes of all entries once these are edited, adding to `objects` every node that is new, but the
 * top one. Reads what lies on the way to the keys, all of a level at once; beside it the neighbours of what goes away, where
 * they may be few enough to become one bucket with what stays.
 *
 * @throws SnapshotError when a node on the way is missing or damaged.
 */
export async function updateTree(
  get: GetObjects,
  top: TreeNode,
  edits: TreeEdits,
  objects: Map<string, Uint8Array>,
): Promise<TreeNode> {
  const root = startPlace(top, [...edits]);
  const levels = await openPaths(get, root);
  const fresh = new Map<string, Uint8Array>();
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const places = levels[level] as Place[];
    for (const place of places) if (isBucket(place.node)) editBucket(place, place.node.entries, level, fresh);
    const inner = places.filter(({ before }) => before !== undefined);
    for (const place of inner) for (const { growth } of place.opened.values()) place.growth += growth;
    const shrunk = inner.filter(mayMerge);
    const neighbours = await readAll(get, shrunk.flatMap(unopened));
    let next = 0;
    for (const place of shrunk) {
      const read = unopened(place).map(() => neighbours[next++] as TreeNode);
      place.merged = mergeNodes([...read, ...[...place.opened.values()].map(({ node }) => node)]);
    }
    for (const place of inner) place.node = place.merged ?? joinChildren(place, fresh);
  }
  // What was there may come back at another place: the one child that is left of several is its parent's bucket then.
  const there = new Set(levels.flat().flatMap(({ before }) => before?.children.map(({ hash }) => hash) ?? []));
  for (const [hash, bytes] of fresh) if (!there.has(hash)) objects.set(hash, bytes);
  return root.node;
}

type Inner = Extract<TreeNode, { children: unknown }>;

/** A node on the way to edited keys. */
interface Place {
  /** As it was read, and from the way back on what it becomes. */
  node: TreeNode;
  /** As it was read, where it has nodes below it. */
  before?: Inner;
  edits: [string, Entry | undefined][];
  /** The nodes below it that are on the way, by their bytes. */
  opened: Map<number, Place>;
  /** How many more entries there are in and below it afterwards. */
  growth: number;
  /** The bucket it becomes with all below it, where they are few enough. */
  merged?: TreeNode;
}

const startPlace = (node: TreeNode, edits: Place['edits'] = []): Place => ({
  node,
  edits,
  opened: new Map(),
  growth: 0,
});

/** Reads every node on the way, level by level. */
async function openPaths(get: GetObjects, root: Place): Promise<Place[][]> {
  const levels: Place[][] = [];
  for (let places = [root]; places.length > 0; ) {
    const level = levels.push(places) - 1;
    const below = places.flatMap((place) => openBelow(place, level));
    const found = below.filter(({ ref }) => ref !== undefined);
    const nodes = await readAll(
      get,
      found.map(({ ref }) => ref as ObjectRef),
    );
    for (const [index, { place }] of found.entries()) place.node = nodes[index] as TreeNode;
    places = below.map(({ place }) => place);
  }
  return levels;
}

const readAll = async (get: GetObjects, refs: readonly ObjectRef[]): Promise<TreeNode[]> =>
  refs.length > 0 ? readNodes(get, refs) : [];

/** Hands the edits of a node on to what lies below it; where there is nothing yet, to an empty bucket. */
function openBelow(place: Place, level: number): { place: Place; ref?: ObjectRef }[] {
  if (isBucket(place.node)) return [];
  place.before = place.node;
  const children = new Map(place.node.children.map((child) => [child.byte, child]));
  for (const edit of place.edits) {
    const byte = byteAt(edit[0], level);
    const below = place.opened.get(byte) ?? startPlace({ entries: [] });
    below.edits.push(edit);
    place.opened.set(byte, below);
  }
  return [...place.opened].map(([byte, below]) => {
    const ref = children.get(byte);
    return { place: below, ...(ref && { ref }) };
  });
}

function editBucket(place: Place, entries: readonly Entry[], level: number, fresh: Map<string, Uint8Array>): void {
  const edited = new Map<string, Entry | undefined>(entries.map((entry) => [entry.key, entry]));
  for (const [key, entry] of place.edits) edited.set(key, entry);
  const left = [...edited.values()].filter((entry) => entry !== undefined).sort(byEntryKey);
  place.growth = left.length - entries.length;
  place.node = buildNode(left, level, fresh);
}

/** Whether a node may hold no more than a bucket now. What is not read has at least as many entries as customers. */
function mayMerge(place: Place): boolean {
  // It held more than a bucket before.
  if (place.growth >= 0) return false;
  let least = 0;
  for (const { count } of unopened(place)) least += Math.max(1, count);
  for (const { node } of place.opened.values()) least += isBucket(node) ? node.entries.length : bucketSize + 1;
  return least <= bucketSize;
}

const unopened = ({ before, opened }: Place): readonly Child[] =>
  before?.children.filter(({ byte }) => !opened.has(byte)) ?? [];

/** One bucket of what lies below a node; undefined where that is too much. */
function mergeNodes(nodes: readonly TreeNode[]): TreeNode | undefined {
  const entries: Entry[] = [];
  for (const node of nodes) {
    if (!isBucket(node) || entries.length + node.entries.length > bucketSize) return undefined;
    entries.push(...node.entries);
  }
  return { entries: entries.sort(byEntryKey) };
}

/** The node over what lies below it now. */
function joinChildren(place: Place, fresh: Map<string, Uint8Array>): TreeNode {
  const children = [...unopened(place)];
  for (const [byte, { node }] of place.opened) {
    if (isBucket(node) && node.entries.length === 0) continue;
    children.push({ byte, ...addObject(fresh, encodeNode(node)), count: countOf(node) });
  }
  return { children: children.sort((a, b) => a.byte - b.byte) };
}
