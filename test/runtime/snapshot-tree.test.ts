import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import { compareReleases, compareTrees } from '../../runtime/snapshot/compare.ts';
import { findCustomer, listCustomers, listObjects } from '../../runtime/snapshot/find.ts';
import { type GetObjects, readObject } from '../../runtime/snapshot/object.ts';
import { assembleSnapshot, readRelease, type Snapshot } from '../../runtime/snapshot/release.ts';
import { bucketSize, buildTree, encodeNode, keyOf } from '../../runtime/snapshot/tree.ts';

interface Customer {
  id: string;
  account?: string;
  leaf: unknown;
  record?: unknown;
}

const assemble = (customers: Iterable<Customer>): Snapshot =>
  assembleSnapshot({ customers, plans: { 'studio@2': { rank: 2 } }, catalogue: { seats: 1 }, rules: { roles: [] } });

/** Reads from these releases and counts what was asked for. */
function reading(...snapshots: Snapshot[]): GetObjects & { asked: string[] } {
  const asked: string[] = [];
  const get: GetObjects = async (hashes) => {
    asked.push(...hashes);
    const found = new Map<string, Uint8Array>();
    for (const hash of hashes)
      for (const { objects } of snapshots) {
        const bytes = objects.get(hash);
        if (bytes) found.set(hash, bytes);
      }
    return found;
  };
  return Object.assign(get, { asked });
}

const customer = (index: number, seats = 0): Customer => ({
  id: `c-${index}`,
  leaf: { customer: `c-${index}`, seats },
});

/** Sets of customers around the sizes at which the tree changes its shape. */
const customerSets = fc
  .record({
    count: fc.oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 250, max: 265 }),
      fc.integer({ min: 266, max: 900 }),
    ),
    offset: fc.integer({ min: 0, max: 50 }),
    seats: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
    accounts: fc.integer({ min: 1, max: 9 }),
    records: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ count, offset, seats, accounts, records }) =>
    Array.from({ length: count }, (_, index): Customer => {
      const at = offset + index;
      return {
        ...customer(at, seats[at % seats.length]),
        ...(at % accounts === 1 ? { account: `acct_${at}` } : {}),
        ...(at % records === 0 ? { record: { why: at % seats.length } } : {}),
      };
    }),
  );

describe('a release', () => {
  test('has one root, whatever the order of customers', async () => {
    await fc.assert(
      fc.asyncProperty(customerSets, fc.infiniteStream(fc.nat()), async (customers, numbers) => {
        const shuffled = customers
          .map((each) => ({ each, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const [one, other] = [assemble(customers), assemble(shuffled)];
        expect(other.root).toBe(one.root);
        expect([...other.objects.keys()].sort()).toEqual([...one.objects.keys()].sort());
        expect(one.count).toBe(customers.length);
      }),
      { numRuns: 30 },
    );
  });

  test('finds every customer by id and by account, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(customerSets, async (customers) => {
        const snapshot = assemble(customers);
        const get = reading(snapshot);
        const release = await readRelease(get, snapshot.root);
        for (const { id, account, leaf, record } of customers.slice(0, 40)) {
          for (const name of account ? [id, account] : [id]) {
            const found = await findCustomer(get, release, name);
            expect(found && (await readObject(get, found.leaf))).toEqual(leaf);
            expect(found?.record && (await readObject(get, found.record))).toEqual(record);
          }
        }
        for (const name of ['', 'nobody', 'c--1', 'acct_x'])
          expect(await findCustomer(get, release, name)).toBeUndefined();
        const listed: string[] = [];
        for await (const { key } of listCustomers(get, release)) listed.push(key);
        expect(listed).toEqual(customers.map(({ id }) => keyOf(id)).sort());
      }),
      { numRuns: 20 },
    );
  });

  test('lists exactly the objects it holds', async () => {
    await fc.assert(
      fc.asyncProperty(customerSets, async (customers) => {
        const snapshot = assemble(customers);
        const listed = new Set<string>();
        for await (const hash of listObjects(reading(snapshot), snapshot.root)) listed.add(hash);
        expect([...listed].sort()).toEqual([...snapshot.objects.keys()].sort());
      }),
      { numRuns: 20 },
    );
  });

  test('keeps plans, catalogue and rules beside the customers', async () => {
    const snapshot = assemble([customer(1)]);
    const get = reading(snapshot);
    const { plans, catalogue, rules } = await readRelease(get, snapshot.root);
    expect(Object.keys(plans)).toEqual(['studio@2']);
    expect(await readObject(get, plans['studio@2'] as never)).toEqual({ rank: 2 });
    expect(await readObject(get, catalogue)).toEqual({ seats: 1 });
    expect(await readObject(get, rules)).toEqual({ roles: [] });
  });

  test('has the root it always had', () => {
    const few = [customer(1), { ...customer(2), account: 'u_2', record: { why: 'x' } }];
    expect(assemble(few).root).toBe('ccdd58cbefad43ee0afeda85a1feb4ae869be23f546614f5721b2897e014c0c2');
    expect(assemble(Array.from({ length: 1_000 }, (_, index) => customer(index))).root).toBe(
      '0fede8ce4a31e874fac501885fe995146a4e09ae6263b30ce3bdc28f837295fd',
    );
  });

  test.each<[string, Customer[]]>([
    ['one id', [customer(1), customer(1)]],
    [
      'one account',
      [
        { ...customer(1), account: 'u' },
        { ...customer(2), account: 'u' },
      ],
    ],
    ['the id of one and the account of the other', [customer(1), { ...customer(2), account: 'c-1' }]],
  ])('is refused when two customers share %s', (_, customers) => {
    expect(() => assemble(customers)).toThrow(RangeError);
  });
});

