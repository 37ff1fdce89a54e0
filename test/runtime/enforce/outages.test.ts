import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Meter, type MeterError, type MeterOptions, openMeter } from '../../../runtime/enforce/index.ts';
import type { Terms } from '../../../runtime/index.ts';
import { meterPlaces, type RunningPlace } from '../../fixtures/enforce/meter-places.ts';
import { customerOf, type Metered, openMetered } from '../../fixtures/enforce/metered-company.ts';
import { type FaultProxy, startFaultProxy } from '../../fixtures/servers/fault-proxy.ts';
import { isMissing } from '../../fixtures/servers/server.ts';

const now = (): number => Date.parse('2026-02-10T12:00:00Z');
const resetsAt = new Date('2026-03-01T00:00:00Z');
let terms: Terms<Metered>;
beforeAll(async () => {
  terms = await openMetered(now);
});

for (const kind of ['Redis', 'PostgreSQL'] as const) {
  const places = meterPlaces[kind];
  describe.skipIf(isMissing(places?.needs))(`while ${kind} is out`, () => {
    let running: RunningPlace;
    let proxy: FaultProxy;
    let made = 0;
    beforeAll(async () => {
      running = (await places?.start()) as RunningPlace;
      proxy = await startFaultProxy(running.port as number);
    });
    afterAll(async () => {
      await proxy?.stop();
      await running?.stop();
    });

    async function open(options: Partial<MeterOptions> = {}): Promise<{ meter: Meter; troubles: MeterError[] }> {
      const troubles: MeterError[] = [];
      const meter = await openMeter({
        in: running.url.replace(`:${running.port}`, `:${proxy.port}`),
        prefix: `out-${(made += 1)}`,
        now,
        patience: 300,
        onTrouble: (error) => troubles.push(error),
        ...options,
      });
      onTestFinished(async () => {
        proxy.heal();
        await meter.close();
      });
      return { meter, troubles };
    }
    /** Until it is counted again. */
    async function counted(meter: Meter): Promise<number> {
      for (;;) {
        const { used } = await meter.peek(customerOf(terms), 'monthly');
        if (used !== undefined) return used;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }

    test.each(['pause', 'cut'] as const)('(%s) it grants, says so, and goes on counting afterwards', async (fault) => {
      const { meter, troubles } = await open();
      await counted(meter);
      expect(await meter.consume(customerOf(terms), 'monthly', 4)).toMatchObject({ granted: true, used: 4 });
      proxy[fault]();
      const known = { limit: 10, resetsAt, overCap: 'block', isUnmetered: true };
      const from = performance.now();
      for (let i = 0; i < 20; i += 1)
        expect(await meter.consume(customerOf(terms), 'monthly', 100)).toEqual({
          granted: true,
          mode: 'hard',
          ...known,
        });
      expect(performance.now() - from).toBeLessThan(5_000);
      expect(await meter.peek(customerOf(terms), 'monthly')).toEqual(known);
      expect(await meter.giveBack(customerOf(terms), 'monthly', 1)).toEqual(known);
      expect(troubles.map(({ code }) => code)).toContain('unavailable');
      expect(JSON.stringify(troubles.map(({ message }) => message))).not.toMatch(/secret|administrator/);
      proxy.heal();
      await counted(meter);
      expect(await meter.consume(customerOf(terms), 'monthly', 7)).toMatchObject({ granted: expect.any(Boolean) });
    });

    test('it denies or throws where the caller would rather', async () => {
      const { meter } = await open();
      await counted(meter);
      proxy.cut();
      expect(await meter.consume(customerOf(terms), 'monthly', 1, { whenDown: 'deny' })).toEqual({
        granted: false,
        mode: 'hard',
        limit: 10,
        resetsAt,
        overCap: 'block',
        isUnmetered: true,
      });
      await expect(meter.consume(customerOf(terms), 'monthly', 1, { whenDown: 'throw' })).rejects.toMatchObject({
        name: 'MeterError',
        code: 'unavailable',
      });
    });

    test('what it denied and the store counted all the same is given back', async () => {
      const { meter } = await open();
      await counted(meter);
      proxy.pause();
      expect(await meter.consume(customerOf(terms), 'monthly', 6, { whenDown: 'deny' })).toMatchObject({
        granted: false,
      });
      proxy.heal();
      for (let used = 6; used > 0; ) {
        used = await counted(meter);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(await meter.consume(customerOf(terms), 'monthly', 10)).toMatchObject({ granted: true, used: 10 });
    });

    test('a meter opens, and counts once the store is there', async () => {
      proxy.cut();
      const { meter } = await open();
      expect(await meter.consume(customerOf(terms), 'monthly', 1)).toMatchObject({ granted: true, isUnmetered: true });
      proxy.heal();
      await counted(meter);
      expect(await meter.consume(customerOf(terms), 'monthly', 3)).toMatchObject({ granted: true, used: 3 });
    });
  });
}
