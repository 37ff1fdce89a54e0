import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type OpenOptions, openTerms, StoreError, type Terms } from '../../../runtime/index.ts';
import { openFileStore } from '../../../runtime/stores/file.ts';
import type { ReadStore } from '../../../runtime/stores/store.ts';
import { type ScriptedStore, steadyStore } from '../../fixtures/client/scripted-store.ts';
import { DAY, type SignedLine, START, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { signedKeys } from '../../fixtures/release/signed-keys.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const line = await signedLine(6);

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const storeOf = (published: number, of: SignedLine = line): ScriptedStore => steadyStore(of, published);

const hangs = <T>(): Promise<T> => new Promise<T>(() => {});
const failing = (cause: unknown): ReadStore => {
  const fail = async (): Promise<never> => {
    throw cause;
  };
  return { get: fail, getHead: fail, close: async () => {} };
};
const troubles: [string, () => ReadStore][] = [
  ['is down', () => failing(new StoreError('unavailable', 'down'))],
  ['answers 401', () => failing(new StoreError('denied', 'no'))],
  ['answers 500', () => failing(new StoreError('damaged', 'what it holds cannot be read'))],
  [
    'cannot be found by its name',
    () => failing(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
  ],
  [
    'fails in TLS',
    () => failing(Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })),
  ],
  ['hangs', () => ({ get: hangs, getHead: hangs, close: hangs })],
  ['hangs for objects alone', () => ({ get: hangs, getHead: () => storeOf(5).getHead(), close: async () => {} })],
  [
    'has lost everything',
    () => ({ get: async () => new Map(), getHead: async () => undefined, close: async () => {} }),
  ],
  [
    'has heads without objects',
    () => ({ get: async () => new Map(), getHead: () => storeOf(5).getHead(), close: async () => {} }),
  ],
];

/** A folder with a release that was read there. */
async function cacheOf(n: number): Promise<string> {
  const cache = temporaryFolder();
  await (await open({ store: storeOf(n), cache })).close();
  return cache;
}

/** A store as it is put into an image. */
async function bundleOf(n: number): Promise<string> {
  const folder = temporaryFolder();
  const bundle = openFileStore(folder);
  await bundle.putAll(line.objects);
  await bundle.casHead('local', 'stable', null, line.releases[n - 1]?.envelope as Uint8Array);
  return `file:${folder}`;
}

const open = (options: Partial<OpenOptions>): Promise<Terms> =>
  openTerms({ store: storeOf(1), keys: line.pinned.envelope, follow: false, ...options } as OpenOptions);

/** How it ended, and after how many milliseconds: simulated ones, and those that were really spent. */
async function started(options: Partial<OpenOptions>): Promise<{ terms?: Terms; error?: unknown; after: number }> {
  const [from, real] = [Date.now(), performance.now()];
  let ended: { terms?: Terms; error?: unknown } | undefined;
  const opening = (async () => {
    try {
      ended = { terms: await open(options) };
    } catch (error) {
      ended = { error };
    }
  })();
  while (!ended) await vi.advanceTimersByTimeAsync(50);
  await opening;
  return { ...ended, after: Math.max(Date.now() - from, performance.now() - real) };
}

describe.each(troubles)('where the store %s', (_, store) => {
  test.each(['whole', 'lazy'] as const)('it starts within a second from the cache, and says so (%s)', async (load) => {
    const cache = await cacheOf(3);
    vi.setSystemTime(START + DAY);
    const { terms, after } = await started({ store: store(), cache, load: load as 'whole', reader: 'web-7' });
    expect((await terms?.customer('mill'))?.value('seats')).toBe(seatsOf(3));
    expect(terms?.freshness).toMatchObject({ release: 3, source: 'disk', lastAnswer: undefined, state: 'unreachable' });
    expect(terms?.freshness.age).toBeCloseTo(DAY - 7_200_000, -4);
    expect(after).toBeLessThan(1_000);
  });

  test('it starts from a bundle, or from the cache where that is newer', async () => {
    const bundle = await bundleOf(2);
    const { terms } = await started({ store: store(), bundle });
    expect([terms?.customer('mill')?.value('seats'), terms?.freshness.source]).toEqual([seatsOf(2), 'bundle']);
    const { terms: newer } = await started({ store: store(), bundle, cache: await cacheOf(3) });
    expect([newer?.customer('mill')?.value('seats'), newer?.freshness.source]).toEqual([seatsOf(3), 'disk']);
    const { terms: older } = await started({ store: store(), bundle, cache: await cacheOf(1) });
    expect([older?.customer('mill')?.value('seats'), older?.freshness.source]).toEqual([seatsOf(2), 'bundle']);
  });

  test('and nothing was kept it says what is wrong: it never starts with defaults', async () => {
    const { terms, error } = await started({ store: store(), cache: temporaryFolder() });
    expect(terms).toBeUndefined();
    expect(error).toBeInstanceOf(Error);
  });
});

