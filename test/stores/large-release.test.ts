import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { assembleSnapshot, type Snapshot } from '../../runtime/snapshot/release.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { type Places, type RunningPlaces, storePlaces } from '../contract/places.ts';
import { sampleRequest, sampleTools } from '../fixtures/release/sample.ts';
import { isMissing } from '../fixtures/servers/server.ts';

const kinds = process.env.PROVISO_LARGE === 'all' ? Object.keys(storePlaces) : ['file'];
const sizes = [1_000, 10_000, 100_000] as const;

/** Nodes between the root object and a customer's leaf, none where all customers fit into the root's own bucket. */
const levels = (customers: number): number => Math.max(0, Math.ceil(Math.log(customers / 256) / Math.log(256)));

const release = (customers: number, changed = -1): Snapshot =>
  assembleSnapshot({
    customers: (function* () {
      for (let index = 0; index < customers; index += 1) {
        const seats = index === changed ? 99 : index % 50;
        yield {
          id: `customer-${index}`,
          leaf: { customer: `customer-${index}`, seats },
          record: { why: index, seats },
        };
      }
    })(),
    plans: { 'studio@2': { plan: 'studio@2' } },
    catalogue: { seats: 'limit' },
    rules: {},
  });

interface Counted {
  store: WriteStore;
  counts: { written: number; read: number; asked: number };
}

function counted(store: WriteStore): Counted {
  const counts = { written: 0, read: 0, asked: 0 };
  return {
    counts,
    store: {
      ...store,
      get: (hashes) => {
        counts.read += hashes.length;
        return store.get(hashes);
      },
      has: (hashes) => {
        const list = [...hashes];
        counts.asked += list.length;
        return store.has(list);
      },
      putAll: (objects) => {
        counts.written += objects.size;
        return store.putAll(objects);
      },
    },
  };
}

describe.each(kinds)('one changed customer of many in a %s store', (kind) => {
  const places = storePlaces[kind] as Places;
  const cost = new Map<number, Counted['counts']>();
  let running: RunningPlaces | undefined;

  beforeAll(async () => {
    if (isMissing(places.needs)) return;
    running = await places.start();
  }, 60_000);
  afterAll(() => running?.stop());

  test.skipIf(isMissing(places.needs)).each(sizes)(
    'writes its leaf, its record and the nodes above them: of %i',
    async (customers) => {
      const store = await openStore((await running?.fresh()) as string);
      await store.init?.();
      const first = release(customers);
      const tools = (over: WriteStore, snapshot: Snapshot) => sampleTools(over, () => snapshot);
      expect(await publish(tools(store, first), sampleRequest('c1'))).toMatchObject({
        outcome: 'published',
        customers,
        written: { objects: first.objects.size },
      });
      const { store: counting, counts } = counted(store);
      const second = release(customers, 0);
      const result = await publish(tools(counting, second), sampleRequest('c2'));
      // Root, leaf, record, and a node a level.
      const objects = 3 + levels(customers);
      expect(result).toMatchObject({ outcome: 'published', release: 2, written: { objects } });
      expect(counts.written).toBe(objects);
      cost.set(customers, counts);
      await store.close();
    },
    600_000,
  );

  test.skipIf(isMissing(places.needs))('asks no more of the store where there are a hundred times as many', () => {
    const [small, middle, large] = sizes.map((size) => cost.get(size) as Counted['counts']);
    expect(middle?.asked).toBe((small?.asked ?? 0) + levels(10_000) - levels(1_000));
    expect(large?.asked).toBe((middle?.asked ?? 0) + levels(100_000) - levels(10_000));
    expect(large?.read).toBeLessThanOrEqual((small?.read ?? 0) + 2);
  });
});
