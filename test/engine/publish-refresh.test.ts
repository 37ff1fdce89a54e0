import { beforeEach, describe, expect, test } from 'vitest';
import { beforeRefreshes } from '../../engine/publish/before-refreshes.ts';
import { publish } from '../../engine/publish/publish.ts';
import { recentCustomers } from '../../engine/publish/recent-customers.ts';
import { type RefreshRequest, refresh } from '../../engine/publish/refresh.ts';
import { releaseBefore } from '../../engine/publish/release-before.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { type NextHead, publishWithin, swapHead } from '../../engine/publish/swap-head.ts';
import { decodeHead, type Head, headSchema } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
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
beforeEach(() => {
  store = openFileStore('/store', new MemoryDisk());
});

const HOUR = 3_600_000;
const start = Date.parse('2026-06-03T00:00:00Z');
const at = (hours: number) => () => new Date(start + hours * HOUR);
const tools = (hours = 0, to = store) => ({ ...sampleTools(to, () => numberedSnapshot(9)), now: at(hours) });
const publishNumber = (number: number) =>
  publish(
    sampleTools(store, () => numberedSnapshot(number)),
    sampleRequest(`c${number}`),
  );
const rollbackTo = (toRelease: number) => rollback(tools(), { ...sampleTarget, toRelease });
const refreshAt = (hours: number, change: Partial<RefreshRequest> = {}) =>
  refresh(tools(hours), { ...sampleTarget, ...change });
const newest = async (channel = sampleTarget.channel): Promise<Head> =>
  decodeHead((await store.getHead(sampleTarget.env, channel))?.envelope as Uint8Array);
const put = (next: Partial<NextHead>, channel = sampleTarget.channel) =>
  swapHead(tools(), { ...sampleTarget, channel }, async () => ({
    next: {
      kind: 'publish',
      root: numberedSnapshot(1).root,
      count: 2,
      commit: 'c1',
      policyDigest: 'none',
      evidence: 'none',
      schema: headSchema,
      ...next,
    },
  }));

describe('a refresh', () => {
  test('says the same again under a new number, with a new time', async () => {
    await publishNumber(1);
    const before = await newest();
    expect(await refreshAt(1)).toEqual({
      outcome: 'refreshed',
      release: 2,
      root: before.payload.root,
      commit: 'c1',
      customers: 2,
      issuedAt: '2026-06-03T01:00:00.000Z',
      staleAfter: '2026-06-03T03:00:00.000Z',
    });
    expect((await newest()).payload).toEqual({
      ...before.payload,
      n: 2,
      kind: 'refresh',
      prev: before.hash,
      issuedAt: '2026-06-03T01:00:00.000Z',
      staleAfter: '2026-06-03T03:00:00.000Z',
    });
  });

  test('keeps the hold of a rollback, so that what was held stays held', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    await rollbackTo(1);
    expect(await refreshAt(1)).toMatchObject({ outcome: 'refreshed', release: 4, commit: 'c1', hold: 'c2' });
    expect((await newest()).payload).toMatchObject({ kind: 'refresh', releaseHold: 'c2' });
    expect(await publishNumber(2)).toMatchObject({ outcome: 'held', hold: 'c2' });
    expect(await publishNumber(3)).toMatchObject({ outcome: 'published', release: 5 });
  });

  test('keeps who follows a canary, and the folder and evidence of what it refreshes', async () => {
    const evidence = sha256('evidence');
    const canary = { percent: 5, readers: ['eu-1'], over: numberedSnapshot(1).root };
    await put({ root: numberedSnapshot(2).root, canary, evidence, folder: 'terms' }, 'canary');
    await refresh(tools(1), { ...sampleTarget, channel: 'canary', folder: 'elsewhere' });
    expect((await newest('canary')).payload).toMatchObject({ kind: 'refresh', canary, evidence, folder: 'terms' });
    await put({}, 'canary');
    await refresh(tools(2), { ...sampleTarget, channel: 'canary', folder: 'elsewhere' });
    expect((await newest('canary')).payload).not.toHaveProperty('folder');
  });

  test('says what it would write, and writes nothing', async () => {
    await publishNumber(1);
    const before = await newest();
    expect(await refreshAt(1, { dryRun: true })).toMatchObject({
      outcome: 'planned',
      release: 2,
      staleAfter: '2026-06-03T03:00:00.000Z',
    });
    expect(await newest()).toEqual(before);
  });

  test('of nothing is refused', async () => {
    expect(await refreshAt(1)).toMatchObject({ outcome: 'refused', reason: 'noSuchRelease' });
  });

  test('that loses a race refreshes what won', async () => {
    await publishNumber(1);
    let raced = false;
    const racing: WriteStore = {
      ...store,
      casHead: async (...args) => {
        if (!raced) {
          raced = true;
          await publishNumber(2);
        }
        return store.casHead(...args);
      },
    };
    expect(await refresh(tools(1, racing), sampleTarget)).toMatchObject({ release: 3, commit: 'c2' });
  });

  test('is not taken for a release by those who look back', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    for (const hours of [1, 2, 3]) await refreshAt(hours);
    expect(await releaseBefore(store, sampleTarget)).toBe(1);
    expect((await beforeRefreshes(store, sampleTarget, await newest())).payload.n).toBe(2);
    expect([...(await recentCustomers(store, { ...sampleTarget, now: start + 4 * HOUR }))]).toEqual(['harbor-mutual']);
    await publishNumber(3);
    await refreshAt(4);
    expect(await releaseBefore(store, sampleTarget)).toBe(2);
    expect(await rollbackTo(2)).toMatchObject({ release: 8, commit: 'c2', hold: 'c3' });
    await refreshAt(5);
    expect(await releaseBefore(store, sampleTarget)).toBe(1);
    expect(await rollbackTo(8)).toMatchObject({ outcome: 'unchanged' });
    expect(await beforeRefreshes(store, sampleTarget, await newest())).toMatchObject({ payload: { n: 8 } });
    expect((await readEverything(store)).length).toBe(9);
  });

  test('of a rollback goes back to that rollback once something newer was published', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    await rollbackTo(1);
    await refreshAt(1);
    await publishNumber(3);
    expect(await releaseBefore(store, sampleTarget)).toBe(3);
  });
});

describe('whoever takes too long to move a head', () => {
  const slow = (hours: number) => {
    let now = start;
    const next: WriteStore = {
      ...store,
      has: async (hashes) => {
        now = start + hours * HOUR;
        return store.has(hashes);
      },
    };
    const slowTools = { ...sampleTools(next, () => numberedSnapshot(2)), now: () => new Date(now) };
    return publish(slowTools, sampleRequest('c2'));
  };

  test('gives up, because what it relied on may be gone', async () => {
    expect(publishWithin).toBe(HOUR);
    await publishNumber(1);
    const before = await newest();
    expect(await slow(1.001)).toMatchObject({ outcome: 'refused', reason: 'tooLate' });
    expect(await newest()).toEqual(before);
    expect(await slow(0.9)).toMatchObject({ outcome: 'published', release: 2 });
  });
});