describe('a start from the cache', () => {
  const down = (): ReadStore => failing(new StoreError('unavailable', 'down'));

  test('is followed by a look at the store within seconds', async () => {
    const cache = await cacheOf(2);
    const store = storeOf(4);
    store.behaviour = { head: 'unavailable', objects: 'unavailable' };
    const { terms } = await started({ store, cache, follow: true });
    expect(terms?.release.n).toBe(2);
    store.behaviour = { head: 'fine', objects: 'fine' };
    await vi.advanceTimersByTimeAsync(5_001);
    expect([terms?.release.n, terms?.freshness.source]).toEqual([4, 'store']);
    await terms?.close();
  });

  test('stays one while the store says nothing but what is older', async () => {
    const { terms } = await started({ store: storeOf(2), cache: await cacheOf(4) });
    expect([terms?.release.n, terms?.freshness.source]).toEqual([4, 'disk']);
    await terms?.refresh();
    expect([terms?.release.n, terms?.freshness.source]).toEqual([4, 'disk']);
  });

  test('takes nothing below the least release it was told of, from nowhere', async () => {
    const cache = await cacheOf(3);
    expect((await started({ store: down(), cache, atLeast: 3 })).terms?.release.n).toBe(3);
    const told: Error[] = [];
    const onTrouble = (error: Error): void => void told.push(error);
    const bundle = await bundleOf(3);
    expect((await started({ store: down(), cache, bundle, atLeast: 4, onTrouble })).error).toBeInstanceOf(StoreError);
    expect(told.map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => 'release 3 comes before release 4, the least this reader takes'),
    );
    expect((await started({ store: storeOf(3), atLeast: 4 })).error).toMatchObject({ code: 'older' });
    expect((await started({ store: storeOf(4), cache, atLeast: 4 })).terms?.release.n).toBe(4);
  });

  test('follows keys that were replaced while it was down, twice, with the keyset it was given first', async () => {
    const keys = await signedKeys('acme/terms', 3);
    const first = { ...keys, keysets: keys.keysets.slice(0, 1) };
    const rotated = await signedLine(4, { keys });
    const path = join(temporaryFolder(), '1.json');
    writeFileSync(path, keys.keysets[0]?.envelope as Uint8Array);
    expect(first.keysets).toHaveLength(1);
    const cache = temporaryFolder();
    await (await open({ store: storeOf(4, rotated), keys: path, cache })).close();
    const { terms } = await started({ store: down(), keys: path, cache });
    expect([terms?.release.n, terms?.customer('mill')?.value('seats')]).toEqual([4, seatsOf(4)]);
    // A reader that was given newer keys takes it as well, one of other keys does not.
    expect(
      (await started({ store: down(), keys: keys.keysets[2]?.envelope as Uint8Array, cache })).terms?.release.n,
    ).toBe(4);
    expect((await started({ store: down(), cache })).error).toBeInstanceOf(StoreError);
  });

  test('without keys in an environment that is signed is refused, whatever lies there', async () => {
    const cache = await cacheOf(3);
    const { error } = await started({ store: down(), cache, environment: 'production', keys: undefined as never });
    expect(error).toBeInstanceOf(Error);
  });
});

test('is closed within a second, though the store hangs by then', async () => {
  const terms = await open({ store: Object.assign(storeOf(1), { close: hangs }) });
  const began = Date.now();
  const closed = terms.close().then(() => Date.now() - began);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await closed).toBe(1_000);
});
