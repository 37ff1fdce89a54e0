import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { type Counter, keptAfterEnd, type Slot } from './counter.ts';
import { loadLimiters } from './load-package.ts';

/** Counts in the memory of this process, for one process and for tests. @throws MeterError (`packageMissing`) */
export async function openMemoryCounter(): Promise<Counter> {
  const { RateLimiterMemory } = await loadLimiters();
  // One for all windows with one end, which goes with them. It has no duration: the package forgets by a timer, and Node
  // fires one of more than 24 days at once.
  const limiters = new Map<number | undefined, RateLimiterMemory>();
  let last: Promise<unknown> = Promise.resolve();

  const limiterOf = ({ ends, now }: Slot): RateLimiterMemory => {
    const found = limiters.get(ends);
    if (found) return found;
    for (const end of limiters.keys()) if (end !== undefined && end < now - keptAfterEnd) limiters.delete(end);
    const limiter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 0 });
    limiters.set(ends, limiter);
    return limiter;
  };

  /** One after the other, so that nobody comes between reading and adding. */
  const inTurn = <T>(slot: Slot, work: (limiter: RateLimiterMemory) => Promise<T>): Promise<T> => {
    const turn = last.then(() => work(limiterOf(slot)));
    last = turn.catch(() => {});
    return turn;
  };
  const read = async (limiter: RateLimiterMemory, key: string): Promise<number> =>
    (await limiter.get(key))?.consumedPoints ?? 0;

  return {
    place: 'memory',
    take: (slot, n, most) =>
      inTurn(slot, async (limiter) => {
        const used = await read(limiter, slot.key);
        if (used + n > most) return { used, isTaken: false };
        return { used: (await limiter.consume(slot.key, n)).consumedPoints, isTaken: true };
      }),
    giveBack: (slot, n) =>
      inTurn(slot, async (limiter) => {
        const used = await read(limiter, slot.key);
        if (used > n) return (await limiter.reward(slot.key, n)).consumedPoints;
        await limiter.delete(slot.key);
        return 0;
      }),
    read: (slot) => inTurn(slot, (limiter) => read(limiter, slot.key)),
    close: async () => limiters.clear(),
  };
}
