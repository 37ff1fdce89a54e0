import { expect, test } from 'vitest';
import { boundedCache } from '../../../runtime/client/bounded-cache.ts';
import { openTerms, StoreError } from '../../../runtime/index.ts';
import { steadyStore } from '../../fixtures/client/scripted-store.ts';
import { customersOf, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../../fixtures/release/published-company.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const line = await signedLine(4);
const DAYS = ['2026-01-01', '2026-06-01', '2026-06-03', '2026-12-31', '2027-01-01', '2027-06-03'];

test('who reads customers lazily is answered what who holds them all is, on every day', async () => {
  const store = new MemoryStore();
  await publishCompany(store, 'c1');
  for (const day of DAYS) {
    const options = { store, follow: false, now: () => Date.parse(`${day}T00:00:00Z`) };
    const whole = await openTerms<typeof settings>(options);
    const lazy = await openTerms<typeof settings>({ ...options, load: 'lazy', keep: 2 });
    const names = Object.keys(company).flatMap((path) => /^customers\/(.+)\.yaml$/.exec(path)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(7);
    for (const name of [...names, 'acc_77', 'nobody', '']) {
      expect(JSON.stringify(await lazy.customer(name))).toBe(JSON.stringify(whole.customer(name)));
      const asked = { account: name, plan: 'studio@2', quantities: { storageGb: 2 } };
      const answers = [() => whole.account(asked), () => lazy.account(asked)].map(async (ask) => {
        try {
          return JSON.stringify(await ask());
        } catch (error) {
          return String(error);
        }
      });
      const [one, other] = await Promise.all(answers);
      expect(one).toBe(other);
    }
  }
});

test('of what is read lazily only so many customers are kept, and what was forgotten is not read from the store again', async () => {
  const store = steadyStore(line);
  const asked: string[] = [];
  const get = store.get.bind(store);
  store.get = async (hashes) => {
    asked.push(...hashes);
    return get(hashes);
  };
  const terms = await openTerms({ store, keys: line.pinned.envelope, follow: false, load: 'lazy', keep: 1 });
  asked.length = 0;
  for (let round = 0; round < 3; round += 1)
    for (const id of customersOf) expect((await terms.customer(id))?.value('seats')).toBe(seatsOf(1));
  expect(asked.length).toBe(customersOf.length);
  await terms.close();
});

test('what is kept never weighs more than it may, and is what was used last', () => {
  const draw = drawFrom(seed);
  const cache = boundedCache<number>(100);
  const model = new Map<string, { value: number; weight: number }>();
  const total = (): number => [...model.values()].reduce((sum, { weight }) => sum + weight, 0);
  for (let step = 0; step < 20_000; step += 1) {
    const key = `k${Math.floor(draw() * 60)}`;
    const weight = 1 + Math.floor(draw() * (draw() < 0.01 ? 200 : 9));
    const known = model.get(key);
    if (draw() < 0.4) {
      expect(cache.get(key), `PROVISO_SEED=${seed}`).toBe(known?.value);
      if (known) {
        model.delete(key);
        model.set(key, known);
      }
    } else if (draw() < 0.1) {
      cache.delete(key);
      model.delete(key);
    } else {
      cache.set(key, step, weight);
      model.delete(key);
      model.set(key, { value: step, weight });
      for (const oldest of model.keys()) {
        if (total() <= 100) break;
        model.delete(oldest);
      }
    }
  }
});

test('a lazy reader starts from its cache, and answers every customer from there while the store is down', async () => {
  const cache = temporaryFolder();
  const store = steadyStore(line);
  const options = { keys: line.pinned.envelope, follow: false, load: 'lazy', cache } as const;
  for (const n of [1, 2]) {
    store.published = n;
    const terms = await openTerms({ store, ...options });
    for (const id of customersOf) await terms.customer(id);
    // What is kept beside the start is kept before the next look returns.
    await terms.refresh();
    await terms.close();
  }
  store.behaviour = { head: 'unavailable', objects: 'unavailable' };
  const terms = await openTerms({ store, ...options });
  expect([terms.release.n, terms.freshness.source]).toEqual([2, 'disk']);
  for (const id of customersOf) expect((await terms.customer(id))?.value('seats')).toBe(seatsOf(2));
  // A customer it does not know is not there; that is no failure of the store.
  expect(await terms.customer('nobody')).toBeUndefined();
  await terms.close();
});

test('a customer that nothing holds while the store is down is a failure, never a default', async () => {
  const store = steadyStore(line);
  const terms = await openTerms({ store, keys: line.pinned.envelope, follow: false, load: 'lazy' });
  store.behaviour = { head: 'unavailable', objects: 'unavailable' };
  await expect(terms.customer('mill')).rejects.toThrow(StoreError);
  store.behaviour = { head: 'fine', objects: 'fine' };
  expect((await terms.customer('mill'))?.value('seats')).toBe(seatsOf(1));
  await terms.close();
});
