import { describe, expect, test } from 'vitest';
import { findCustomer, listCustomers } from '../../runtime/snapshot/find.ts';
import { type GetObjects, readObjects, SnapshotError, sha256 } from '../../runtime/snapshot/object.ts';
import { assembleSnapshot, readRelease } from '../../runtime/snapshot/release.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { StoreError } from '../../runtime/stores/store.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { MemoryDisk } from '../fixtures/release/memory-disk.ts';

const snapshot = assembleSnapshot({
  customers: Array.from({ length: 260 }, (_, index) => ({
    id: `c-${index}`,
    leaf: { customer: `c-${index}`, seats: index },
    ...(index % 10 === 0 ? { account: `u_${index}`, record: { why: index } } : {}),
  })),
  plans: { 'studio@2': { rank: 2 } },
  catalogue: { seats: 1 },
  rules: {},
});
const hashes = [...snapshot.objects.keys()];
const draw = drawFrom(seed);
const pick = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)] as T;

/** Reads everything a release holds and says how many objects lie below its tree; throws when one is not right. */
async function readAll(get: GetObjects): Promise<number> {
  const release = await readRelease(get, snapshot.root);
  const refs = [...Object.values(release.plans), release.catalogue, release.rules];
  for await (const { leaf, record } of listCustomers(get, release)) refs.push(leaf, ...(record ? [record] : []));
  return (await readObjects(get, refs)).size;
}

const serving =
  (objects: ReadonlyMap<string, Uint8Array>): GetObjects =>
  async (wanted) =>
    new Map(wanted.flatMap((hash) => (objects.has(hash) ? [[hash, objects.get(hash) as Uint8Array]] : [])));

const flipBit = (bytes: Uint8Array): Uint8Array => {
  const damaged = Uint8Array.from(bytes);
  const at = Math.floor(draw() * damaged.length);
  damaged[at] = (damaged[at] as number) ^ (1 << Math.floor(draw() * 8));
  return damaged;
};

/** Each damages one object and gives its hash and what must be said about it. */
const damages: [string, number, (objects: Map<string, Uint8Array>) => [string, SnapshotError['reason'][]]][] = [
  [
    'a flipped bit',
    timesFrom('PROVISO_FLIPS', 3_000),
    (objects) => {
      const hash = pick(hashes);
      objects.set(hash, flipBit(objects.get(hash) as Uint8Array));
      return [hash, ['hash']];
    },
  ],
  [
    'a cut',
    500,
    (objects) => {
      const hash = pick(hashes);
      const bytes = objects.get(hash) as Uint8Array;
      objects.set(hash, bytes.subarray(0, Math.floor(draw() * bytes.length)));
      return [hash, ['size', 'hash']];
    },
  ],
  [
    'a missing object',
    500,
    (objects) => {
      const hash = pick(hashes);
      objects.delete(hash);
      return [hash, ['missing']];
    },
  ],
  [
    'another object in its place',
    500,
    (objects) => {
      const hash = pick(hashes);
      objects.set(hash, objects.get(pick(hashes.filter((other) => other !== hash))) as Uint8Array);
      return [hash, ['size', 'hash']];
    },
  ],
  [
    'bytes without end',
    50,
    (objects) => {
      const hash = pick(hashes);
      objects.set(hash, Buffer.concat([objects.get(hash) as Uint8Array, Buffer.alloc(2_000_000)]));
      return [hash, ['size']];
    },
  ],
];

describe('damage is named and never served', () => {
  test('and without damage everything is read', async () => {
    expect(await readAll(serving(snapshot.objects))).toBe(260 + 26 + 3);
  });

  test.each(damages)(`%s, %i times (seed ${seed})`, async (_, times, damage) => {
    for (let round = 0; round < times; round += 1) {
      const objects = new Map(snapshot.objects);
      const [hash, reasons] = damage(objects);
      const error: unknown = await readAll(serving(objects)).catch((caught) => caught);
      expect(error).toBeInstanceOf(SnapshotError);
      expect([(error as SnapshotError).object, reasons]).toEqual([
        hash,
        expect.arrayContaining([(error as SnapshotError).reason]),
      ]);
    }
  });

  test(`a flipped bit in a file of the store, 2000 times (seed ${seed})`, async () => {
    const disk = new MemoryDisk();
    await openFileStore('/store', disk).putAll(snapshot.objects);
    const [[file, whole]] = [...disk.files] as [[number, Buffer]];
    for (let round = 0; round < timesFrom('PROVISO_FLIPS', 2_000); round += 1) {
      disk.files.set(file, Buffer.from(flipBit(whole)));
      const store = openFileStore('/store', disk);
      const error: unknown = await readAll((wanted) => store.get(wanted)).catch((caught) => caught);
      expect(error instanceof SnapshotError || error instanceof StoreError).toBe(true);
    }
  });

  test('a root larger than any object', async () => {
    const bytes = Buffer.alloc(1_048_577, 0x20);
    const root = sha256(bytes);
    await expect(readRelease(serving(new Map([[root, bytes]])), root)).rejects.toMatchObject({
      reason: 'size',
      object: root,
    });
  });

  test.each<[string, unknown]>([
    ['no object', 7],
    ['another version', { v: 2 }],
    ['no plans', { v: 1 }],
    ['a plan without a hash', { v: 1, plans: { a: {} } }],
    ['no customers', { v: 1, plans: {} }],
    ['a row too short', { v: 1, plans: {}, customers: { entries: [[sha256('a')]] } }],
    ['a row with a bad hash', { v: 1, plans: {}, customers: { entries: [[sha256('a'), 'x', 1]] } }],
    ['a branch that is no byte', { v: 1, plans: {}, customers: { children: [[256, sha256('a'), 1, 1]] } }],
    ['a branch larger than any object', { v: 1, plans: {}, customers: { children: [[1, sha256('a'), 1e9, 1]] } }],
    ['no catalogue', { v: 1, plans: {}, customers: { entries: [] } }],
  ])('a root with %s', async (_, value) => {
    const bytes = Buffer.from(JSON.stringify(value));
    const root = sha256(bytes);
    await expect(readRelease(serving(new Map([[root, bytes]])), root)).rejects.toMatchObject({
      reason: 'form',
      object: root,
    });
  });

  test('an account of nobody', async () => {
    const bytes = Buffer.from(
      JSON.stringify({
        v: 1,
        plans: {},
        customers: { entries: [[sha256('u'), 'gone']] },
        catalogue: { hash: sha256('a'), size: 1 },
        rules: { hash: sha256('a'), size: 1 },
      }),
    );
    const get = serving(new Map([[sha256(bytes), bytes]]));
    const release = await readRelease(get, sha256(bytes));
    await expect(findCustomer(get, release, 'u')).rejects.toMatchObject({ reason: 'form' });
  });
});
