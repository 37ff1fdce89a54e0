import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { collectGarbage, type GarbageRequest } from '../../engine/publish/collect-garbage.ts';
import { findMissing } from '../../engine/publish/find-missing.ts';
import { publish } from '../../engine/publish/publish.ts';
import { refresh } from '../../engine/publish/refresh.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { decodeHead, encodeHead } from '../../runtime/snapshot/head.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import {
  numberedSnapshot,
  readEverything,
  sampleRequest,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';
import { signedKeys } from '../fixtures/release/signed-keys.ts';

const DAY = 24 * 3_600_000;
const start = Date.parse('2026-06-03T00:00:00Z');
let day = 0;
const now = (): Date => new Date(start + day * DAY);
let store: MemoryStore;
beforeEach(() => {
  day = 0;
  store = new MemoryStore();
  store.now = () => now().getTime();
});

const tools = (number: number, to: WriteStore = store) => ({ ...sampleTools(to, () => numberedSnapshot(number)), now });
const publishNumber = (number: number, change: object = {}) =>
  publish(
    { ...tools(number), ancestry: async () => 'ancestor' as const },
    { ...sampleRequest(`c${number}`), ...change },
  );
const collect = (change: Partial<GarbageRequest> = {}, to: WriteStore = store) =>
  collectGarbage({ store: to, now }, { ...sampleTarget, ...change });
const isWhole = ({ objects }: Snapshot): boolean => [...objects.keys()].every((hash) => store.objects.has(hash));
const wholeOf = (numbers: readonly number[]): number[] => numbers.filter((number) => isWhole(numberedSnapshot(number)));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('collecting garbage', () => {
  test('keeps the newest contents, whatever refreshed them, and removes what only older ones need', async () => {
    for (const number of upTo(6)) {
      await publishNumber(number);
      for (let times = 0; times < 3; times += 1) await refresh(tools(number), sampleTarget);
    }
    day = 40;
    const planned = await collect({ roots: 3, dryRun: true });
    expect(wholeOf(upTo(6))).toEqual(upTo(6));
    const swept = await collect({ roots: 3 });
    expect(swept).toMatchObject({
      outcome: 'swept',
      places: [{ env: 'local', channel: 'stable', heads: 24, kept: 12, dropped: 12, incomplete: 0 }],
    });
    expect(planned).toEqual({ ...swept, outcome: 'planned' });
    expect(wholeOf(upTo(6))).toEqual([4, 5, 6]);
    expect((await readEverything(store)).length).toBe(24);
  });

  test('keeps 50 contents where nobody says otherwise', async () => {
    for (const number of upTo(53)) await publishNumber(number);
    day = 40;
    expect(await collect()).toMatchObject({ outcome: 'swept', removed: { objects: 6 } });
    expect(wholeOf(upTo(53))).toEqual(upTo(53).slice(3));
  });

  test('keeps what was in force in the last 30 days, however much it is, and what is pinned', async () => {
    for (const number of upTo(6)) {
      day = number * 10;
      await publishNumber(number);
    }
    day = 75;
    await collect({ roots: 1, pinned: new Set([2]) });
    // Release 4 was put in force on day 40 and was so until day 50, which is 25 days ago.
    expect(wholeOf(upTo(6))).toEqual([2, 4, 5, 6]);
  });

  test('leaves what is younger than a week, which may be about to be published', async () => {
    await publishNumber(1);
    await store.putAll(numberedSnapshot(7).objects);
    day = 6.9;
    await collect({ roots: 1, forMs: 0 });
    expect(isWhole(numberedSnapshot(7))).toBe(true);
    day = 7.1;
    await collect({ roots: 1, forMs: 0 });
    expect(isWhole(numberedSnapshot(7))).toBe(false);
    expect(isWhole(numberedSnapshot(1))).toBe(true);
  });

  test('keeps what every other environment and channel of the store needs, whoever publishes there', async () => {
    await publishNumber(1);
    await publishNumber(2, { env: 'production' });
    await publishNumber(3, { channel: 'canary' });
    await publishNumber(4, { env: 'theirs', repo: 'other/terms' });
    await publishNumber(5);
    day = 40;
    expect(await collect({ roots: 1 })).toMatchObject({ outcome: 'swept', places: expect.arrayContaining([]) });
    expect(wholeOf(upTo(5))).toEqual([2, 3, 4, 5]);
  });

  test('refuses where an environment that is published is not listed', async () => {
    await publishNumber(1);
    await publishNumber(2, { env: 'production' });
    day = 40;
    const forgetful = Object.assign(Object.create(store) as MemoryStore, {
      places: async () => [{ env: 'local', channel: 'stable' }],
    });
    const known = [{ env: 'production', channel: 'stable' }];
    expect(await collect({ known }, forgetful)).toMatchObject({ outcome: 'refused', reason: 'unlisted' });
    expect(wholeOf([1, 2])).toEqual([1, 2]);
  });

  test('keeps every keyset and every evidence there ever was', async () => {
    const keys = await signedKeys(sampleTarget.repo, 3);
    for (const number of upTo(4)) {
      const object = Buffer.from(`{"evidence":${number}}`);
      const { sha256 } = await import('../../runtime/snapshot/object.ts');
      const prove = async () => ({ outcome: 'proven' as const, evidence: sha256(object), object });
      await publish({ ...tools(number), signing: keys, prove }, sampleRequest(`c${number}`));
    }
    day = 40;
    expect(await collectGarbage({ store, now, signing: keys }, { ...sampleTarget, roots: 1 })).toMatchObject({
      outcome: 'swept',
    });
    expect(wholeOf(upTo(4))).toEqual([4]);
    for (const { hash } of keys.keysets) expect(store.objects.has(hash)).toBe(true);
    const texts = [...store.objects.values()].map((bytes) => Buffer.from(bytes).toString());
    expect(texts.filter((text) => text.startsWith('{"evidence"')).length).toBe(4);
  });

  test('removes nothing where a head it may need cannot be read or was edited, or what is in force is not whole', async () => {
    for (const number of upTo(3)) await publishNumber(number);
    day = 40;
    const heads = store.heads.get('local/stable') as Uint8Array[];
    const [first, second, third] = heads as [Uint8Array, Uint8Array, Uint8Array];
    const refused = { outcome: 'refused', reason: 'damaged' };
    for (const broken of [
      Buffer.from('{}'),
      encodeHead({ ...decodeHead(second).payload, root: numberedSnapshot(9).root }).envelope,
    ]) {
      heads.splice(0, 3, first, broken, third);
      expect(await collect({ roots: 2 })).toMatchObject(refused);
    }
    heads.splice(0, 3, second, third);
    expect(await collect({ roots: 3 })).toMatchObject(refused);
    heads.splice(0, 2, Buffer.from('{}'), second, third);
    expect(await collect({ roots: 2, forMs: 0, dryRun: true })).toMatchObject({ outcome: 'planned' });
    heads.splice(0, 3, first, second, third);
    store.objects.delete(numberedSnapshot(3).root);
    expect(await collect()).toMatchObject(refused);
    expect(wholeOf([1, 2])).toEqual([1, 2]);
  });

  test('goes on where an older release is not whole any more, and keeps what it shares', async () => {
    for (const number of upTo(4)) await publishNumber(number);
    day = 40;
    await collect({ roots: 2 });
    expect(await collect({ roots: 4 })).toMatchObject({
      outcome: 'swept',
      places: [{ incomplete: 2 }],
      removed: { objects: 0 },
    });
    expect(wholeOf(upTo(4))).toEqual([3, 4]);
  });

  test('looks again when a head moves meanwhile', async () => {
    await publishNumber(1);
    day = 40;
    let raced = false;
    const racing: WriteStore = Object.assign(Object.create(store) as MemoryStore, {
      get: async (hashes: readonly string[]) => {
        const found = await store.get(hashes);
        if (!raced) {
          raced = true;
          await publishNumber(2, { env: 'production' });
          // As if it had been written a month ago: nothing but being marked keeps it.
          for (const hash of store.touched.keys()) store.touched.set(hash, 0);
        }
        return found;
      },
    });
    expect(await collect({ roots: 1 }, racing)).toMatchObject({ outcome: 'swept' });
    expect(wholeOf([1, 2])).toEqual([1, 2]);
  });
});

const races = timesFrom('PROVISO_GC_RACES', 10);
const publishers = 20;
const HALF_A_MINUTE = 30_000;

/** One round after the other: everything stored so far is a week old when garbage is collected beside 20 publishers. */
async function race(rounds: number): Promise<{ missing: number; swept: number }> {
  const draw = drawFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'proviso-gc-'));
  const yieldOften = (to: WriteStore): WriteStore => {
    const wait = async (): Promise<void> => {
      for (let turns = Math.floor(draw() * 6); turns > 0; turns -= 1)
        await new Promise((resolve) => setImmediate(resolve));
    };
    return {
      ...to,
      get: async (...args) => wait().then(() => to.get(...args)),
      has: async (...args) => wait().then(() => to.has(...args)),
      putAll: async (...args) => wait().then(() => to.putAll(...args)),
      casHead: async (...args) => wait().then(() => to.casHead(...args)),
      sweep: async (...args) => wait().then(() => to.sweep(...args)),
    };
  };
  const open = (): WriteStore => yieldOften(openFileStore(folder));
  let missing = 0;
  let swept = 0;
  let commit = 0;
  let clock = (): Date => new Date();
  const ageAll = (): void => {
    const packs = join(folder, 'packs');
    // Two rollbacks of nothing leave nothing to age.
    if (!existsSync(packs)) return;
    const old = new Date(Date.now() - 30 * DAY);
    for (const name of readdirSync(packs)) utimesSync(join(packs, name), old, old);
  };
  /** The root of what it put in force. */
  const publishOne = async (channel: string): Promise<string[]> => {
    // Few contents: most have been published before, were dropped since, and are just about to be swept.
    const number = 1 + Math.floor(draw() * 12);
    commit += 1;
    const real = { now: () => clock(), pause: async () => {}, ancestry: async () => 'ancestor' as const };
    const at = { ...sampleTools(open(), () => numberedSnapshot(number)), ...real };
    const target = { ...sampleRequest(`c${commit}`), channel };
    const result =
      draw() < 0.8
        ? await publish(at, target)
        : await rollback(at, { ...target, toRelease: 1 + Math.floor(draw() * 3) });
    return result.outcome === 'published' ? [result.root] : [];
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      // A minute a round: what came into force in this one is kept, and what did in the one before is not.
      clock = () => new Date(Date.now() - (rounds - round) * 2 * HALF_A_MINUTE);
      for (const channel of ['stable', 'canary']) await publishOne(channel);
      ageAll();
      const collect = async (): Promise<void> => {
        const tools = { store: open(), now: () => clock() };
        const result = await collectGarbage(tools, { ...sampleTarget, roots: 1, forMs: HALF_A_MINUTE });
        if (result.outcome === 'swept') swept += result.removed.objects;
        else if (result.outcome === 'refused' && result.reason === 'busy') await collect();
        else missing += 1;
      };
      const roots: string[] = [];
      const publishing = Array.from({ length: publishers }, async (_, index) => {
        roots.push(...(await publishOne(index % 2 === 0 ? 'stable' : 'canary')));
      });
      await Promise.all([collect(), ...publishing]);
      // All of them came into force beside the sweep, so that nothing of theirs was old enough to go.
      const reader = openFileStore(folder);
      for (const root of roots) if (await findMissing(reader, root)) missing += 1;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { missing, swept };
}

