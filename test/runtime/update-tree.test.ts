import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GetObjects, SnapshotError, sha256 } from '../../runtime/snapshot/object.ts';
import {
  buildTree,
  byteAt,
  countOf,
  type Entry,
  encodeNode,
  isBucket,
  keyOf,
  type TreeNode,
} from '../../runtime/snapshot/tree.ts';
import { updateTree } from '../../runtime/snapshot/update-tree.ts';
import { seed, timesFrom } from '../fixtures/release/counts.ts';

type Objects = Map<string, Uint8Array>;
type Edit = [key: string, entry: Entry | undefined];

/** Keys that crowd together below a few bytes, so that some thousand of them make trees of many levels. */
const crowds = ['', '', '', 'aa', 'aabb', 'aabbcc', 'aabbcd', 'cd', 'cd00', 'cdff'];
const keyAt = (index: number): string => {
  const crowd = crowds[index % crowds.length] as string;
  return crowd + keyOf(`k-${index}`).slice(crowd.length);
};
const entryAt = (index: number, variant: number): Entry =>
  variant === 0
    ? { key: keyAt(index), to: `c-${index}` }
    : { key: keyAt(index), leaf: { hash: sha256(`${index} ${variant}`), size: 10 + variant } };

const whole = (entries: ReadonlyMap<string, Entry>): { top: TreeNode; objects: Objects } => {
  const objects: Objects = new Map();
  return { top: buildTree([...entries.values()], objects), objects };
};

function reading(objects: Objects): { get: GetObjects; read: Set<string>; rounds: () => number } {
  const read = new Set<string>();
  let rounds = 0;
  const get: GetObjects = async (hashes) => {
    rounds += 1;
    for (const hash of hashes) read.add(hash);
    return new Map(hashes.flatMap((hash) => (objects.has(hash) ? [[hash, objects.get(hash) as Uint8Array]] : [])));
  };
  return { get, read, rounds: () => rounds };
}

const nodeIn = (objects: Objects, hash: string): TreeNode => {
  const { entries, children } = JSON.parse(Buffer.from(objects.get(hash) as Uint8Array).toString());
  return entries ? { entries } : { children: children.map(([byte, hash]: [number, string]) => ({ byte, hash })) };
};

/**
 * What an update may read of a tree: the nodes on the way to the keys, and what lies directly below one of them that may
 * have become a bucket, because something went and no more customers are left than one holds.
 */
function mayBeRead(top: TreeNode, objects: Objects, edits: Edit[], after: ReadonlyMap<string, Entry>): Set<string> {
  const allowed = new Set<string>();
  const isLeft = (prefix: string): boolean =>
    [...after.values()].filter((entry) => 'leaf' in entry && entry.key.startsWith(prefix)).length <= 256;
  const wentBelow = (prefix: string): boolean => edits.some(([key, entry]) => !entry && key.startsWith(prefix));
  for (const [key] of edits) {
    let node: TreeNode | undefined = top;
    for (let level = 0; node && !isBucket(node); level += 1) {
      const prefix = key.slice(0, level * 2);
      if (wentBelow(prefix) && isLeft(prefix)) for (const { hash } of node.children) allowed.add(hash);
      const next: { hash: string } | undefined = node.children.find(({ byte }) => byte === byteAt(key, level));
      if (next) allowed.add(next.hash);
      node = next && nodeIn(objects, next.hash);
    }
  }
  return allowed;
}

interface Step {
  from: number;
  length: number;
  stride: number;
  /** What becomes of each: gone, an alias, or a customer with some leaf. */
  kinds: (number | undefined)[];
}

const steps = fc.record({
  from: fc.nat(2_000),
  length: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 200, max: 900 })),
  stride: fc.integer({ min: 1, max: 10 }),
  kinds: fc.array(fc.option(fc.nat(3), { nil: undefined, freq: 2 }), { minLength: 1, maxLength: 5 }),
});
const editsOf = ({ from, length, stride, kinds }: Step): Map<string, Entry | undefined> =>
  new Map(
    Array.from({ length }, (_, n): Edit => {
      const index = from + n * stride;
      const kind = kinds[n % kinds.length];
      return [keyAt(index), kind === undefined ? undefined : entryAt(index, kind)];
    }),
  );

