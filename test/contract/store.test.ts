import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore, storeDrivers } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { isMissing } from '../fixtures/servers/server.ts';
import { memoryPlaces, type Places, type RunningPlaces, storePlaces } from './places.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const objectsOf = (...texts: string[]): Map<string, Uint8Array> =>
  new Map(texts.map((text) => [sha256(text), bytesOf(text)]));
const textsOf = (found: ReadonlyMap<string, Uint8Array>): string[] =>
  [...found.values()].map((bytes) => Buffer.from(bytes).toString()).sort();
const absent = sha256('never stored');
const later = (): Date => new Date(Date.now() + 60_000);
const earlier = (): Date => new Date(Date.now() - 60_000);

test('every kind of store is put to this contract', () => {
  const kinds = new Set(Object.keys(storePlaces).map((place) => place.split(' ')[0]));
  expect(kinds).toEqual(new Set(Object.keys(storeDrivers)));
});

describe.each(Object.keys(storePlaces))('a %s store', (kind) => {
  const places = storePlaces[kind] as Places;
  describe.skipIf(isMissing(places.needs))(`keeps the contract (${places.needs ?? 'needs no server'})`, () => {
    keepsContract(places, passesNews.has(kind.split(' ')[0] ?? ''));
  });
});

describe('the store in memory that tests use keeps the contract', () => {
  keepsContract(memoryPlaces, true);
});

/** Where a notice can carry what a release brings. */
const passesNews = new Set(['redis', 'rediss', 'nats', 'postgres']);

