import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MeterError } from '../../../runtime/enforce/index.ts';
import { spareStore } from '../../../runtime/enforce/spare-store.ts';

const PATIENCE = 1_000;
const never = (): Promise<never> => new Promise(() => {});
const failing = async (): Promise<never> => {
  throw new Error('postgres://user:secret@host is down');
};
const fine = async (): Promise<string> => 'fine';

let told: string[];
let trouble: unknown;
let ask: ReturnType<typeof spareStore>;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  trouble = undefined;
  ask = spareStore(
    PATIENCE,
    ({ message }) => told.push(message),
    { place: 'redis://host:1', trouble: () => trouble },
    () => Date.now(),
  );
});
afterEach(() => void vi.useRealTimers());

const outcome = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: unknown) => (error instanceof MeterError ? `${error.code}: ${error.message}` : error));

describe('a store that hangs', () => {
  test('is waited for as long as it may take, and no longer', async () => {
    const asked = outcome(ask(never));
    await vi.advanceTimersByTimeAsync(PATIENCE - 1);
    expect(await Promise.race([asked, 'waiting'])).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toBe(
      'unavailable: the store of use in redis://host:1 has not answered within 1000 milliseconds',
    );
  });

  test('is told with why there is no connection, where that is known', async () => {
    trouble = Object.assign(new Error('connect ECONNREFUSED redis://user:secret@host:1'), { code: 'ECONNREFUSED' });
    const asked = ask(never).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(PATIENCE);
    const { message, cause } = (await asked) as MeterError;
    expect([message, cause]).toEqual([
      'the store of use in redis://host:1 has not answered within 1000 milliseconds: nothing listens there; start it, or check host and port (ECONNREFUSED)',
      trouble,
    ]);
  });

  test('is then asked by one in a second, and the others do not wait', async () => {
    const first = outcome(ask(never));
    await vi.advanceTimersByTimeAsync(PATIENCE);
    await first;
    let asked = 0;
    const count = (): Promise<never> => {
      asked += 1;
      return never();
    };
    for (let i = 0; i < 100; i += 1) expect(await outcome(ask(count))).toMatch(/^unavailable/);
    expect(asked).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    const tried = outcome(ask(count));
    for (let i = 0; i < 100; i += 1) expect(await outcome(ask(count))).toMatch(/^unavailable/);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(PATIENCE);
    await tried;
  });

  test('that answers late is told to who wants to know', async () => {
    let answer: (word: string) => void = () => {};
    const late: string[] = [];
    const asked = outcome(
      ask(
        () =>
          new Promise<string>((resolve) => {
            answer = resolve;
          }),
        (word) => late.push(word),
      ),
    );
    await vi.advanceTimersByTimeAsync(PATIENCE);
    await asked;
    expect(late).toEqual([]);
    answer('taken');
    await vi.advanceTimersByTimeAsync(0);
    expect(late).toEqual(['taken']);
  });
});

describe('a store that fails', () => {
  test('is told once in a second, without what it said', async () => {
    for (let i = 0; i < 10; i += 1)
      expect(await outcome(ask(failing))).toBe('unavailable: the store of use in redis://host:1 failed');
    expect(told).toEqual(['the store of use in redis://host:1 failed']);
    await vi.advanceTimersByTimeAsync(1_000);
    await outcome(ask(failing));
    expect(told.length).toBe(2);
  });

  test.each<[unknown, string]>([
    [{ code: 'ENOTFOUND' }, ': there is no such host; check the URL (ENOTFOUND)'],
    [{ code: '28P01' }, ': it does not know this user or password (28P01)'],
    [{ code: '57P03' }, ' (57P03)'],
    [{ code: 'redis://user:secret@host' }, ''],
    [{ code: 7 }, ''],
    [{ message: 'WRONGPASS invalid username-password pair' }, ': it does not know this user or password (WRONGPASS)'],
    [{ message: 'SECRET of theirs' }, ''],
  ])('with %o is told with why', async (what, why) => {
    const error = Object.assign(new Error('secret'), what);
    expect(await outcome(ask(() => Promise.reject(error)))).toBe(
      `unavailable: the store of use in redis://host:1 failed${why}`,
    );
  });

  test('is asked by everybody as soon as it answers again', async () => {
    await outcome(ask(failing));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([ask(fine), outcome(ask(fine))])).toEqual([
      'fine',
      'unavailable: the store of use in redis://host:1 failed',
    ]);
    expect(await Promise.all([ask(fine), ask(fine)])).toEqual(['fine', 'fine']);
    expect(told.length).toBe(1);
  });
});
