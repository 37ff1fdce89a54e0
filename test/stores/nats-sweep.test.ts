import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { timesFrom } from '../fixtures/release/counts.ts';
import { startNatsPlaces } from '../fixtures/servers/nats.ts';
import { isMissing } from '../fixtures/servers/server.ts';

const rounds = timesFrom('PROVISO_SWEEPS', 10);

describe.skipIf(isMissing('nats-server'))('a sweep of NATS (nats-server)', () => {
  let running: Awaited<ReturnType<typeof startNatsPlaces>>;
  beforeAll(async () => {
    running = await startNatsPlaces();
  }, 60_000);
  afterAll(() => running?.stop());

  test('never takes what somebody was told is there', { timeout: 10_000 + rounds * 2_000 }, async () => {
    const url = await running.fresh();
    const [sweeper, publisher] = [await openStore(url), await openStore(url)];
    let [kept, swept] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const texts = Array.from({ length: 300 }, (_, index) => `object ${round} ${index}`);
      await publisher.putAll(new Map(texts.map((text) => [sha256(text), Buffer.from(text)])));
      const written = Date.now();
      while (Date.now() <= written + 2) await new Promise((resolve) => setImmediate(resolve));
      const between = new Date();
      const [told, tally] = await Promise.all([publisher.has(texts.map(sha256)), sweeper.sweep(new Set(), between)]);
      expect([...(await sweeper.get([...told])).keys()].sort()).toEqual([...told].sort());
      kept += told.size;
      swept += tally.objects;
    }
    expect(kept + swept).toBeGreaterThanOrEqual(300 * rounds);
    await sweeper.close();
    await publisher.close();
  });

  test('goes through more objects than it looks at at a time', { timeout: 30_000 }, async () => {
    const store = await openStore(await running.fresh());
    const texts = Array.from({ length: 5_001 }, (_, index) => `object ${index}`);
    await store.putAll(new Map(texts.map((text) => [sha256(text), Buffer.from(text)])));
    const keep = new Set(texts.filter((_, index) => index % 100 === 0).map(sha256));
    expect((await store.sweep(keep, new Date(Date.now() + 60_000))).objects).toBe(5_001 - keep.size);
    expect(new Set((await store.get(texts.map(sha256))).keys())).toEqual(keep);
    await store.close();
  });
});
