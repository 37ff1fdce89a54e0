import { beforeEach, describe, expect, test } from 'vitest';
import { evidenceOf } from '../../engine/publish/evidence-of.ts';
import { publish } from '../../engine/publish/publish.ts';
import { readBeside } from '../../engine/publish/read-beside.ts';
import { recentCustomers } from '../../engine/publish/recent-customers.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { listObjects } from '../../runtime/snapshot/find.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { MemoryDisk } from '../fixtures/release/memory-disk.ts';
import {
  numberedSnapshot,
  readEverything,
  sampleRequest,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';

let store: WriteStore;
beforeEach(async () => {
  store = openFileStore('/store', new MemoryDisk());
});

const publishNumber = (number: number, commit = `c${number}`) =>
  publish(
    sampleTools(store, () => numberedSnapshot(number)),
    sampleRequest(commit),
  );
const rollbackTo = (toRelease: number) =>
  rollback(
    sampleTools(store, () => {
      throw new Error('compiled');
    }),
    { ...sampleTarget, toRelease },
  );
const newest = async () => (await readEverything(store))[0]?.payload;

describe('a rollback', () => {
  test('brings a release back as a new one, without compiling', async () => {
    for (const number of [1, 2, 3]) await publishNumber(number);
    const { root } = numberedSnapshot(2);
    expect(await rollbackTo(2)).toEqual({
      outcome: 'published',
      release: 4,
      root,
      commit: 'c2',
      customers: 2,
      written: { objects: 0, bytes: 0 },
      hold: 'c3',
    });
    expect(await newest()).toMatchObject({
      n: 4,
      kind: 'rollback',
      root,
      commit: 'c2',
      releaseHold: 'c3',
      evidence: 'none',
    });
  });

  test('keeps why and by whom, stored before it is in force', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    const order: string[] = [];
    const watched: WriteStore = {
      ...store,
      putAll: async (objects) => {
        order.push(...objects.keys());
        return store.putAll(objects);
      },
      casHead: async (...args) => {
        order.push('swap');
        return store.casHead(...args);
      },
    };
    const reason = { because: 'seats were counted twice', by: 'sam' };
    const result = await rollback(
      sampleTools(watched, () => numberedSnapshot(9)),
      { ...sampleTarget, toRelease: 1, reason },
    );
    const { evidence = '' } = (await newest()) ?? {};
    expect(order).toEqual([evidence, 'swap']);
    const kept = { v: 1, kind: 'rollback', to: 1, ...reason };
    const bytes = Buffer.byteLength(JSON.stringify(kept));
    expect(result).toMatchObject({ outcome: 'published', written: { objects: 1, bytes } });
    expect(await readBeside(store, evidence)).toEqual(kept);
    // Proves no approval, and counts nobody.
    const found: unknown[] = [];
    for await (const each of evidenceOf(store, [evidence])) found.push(each);
    expect(found).toEqual([]);
    const { env, channel } = sampleTarget;
    const now = Date.parse((await newest())?.issuedAt ?? '');
    const counted = await recentCustomers(store, { env, channel, now });
    await rollbackTo(2);
    expect(await recentCustomers(store, { env, channel, now })).toEqual(counted);
  });

  test('to the release in force changes nothing', async () => {
    await publishNumber(1);
    expect(await rollbackTo(1)).toMatchObject({ outcome: 'unchanged', release: 1 });
    expect(await newest()).toMatchObject({ n: 1 });
  });

  test.each([0, 3, 1.5, -1])('to release %s, which never was, is refused', async (number) => {
    expect(await rollbackTo(number)).toMatchObject({
      outcome: 'refused',
      reason: 'noSuchRelease',
      message: expect.stringMatching(/nothing has been/),
    });
    for (const each of [1, 2]) await publishNumber(each);
    expect(await rollbackTo(number)).toMatchObject({
      reason: 'noSuchRelease',
      message: expect.stringMatching(/the newest is 2/),
    });
  });

  test('to a release that was swept, in whole or in part, is refused', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    const keep = new Set<string>();
    for await (const hash of listObjects((hashes) => store.get(hashes), numberedSnapshot(2).root)) keep.add(hash);
    await store.sweep(new Set([...keep, numberedSnapshot(1).root]), new Date(Date.now() + 1000));
    expect(await rollbackTo(1)).toMatchObject({
      outcome: 'refused',
      reason: 'damaged',
      message: expect.stringMatching(/release 1 .* missing/),
    });
    await store.sweep(keep, new Date(Date.now() + 1000));
    expect(await rollbackTo(1)).toMatchObject({ outcome: 'refused', reason: 'damaged' });
    expect(await newest()).toMatchObject({ n: 2 });
  });

  test('that loses a race is run again, and holds what won', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    let raced = false;
    const racing: WriteStore = {
      ...store,
      casHead: async (...args) => {
        if (!raced) {
          raced = true;
          await publishNumber(3);
        }
        return store.casHead(...args);
      },
    };
    const result = await rollback(
      sampleTools(racing, () => numberedSnapshot(9)),
      { ...sampleTarget, toRelease: 1 },
    );
    expect(result).toMatchObject({ outcome: 'published', release: 4, commit: 'c1', hold: 'c3' });
  });
});

describe('after a rollback', () => {
  beforeEach(async () => {
    for (const number of [1, 3, 5]) await publishNumber(number);
    await rollbackTo(1);
  });

  test.each([
    ['c1', 1, { outcome: 'unchanged', release: 4 }],
    ['c0', 1, { outcome: 'superseded', release: 4, commit: 'c1' }],
    ['c1', 9, { outcome: 'held', release: 4, hold: 'c5' }],
    ['c3', 3, { outcome: 'held', release: 4, hold: 'c5' }],
    ['c5', 5, { outcome: 'held', release: 4, hold: 'c5' }],
    ['d6', 6, { outcome: 'refused', reason: 'diverged' }],
    ['c6', 6, { outcome: 'published', release: 5, commit: 'c6' }],
  ])('publishing %s with content %i', async (commit, number, expected) => {
    expect(await publishNumber(number, commit)).toMatchObject(expected);
  });

  test('the hold ends with the publish that builds on it', async () => {
    await publishNumber(6);
    expect(await newest()).not.toHaveProperty('releaseHold');
    expect(await publishNumber(7)).toMatchObject({ outcome: 'published' });
  });

  test('another rollback keeps the hold on the newest commit ever published', async () => {
    expect(await rollbackTo(2)).toMatchObject({ outcome: 'published', commit: 'c3', hold: 'c5' });
    expect(await publishNumber(5)).toMatchObject({ outcome: 'held', hold: 'c5' });
    expect(await rollbackTo(3)).toMatchObject({ outcome: 'published', commit: 'c5', root: numberedSnapshot(5).root });
    expect(await publishNumber(6)).toMatchObject({ outcome: 'published' });
  });
});
