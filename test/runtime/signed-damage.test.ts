import { describe, expect, test } from 'vitest';
import { openTerms } from '../../runtime/client/open-terms.ts';
import { acceptHead } from '../../runtime/snapshot/accept-head.ts';
import { readPinned } from '../../runtime/snapshot/keyset.ts';
import type { ReadStore } from '../../runtime/stores/store.ts';
import { head, keyset, type Made } from '../conformance/head-world.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';

const draw = drawFrom(seed);
const times = timesFrom('PROVISO_FLIPS', 3_000);

const first = keyset({ version: 1, prev: null, roots: ['root a', 'root b'], threshold: 2 });
const second = keyset({
  version: 2,
  prev: first,
  roots: ['root b', 'root c'],
  threshold: 2,
  by: ['root a', 'root b', 'root c'],
});
const third = keyset({ version: 3, prev: second, roots: ['root b', 'root c'], threshold: 2 });
const signed = head({ of: third, epoch: 3 });
const pinned = readPinned(first.bytes);

const flipped = (bytes: Buffer): Buffer => {
  const damaged = Buffer.from(bytes);
  const at = Math.floor(draw() * damaged.length);
  damaged[at] = (damaged[at] as number) ^ (1 << Math.floor(draw() * 8));
  return damaged;
};
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(draw() * bytes.length));

const judge = (envelope: Uint8Array, objects: ReadonlyMap<string, Uint8Array>) =>
  acceptHead(
    envelope,
    { env: 'production', channel: 'stable', trust: pinned, reader: 1, now: Date.parse('2026-06-03T00:00:00.000Z') },
    async (hashes) =>
      new Map(hashes.flatMap((hash) => (objects.has(hash) ? [[hash, objects.get(hash) as Uint8Array]] : []))),
  );

const sound = new Map([second, third].map(({ hash, bytes }) => [hash, bytes]));

/** What was signed, whatever lies around it: what nobody signed may say anything. */
const payloadOf = (bytes: Uint8Array): unknown => {
  const { payload } = JSON.parse(Buffer.from(bytes).toString()) as { payload: string };
  return JSON.parse(Buffer.from(payload, 'base64').toString());
};

describe('damage to what is signed is never served', () => {
  test('and without damage it is', async () => {
    expect(await judge(signed.bytes, sound)).toMatchObject({ verdict: 'accept', trust: { hash: third.hash } });
  });

  test.each([
    ['a flipped bit', times, flipped],
    ['a cut', times / 3, cut],
  ])(`%s in a head, %i times (seed ${seed})`, async (_, count, damage) => {
    for (let round = 0; round < count; round += 1) {
      const answer = await judge(damage(signed.bytes), sound);
      // A bit of a name nobody reads may fall: what is taken then is what was signed, to the letter.
      if (answer.verdict !== 'refuse') expect(answer.head.payload).toEqual(payloadOf(signed.bytes));
    }
  });

  test.each([
    ['a flipped bit', times, flipped],
    ['a cut', times / 3, cut],
  ])(`%s in a keyset on the way, %i times (seed ${seed})`, async (_, count, damage) => {
    for (let round = 0; round < count; round += 1) {
      const one = (draw() < 0.5 ? second : third) as Made;
      const answer = await judge(signed.bytes, new Map([...sound, [one.hash, damage(one.bytes)]]));
      expect(answer).toMatchObject({ verdict: 'refuse', reason: 'keyset' });
    }
  });
});

describe('a store that answers without end', () => {
  const LARGE = 32 * 1024 * 1024;
  const endless = Buffer.alloc(LARGE, 0x20);

  test('is not read beyond what a head and a keyset may be, 50 times, and nothing of it is kept', async () => {
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < 25; round += 1) {
      expect(await judge(Buffer.concat([signed.bytes, endless]).subarray(0, LARGE), sound)).toMatchObject({
        reason: 'form',
      });
      expect(await judge(signed.bytes, new Map([...sound, [second.hash, endless]]))).toMatchObject({
        reason: 'keyset',
      });
    }
    // A parsed or decoded copy of one alone would be more than that.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1024 * 1024);
  });

  test('opens no release for a product, and says what it was', async () => {
    const store: ReadStore = {
      get: async () => new Map(),
      getHead: async () => ({ envelope: endless, token: 'x' }),
      close: async () => {},
    };
    await expect(
      openTerms({ follow: false, store, environment: 'production', keys: first.bytes }),
    ).rejects.toMatchObject({
      name: 'SnapshotError',
      reason: 'form',
    });
  });
});
