import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollback } from '../../../engine/publish/rollback.ts';
import { openStore } from '../../../runtime/stores/registry.ts';
import type { WriteStore } from '../../../runtime/stores/store.ts';
import { type RunningPlaces, storePlaces } from '../../contract/places.ts';
import { type Fleet, startFleet } from '../../fixtures/client/start-fleet.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { timesFrom } from '../../fixtures/release/counts.ts';
import { company, publishCompany } from '../../fixtures/release/published-company.ts';
import { sampleTarget } from '../../fixtures/release/sample.ts';
import { isMissing } from '../../fixtures/servers/server.ts';

const products = timesFrom('PROVISO_FLEET', 20);
const PROCESSES = 4;

/** After how long 99 of a hundred had it. */
const shown = (since: number, arrivals: readonly number[]): string => {
  const after = arrivals.map((at) => at - since).sort((a, b) => a - b);
  return `99 % after ${((after[Math.ceil(after.length * 0.99) - 1] ?? Number.NaN) / 1_000).toFixed(2)} s`;
};

for (const kind of ['file', 'redis']) {
  const places = storePlaces[kind];
  describe.skipIf(isMissing(places?.needs))(`${products} products over a store of kind ${kind}`, () => {
    let running: RunningPlaces;
    let store: WriteStore;
    let since = 0;
    let fleet: Fleet;
    beforeAll(
      async () => {
        running = (await places?.start()) as RunningPlaces;
        const url = await running.fresh();
        const opened = await openStore(url);
        await opened.init?.();
        // The time is taken from the swap on: what is put before it is seen by nobody.
        store = Object.assign(Object.create(opened) as WriteStore, {
          casHead(...args: Parameters<WriteStore['casHead']>) {
            since = Date.now();
            return opened.casHead(...args);
          },
        });
        await publishCompany(store, 'c1');
        fleet = await startFleet(url, products, Math.min(PROCESSES, products));
      },
      120_000 + products * 500,
    );
    afterAll(async () => {
      await fleet?.stop();
      await store?.close();
      await running?.stop();
    });

    test('all go on to what is published, and to what is rolled back to, without being asked', {
      timeout: 180_000,
    }, async () => {
      await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 7'));
      const published = await fleet.arrivals(2);
      console.info(`${kind}, ${products} products, published: ${shown(since, published)}`);
      const tools = { store, now: () => new Date('2026-06-03T00:00:00Z'), pause: async () => {} };
      expect(await rollback(tools, { ...sampleTarget, toRelease: 1 })).toMatchObject({
        outcome: 'published',
        release: 3,
      });
      const back = await fleet.arrivals(3);
      console.info(`${kind}, ${products} products, rolled back: ${shown(since, back)}`);
      expect([published.length, back.length]).toEqual([products, products]);
    });
  });
}
