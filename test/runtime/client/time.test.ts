import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { forwardClock } from '../../../runtime/client/clock.ts';
import { openTerms, StoreError, type Terms } from '../../../runtime/index.ts';
import { encodeHead, headSchema } from '../../../runtime/snapshot/head.ts';
import { assembleSnapshot } from '../../../runtime/snapshot/release.ts';
import { healthy, type ScriptedStore, steadyStore } from '../../fixtures/client/scripted-store.ts';
import { catalogueOf, DAY, PLACE, START, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { drawFrom, seed, timesFrom } from '../../fixtures/release/counts.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const segment = (from: string | null, seats: number) => ({
  from,
  plan: 'studio@1',
  stage: 'active',
  layers: [{ kind: 'exception', id: 'EX-1', set: { seats } }],
  terms: { billing: {}, support: {}, contract: null },
  access: { groups: [], rules: [] },
});

/** A store of one release in which each of these customers has another number of seats from a day on. */
async function storeOf(ends: ReadonlyMap<string, string>): Promise<MemoryStore> {
  const store = new MemoryStore();
  const { root, count, objects } = assembleSnapshot({
    customers: [...ends].map(([id, day]) => ({
      id,
      leaf: { customer: id, segments: [segment(null, 50), segment(day, 5)] },
    })),
    plans: {},
    catalogue: catalogueOf(),
    rules: {},
  });
  await store.putAll(objects);
  const head = {
    v: 1 as const,
    repo: 'acme/terms',
    ...PLACE,
    epoch: 0,
    n: 1,
    prev: null,
    kind: 'publish' as const,
    root,
    count,
    commit: 'c1',
    policyDigest: 'none',
    evidence: 'none',
    schema: headSchema,
    issuedAt: new Date(START).toISOString(),
    staleAfter: new Date(START + DAY).toISOString(),
  };
  await store.casHead('local', 'stable', null, encodeHead(head).envelope);
  return store;
}

describe('with the store down for seven days', () => {
  test('200 exceptions end within a second of their instant, and are told once', async () => {
    const ends = new Map(
      Array.from({ length: 200 }, (_, index) => [`c-${index}`, dayOf(START + (1 + (index % 7)) * DAY)]),
    );
    const store = await storeOf(ends);
    const terms = await openTerms({ store });
    store.getHead = async () => Promise.reject(new StoreError('unavailable', 'down'));
    const told = new Map<string, number>();
    terms.onChange(({ customer, cause, after }) => {
      expect([cause, after?.value('seats'), told.has(customer)]).toEqual(['time', 5, false]);
      told.set(customer, Date.now());
    });
    for (let day = 1; day <= 7; day += 1) {
      const midnight = Date.parse(dayOf(START + day * DAY));
      // Most of the day the machine sleeps.
      vi.setSystemTime(midnight - 600_000);
      await vi.advanceTimersByTimeAsync(599_999);
      for (const [id, end] of ends)
        expect(terms.customer(id)?.value('seats')).toBe(Date.parse(end) < midnight ? 5 : 50);
      await vi.advanceTimersByTimeAsync(1_001);
      for (const [id, end] of ends)
        expect(terms.customer(id)?.value('seats')).toBe(Date.parse(end) <= midnight ? 5 : 50);
    }
    for (const [id, end] of ends) {
      const late = (told.get(id) ?? Number.POSITIVE_INFINITY) - Date.parse(end);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(1_000);
    }
    expect(terms.freshness).toMatchObject({ source: 'store', state: 'unreachable' });
    await terms.close();
  });
});

