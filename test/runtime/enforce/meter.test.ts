import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Consumed, type ConsumeOptions, type Meter, openMeter } from '../../../runtime/enforce/index.ts';
import type { CustomerView, Terms } from '../../../runtime/index.ts';
import { meterPlaces, type RunningPlace } from '../../fixtures/enforce/meter-places.ts';
import { customerOf, type Metered, openMetered } from '../../fixtures/enforce/metered-company.ts';
import { isMissing } from '../../fixtures/servers/server.ts';

const FEBRUARY = Date.parse('2026-02-10T12:00:00Z');
const clock = { now: FEBRUARY };
const now = (): number => clock.now;
const troubles: string[] = [];
let terms: Terms<Metered>;
let made = 0;
beforeAll(async () => {
  terms = await openMetered(now);
});

for (const [kind, places] of Object.entries(meterPlaces))
  describe.skipIf(isMissing(places.needs))(`a meter in ${kind}`, () => {
    let running: RunningPlace;
    beforeAll(async () => {
      running = await places.start();
    });
    afterAll(() => running?.stop());

    /** Counts of its own on the same server. */
    async function open(): Promise<Meter> {
      clock.now = FEBRUARY;
      made += 1;
      const onTrouble = (error: Error): unknown => troubles.push(error.message);
      const meter = await openMeter({ in: running.url, prefix: `test-${made}`, now, patience: 20_000, onTrouble });
      onTestFinished(async () => {
        await meter.close();
        expect(troubles.splice(0)).toEqual([]);
      });
      return meter;
    }
    const view = (id?: string): CustomerView<Metered> => customerOf(terms, id);
    const march = new Date('2026-03-01T00:00:00Z');

    test('grants up to a limit that blocks, all or nothing, and counts nothing of what it refuses', async () => {
      const meter = await open();
      const small = view();
      const known = { mode: 'hard', limit: 10, resetsAt: march, overCap: 'block' };
      const wait = { retryAfterMs: march.getTime() - FEBRUARY };
      expect(await meter.consume(small, 'monthly', 7)).toEqual({ granted: true, ...known, used: 7, remaining: 3 });
      for (const n of [4, 10])
        expect(await meter.consume(small, 'monthly', n)).toEqual({
          granted: false,
          ...known,
          used: 7,
          remaining: 3,
          ...wait,
        });
      expect(await meter.consume(small, 'monthly', 3)).toEqual({ granted: true, ...known, used: 10, remaining: 0 });
      expect(await meter.consume(small, 'monthly')).toEqual({
        granted: false,
        ...known,
        used: 10,
        remaining: 0,
        ...wait,
      });
      expect(await meter.peek(small, 'monthly')).toEqual({
        limit: 10,
        resetsAt: march,
        overCap: 'block',
        used: 10,
        remaining: 0,
      });
    });

    test('grants all of it and no more to many who ask at once', async () => {
      const meter = await open();
      const asked = Array.from({ length: 60 }, (_, index) => 1 + (index % 3));
      const answers = await Promise.all(asked.map((n) => meter.consume(view(), 'monthly', n)));
      const granted = asked.filter((_, index) => answers[index]?.granted).reduce((sum, n) => sum + n, 0);
      expect([granted, (await meter.peek(view(), 'monthly')).used]).toEqual([10, 10]);
    });

    test('says of what is more than the limit that it never will be granted', async () => {
      const meter = await open();
      expect(await meter.consume(view(), 'monthly', 11)).not.toHaveProperty('retryAfterMs');
      const none = terms.account({ account: 'u_0', plan: 'none@1' });
      expect(await meter.consume(none, 'monthly')).toEqual({
        granted: false,
        mode: 'hard',
        limit: 0,
        resetsAt: march,
        overCap: 'block',
        used: 0,
        remaining: 0,
      });
    });

    test('only reports what goes above a limit the catalogue does not cap', async () => {
      const meter = await open();
      const small = view();
      const known = { granted: true, mode: 'report', limit: 10, resetsAt: march };
      expect(await meter.consume(small, 'calls', 10)).toEqual({ ...known, used: 10, remaining: 0 });
      expect(await meter.consume(small, 'calls', 5)).toEqual({ ...known, used: 15, remaining: 0, over: 5 });
      expect(await meter.peek(small, 'calls')).toEqual({ limit: 10, resetsAt: march, used: 15, remaining: 0, over: 5 });
    });

    test.each<[string, ConsumeOptions, Partial<Consumed>[]]>([
      ['the same hard, where the caller asks', { mode: 'hard' }, [{ granted: true }, { granted: false, mode: 'hard' }]],
      [
        'a grace as a number',
        { grace: 3 },
        [{ granted: true }, { granted: true, over: 3 }, { granted: false, mode: 'soft', over: 3 }],
      ],
      [
        'a grace as a share',
        { grace: '30%' },
        [{ granted: true }, { granted: true, over: 3 }, { granted: false, mode: 'soft', over: 3 }],
      ],
      [
        'a share of which there is no whole',
        { grace: '39.9%' },
        [{ granted: true }, { granted: true, over: 3 }, { granted: false, mode: 'soft' }],
      ],
      ['no grace at all', { grace: 0 }, [{ granted: true }, { granted: false, mode: 'soft', used: 10 }]],
    ])('keeps %s', async (_, options, expected) => {
      const meter = await open();
      for (const [index, each] of expected.entries())
        expect(await meter.consume(view(), 'calls', [10, 3, 1][index], options)).toMatchObject(each);
    });

    test('only reports where the caller asks, whatever the catalogue says', async () => {
      const meter = await open();
      expect(await meter.consume(view(), 'monthly', 12, { mode: 'report' })).toMatchObject({
        granted: true,
        mode: 'report',
        over: 2,
        overCap: 'block',
      });
    });

    test.each(['noNewUse', 'readOnly'] as const)(
      'refuses new use where the catalogue says %s, and says so',
      async (overCap) => {
        const meter = await open();
        const key = overCap === 'noNewUse' ? 'seats' : 'storageGb';
        const small = view();
        await meter.consume(small, key, small.limit(key));
        expect(await meter.consume(small, key)).toEqual({
          granted: false,
          mode: 'hard',
          limit: small.limit(key),
          overCap,
          used: small.limit(key),
          remaining: 0,
        });
      },
    );

    test('counts what is in use until it is given back, whatever the day', async () => {
      const meter = await open();
      const seats = async (n: number): Promise<boolean> => (await meter.consume(view(), 'seats', n)).granted;
      expect(await seats(10)).toBe(true);
      clock.now = Date.parse('2031-07-01T00:00:00Z');
      expect(await seats(1)).toBe(false);
      expect(await meter.giveBack(view(), 'seats', 2)).toEqual({
        limit: 10,
        overCap: 'noNewUse',
        used: 8,
        remaining: 2,
      });
      expect([await seats(2), await seats(1)]).toEqual([true, false]);
    });

    test('never gives back more than is used', async () => {
      const meter = await open();
      const small = view();
      expect(await meter.giveBack(small, 'seats', 1)).toMatchObject({ used: 0 });
      await meter.consume(small, 'seats', 2);
      expect(await meter.giveBack(small, 'seats', 5)).toMatchObject({ used: 0, remaining: 10 });
      expect(await meter.consume(small, 'seats', 11)).toMatchObject({ granted: false, used: 0 });
      expect(await meter.consume(small, 'seats', 10)).toMatchObject({ granted: true, used: 10 });
    });

    test('starts again with the next window, and lets be what was used in one that is over', async () => {
      const meter = await open();
      clock.now = march.getTime() - 1;
      const before = await meter.consume(view(), 'monthly', 10);
      expect(await meter.consume(view(), 'monthly')).toMatchObject({ granted: false, retryAfterMs: 1 });
      clock.now = march.getTime();
      expect(await meter.consume(view(), 'monthly', 4)).toMatchObject({ granted: true, used: 4 });
      expect(await meter.giveBack(view(), 'monthly', 10, before)).toMatchObject({ used: 4 });
      clock.now -= 1;
      expect(await meter.peek(view(), 'monthly')).toMatchObject({ used: 10 });
      expect(await meter.giveBack(view(), 'monthly', 3, before)).toMatchObject({ used: 7 });
    });

    test.each([
      ['growing', 10, { granted: true, limit: 20, used: 20, remaining: 0 }],
      ['growing', 11, { granted: false, limit: 20, used: 10, remaining: 10 }],
      ['shrinking', 1, { granted: false, limit: 10, used: 10, remaining: 0 }],
    ])('counts at once when the limit of %s changes within a window, and %i more', async (id, n, expected) => {
      const meter = await open();
      await meter.consume(view(id), 'monthly', 10);
      clock.now = Date.parse('2026-02-15T00:00:00Z');
      expect(await meter.consume(view(id), 'monthly', n)).toMatchObject(expected);
    });

    test('says how much is above a limit that was lowered, and grants again once that is given back', async () => {
      const meter = await open();
      await meter.consume(view('shrinking'), 'seats', 15);
      clock.now = Date.parse('2026-02-15T00:00:00Z');
      const shrunk = view('shrinking');
      expect(await meter.consume(shrunk, 'seats')).toMatchObject({ granted: false, used: 15, over: 5, remaining: 0 });
      expect(await meter.giveBack(shrunk, 'seats', 5)).toEqual({
        limit: 10,
        overCap: 'noNewUse',
        used: 10,
        remaining: 0,
      });
    });

    test('grants what is unlimited without counting, or counts it where asked', async () => {
      const meter = await open();
      const open1 = terms.account({ account: 'u_1', plan: 'open@1' });
      const known = { limit: Number.POSITIVE_INFINITY, resetsAt: march, overCap: 'block' };
      expect(await meter.consume(open1, 'monthly', 1e12)).toEqual({
        granted: true,
        mode: 'hard',
        ...known,
        remaining: Number.POSITIVE_INFINITY,
        isUnmetered: true,
      });
      const counted = { ...known, remaining: Number.POSITIVE_INFINITY };
      expect(await meter.consume(open1, 'monthly', 5, { countUnlimited: true })).toEqual({
        granted: true,
        mode: 'hard',
        ...counted,
        used: 5,
      });
      expect(await meter.peek(open1, 'monthly')).toEqual({ ...counted, used: 5 });
      const smaller = terms.account({ account: 'u_1', plan: 'small@1' });
      expect(await meter.consume(smaller, 'monthly', 6)).toMatchObject({ granted: false, used: 5 });
    });

    test('counts parts of what may be divided, and its sums are those of paper', async () => {
      const meter = await open();
      const small = view();
      for (const used of [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
        expect(await meter.consume(small, 'storageGb', 0.1)).toMatchObject({ granted: true, used });
      expect(await meter.consume(small, 'storageGb', 0.000001)).toMatchObject({
        granted: false,
        used: 1,
        remaining: 0,
      });
      expect(await meter.giveBack(small, 'storageGb', 0.25)).toMatchObject({ used: 0.75, remaining: 0.25 });
    });

    test('counts further than four thousand million', async () => {
      const meter = await open();
      const small = view();
      for (const used of [4e12, 8e12]) expect(await meter.consume(small, 'calls', 4e12)).toMatchObject({ used });
      expect(await meter.peek(small, 'calls')).toMatchObject({ used: 8e12, over: 8e12 - 10 });
    });

    test('counts an account by the product’s own id, before and after it has a file', async () => {
      const meter = await open();
      await meter.consume(view(), 'seats', 4);
      expect(await meter.peek(terms.account({ account: 'acc_1' }), 'seats')).toMatchObject({ used: 4 });
    });

    test('tells apart whatever accounts are called, and every setting', async () => {
      const meter = await open();
      const names = [
        'a',
        'A',
        'a:seats',
        '\0',
        '\ud800',
        'é',
        'e\u0301',
        '{a}',
        `a'; drop`,
        'x'.repeat(100_000),
        '__proto__',
        '~',
      ];
      for (const [index, account] of names.entries())
        await meter.consume(terms.account({ account, plan: 'large@1' }), 'seats', index + 1);
      const used = names.map(
        async (account) => (await meter.peek(terms.account({ account, plan: 'large@1' }), 'seats')).used,
      );
      expect(await Promise.all(used)).toEqual(names.map((_, index) => index + 1));
      expect(await meter.peek(terms.account({ account: 'a', plan: 'large@1' }), 'monthly')).toMatchObject({ used: 0 });
    });

    test.each<[string, string, number, string]>([
      ['nothing', 'monthly', 0, '0 of monthly cannot be used: an amount is a number above 0'],
      ['less than nothing', 'monthly', -1, '-1 of monthly cannot be used: an amount is a number above 0'],
      ['no number', 'monthly', Number.NaN, 'NaN of monthly cannot be used: an amount is a number above 0'],
      [
        'everything',
        'monthly',
        Number.POSITIVE_INFINITY,
        'Infinity of monthly cannot be used: an amount is a number above 0',
      ],
      ['a part of what is whole', 'monthly', 1.5, '1.5 of monthly cannot be used: it is counted in whole numbers'],
      ['more than is counted', 'storageGb', 1e11, '100000000000 of storageGb is more than can be counted'],
      ['of a feature', 'sso', 1, 'sso is a feature and no limit'],
      ['of what is no setting', 'constructor', 1, 'no setting is named constructor'],
    ])('refuses to use %s, and to give it back', async (_, key, n, message) => {
      const meter = await open();
      const small = view();
      await expect(meter.consume(small, key as 'monthly', n)).rejects.toThrow(new RangeError(message));
      await expect(meter.giveBack(small, key as 'monthly', n)).rejects.toThrow(new RangeError(message));
    });

    test.each<[ConsumeOptions, string]>([
      [{ grace: -1 }, "-1 is no grace; write an amount, or a share such as '10%'"],
      [{ grace: Number.NaN }, "NaN is no grace; write an amount, or a share such as '10%'"],
      [{ grace: 'ten%' as '10%' }, "ten% is no grace; write an amount, or a share such as '10%'"],
      [{ grace: 1, mode: 'report' }, "a grace is a mode of its own; leave out `mode: 'report'`"],
    ])('refuses the options %j', async (options, message) => {
      const meter = await open();
      await expect(meter.consume(view(), 'monthly', 1, options)).rejects.toThrow(new RangeError(message));
    });

    test('takes the limits of the catalogue and nothing else, says the compiler', async () => {
      const meter = await open();
      // @ts-expect-error a feature is no limit
      await expect(meter.peek(view(), 'sso')).rejects.toThrow(RangeError);
      // @ts-expect-error there is no such setting
      await expect(meter.peek(view(), 'seat')).rejects.toThrow(RangeError);
    });

    test('answers nothing once it was closed', async () => {
      const meter = await open();
      await meter.close();
      await expect(meter.consume(view(), 'monthly')).rejects.toThrow('the meter was closed');
      await expect(meter.peek(view(), 'monthly')).rejects.toThrow('the meter was closed');
    });
  });
