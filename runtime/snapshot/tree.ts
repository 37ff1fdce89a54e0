import { addObject, badForm, isHash, isSize, type ObjectRef, type Objects, sha256 } from './object.ts';

/*
 * The customers of a release as a radix tree over sha256(id), one byte a level. Up to `bucketSize` entries are one
 * bucket, more are split by the next byte: the shape depends on nothing but the entries, so equal content has an
 * equal root, and a changed customer rewrites only the nodes above it.
 *
 * Written short, because a node is read far more often than by eye:
 *   bucket  {"entries": [[key, leaf hash, leaf size], [key, leaf hash, leaf size, record hash, record size], [key, customer]]}
 *   inner   {"children": [[byte, hash, size, count]]}         both sorted by their first column
 */

export const bucketSize = 256;

/** A customer: `leaf` is the timeline, `record` what support reads beside it. */
export interface CustomerEntry {
  key: string;
  leaf: ObjectRef;
  record?: ObjectRef;
}

/** The product's own id of a customer; it names the customer, so a changed leaf is written in one place only. */
export interface AliasEntry {
  key: string;
  to: string;
}

export type Entry = CustomerEntry | AliasEntry;

/** `count` is the number of customers below, aliases not counted. */
export interface Child extends ObjectRef {
  byte: number;
  count: number;
}

export type TreeNode = { entries: readonly Entry[] } | { children: readonly Child[] };

export const isBucket = (node: TreeNode): node is { entries: readonly Entry[] } => 'entries' in node;

export const isCustomer = (entry: Entry): entry is CustomerEntry => 'leaf' in entry;

/** Where an id stands in the tree. */
export const keyOf = (id: string): string => sha256(id);

/** The byte of a key that decides at a level; the top is level 0. */
export const byteAt = (key: string, level: number): number => Number.parseInt(key.slice(level * 2, level * 2 + 2), 16);

/**
 * Builds the tree over entries with distinct keys, adding every node but the top one to `objects`.
 * The order of the entries does not matter.
 */
export function buildTree(entries: readonly Entry[], objects: Objects): TreeNode {
  return buildNode([...entries].sort(byEntryKey), 0, objects);
}

export const byEntryKey = (a: Entry, b: Entry): number => (a.key < b.key ? -1 : 1);

/** The same from a level on: `entries` are sorted, and share the bytes of the levels above. */
export function buildNode(entries: readonly Entry[], level: number, objects: Objects): TreeNode {
  if (entries.length <= bucketSize) return { entries };
  const children: Child[] = [];
  for (const [byte, below] of groupByByte(entries, level)) {
    const ref = addObject(objects, encodeNode(buildNode(below, level + 1, objects)));
    children.push({ byte, ...ref, count: below.filter(isCustomer).length });
  }
  return { children };
}

/** Entries by the byte that decides at this level; sorted entries give groups in ascending order. */
export function groupByByte(entries: readonly Entry[], level: number): Map<number, Entry[]> {
  const groups = new Map<number, Entry[]>();
  for (const entry of entries) {
    const byte = byteAt(entry.key, level);
    const group = groups.get(byte);
    if (group) group.push(entry);
    else groups.set(byte, [entry]);
  }
  return groups;
}

/** How many customers stand in or below a node. */
export const countOf = (node: TreeNode): number =>
  isBucket(node)
    ? node.entries.filter(isCustomer).length
    : node.children.reduce((total, child) => total + child.count, 0);

/** The JSON value a node is written as. */
export function encodeNode(node: TreeNode): unknown {
  if (!isBucket(node))
    return { children: node.children.map(({ byte, hash, size, count }) => [byte, hash, size, count]) };
  return {
    entries: node.entries.map((entry) => {
      if (!isCustomer(entry)) return [entry.key, entry.to];
      const { key, leaf, record } = entry;
      return record ? [key, leaf.hash, leaf.size, record.hash, record.size] : [key, leaf.hash, leaf.size];
    }),
  };
}

/** Reads a node's JSON value; `hash` names the object it stands in. @throws SnapshotError when it is no node. */
export function decodeNode(hash: string, value: unknown): TreeNode {
  const { entries, children } = (value ?? {}) as { entries?: unknown; children?: unknown };
  if (Array.isArray(entries)) return { entries: entries.map((row: unknown) => decodeEntry(hash, row)) };
  if (Array.isArray(children)) return { children: children.map((row: unknown) => decodeChild(hash, row)) };
  throw badForm(hash, 'it is no node of the customer tree');
}

function decodeEntry(object: string, row: unknown): Entry {
  if (Array.isArray(row) && isHash(row[0])) {
    const [key, to, size, recordHash, recordSize] = row;
    if (row.length === 2 && typeof to === 'string') return { key, to };
    if (row.length >= 3 && isHash(to) && isSize(size)) {
      const leaf = { hash: to, size };
      if (row.length === 3) return { key, leaf };
      if (row.length === 5 && isHash(recordHash) && isSize(recordSize))
        return { key, leaf, record: { hash: recordHash, size: recordSize } };
    }
  }
  throw badForm(object, 'an entry of the customer tree is not as it should be');
}

function decodeChild(object: string, row: unknown): Child {
  if (Array.isArray(row) && row.length === 4) {
    const [byte, hash, size, count] = row;
    const isByte = Number.isInteger(byte) && byte >= 0 && byte <= 255;
    if (isByte && isHash(hash) && isSize(size) && Number.isInteger(count)) return { byte, hash, size, count };
  }
  throw badForm(object, 'a branch of the customer tree is not as it should be');
}