async function expectSame(entries: Map<string, Entry>, edits: Map<string, Entry | undefined>): Promise<void> {
  const before = whole(entries);
  const { get, read } = reading(before.objects);
  const fresh: Objects = new Map();
  const top = await updateTree(get, before.top, edits, fresh);
  for (const [key, entry] of edits)
    if (entry) entries.set(key, entry);
    else entries.delete(key);
  const after = whole(entries);
  expect(encodeNode(top)).toEqual(encodeNode(after.top));
  expect(countOf(top)).toBe(countOf(after.top));
  const expected = [...after.objects.keys()].filter((hash) => !before.objects.has(hash));
  expect([...fresh.keys()].sort()).toEqual(expected.sort());
  const allowed = mayBeRead(before.top, before.objects, [...edits], entries);
  expect([...read].filter((hash) => !allowed.has(hash))).toEqual([]);
}

const sequences = timesFrom('PROVISO_TREES', 400);

describe('a tree that is edited', () => {
  test(`is the one built of all entries, in ${sequences} sequences of edits (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 4 }), async (sequence) => {
        const entries = new Map<string, Entry>();
        for (const step of sequence) await expectSame(entries, editsOf(step));
      }),
      { numRuns: sequences, seed },
    );
  });

  test(`around what a bucket holds, with and without aliases (seed ${seed})`, async () => {
    const sizes = fc.integer({ min: 250, max: 262 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(9),
        fc.array(sizes, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 2, max: 9 }),
        async (crowd, counts, aliases) => {
          const entries = new Map<string, Entry>();
          let had = 0;
          for (const count of counts) {
            const edits = new Map<string, Entry | undefined>();
            for (let n = Math.min(had, count); n < Math.max(had, count); n += 1) {
              const index = crowd + n * crowds.length;
              edits.set(keyAt(index), n < count ? entryAt(index, n % aliases === 0 ? 0 : 1) : undefined);
            }
            await expectSame(entries, edits);
            had = count;
          }
        },
      ),
      { numRuns: Math.ceil(sequences / 5), seed },
    );
  });

  test('gives back nothing where nothing changes, and everything may go', async () => {
    const entries = new Map(Array.from({ length: 1_000 }, (_, n) => [keyAt(n), entryAt(n, 1)]));
    const { top, objects } = whole(entries);
    const fresh: Objects = new Map();
    const { get } = reading(objects);
    expect(await updateTree(get, top, new Map(entries), fresh)).toEqual(top);
    expect(await updateTree(get, top, new Map([[keyAt(5_000), undefined]]), fresh)).toEqual(top);
    const none = new Map([...entries.keys()].map((key) => [key, undefined]));
    expect(await updateTree(get, top, none, fresh)).toEqual({ entries: [] });
    expect(fresh).toEqual(new Map());
  });

  test('reads each level at once', async () => {
    const entries = new Map(Array.from({ length: 3_000 }, (_, n) => [keyAt(n), entryAt(n, 1)]));
    const { top, objects } = whole(entries);
    const { get, rounds } = reading(objects);
    const edits = new Map(Array.from({ length: 300 }, (_, n) => [keyAt(n), entryAt(n, 2)]));
    await updateTree(get, top, edits, new Map());
    const depth = (node: TreeNode): number =>
      isBucket(node) ? 0 : 1 + Math.max(...node.children.map(({ hash }) => depth(nodeIn(objects, hash))));
    expect(rounds()).toBe(depth(top));
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array | undefined, string]>([
    ['missing', () => undefined, 'missing'],
    ['damaged', (bytes) => Buffer.from(bytes).fill(0x20, 3, 4), 'hash'],
    ['cut', (bytes) => bytes.subarray(1), 'size'],
  ])('is not made from a node that is %s', async (_, damage, reason) => {
    const entries = new Map(Array.from({ length: 1_000 }, (_, n) => [keyAt(n), entryAt(n, 1)]));
    const { top, objects } = whole(entries);
    for (const [hash, bytes] of objects) {
      const other = damage(bytes);
      if (other) objects.set(hash, other);
      else objects.delete(hash);
    }
    const wrong = await updateTree(reading(objects).get, top, new Map([[keyAt(1), undefined]]), new Map()).catch(
      (error: unknown) => error,
    );
    expect(wrong).toBeInstanceOf(SnapshotError);
    expect(wrong).toMatchObject({ reason });
  });
});
