import { expect, test } from 'vitest';
import { keepFollowing, type Pace } from '../../../runtime/client/keep-following.ts';
import { simulateTime } from '../../fixtures/client/simulated-time.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';

const EVERY = 30_000;
const CLIENTS = 1_000;

/** The most looks of many clients that fall in one tenth of a second, as a share of the clients. */
function peakOf(instants: readonly number[]): number {
  const slots = new Map<number, number>();
  for (const instant of instants) {
    const slot = Math.floor(instant / 100);
    slots.set(slot, (slots.get(slot) ?? 0) + 1);
  }
  return Math.max(0, ...slots.values()) / CLIENTS;
}

type Follow = (pace: Pace) => () => void;

/** As clients do it that wait a fixed second after every failure. */
const fixedDelay: Follow = ({ look, watch }) => {
  let timer: NodeJS.Timeout | undefined;
  const wait = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void again(), delay);
  };
  const again = (): Promise<void> =>
    look().then(
      () => wait(EVERY),
      () => wait(1_000),
    );
  watch?.(() => void again());
  return () => clearTimeout(timer);
};

/** When clients that all lost the store at one moment look again, and how many are back within a minute of its return. */
async function herd(follow: Follow, outage: number): Promise<{ retries: number[]; back: number }> {
  const time = simulateTime();
  const random = drawFrom(seed);
  const retries: number[] = [];
  const back = new Set<number>();
  const hints: (() => void)[] = [];
  let isUp = false;
  const stops = Array.from({ length: CLIENTS }, (_, client) =>
    follow({
      every: EVERY,
      random,
      watch: (onHint) => {
        hints.push(onHint);
        return () => {};
      },
      onFailure: () => {},
      look: async () => {
        if (time.now() > 1_000) retries.push(time.now());
        if (!isUp) throw new Error('down');
        back.add(client);
      },
    }),
  );
  await time.pass(1_000);
  // Everybody notices at once.
  for (const hint of hints) hint();
  await time.pass(outage + 1);
  isUp = true;
  await time.pass(60_000);
  for (const stop of stops) stop();
  return { retries, back: back.size };
}

test.each([0, 3_000, 20_000, 120_000])(
  '1,000 clients that lose the store for %i ms are not back as a herd, and all are back within a minute',
  async (outage) => {
    const { retries, back } = await herd(keepFollowing, outage);
    expect(peakOf(retries), `PROVISO_SEED=${seed}`).toBeLessThanOrEqual(0.06);
    expect(back).toBe(CLIENTS);
  },
);

test('clients with a fixed delay would be a herd', async () => {
  const { retries } = await herd(fixedDelay, 3_000);
  expect(peakOf(retries)).toBeGreaterThan(0.9);
});

test.each([false, true])(
  'clients that start at one moment part before their first look (behind: %j)',
  async (isBehind) => {
    const time = simulateTime();
    const random = drawFrom(seed);
    const looks: number[] = [];
    const look = async (): Promise<void> => void looks.push(time.now());
    const stops = Array.from({ length: CLIENTS }, () =>
      keepFollowing({ every: EVERY, isBehind, random, onFailure: () => {}, look }),
    );
    await time.pass(36_000);
    for (const stop of stops) stop();
    expect(looks.length).toBeGreaterThanOrEqual(CLIENTS);
    expect(peakOf(looks), `PROVISO_SEED=${seed}`).toBeLessThanOrEqual(0.06);
  },
);