describe('collecting garbage beside those who publish', () => {
  test(`takes nothing they need, ${races} times beside ${publishers} publishers (seed ${seed})`, {
    timeout: 60_000 + races * 5_000,
  }, async () => {
    const { missing, swept } = await race(races);
    expect(missing).toBe(0);
    expect(swept).toBeGreaterThan(0);
  });

  /** Publishes content that was dropped, with a sweep after everything was found and before the head moves. */
  async function publishAroundSweep(between: (store: WriteStore) => WriteStore): Promise<boolean> {
    for (const number of [1, 2]) await publishNumber(number);
    day = 40;
    const sweeping = between({
      get: (hashes) => store.get(hashes),
      has: (hashes) => store.has(hashes),
      putAll: (objects) => store.putAll(objects),
      getHead: (...args) => store.getHead(...args),
      history: (...args) => store.history(...args),
      sweep: (...args) => store.sweep(...args),
      places: () => store.places(),
      dropScratch: (env) => store.dropScratch(env),
      close: () => store.close(),
      casHead: async (...args) => {
        expect(await collect({ roots: 1, forMs: 0 })).toMatchObject({ outcome: 'swept' });
        return store.casHead(...args);
      },
    });
    expect(await publish(tools(1, sweeping), sampleRequest('c3'))).toMatchObject({ outcome: 'published', release: 3 });
    return isWhole(numberedSnapshot(1));
  }

  test('leaves what a publish has found and not yet named', async () => {
    expect(await publishAroundSweep((each) => each)).toBe(true);
  });

  test('would take it if looking for an object did not keep it', async () => {
    const forgetting = (each: WriteStore): WriteStore => ({
      ...each,
      has: async (hashes) => new Set((await each.get([...hashes])).keys()),
    });
    expect(await publishAroundSweep(forgetting)).toBe(false);
  });
});
