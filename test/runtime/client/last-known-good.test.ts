import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lastKnownGoodIn } from '../../../runtime/client/last-known-good.ts';
import { openTerms, StoreError, type Terms } from '../../../runtime/index.ts';
import { decodeHead } from '../../../runtime/snapshot/head.ts';
import { sha256 } from '../../../runtime/snapshot/object.ts';
import { openFileStore } from '../../../runtime/stores/file.ts';
import type { HeadAt, ReadStore } from '../../../runtime/stores/store.ts';
import { healthy, type ScriptedStore, steadyStore } from '../../fixtures/client/scripted-store.ts';
import { customersOf, type SignedLine, START, seatsOf, signedLine } from '../../fixtures/client/signed-line.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const line = await signedLine(40);
const unreachable = { head: 'unavailable', objects: 'unavailable' } as const;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const storeOf = (published: number, of: SignedLine = line): ScriptedStore => steadyStore(of, published);

const open = (store: ReadStore, cache: string, more: object = {}): Promise<Terms> =>
  openTerms({ store, cache, keys: line.pinned.envelope, follow: false, ...more });

/** Reads each of these releases into a cache, one after the other. */
async function keepInto(cache: string, releases: readonly number[], of: SignedLine = line): Promise<void> {
  for (const n of releases) await (await open(storeOf(n, of), cache, { keys: of.pinned.envelope })).close();
}

/** The release that is started from while the store is down, every customer checked; nothing where there is none. */
async function startFrom(cache: string): Promise<number | undefined> {
  const store = storeOf(1);
  store.behaviour = unreachable;
  let terms: Terms;
  try {
    terms = await open(store, cache);
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return undefined;
  }
  expect(terms.freshness.source).toBe('disk');
  for (const id of customersOf)
    expect([terms.customer(id)?.value('seats'), terms.customer(`acc_${id}`)?.release]).toEqual([
      seatsOf(terms.release.n),
      terms.release.n,
    ]);
  return terms.release.n;
}

const filesIn = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => fs.statSync(path).isFile());

