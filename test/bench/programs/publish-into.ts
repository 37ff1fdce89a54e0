/**
 * `publish-into <kind>`: publishes 10,000 customers into new stores of a kind, and puts the same bytes there with the store's
 * own bulk primitive, in turn; then changes one customer of 10,000 and of 100,000.
 */
import { publish } from '../../../engine/publish/publish.ts';
import { assembleSnapshot, type Snapshot } from '../../../runtime/snapshot/release.ts';
import { openStore } from '../../../runtime/stores/registry.ts';
import type { WriteStore } from '../../../runtime/stores/store.ts';
import { storePlaces } from '../../contract/places.ts';
import { median } from '../measure.ts';
import { bulkPrimitives } from './bulk-primitives.ts';
import { tell } from './tell.ts';

const [kind = 'file'] = process.argv.slice(2);
const ROUNDS = 5;
const CHANGES = 7;

const places = await storePlaces[kind]?.start();
const putAtOnce = bulkPrimitives[kind];
if (!places || !putAtOnce) throw new Error(`there is no store of kind ${kind}`);

/** Two kilobytes a customer, no two alike. */
const release = (customers: number, first = 0): Snapshot =>
  assembleSnapshot({
    customers: (function* () {
      for (let index = 0; index < customers; index += 1) {
        const words = Array.from({ length: 160 }, (_, word) => ((index + 1) * (word + 7) * 2_654_435_761).toString(36));
        yield { id: `customer-${index}`, leaf: { seats: index === 0 ? first : index, notes: words.join(' ') } };
      }
    })(),
    plans: {},
    catalogue: {},
    rules: {},
  });

const target = { repo: 'bench', env: 'local', channel: 'stable', staleAfterMs: 7_200_000 };

async function publishTo(store: WriteStore, snapshot: Snapshot, commit: string): Promise<number> {
  const begun = performance.now();
  const { outcome } = await publish(
    {
      store,
      now: () => new Date(),
      pause: async () => {},
      ancestry: async () => 'ancestor',
      assemble: () => snapshot,
    },
    { ...target, commit, policyDigest: 'none', evidence: 'none' },
  );
  if (outcome !== 'published') throw new Error(`publish ended with ${outcome}`);
  return performance.now() - begun;
}

async function fresh(): Promise<{ store: WriteStore; url: string }> {
  const url = (await places?.fresh()) as string;
  const store = await openStore(url);
  await store.init?.();
  // The connection is there before the time is taken.
  await store.getHead('local', 'stable');
  return { store, url };
}

async function changeOne(customers: number): Promise<number> {
  const { store } = await fresh();
  await publishTo(store, release(customers), 'c0');
  const times: number[] = [];
  for (let change = 1; change <= CHANGES; change += 1)
    times.push(await publishTo(store, release(customers, -change), `c${change}`));
  await store.close();
  return median(times.slice(2));
}

const times = { store: [] as number[], bulk: [] as number[] };
const snapshot = release(10_000);
for (let round = 0; round <= ROUNDS; round += 1) {
  const { store, url } = await fresh();
  const took = await publishTo(store, snapshot, 'c0');
  const begun = performance.now();
  await putAtOnce(url, snapshot.objects);
  const bulk = performance.now() - begun;
  await store.close();
  // The first round warms both sides.
  if (round === 0) continue;
  times.store.push(took);
  times.bulk.push(bulk);
}
const [small, large] = [await changeOne(10_000), await changeOne(100_000)];
await places.stop();
tell({ store: median(times.store), bulk: median(times.bulk), small, large });
