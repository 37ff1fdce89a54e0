import { canonicalJson } from './canonical-json.ts';
import {
  addObject,
  badForm,
  type GetObjects,
  isHash,
  isSize,
  maxObjectBytes,
  type ObjectRef,
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

/** A release ready to be stored; `count` is the number of customers, `objects` all bytes by hash, the root's included. */
export interface Snapshot {
  root: string;
  count: number;
  objects: ReadonlyMap<string, Uint8Array>;
}

/** JSON values to publish; `account` is the product's own id of a customer where it is another than `id`. */
export interface SnapshotInput {
  customers: Iterable<{ id: string; account?: string; leaf: unknown; record?: unknown }>;
  plans: Readonly<Record<string, unknown>>;
  catalogue: unknown;
  rules: unknown;
  /** Objects that many leaves hold, the very same; only to spell them once. */
  shared?: Iterable<object>;
}

/**
 * Turns compiled values into the objects of a release. Equal input gives equal bytes, whatever its order.
 *
 * @throws RangeError when two customers share an id or an account, or an object is too large: both are refused
 * by validation, so here they are accidents.
 */
export function assembleSnapshot(input: SnapshotInput): Snapshot {
  const objects = new Map<string, Uint8Array>();
  const names = new Map<string, string>();
  const entries: Entry[] = [];
  const known = new Map([...(input.shared ?? [])].map((object) => [object, canonicalJson(object)]));
  const claim = (name: string, id: string): string => {
    const other = names.get(name);
    if (other !== undefined) throw new RangeError(`customers ${other} and ${id} are both known as "${name}"`);
    names.set(name, id);
    return keyOf(name);
  };
  for (const { id, account, leaf, record } of input.customers) {
    const key = claim(id, id);
    const leafRef = addObject(objects, leaf, known);
    entries.push(
      record === undefined ? { key, leaf: leafRef } : { key, leaf: leafRef, record: addObject(objects, record) },
    );
    if (account !== undefined && account !== id) entries.push({ key: claim(account, id), to: id });
  }
  const customers = buildTree(entries, objects);
  const plans: Record<string, ObjectRef> = {};
  for (const [plan, leaf] of Object.entries(input.plans)) plans[plan] = addObject(objects, leaf, known);
  const catalogue = addObject(objects, input.catalogue);
  const rules = addObject(objects, input.rules);
  const root = addObject(objects, { v: 1, customers: encodeNode(customers), plans, catalogue, rules });
  return { root: root.hash, count: countOf(customers), objects };
}

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
