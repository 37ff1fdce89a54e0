import { refsOf } from '../../runtime/snapshot/find.ts';
import {
  type GetObjects,
  type ObjectRef,
  parseObject,
  SnapshotError,
  verifyObject,
} from '../../runtime/snapshot/object.ts';
import { type Release, readRelease } from '../../runtime/snapshot/release.ts';
import { type Child, decodeNode, isBucket, type TreeNode } from '../../runtime/snapshot/tree.ts';

/** An object of a release: its bytes, where they were read and are right, or what is wrong with it. */
export interface Visited {
  hash: string;
  bytes?: Uint8Array;
  fault?: SnapshotError;
}

export interface WalkOptions {
  /** Whether objects that lead nowhere are read, too; without, they are only named. */
  reads: boolean;
  /** What need not be visited again, with all below it; may grow meanwhile. */
  known?: { has(hash: string): boolean };
}

/** Objects read at a time: nodes and leaves have a few kilobytes at most, and as many as this are held at once. */
const BATCH = 256;

/**
 * Visits every object of a release, whatever is wrong with others: what leads to an object comes before it, and below a
 * node that cannot be read nothing is seen. An object that is named twice may be visited twice.
 */
export async function* walkRelease(get: GetObjects, root: string, options: WalkOptions): AsyncGenerator<Visited> {
  if (options.known?.has(root)) return;
  const bytes = (await get([root])).get(root);
  let release: Release;
  try {
    release = await readRelease(async () => new Map(bytes && [[root, bytes]]), root);
  } catch (error) {
    yield { hash: root, fault: faultOf(error) };
    return;
  }
  yield { hash: root, ...(bytes && { bytes }) };
  yield* visitAll(get, [...Object.values(release.plans), release.catalogue, release.rules], options);
  if (isBucket(release.customers)) yield* visitAll(get, [...refsOf(release.customers)], options);
  else yield* visitChildren(get, release.customers.children, options);
}

async function* visitChildren(
  get: GetObjects,
  children: readonly Child[],
  options: WalkOptions,
): AsyncGenerator<Visited> {
  for (const batch of batches(children.filter(({ hash }) => !options.known?.has(hash)))) {
    const found = await get(batch.map(({ hash }) => hash));
    const inner: Child[] = [];
    const leaves: ObjectRef[] = [];
    for (const ref of batch) {
      const visited = check(ref, found.get(ref.hash));
      const node = visited.bytes && nodeOf(ref.hash, visited.bytes);
      if (node instanceof SnapshotError) yield { hash: ref.hash, fault: node };
      else yield visited;
      if (!node || node instanceof SnapshotError) continue;
      if (isBucket(node)) leaves.push(...refsOf(node));
      else inner.push(...node.children);
    }
    yield* visitAll(get, leaves, options);
    yield* visitChildren(get, inner, options);
  }
}

async function* visitAll(
  get: GetObjects,
  refs: readonly ObjectRef[],
  { reads, known }: WalkOptions,
): AsyncGenerator<Visited> {
  for (const batch of batches(refs.filter(({ hash }) => !known?.has(hash)))) {
    const found = reads && (await get(batch.map(({ hash }) => hash)));
    for (const ref of batch) yield found ? check(ref, found.get(ref.hash)) : { hash: ref.hash };
  }
}

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += BATCH) yield all.slice(start, start + BATCH);
}

function check(ref: ObjectRef, bytes: Uint8Array | undefined): Visited {
  try {
    return { hash: ref.hash, bytes: verifyObject(ref, bytes) };
  } catch (error) {
    return { hash: ref.hash, fault: faultOf(error) };
  }
}

function nodeOf(hash: string, bytes: Uint8Array): TreeNode | SnapshotError {
  try {
    return decodeNode(hash, parseObject(hash, bytes));
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): SnapshotError {
  if (error instanceof SnapshotError) return error;
  throw error;
}