function keepsContract(places: Places, isNewsPassed: boolean): void {
  let running: RunningPlaces;
  let url: string;
  let store: WriteStore;
  const opened: WriteStore[] = [];
  const open = async (): Promise<WriteStore> => {
    const another = await (running.open ?? openStore)(url);
    opened.push(another);
    return another;
  };
  const headsOf = async (from: WriteStore, env = 'local', channel = 'stable'): Promise<string[]> => {
    const heads: string[] = [];
    for await (const envelope of from.history(env, channel)) heads.push(Buffer.from(envelope).toString());
    return heads;
  };
  const tokenOf = async (from: WriteStore): Promise<string | null> =>
    (await from.getHead('local', 'stable'))?.token ?? null;

  beforeAll(async () => {
    running = await places.start();
  }, 60_000);
  afterAll(() => running?.stop());
  beforeEach(async () => {
    url = await running.fresh();
    store = await open();
    await store.init?.();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  describe('objects', () => {
    test('are absent from an answer until they are stored', async () => {
      expect(await store.get([absent])).toEqual(new Map());
      expect(await store.has([absent])).toEqual(new Set());
      expect(await store.get([])).toEqual(new Map());
    });

    test('come back as they were stored, to whoever asks', async () => {
      const reader = await open();
      expect(await reader.get([sha256('one')])).toEqual(new Map());
      await store.putAll(objectsOf('one', 'two', ''));
      const hashes = [sha256('two'), absent, sha256('one'), sha256('')];
      expect(textsOf(await store.get(hashes))).toEqual(['', 'one', 'two']);
      expect(textsOf(await reader.get(hashes))).toEqual(['', 'one', 'two']);
      expect(await reader.has(hashes)).toEqual(new Set([sha256('one'), sha256('two'), sha256('')]));
    });

    test('may be stored twice, and none may be stored', async () => {
      await store.putAll(new Map());
      await store.putAll(objectsOf('one', 'two'));
      await (await open()).putAll(objectsOf('two', 'three'));
      expect(textsOf(await store.get(['one', 'two', 'three'].map(sha256)))).toEqual(['one', 'three', 'two']);
    });

    test('may be many and large', async () => {
      const large = 'x'.repeat(1_048_576);
      const many = Array.from({ length: places.many ?? 5_000 }, (_, index) => `object ${index}`);
      await store.putAll(objectsOf(large, ...many));
      const found = await (await open()).get([large, ...many].map(sha256));
      expect(found.size).toBe(many.length + 1);
      for (const [hash, bytes] of found) expect(sha256(bytes)).toBe(hash);
    });

    test('that are stored by several at once are all there', async () => {
      const writers = await Promise.all(Array.from({ length: 8 }, open));
      await Promise.all(writers.map((writer, index) => writer.putAll(objectsOf(`own ${index}`, 'shared'))));
      const hashes = [...writers.map((_, index) => sha256(`own ${index}`)), sha256('shared')];
      expect((await store.has(hashes)).size).toBe(9);
    });
  });

  describe('the head', () => {
    test('is absent at first and moves only from where it was seen', async () => {
      expect(await store.getHead('local', 'stable')).toBeUndefined();
      expect(await store.casHead('local', 'stable', 'nonsense', bytesOf('h1'))).toBe('conflict');
      expect(await store.casHead('local', 'stable', null, bytesOf('h1'))).toBe('ok');
      expect(await store.casHead('local', 'stable', null, bytesOf('h2'))).toBe('conflict');
      const first = await tokenOf(store);
      expect(await store.casHead('local', 'stable', first, bytesOf('h2'))).toBe('ok');
      expect(await store.casHead('local', 'stable', first, bytesOf('h3'))).toBe('conflict');
      expect(Buffer.from((await store.getHead('local', 'stable'))?.envelope ?? []).toString()).toBe('h2');
    });

    test('is seen by everybody at once', async () => {
      const reader = await open();
      for (const text of ['h1', 'h2', 'h3']) {
        expect(await store.casHead('local', 'stable', await tokenOf(store), bytesOf(text))).toBe('ok');
        expect(Buffer.from((await reader.getHead('local', 'stable'))?.envelope ?? []).toString()).toBe(text);
      }
    });

    test('that comes back to the same bytes is another state', async () => {
      await store.casHead('local', 'stable', null, bytesOf('a'));
      const first = await tokenOf(store);
      await store.casHead('local', 'stable', first, bytesOf('b'));
      await store.casHead('local', 'stable', await tokenOf(store), bytesOf('a'));
      expect(await store.casHead('local', 'stable', first, bytesOf('c'))).toBe('conflict');
    });

    test('is won by exactly one of many', async () => {
      await store.casHead('local', 'stable', null, bytesOf('start'));
      const token = await tokenOf(store);
      const racers = await Promise.all(Array.from({ length: 8 }, open));
      const swaps = await Promise.all(
        racers.map((racer, index) => racer.casHead('local', 'stable', token, bytesOf(`racer ${index}`))),
      );
      expect(swaps.filter((swap) => swap === 'ok').length).toBe(1);
      expect((await headsOf(store))[0]).toBe(`racer ${swaps.indexOf('ok')}`);
    });

    test('of one environment and channel is apart from every other', async () => {
      await store.casHead('local', 'stable', null, bytesOf('local stable'));
      expect(await store.casHead('local', 'canary', null, bytesOf('local canary'))).toBe('ok');
      expect(await store.casHead('production', 'stable', null, bytesOf('production stable'))).toBe('ok');
      expect(await headsOf(store, 'local', 'stable')).toEqual(['local stable']);
      expect(await headsOf(store, 'production', 'stable')).toEqual(['production stable']);
      expect(await headsOf(store, 'production', 'canary')).toEqual([]);
    });

    test.each(['', '..', '../other', 'a/b', 'A', 'HEAD', 'a b'])('refuses the name "%s"', async (name) => {
      const refusal = { name: 'StoreError', trouble: 'unsuitable' };
      await expect(store.getHead(name, 'stable')).rejects.toMatchObject(refusal);
      await expect(store.casHead('local', name, null, bytesOf('h'))).rejects.toMatchObject(refusal);
    });

    test('keeps its history, newest first', async () => {
      expect(await headsOf(store)).toEqual([]);
      const texts = Array.from({ length: 12 }, (_, index) => `h${index}`);
      for (const text of texts) await store.casHead('local', 'stable', await tokenOf(store), bytesOf(text));
      expect(await headsOf(await open())).toEqual(texts.reverse());
    });

    test('is listed by its environment and channel, whoever put it there', async () => {
      expect(await store.places()).toEqual([]);
      await store.putAll(objectsOf('an object is no place'));
      expect(await store.places()).toEqual([]);
      for (const place of ['local/stable', 'local/canary', 'production/stable', 'scratch-1/stable']) {
        const [env = '', channel = ''] = place.split('/');
        await store.casHead(env, channel, null, bytesOf(place));
      }
      await store.casHead('staging', 'stable', 'a token of nothing', bytesOf('lost'));
      const placesOf = async (from: WriteStore): Promise<string[]> =>
        (await from.places()).map(({ env, channel }) => `${env}/${channel}`).sort();
      expect(await placesOf(await open())).toEqual([
        'local/canary',
        'local/stable',
        'production/stable',
        'scratch-1/stable',
      ]);
      await store.dropScratch('scratch-1');
      expect(await placesOf(store)).toEqual(['local/canary', 'local/stable', 'production/stable']);
    });

    test('is hinted at when it moves', async () => {
      await store.casHead('local', 'stable', null, bytesOf('h1'));
      const reader = await open();
      if (!reader.watch) return;
      let stop = (): void => {};
      const hinted = new Promise<void>((resolve) => {
        stop = reader.watch?.('local', 'stable', () => resolve()) ?? stop;
      });
      await store.casHead('local', 'stable', await tokenOf(store), bytesOf('h2'));
      await hinted;
      stop();
    });

    test('is hinted at once, with what it brings where a notice can carry that', async () => {
      await store.casHead('local', 'stable', null, bytesOf('h1'));
      const reader = await open();
      if (!reader.watch) return;
      const hints: (readonly string[] | undefined)[] = [];
      let wake = (): void => {};
      const until = async (count: number): Promise<void> => {
        while (hints.length < count)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      };
      const stop = reader.watch('local', 'stable', (news) => {
        hints.push(news);
        wake();
      });
      // One hint comes when the store listens, where it can tell.
      if (isNewsPassed) await until(1);
      const [few, many] = [2, 65].map((count) =>
        Array.from({ length: count }, (_, index) => sha256(`object ${index}`)),
      );
      for (const [index, news] of [few, many, ['nonsense'], []].entries()) {
        await store.casHead('local', 'stable', await tokenOf(store), bytesOf(`h${index + 2}`), news);
        await until(isNewsPassed ? index + 2 : index + 1);
      }
      stop();
      if (isNewsPassed) expect(hints).toEqual([undefined, few, undefined, undefined, undefined]);
      else expect(new Set(hints)).toEqual(new Set([undefined]));
    });

    test('comes together with objects where a store can look for both in one go', async () => {
      if (!store.look) return;
      const [one, two] = ['one', 'two'].map(sha256) as [string, string];
      await store.putAll(objectsOf('one', 'two', 'three'));
      expect(await store.look('local', 'stable', [one])).toEqual({ head: undefined, objects: await store.get([one]) });
      await store.casHead('local', 'stable', null, bytesOf('h1'));
      await store.casHead('local', 'stable', await tokenOf(store), bytesOf('h2'));
      await store.casHead('local', 'canary', null, bytesOf('another'));
      const head = await store.getHead('local', 'stable');
      for (const hashes of [[], [absent], [one, two, absent]])
        expect(await store.look('local', 'stable', hashes)).toEqual({ head, objects: await store.get(hashes) });
      await expect(store.look('Local', 'stable', [])).rejects.toMatchObject({ trouble: 'unsuitable' });
    });
  });

  describe('a sweep', () => {
    test('removes what is old and not kept, and nothing else', async () => {
      await store.putAll(objectsOf('keep 1', 'drop 1'));
      await store.putAll(objectsOf('keep 2', 'drop 22'));
      const reader = await open();
      await reader.get([sha256('keep 1')]);
      const swept = await store.sweep(new Set([sha256('keep 1'), sha256('keep 2'), absent]), later());
      expect(swept).toEqual({ objects: 2, bytes: 13 });
      const all = ['keep 1', 'keep 2', 'drop 1', 'drop 22'].map(sha256);
      for (const each of [store, reader, await open()])
        expect(textsOf(await each.get(all))).toEqual(['keep 1', 'keep 2']);
      await store.putAll(objectsOf('drop 1'));
      expect(textsOf(await reader.get(all))).toEqual(['drop 1', 'keep 1', 'keep 2']);
    });

    test('leaves what was written since', async () => {
      await store.putAll(objectsOf('young'));
      expect(await store.sweep(new Set(), earlier())).toEqual({ objects: 0, bytes: 0 });
      expect((await store.has([sha256('young')])).size).toBe(1);
    });

    test('leaves what somebody asked for since: it may be about to be published again', async () => {
      await store.putAll(objectsOf('old'));
      const written = new Date();
      while (Date.now() <= written.getTime() + 2) await new Promise((resolve) => setImmediate(resolve));
      const between = new Date();
      await (await open()).has([sha256('old')]);
      await store.sweep(new Set(), between);
      expect(textsOf(await store.get([sha256('old')]))).toEqual(['old']);
    });

    test('of everything leaves a store that works', async () => {
      await store.putAll(objectsOf('one'));
      await store.casHead('local', 'stable', null, bytesOf('h1'));
      expect(await store.sweep(new Set(), later())).toEqual({ objects: 1, bytes: 3 });
      expect(await store.get([sha256('one')])).toEqual(new Map());
      expect(await headsOf(store)).toEqual(['h1']);
      await store.putAll(objectsOf('two'));
      expect(textsOf(await store.get([sha256('two')]))).toEqual(['two']);
    });

    test('changes nothing for those who read meanwhile', async () => {
      const kept = objectsOf(...Array.from({ length: 50 }, (_, index) => `kept ${index}`));
      await store.putAll(kept);
      const reader = await open();
      for (let round = 0; round < 10; round += 1) {
        await store.putAll(objectsOf(`garbage ${round}`));
        const [found] = await Promise.all([reader.get([...kept.keys()]), store.sweep(new Set(kept.keys()), later())]);
        expect(found).toEqual(kept);
        expect(await reader.get([...kept.keys()])).toEqual(kept);
      }
    });
  });

  test('forgets the heads of an environment that was for trying out, and of no other', async () => {
    await store.putAll(objectsOf('kept'));
    for (const [env, channel] of [
      ['scratch-1', 'stable'],
      ['scratch-1', 'canary'],
      ['scratch-12', 'stable'],
      ['local', 'stable'],
    ] as const)
      await store.casHead(env, channel, null, bytesOf(`${env} ${channel}`));
    const another = await open();
    await another.getHead('scratch-1', 'stable');
    await store.dropScratch('scratch-1');
    await store.dropScratch('scratch-1');
    for (const each of [store, another, await open()]) {
      expect(await each.getHead('scratch-1', 'stable')).toBeUndefined();
      expect(await headsOf(each, 'scratch-1', 'canary')).toEqual([]);
      expect(await headsOf(each, 'scratch-12')).toEqual(['scratch-12 stable']);
      expect(await headsOf(each)).toEqual(['local stable']);
    }
    expect(await another.casHead('scratch-1', 'stable', null, bytesOf('again'))).toBe('ok');
    expect(textsOf(await store.get([sha256('kept')]))).toEqual(['kept']);
    for (const env of ['local', 'scratch', 'production', '../scratch-1', 'scratch-/x'])
      await expect(store.dropScratch(env)).rejects.toMatchObject({ name: 'StoreError', trouble: 'unsuitable' });
  });

  test('may be made ready as often as one likes', async () => {
    await store.casHead('local', 'stable', null, bytesOf('h1'));
    await store.init?.();
    expect((await (await open()).init?.())?.made ?? []).toEqual([]);
    expect(await headsOf(store)).toEqual(['h1']);
  });
}