describe('the comparison of two releases', () => {
  test('equals a comparison by hand', async () => {
    await fc.assert(
      fc.asyncProperty(customerSets, customerSets, async (before, after) => {
        const [old, now] = [assemble(before), assemble(after)];
        const get = reading(old, now);
        const changes = await compareTrees(get, await readRelease(get, old.root), await readRelease(get, now.root));
        const by = (customers: Customer[]) => new Map(customers.map((each) => [each.id, each]));
        const [had, has] = [by(before), by(after)];
        const keys = (ids: Iterable<string>): string[] => [...ids].map(keyOf).sort();
        const differs = (id: string): boolean => {
          const content = (each?: Customer): string => JSON.stringify([each?.leaf, each?.record]);
          return had.has(id) && has.has(id) && content(had.get(id)) !== content(has.get(id));
        };
        expect(changes.added.map(({ key }) => key)).toEqual(keys([...has.keys()].filter((id) => !had.has(id))));
        expect(changes.removed.map(({ key }) => key)).toEqual(keys([...had.keys()].filter((id) => !has.has(id))));
        expect(changes.changed.map(({ before: { key } }) => key)).toEqual(keys([...has.keys()].filter(differs)));
        expect(changes.changed.map(({ after: { key } }) => key)).toEqual(
          changes.changed.map(({ before: { key } }) => key),
        );

        const releases = [await readRelease(get, old.root), await readRelease(get, now.root)] as const;
        const { needed: fresh } = await compareReleases(get, ...releases);
        for (const hash of now.objects.keys()) if (!old.objects.has(hash)) expect(fresh).toContain(hash);
        for (const hash of fresh) expect(now.objects.has(hash)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('of a release with itself reads nothing', async () => {
    const snapshot = assemble(Array.from({ length: 600 }, (_, index) => customer(index)));
    const get = reading(snapshot);
    const release = await readRelease(get, snapshot.root);
    get.asked.length = 0;
    expect(await compareTrees(get, release, release)).toEqual({ added: [], removed: [], changed: [] });
    expect((await compareReleases(get, release, release)).needed).toEqual(new Set());
    expect(get.asked).toEqual([]);
  });
});

describe('among 100,000 customers', () => {
  const count = 100_000;
  let customers: Customer[];
  let before: Snapshot;
  beforeAll(() => {
    customers = Array.from({ length: count }, (_, index) => ({ ...customer(index), record: { r: index } }));
    before = assemble(customers);
  });
  const withChange = (at: number, change: Partial<Customer>): Snapshot =>
    assemble(customers.map((each, index) => (index === at ? { ...each, ...change } : each)));
  const written = (after: Snapshot): number =>
    [...after.objects.keys()].filter((hash) => !before.objects.has(hash)).length;
  const depth = 2;

  test('a changed customer writes at most depth + 3 objects, and four when its record stays', async () => {
    const leaf = { customer: 'c-77', seats: 99 };
    const leafOnly = withChange(77, { leaf });
    expect(written(leafOnly)).toBeLessThanOrEqual(4);
    expect(written(withChange(77, { leaf, record: { r: 'new' } }))).toBeLessThanOrEqual(depth + 3);

    const get = reading(before, leafOnly);
    const [old, now] = [await readRelease(get, before.root), await readRelease(get, leafOnly.root)];
    get.asked.length = 0;
    const { changed, added, removed } = await compareTrees(get, old, now);
    expect([changed.map(({ after }) => after.key), added, removed]).toEqual([[keyOf('c-77')], [], []]);
    expect(get.asked.length).toBeLessThanOrEqual(2 * depth);
    expect((await compareReleases(get, old, now)).needed.size).toBe(written(leafOnly));
  });

  test('a look-up reads one node a level', async () => {
    const get = reading(before);
    const release = await readRelease(get, before.root);
    get.asked.length = 0;
    const found = await findCustomer(get, release, 'c-99999');
    expect(found && (await readObject(get, found.leaf))).toEqual(customers[99_999]?.leaf);
    expect(get.asked.length).toBe(depth + 1);
  });
});

test('a full bucket is small enough to be read as one object', () => {
  const largest = { hash: keyOf('x'), size: 1_048_576 };
  const entries = Array.from({ length: bucketSize }, (_, index) => ({
    key: keyOf(`${index}`),
    leaf: largest,
    record: largest,
  }));
  const objects = new Map<string, Uint8Array>();
  expect(canonicalJson(encodeNode(buildTree(entries, objects))).length).toBeLessThanOrEqual(65_536);
  expect(objects.size).toBe(0);
});