describe('a cache', () => {
  test('whose newest head was cut is written again, and started from', async () => {
    const cache = temporaryFolder();
    await keepInto(cache, [1, 2]);
    fs.truncateSync(join(cache, 'heads/local/stable/2'), 40);
    expect(await startFrom(cache)).toBe(1);
    await keepInto(cache, [3]);
    expect(await startFrom(cache)).toBe(3);
  });

  test('whose objects were cut heals with the next start', async () => {
    const cache = temporaryFolder();
    await keepInto(cache, [1, 2]);
    for (const name of fs.readdirSync(join(cache, 'packs'))) fs.truncateSync(join(cache, 'packs', name), 10);
    expect(await startFrom(cache)).toBeUndefined();
    await keepInto(cache, [2]);
    expect(await startFrom(cache)).toBe(2);
  });

  test('never holds a head whose objects it does not hold, also where customers are read lazily', async () => {
    const cache = temporaryFolder();
    const store = storeOf(1);
    const told: Error[] = [];
    const terms = await open(store, cache, { load: 'lazy', onTrouble: (error: Error) => told.push(error) });
    await vi.waitFor(async () => expect(await startFrom(cache)).toBe(1));
    store.published = 2;
    const get = store.get.bind(store);
    // What a reader does not ask for, nobody verified yet.
    store.get = async (hashes) =>
      new Map([...(await get(hashes))].map(([hash, bytes]) => [hash, isLeaf(bytes) ? bytes.subarray(1) : bytes]));
    await terms.refresh();
    expect(await startFrom(cache)).toBe(1);
    expect(told.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('is damaged: its content has another hash'),
    );
    await terms.close();
  });

  test('of two processes holds what the one has that is further', async () => {
    const cache = temporaryFolder();
    const [one, two] = [storeOf(1), storeOf(1)];
    const [first, second] = [await open(one, cache), await open(two, cache)];
    for (let n = 2; n <= 12; n += 2) {
      one.published = n;
      two.published = n + 1;
      await Promise.all([first.refresh(), second.refresh()]);
      expect([first.release.n, second.release.n]).toEqual([n, n + 1]);
      expect(await startFrom(cache)).toBe(n + 1);
    }
  });

  test('of another environment, of other keys or of another repository is not used, and bars nothing', async () => {
    const cache = temporaryFolder();
    const strangers = await signedLine(9, { repo: 'rival/terms' });
    const sameRepo = await signedLine(9);
    await keepInto(cache, [8], strangers);
    await keepInto(cache, [9], sameRepo);
    expect(await startFrom(cache)).toBeUndefined();
    await keepInto(cache, [3]);
    expect(await startFrom(cache)).toBe(3);
    const store = storeOf(1);
    store.behaviour = unreachable;
    await expect(open(store, cache, { environment: 'production' })).rejects.toThrow(StoreError);
  });

  describe('that nobody signed', () => {
    const unsigned = { keys: undefined, unsigned: true };
    /** What is told, once for each time. */
    const opening = async (store: ReadStore, cache: string): Promise<{ terms: Terms; told: string[] }> => {
      const told: string[] = [];
      const onTrouble = ({ message }: Error): void => void told.push(message);
      return { terms: await open(store, cache, { ...unsigned, onTrouble }), told };
    };
    const seen = ({ release, freshness, customer }: Terms): unknown[] => [
      release.n,
      freshness.source,
      customer('mill')?.value('seats'),
    ];
    const rivals = async (): Promise<SignedLine> => signedLine(9, { repo: 'rival/terms', seats: (n) => 500 + n });
    const away = (of: SignedLine): ScriptedStore => {
      const store = storeOf(1, of);
      store.behaviour = unreachable;
      return store;
    };
    const other =
      'the store holds releases of acme/terms, and what was read until now is of rival/terms: what was kept of it on this machine is not used';

    test('and is of another repository than the store is told and not used, nor ever again', async () => {
      const cache = temporaryFolder();
      await (await open(storeOf(9, await rivals()), cache, unsigned)).close();
      const { terms, told } = await opening(storeOf(3), cache);
      expect([seen(terms), told]).toEqual([[3, 'store', seatsOf(3)], [other]]);
      await terms.close();
      expect(seen((await opening(away(line), cache)).terms)).toEqual([3, 'disk', seatsOf(3)]);
    });

    test('and is of another repository is left as soon as the store answers', async () => {
      const cache = temporaryFolder();
      await (await open(storeOf(9, await rivals()), cache, unsigned)).close();
      const store = away(line);
      const { terms, told } = await opening(store, cache);
      expect(seen(terms)).toEqual([9, 'disk', 509]);
      store.behaviour = healthy;
      expect([await terms.refresh(), seen(terms), told.at(-1)]).toEqual([true, [1, 'store', seatsOf(1)], other]);
    });

    test('and is of another repository is not what is started from where the release of the store is damaged', async () => {
      const cache = temporaryFolder();
      await (await open(storeOf(9, await rivals()), cache, unsigned)).close();
      const store = storeOf(3);
      store.behaviour = { head: 'fine', objects: 'missing' };
      await expect(opening(store, cache)).rejects.toThrow('is missing');
    });

    test('leaves a reader at its repository when the store turns to another', async () => {
      const [store, rival] = [storeOf(3), storeOf(9, await rivals())];
      let asked: ReadStore = store;
      const turning: ReadStore = {
        get: (hashes) => asked.get(hashes),
        getHead: (...at) => asked.getHead(...at),
        close: async () => {},
      };
      const { terms, told } = await opening(turning, temporaryFolder());
      asked = rival;
      expect([await terms.refresh(), seen(terms), told]).toEqual([
        false,
        [3, 'store', seatsOf(3)],
        ['the store holds releases of rival/terms, and what was read until now is of acme/terms'],
      ]);
    });
  });

  test.each<[string, (cache: string) => void]>([
    ['is a file', (cache) => fs.writeFileSync(cache, 'no folder')],
    [
      'holds a folder where a head belongs',
      (cache) => fs.mkdirSync(join(cache, 'heads/local/stable/1'), { recursive: true }),
    ],
    [
      'holds an endless head',
      (cache) => {
        fs.mkdirSync(join(cache, 'heads/local/stable'), { recursive: true });
        fs.writeFileSync(join(cache, 'heads/local/stable/1'), 'x'.repeat(70_000));
      },
    ],
  ])('that %s is told as trouble, and terms are read from the store', async (_, damage) => {
    const cache = join(temporaryFolder(), 'cache');
    damage(cache);
    const told: Error[] = [];
    const store = storeOf(1);
    const terms = await open(store, cache, { onTrouble: (error: Error) => told.push(error) });
    expect(terms.customer('mill')?.value('seats')).toBe(seatsOf(1));
    expect(told.length).toBeGreaterThan(0);
    store.published = 2;
    expect(await terms.refresh()).toBe(true);
    expect(terms.customer('mill')?.value('seats')).toBe(seatsOf(2));
  });

  test('keeps two releases and the keysets that lead to them, whatever was read', async () => {
    vi.useRealTimers();
    const cache = temporaryFolder();
    const store = storeOf(1);
    store.behaviour = healthy;
    const terms = await open(store, cache);
    const old = new Date(Date.now() - 7_200_000);
    for (let n = 2; n <= 40; n += 1) {
      for (const path of filesIn(join(cache, 'packs'))) fs.utimesSync(path, old, old);
      store.published = n;
      await terms.refresh();
    }
    const packs = filesIn(join(cache, 'packs'));
    expect(packs.length).toBeLessThan(40);
    vi.useFakeTimers({ now: START });
    expect(await startFrom(cache)).toBe(40);
    await terms.close();
  });

  test.each([
    ['each with something new', 2, (n: number) => n],
    ['of which most say again what the one before said', 12, (n: number) => Math.ceil(n / 12)],
    ['that all say the same', 20, () => 1],
  ])('keeps few heads of many releases, %s', async (_, most, seats) => {
    vi.useRealTimers();
    const cache = temporaryFolder();
    const many = await signedLine(60, { seats });
    const kept = lastKnownGoodIn(openFileStore(cache), () => Date.now() + 120_000, 20);
    const get = kept.through((hashes) => steadyStore(many).get(hashes));
    for (const { envelope, payload } of many.releases)
      await kept.keep(get, { envelope, payload, hash: sha256(envelope), trust: many.pinned });
    const heads = fs.readdirSync(join(cache, 'heads/local/stable')).filter((name) => name !== 'HEAD');
    // Between two rounds of tidying sixteen are added.
    expect(heads.length).toBeLessThanOrEqual(most + 16);
    const roots: string[] = [];
    for await (const place of kept.generations('local', 'stable')) {
      const { envelope } = (await place.getHead('local', 'stable')) as HeadAt;
      roots.push(decodeHead(envelope).payload.root);
    }
    expect(roots).toEqual([...new Set(many.releases.map(({ payload }) => payload.root))].reverse().slice(0, 2));
  });

  test('holds no records, which say who asked for what', async () => {
    const cache = temporaryFolder();
    await keepInto(cache, [1]);
    expect(filesIn(cache).every((path) => !fs.readFileSync(path).includes('"why"'))).toBe(true);
  });
});

const isLeaf = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString().startsWith('{"customer":');
