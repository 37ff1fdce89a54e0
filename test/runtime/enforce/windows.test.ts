import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMeter } from '../../../runtime/enforce/index.ts';
import { windowOf } from '../../../runtime/enforce/window-of.ts';
import { type Period, periods } from '../../../schemas/setting.ts';
import { customerOf, openMetered } from '../../fixtures/enforce/metered-company.ts';
import { seed } from '../../fixtures/release/counts.ts';

const keyOf = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
} as const;

describe('a limit starts again', () => {
  test.each<[Period, string, string]>([
    ['hour', '2026-02-28T23:00:00Z', '2026-03-01T00:00:00Z'],
    ['hour', '2026-03-29T01:00:00Z', '2026-03-29T02:00:00Z'],
    ['day', '2028-02-28T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['day', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['day', '2026-02-28T00:00:00Z', '2026-03-01T00:00:00Z'],
    ['day', '2026-12-31T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['week', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    ['week', '2028-02-28T00:00:00Z', '2028-03-06T00:00:00Z'],
    ['month', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
    ['month', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['month', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['quarter', '2026-01-01T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['quarter', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['year', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['year', '2028-01-01T00:00:00Z', '2029-01-01T00:00:00Z'],
  ])('each %s: what is used from %s on counts until %s, and no longer', async (per, starts, ends) => {
    const clock = { now: 0 };
    const now = (): number => clock.now;
    const terms = await openMetered(now);
    const meter = await openMeter({ in: 'memory:', now });
    const key = keyOf[per];
    const resetsAt = new Date(ends);
    const used = async (at: number): Promise<unknown> => {
      clock.now = at;
      const { used, resetsAt } = await meter.consume(customerOf(terms), key);
      return [used, resetsAt];
    };
    const [from, to] = [Date.parse(starts), Date.parse(ends)];
    expect(await used(from - 1)).toEqual([1, new Date(starts)]);
    expect(await used(from)).toEqual([1, resetsAt]);
    expect(await used(Math.floor((from + to) / 2))).toEqual([2, resetsAt]);
    expect(await used(to - 1)).toEqual([3, resetsAt]);
    expect(await used(to)).toEqual([1, expect.any(Date)]);
    await meter.close();
  });
});

describe('windows', () => {
  test('follow each other without a gap, hold their instants, and have names of their own', () => {
    const instant = fc.integer({ min: Date.parse('1960-01-01'), max: Date.parse('2200-01-01') });
    fc.assert(
      fc.property(fc.constantFrom(...periods), instant, fc.nat(), (per, at, step) => {
        const window = windowOf(per, at);
        expect(window.starts <= at && at < window.ends).toBe(true);
        const inside = window.starts + (step % (window.ends - window.starts));
        expect(windowOf(per, inside)).toEqual(window);
        const next = windowOf(per, window.ends);
        expect(next.starts).toBe(window.ends);
        expect(next.name).not.toBe(window.name);
        expect(windowOf(per, window.starts - 1).ends).toBe(window.starts);
      }),
      { seed },
    );
  });

  test('of every period that begin together have names of their own', () => {
    const begin = Date.parse('2029-01-01T00:00:00Z');
    expect(new Set(periods.map((per) => windowOf(per, begin).name)).size).toBe(periods.length);
    expect(periods.map((per) => windowOf(per, begin).starts)).toEqual(periods.map(() => begin));
  });
});

test('a clock that is set back for a while finds what was counted', async () => {
  const clock = { now: Date.parse('2026-03-01T00:10:00Z') };
  const now = (): number => clock.now;
  const terms = await openMetered(now);
  const meter = await openMeter({ in: 'memory:', now });
  clock.now = Date.parse('2026-02-28T23:50:00Z');
  await meter.consume(customerOf(terms), 'hourly', 4);
  clock.now = Date.parse('2026-03-01T00:10:00Z');
  await meter.consume(customerOf(terms), 'hourly', 2);
  clock.now = Date.parse('2026-02-28T23:59:00Z');
  expect(await meter.peek(customerOf(terms), 'hourly')).toMatchObject({ used: 4 });
  await meter.close();
});
