import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepFollowing } from '../../../runtime/client/keep-following.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const EVERY = 30_000;

describe('following', () => {
  /** A look that is over when a test says so. */
  function gated() {
    let open: { end(): void; fail(error: unknown): void }[] = [];
    let [begun, atOnce, most] = [0, 0, 0];
    return {
      get begun() {
        return begun;
      },
      get most() {
        return most;
      },
      look: () => {
        begun += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        return new Promise<void>((resolve, reject) => {
          open.push({
            end: () => resolve(),
            fail: reject,
          });
        }).finally(() => {
          atOnce -= 1;
        });
      },
      async finish(error?: unknown) {
        for (const { end, fail } of open)
          if (error === undefined) end();
          else fail(error);
        open = [];
        await vi.advanceTimersByTimeAsync(1);
      },
    };
  }

  test('looks once for many hints, never twice at a time, and once more for those that came meanwhile', async () => {
    let hint = (): void => {};
    const gate = gated();
    const stop = keepFollowing({
      ...gate,
      look: gate.look,
      every: EVERY,
      onFailure: () => {},
      watch: (onHint) => {
        hint = onHint;
        return () => {};
      },
    });
    for (let time = 0; time < 50; time += 1) hint();
    expect([gate.begun, gate.most]).toEqual([1, 1]);
    await gate.finish();
    expect(gate.begun).toBe(2);
    await gate.finish();
    expect([gate.begun, gate.most]).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(36_000);
    expect([gate.begun, gate.most]).toEqual([3, 1]);
    stop();
  });

  test('goes on whatever is thrown, by looking, by watching or by whoever is told', async () => {
    let [looks, watches] = [0, 0];
    const failures: unknown[] = [];
    const stop = keepFollowing({
      every: 1_000,
      look: () => {
        looks += 1;
        if (looks % 3 === 0) throw new Error('at once');
        return Promise.reject(looks % 2 === 0 ? undefined : new Error('later'));
      },
      watch: () => {
        watches += 1;
        throw new Error('no watching here');
      },
      onFailure: (error) => {
        failures.push(error);
        throw new Error('told too much');
      },
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(looks).toBeGreaterThan(20);
    // It is tried again with every look.
    expect(watches).toBe(looks + 1);
    expect(failures).toHaveLength(looks + watches);
    stop();
  });

  test('that is stopped looks, watches and tells no more, also where it is stopped in the middle of a look', async () => {
    let hint = (): void => {};
    let watching = 0;
    const failures: unknown[] = [];
    const timers = vi.getTimerCount();
    const gate = gated();
    const follow = () =>
      keepFollowing({
        look: gate.look,
        every: EVERY,
        onFailure: (error) => failures.push(error),
        watch: (onHint) => {
          hint = onHint;
          watching += 1;
          return () => {
            watching -= 1;
          };
        },
      });
    const idle = follow();
    idle();
    hint();
    const busy = follow();
    hint();
    expect(gate.begun).toBe(1);
    busy();
    hint();
    await gate.finish(new Error('closed'));
    await vi.advanceTimersByTimeAsync(600_000);
    expect([gate.begun, watching, failures, vi.getTimerCount()]).toEqual([1, 0, [], timers]);
  });

  test('that often looks is not kept waiting much longer after a long outage', async () => {
    let isUp = false;
    let last = 0;
    const stop = keepFollowing({
      every: 2_000,
      onFailure: () => {},
      look: async () => {
        if (!isUp) throw new Error('down');
        last ||= Date.now();
      },
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    isUp = true;
    const healthy = Date.now();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(last - healthy).toBeLessThanOrEqual(5_000);
    stop();
  });
});