describe('freshness', () => {
  const open = (store: ScriptedStore, keys: Uint8Array): Promise<Terms> => openTerms({ store, keys });

  test('is unreachable after 15 minutes without an answer, stale after the instant in the head, and fresh after a refresh', async () => {
    const line = await signedLine(3, {
      staleAfterMs: 7_200_000,
      whenStale: 1,
      issuedAt: (n) => START + (n - 1) * 36_000_000,
    });
    const store = steadyStore(line);
    const terms = await open(store, line.pinned.envelope);
    const seats = () => terms.customer('mill')?.value('seats');
    const causes: string[] = [];
    terms.onChange(({ cause, customer }) => void (customer === 'mill' && causes.push(cause)));
    const handed = terms.snapshot();
    store.behaviour = { head: 'unavailable', objects: 'unavailable' };
    await vi.advanceTimersByTimeAsync(840_000);
    expect([terms.freshness.state, seats()]).toEqual(['fresh', seatsOf(1)]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([terms.freshness.state, seats()]).toEqual(['unreachable', seatsOf(1)]);
    await vi.advanceTimersByTimeAsync(7_200_000 - 960_000);
    expect([terms.freshness.state, seats()]).toEqual(['unreachable', seatsOf(1)]);
    await vi.advanceTimersByTimeAsync(1_001);
    expect([terms.freshness.state, seats(), terms.customer('mill')?.explain('seats')]).toEqual([
      'stale',
      1,
      { value: 1, isStale: true, layers: expect.any(Array) },
    ]);
    // What was handed out for one request does not change under it.
    expect(handed.customer('mill')?.value('seats')).toBe(seatsOf(1));
    expect(causes).toEqual(['stale']);
    // Nobody publishes, the store answers again: still stale, since what is signed is old.
    store.behaviour = healthy;
    await vi.advanceTimersByTimeAsync(61_000);
    expect([terms.freshness.state, seats()]).toEqual(['stale', 1]);
    vi.setSystemTime(START + 36_000_000);
    store.published = 2;
    await vi.advanceTimersByTimeAsync(61_000);
    expect([terms.freshness.state, seats(), terms.release.n]).toEqual(['fresh', seatsOf(2), 2]);
    expect(causes).toEqual(['stale', 'stale']);
    await terms.close();
  });

  test('without signatures is never stale: what nobody signed, nobody confirms', async () => {
    const terms = await openTerms({ store: await storeOf(new Map([['one', '2030-01-01']])) });
    vi.setSystemTime(START + 2 * DAY);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([terms.freshness.state, terms.customer('one')?.value('seats')]).toEqual(['fresh', 50]);
    await terms.close();
  });
});

describe('a wrong clock', () => {
  test('never makes what ended live again, in 300 walks of wall and timer', () => {
    const walks = timesFrom('PROVISO_SKEWS', 300);
    for (let walk = 0; walk < walks; walk += 1) {
      const draw = drawFrom(seed + walk);
      let [wall, timer, floor] = [START, 0, START];
      const clock = forwardClock(
        () => wall,
        () => timer,
      );
      for (let step = 0; step < 40; step += 1) {
        const passed = Math.floor(draw() * 7_200_000);
        timer += passed;
        wall += passed;
        if (draw() < 0.3) wall += Math.floor((draw() - 0.5) * 2 * DAY);
        if (draw() < 0.1) clock.atLeast(wall + Math.floor((draw() - 0.5) * DAY));
        const now = clock.now();
        expect(now, `PROVISO_SEED=${seed + walk} PROVISO_SKEWS=1`).toBeGreaterThanOrEqual(floor);
        expect(now).toBeGreaterThanOrEqual(wall);
        expect(clock.behind()).toBe(now - wall);
        floor = now;
      }
    }
  });

  test('goes on by the timer while the wall is behind', () => {
    let [wall, timer] = [1_000_000, 0];
    const clock = forwardClock(
      () => wall,
      () => timer,
    );
    wall -= 600_000;
    timer += 5_000;
    expect([clock.now(), clock.behind()]).toEqual([1_005_000, 605_000]);
    wall += 600_000;
    timer += 600_000;
    expect([clock.now(), clock.behind()]).toEqual([1_605_000, 605_000]);
  });

  test('set back by a day while it runs is told, and what ended stays ended', async () => {
    const terms = await openTerms({ store: await storeOf(new Map([['one', dayOf(START + DAY)]])) });
    vi.setSystemTime(START + DAY - 43_200_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([terms.customer('one')?.value('seats'), terms.freshness.isClockBehind]).toEqual([5, false]);
    vi.setSystemTime(Date.now() - DAY);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([terms.customer('one')?.value('seats'), terms.freshness.isClockBehind]).toEqual([5, true]);
    await terms.close();
  });

  test('at a start is not before what the release that is read says, and not before what this machine has seen', async () => {
    const cache = temporaryFolder();
    const store = await storeOf(new Map([['one', dayOf(START + 2 * DAY)]]));
    vi.setSystemTime(START - 3 * DAY);
    const first = await openTerms({ store, cache });
    expect([first.freshness.isClockBehind, first.freshness.age]).toEqual([true, expect.any(Number)]);
    await first.close();
    vi.setSystemTime(START);
    const second = await openTerms({ store, cache });
    vi.setSystemTime(START + 2 * DAY - 43_200_000);
    await vi.advanceTimersByTimeAsync(1_001);
    expect(second.customer('one')?.value('seats')).toBe(5);
    await second.close();
    // A day back, and started again.
    vi.setSystemTime(Date.now() - DAY);
    const third = await openTerms({ store, cache });
    expect([third.customer('one')?.value('seats'), third.freshness.isClockBehind]).toEqual([5, true]);
    await third.close();
    // What was years ahead was wrong, and is not believed.
    vi.setSystemTime(START + 3_000 * DAY);
    await (await openTerms({ store, cache })).close();
    vi.setSystemTime(START);
    const last = await openTerms({ store, cache });
    expect([last.customer('one')?.value('seats'), last.freshness.isClockBehind]).toEqual([50, false]);
    await last.close();
  });
});
