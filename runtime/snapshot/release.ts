import {
  addObject,
  badForm,
  type GetObjects,
  isHash,
  isSize,
  maxObjectBytes,
  type ObjectRef,
  type Objects,
  parseObject,
  SnapshotError,
  sha256,
} from './object.ts';
import { buildTree, countOf, decodeNode, type Entry, encodeNode, keyOf, type TreeNode } from './tree.ts';

/** What one root object holds: every customer, every plan version, the settings and the rules. */
export interface Release {
  /** sha256 of the root object. */
  root: string;
  customers: TreeNode;
  plans: Readonly<Record<string, ObjectRef>>;
  catalogue: ObjectRef;
  rules: ObjectRef;
}

/** A release ready to be stored; `count` is the number of customers. */
export interface Snapshot {
  root: string;
  count: number;
  /** Bytes by hash, the root's included: all of them, or those that the release `over` does not have. */
  objects: ReadonlyMap<string, Uint8Array>;
  /** The root of the release it was made from; absent: it was made from nothing. */
  over?: string;
}

/** `account` is the product's own id of a customer where it is another than `id`. */
export interface CustomerInput {
  id: string;
  account?: string;
  leaf: unknown;
  record?: unknown;
}

/** JSON values to publish. */
export interface SnapshotInput {
  customers: Iterable<CustomerInput>;
  plans: Readonly<Record<string, unknown>>;
  catalogue: unknown;
  rules: unknown;
}

/** Some customers of a release, wherever they were made. */
export interface SnapshotPart {
  /** What each is known by, with its id. */
  names: readonly (readonly [name: string, id: string])[];
  entries: readonly Entry[];
}

/**
 * Turns compiled values into the objects of a release, which are added to `objects`. Equal input gives equal bytes, whatever its order.
 *
 * @throws RangeError when two customers share an id or an account, or an object is too large: both are refused
 * by validation, so here they are accidents.
 */
export function assembleSnapshot(input: SnapshotInput, objects: Objects = new Map()): Snapshot {
  const { entries } = assemblePart(input.customers, objects);
  return addRoot(objects, buildTree(entries, objects), input);
}

/** Some customers of it, whose objects are added to `objects`. @throws RangeError where two of them share a name, or an object is too large. */
export function assemblePart(customers: Iterable<CustomerInput>, objects: Objects): SnapshotPart {
  const entries: Entry[] = [];
  const { all, claim } = claimNames();
  for (const customer of customers) entries.push(...addCustomer(customer, claim, objects));
  return { names: [...all], entries };
}

/**
 * All parts of its customers, in any order, whose objects are among `objects`, and what lies beside them.
 *
 * @throws RangeError where two parts share a name.
 */
export function joinParts(
  parts: readonly SnapshotPart[],
  input: Omit<SnapshotInput, 'customers'>,
  objects: Objects,
): Snapshot {
  const { claim } = claimNames();
  for (const { names } of parts) for (const [name, id] of names) claim(name, id);
  const entries = parts.flatMap((part) => part.entries);
  return addRoot(objects, buildTree(entries, objects), input);
}

/** Names of customers, ids and accounts, each taken once; `all` says by whom. */
export function claimNames() {
  const all = new Map<string, string>();
  const twice = (other: string, id: string, name: string): RangeError =>
    new RangeError(`customers ${other} and ${id} are both known as "${name}"`);
  const claim = (name: string, id: string): string => {
    const other = all.get(name);
    if (other !== undefined) throw twice(other, id, name);
    all.set(name, id);
    return keyOf(name);
  };
  return { all: all as ReadonlyMap<string, string>, claim, twice };
}

/** Adds a customer's objects; gives its entries. */
export function addCustomer(
  { id, account, leaf, record }: CustomerInput,
  claim: (name: string, id: string) => string,
  objects: Objects,
): Entry[] {
  const key = claim(id, id);
  const leafRef = addObject(objects, leaf);
  const entry =
    record === undefined ? { key, leaf: leafRef } : { key, leaf: leafRef, record: addObject(objects, record) };
  return account === undefined || account === id ? [entry] : [entry, { key: claim(account, id), to: id }];
}

/** Adds what lies beside the customers, and the root over all of it. */
export function addRoot(objects: Objects, customers: TreeNode, input: Omit<SnapshotInput, 'customers'>): Snapshot {
  const plans: Record<string, ObjectRef> = {};
  for (const [plan, leaf] of Object.entries(input.plans)) plans[plan] = addObject(objects, leaf);
  const catalogue = addObject(objects, input.catalogue);
  const rules = addObject(objects, input.rules);
  const root = addObject(objects, { v: 1, customers: encodeNode(customers), plans, catalogue, rules });
  return { root: root.hash, count: countOf(customers), objects };
}

/** The hashes a root object names beside the customers, and its own. */
export const refsOfRoot = ({ root, plans, catalogue, rules }: Release): string[] => [
  root,
  ...[...Object.values(plans), catalogue, rules].map((ref) => ref.hash),
];

/** Reads and verifies a root object. @throws SnapshotError when it is missing, damaged or of another version. */
export async function readRelease(get: GetObjects, root: string): Promise<Release> {
  const bytes = (await get([root])).get(root);
  if (!bytes) throw new SnapshotError('missing', root, `object ${root}, the root of the release, is missing`);
  if (bytes.length > maxObjectBytes)
    throw new SnapshotError('size', root, `object ${root}, the root of the release, is larger than any root`);
  if (sha256(bytes) !== root)
    throw new SnapshotError('hash', root, `object ${root}, the root of the release, is damaged`);
  const value = parseObject(root, bytes) as { [key: string]: unknown } | null;
  if (value?.v !== 1) throw badForm(root, 'it is not a release of version 1; a newer Proviso may have written it');
  if (typeof value.plans !== 'object' || value.plans === null) throw badForm(root, 'it has no plans');
  const plans: Record<string, ObjectRef> = {};
  for (const [plan, ref] of Object.entries(value.plans)) plans[plan] = decodeRef(root, ref);
  return {
    root,
    customers: decodeNode(root, value.customers),
    plans,
    catalogue: decodeRef(root, value.catalogue),
    rules: decodeRef(root, value.rules),
  };
}

function decodeRef(object: string, value: unknown): ObjectRef {
  const { hash, size } = (value ?? {}) as { hash?: unknown; size?: unknown };
  if (!isHash(hash) || !isSize(size)) throw badForm(object, 'a reference in it is not as it should be');
  return { hash, size };
}
