import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMeter } from '../../../runtime/enforce/index.ts';
import { openTerms, type Terms } from '../../../runtime/index.ts';
import { openFileStore } from '../../../runtime/stores/file.ts';
import { meterPlaces, type RunningPlace } from '../../fixtures/enforce/meter-places.ts';
import { type Metered, publishMetered } from '../../fixtures/enforce/metered-company.ts';
import { startConsumer } from '../../fixtures/enforce/start-consumer.ts';
import { timesFrom } from '../../fixtures/release/counts.ts';
import { isMissing } from '../../fixtures/servers/server.ts';

const consumers = timesFrom('PROVISO_CONSUMERS', 10);
const now = (): number => Date.parse('2026-02-10T12:00:00Z');
const LIMIT = 1003;

let folder: string;
let terms: Terms<Metered>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-test-'));
  await publishMetered(openFileStore(folder));
  terms = await openTerms<Metered>({ store: `file:${folder}`, follow: false, now });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const kind of ['Redis', 'PostgreSQL'] as const) {
  const places = meterPlaces[kind];
  describe.skipIf(isMissing(places?.needs))(`many processes that use one limit in ${kind}`, () => {
    let running: RunningPlace;
    beforeAll(async () => {
      running = (await places?.start()) as RunningPlace;
    });
    afterAll(() => running?.stop());

    const usedOf = async (prefix: string, key: 'monthly' | 'seats'): Promise<number | undefined> => {
      const meter = await openMeter({ in: running.url, prefix, now, patience: 20_000 });
      const { used } = await meter.peek(terms.account({ account: 'u_huge', plan: 'huge@1' }), key);
      await meter.close();
      return used;
    };

    test(`${consumers} of them are granted all of it and no more`, {
      timeout: 60_000 + consumers * 5_000,
    }, async () => {
      const all = Array.from({ length: consumers }, (_, index) =>
        startConsumer(`file:${folder}`, running.url, 'race', 'monthly', String(index + 1)),
      );
      await Promise.all(all.map(({ ready }) => ready));
      for (const { begin } of all) begin();
      expect(await Promise.all(all.map(({ ended }) => ended))).toEqual(all.map(() => ''));
      // A machine that is too busy for so many connections at once keeps some from going on; the count stays what it is.
      const troubles = all.flatMap(({ lines }) => lines.filter((line) => line.startsWith('trouble ')));
      if (troubles.length > 0) console.info(`${troubles.length} troubles, such as: ${troubles[0]}`);
      const granted = all.map(({ lines }) => Number(/^granted (\d+)$/.exec(lines.at(-1) ?? '')?.[1]));
      expect(granted.reduce((sum, each) => sum + each, 0)).toBe(LIMIT);
      expect(granted.filter((each) => each > 0).length).toBeGreaterThan(1);
      expect(await usedOf('race', 'monthly')).toBe(LIMIT);
    });

    test('leave nothing behind of what they were refused, also where they are killed', async () => {
      const meter = await openMeter({ in: running.url, prefix: 'kill', now, patience: 20_000 });
      await meter.consume(terms.account({ account: 'u_huge', plan: 'huge@1' }), 'seats', LIMIT - 4);
      await meter.close();
      const all = [1, 2, 3, 4].map((seed) =>
        startConsumer(`file:${folder}`, running.url, 'kill', 'seats', String(seed), 'always'),
      );
      await Promise.all(all.map(({ ready }) => ready));
      for (const { begin } of all) begin();
      for (const [index, { process: child, lines, ended }] of all.entries()) {
        while (lines.length < 50 + 17 * index && child.exitCode === null)
          await new Promise((resolve) => setTimeout(resolve, 1));
        child.kill('SIGKILL');
        expect(await ended).toBe('');
        expect(lines.filter((line) => line !== 'asked')).toEqual([]);
      }
      expect(await usedOf('kill', 'seats')).toBe(LIMIT - 4);
    });
  });
}

describe.skipIf(isMissing('redis-server'))('the package on its own', () => {
  test('adds what it refuses, which is why it is not asked so', async () => {
    const running = (await meterPlaces.Redis?.start()) as RunningPlace;
    const client = createClient({ url: running.url });
    await client.connect();
    const limiter = new RateLimiterRedis({ storeClient: client, useRedisPackage: true, points: 10, duration: 60 });
    await limiter.consume('a', 8);
    await expect(limiter.consume('a', 5)).rejects.toMatchObject({ consumedPoints: 13 });
    await expect(limiter.consume('a', 1)).rejects.toMatchObject({ consumedPoints: 14 });
    client.destroy();
    await running.stop();
  });
});
