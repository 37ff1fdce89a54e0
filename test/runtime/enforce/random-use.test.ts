import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMeter } from '../../../runtime/enforce/index.ts';
import type { Terms } from '../../../runtime/index.ts';
import { meterPlaces, type RunningPlace } from '../../fixtures/enforce/meter-places.ts';
import { type Metered, openMetered } from '../../fixtures/enforce/metered-company.ts';
import { seed, timesFrom } from '../../fixtures/release/counts.ts';
import { isMissing } from '../../fixtures/servers/server.ts';

const sequences = timesFrom('PROVISO_USES', 100);
const FIRST = Date.parse('2028-02-28T22:30:00Z');
const plans = { 'small@1': { monthly: 10, hourly: 10, seats: 10 }, 'none@1': { monthly: 0, hourly: 10, seats: 0 } };
type Key = 'monthly' | 'hourly' | 'seats';

const step = fc.record({
  /** Minutes that pass before. */
  later: fc.constantFrom(0, 0, 0, 20, 45, 60 * 26),
  does: fc.constantFrom('use', 'use', 'use', 'back'),
  key: fc.constantFrom<Key>('monthly', 'hourly', 'seats'),
  n: fc.integer({ min: 1, max: 12 }),
  plan: fc.constantFrom<(keyof typeof plans)[]>('small@1', 'small@1', 'none@1'),
  grace: fc.constantFrom(undefined, undefined, 3),
});

/** Where use counts, worked out from the text of the clock. */
const windowIn: Readonly<Record<Key, (clock: string) => string>> = {
  monthly: (clock) => clock.slice(0, 7),
  hourly: (clock) => clock.slice(0, 13),
  seats: () => 'ever',
};

for (const [kind, places] of Object.entries(meterPlaces))
  describe.skipIf(isMissing(places.needs))(`random use in ${kind}`, () => {
    let running: RunningPlace;
    let terms: Terms<Metered>;
    const clock = { now: FIRST };
    const now = (): number => clock.now;
    beforeAll(async () => {
      running = await places.start();
      terms = await openMetered(now);
    });
    afterAll(() => running?.stop());

    test('is counted as a naive model counts it', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
          clock.now = FIRST;
          const meter = await openMeter({ in: running.url, prefix: `run-${(run += 1)}`, now, patience: 20_000 });
          const counts = new Map<string, number>();
          for (const { later, does, key, n, plan, grace } of steps) {
            clock.now += later * 60_000;
            const customer = terms.account({ account: 'u_1', plan });
            const place = `${key} ${windowIn[key](new Date(clock.now).toISOString())}`;
            const before = counts.get(place) ?? 0;
            const limit = plans[plan][key];
            if (does === 'back') {
              counts.set(place, Math.max(0, before - n));
              expect((await meter.giveBack(customer, key, n)).used).toBe(counts.get(place));
              continue;
            }
            const isGranted = before + n <= limit + (grace ?? 0);
            const used = isGranted ? before + n : before;
            counts.set(place, used);
            const { granted, remaining, over, ...told } = await meter.consume(
              customer,
              key,
              n,
              grace === undefined ? {} : { grace },
            );
            expect([granted, told.used, told.limit]).toEqual([isGranted, used, limit]);
            expect([remaining, over ?? 0]).toEqual([Math.max(0, limit - used), Math.max(0, used - limit)]);
          }
          await meter.close();
        }),
        { seed, numRuns: kind === 'memory' ? sequences * 5 : kind === 'Redis' ? sequences : Math.ceil(sequences / 3) },
      );
    });
  });
