import { beforeEach, describe, expect, test } from 'vitest';
import { abort } from '../../engine/publish/abort.ts';
import type { CanaryTools } from '../../engine/publish/canary-tools.ts';
import { promote } from '../../engine/publish/promote.ts';
import { type PublishRequest, publish } from '../../engine/publish/publish.ts';
import { recentCustomers } from '../../engine/publish/recent-customers.ts';
import { refresh } from '../../engine/publish/refresh.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { decodeHead, encodeHead, type HeadPayload } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import {
  numberedSnapshot,
  sampleAncestry,
  sampleRequest,
  sampleSnapshot,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';
import { signedKeys } from '../fixtures/release/signed-keys.ts';

const keys = await signedKeys(sampleTarget.repo, 2);
const canaryTarget = { ...sampleTarget, channel: 'canary' };
const rootOf = (number: number): string => numberedSnapshot(number).root;

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

describe.each([
  ['where nobody signs', undefined],
  ['with signatures', keys],
] as const)('a canary %s', (_, signing) => {
  const tools = (number = 9, snapshot = numberedSnapshot(number)) => ({
    ...sampleTools(store, () => snapshot),
    ...(signing && { signing }),
  });
  const canaryTools = (over: Partial<CanaryTools> = {}): CanaryTools => ({
    stable: tools(),
    canary: tools(),
    ancestry: async (first, second) => sampleAncestry(first, second),
    ...over,
  });
  const publishNumber = (number: number, channel = 'stable') =>
    publish(tools(number), { ...sampleRequest(`c${number}`), channel });
  const publishCanary = (number: number, change: Partial<PublishRequest> = {}) =>
    publish(tools(number), { ...sampleRequest(`c${number}`), channel: 'canary', share: { percent: 5 }, ...change });
  const newest = async (channel = 'stable'): Promise<HeadPayload> =>
    decodeHead((await store.getHead('local', channel))?.envelope as Uint8Array).payload;
  const headsIn = (channel: string) => (store.heads.get(`local/${channel}`) ?? []).length;
  const promoteIt = (dryRun = false) => promote(canaryTools(), { ...canaryTarget, dryRun });
  const abortIt = (dryRun = false) => abort(canaryTools(), { ...canaryTarget, dryRun });
  const rollbackTo = (toRelease: number) => rollback(tools(), { ...sampleTarget, toRelease });

  test('is a release of its own channel, over what everybody has', async () => {
    await publishNumber(1);
    const proven: (string | undefined)[] = [];
    const result = await publish(
      {
        ...tools(2),
        prove: async (current) => {
          proven.push(current?.payload.channel, current?.payload.commit);
          return { outcome: 'proven', evidence: 'none' };
        },
      },
      { ...sampleRequest('c2'), channel: 'canary', share: { percent: 5, readers: ['web-1'] } },
    );
    const canary = { percent: 5, readers: ['web-1'], over: rootOf(1) };
    expect(result).toMatchObject({ outcome: 'published', release: 1, commit: 'c2', canary, written: { objects: 2 } });
    expect(proven).toEqual(['stable', 'c1']);
    expect(await newest('canary')).toMatchObject({ kind: 'publish', root: rootOf(2), commit: 'c2', n: 1, canary });
    expect(await newest()).toMatchObject({ n: 1, commit: 'c1' });
  });

  test('is replaced by the next one, and by another share of the same', async () => {
    await publishNumber(1);
    await publishCanary(2);
    expect(await publishCanary(2)).toMatchObject({ outcome: 'unchanged', release: 1 });
    expect(await publishCanary(2, { share: { percent: 50 } })).toMatchObject({ outcome: 'published', release: 2 });
    expect(await publishCanary(3, { share: { percent: 1 } })).toMatchObject({ outcome: 'published', release: 3 });
    // Whatever the canary was: what counts is what everybody has.
    expect(await publishCanary(2)).toMatchObject({ outcome: 'published', release: 4, commit: 'c2' });
    expect(await newest('canary')).toMatchObject({ canary: { percent: 5, over: rootOf(1) } });
  });

  test('says what it would be, and writes nothing', async () => {
    await publishNumber(1);
    const before = store.objects.size;
    expect(await publishCanary(2, { dryRun: true })).toMatchObject({
      outcome: 'planned',
      release: 1,
      canary: { percent: 5, over: rootOf(1) },
    });
    expect([store.objects.size, headsIn('canary')]).toEqual([before, 0]);
  });

  const gone = sampleSnapshot([{ id: 'quarry-labs' }]);
  test.each<[string, () => Promise<unknown>, () => Promise<unknown>, object]>([
    ['of nothing', async () => {}, () => publishCanary(2), { outcome: 'refused', reason: 'noSuchRelease' }],
    [
      'of an older commit',
      () => publishNumber(3),
      () => publishCanary(2),
      { outcome: 'superseded', release: 1, commit: 'c3' },
    ],
    [
      'of another line',
      () => publishNumber(1),
      () => publishCanary(2, { commit: 'x2' }),
      { outcome: 'refused', reason: 'diverged' },
    ],
    ['of what everybody has', () => publishNumber(1), () => publishCanary(1), { outcome: 'unchanged', release: 1 }],
    [
      'of what everybody has, while another is out',
      async () => [await publishNumber(1), await publishCanary(2)],
      () => publishCanary(1),
      { outcome: 'refused', reason: 'canary' },
    ],
    [
      'of what was rolled back',
      async () => [await publishNumber(1), await publishNumber(2), await rollbackTo(1)],
      () => publishCanary(2),
      { outcome: 'held', hold: 'c2' },
    ],
    [
      'that loses a customer',
      () => publishNumber(1),
      () => publish(tools(2, gone), { ...sampleRequest('c2'), channel: 'canary', share: { percent: 5 } }),
      { outcome: 'refused', reason: 'vanished' },
    ],
  ])('%s is not published', async (_name, prepare, tryIt, outcome) => {
    await prepare();
    const before = headsIn('canary');
    expect(await tryIt()).toMatchObject(outcome);
    expect(headsIn('canary')).toBe(before);
  });

  test('builds on a rollback that is in force, and says so', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    await rollbackTo(1);
    expect(await publishCanary(3)).toMatchObject({ outcome: 'published' });
    expect(await newest('canary')).toMatchObject({ releaseHold: 'c2', canary: { over: rootOf(1) } });
    expect(await promoteIt()).toMatchObject({ outcome: 'published', release: 4, commit: 'c3' });
    expect(await newest()).not.toHaveProperty('releaseHold');
  });

  describe('that is promoted', () => {
    test('is for everybody as it is, and is none any more', async () => {
      await publishNumber(1);
      const evidence = sha256('evidence');
      store.objects.set(evidence, Buffer.from('evidence'));
      await publishCanary(2, { evidence, policyDigest: 'p2' });
      expect(await promoteIt(true)).toMatchObject({ outcome: 'planned', release: 2, commit: 'c2', canary: 1 });
      expect([headsIn('stable'), headsIn('canary')]).toEqual([1, 1]);
      const objects = store.objects.size;
      expect(await promoteIt()).toEqual({
        outcome: 'published',
        release: 2,
        root: rootOf(2),
        commit: 'c2',
        customers: 2,
        evidence,
        canary: 1,
      });
      const same = { kind: 'promote', root: rootOf(2), count: 2, commit: 'c2', evidence, policyDigest: 'p2', n: 2 };
      for (const channel of ['stable', 'canary']) {
        expect(await newest(channel)).toMatchObject({ ...same, channel });
        expect(await newest(channel)).not.toHaveProperty('canary');
      }
      expect(store.objects.size).toBe(objects);
      expect(await promoteIt()).toMatchObject({ outcome: 'unchanged', release: 2 });
      expect([headsIn('stable'), headsIn('canary')]).toEqual([2, 2]);
    });

    test.each<[string, () => Promise<unknown>, string]>([
      ['there is none', async () => publishNumber(1), 'canary'],
      ['it was aborted', async () => [await publishNumber(1), await publishCanary(2), await abortIt()], 'canary'],
      [
        'another release came for everybody',
        async () => [await publishNumber(1), await publishCanary(2), await publishNumber(3)],
        'canary',
      ],
      [
        'a rollback came back to what it was over',
        async () => [await publishNumber(1), await publishCanary(2), await publishNumber(3), await rollbackTo(1)],
        'canary',
      ],
      [
        'it is a plain release of its channel',
        async () => [await publishNumber(1), await publishNumber(2, 'canary')],
        'canary',
      ],
      [
        'an object of it is missing',
        async () => [await publishNumber(1), await publishCanary(2), store.objects.delete(rootOf(2))],
        'damaged',
      ],
      [
        'what proves its approvals is missing',
        async () => [await publishNumber(1), await publishCanary(2, { evidence: sha256('gone') })],
        'damaged',
      ],
    ])('is refused where %s', async (_name, prepare, reason) => {
      await prepare();
      const before = [headsIn('stable'), headsIn('canary')];
      expect(await promoteIt()).toMatchObject({ outcome: 'refused', reason });
      expect([headsIn('stable'), headsIn('canary')]).toEqual(before);
    });

    test('is refused where its commit is not on top of what everybody has', async () => {
      await publishNumber(1);
      await publishCanary(2);
      for (const relation of ['descendant', 'diverged', 'unknown'] as const)
        expect(await promote(canaryTools({ ancestry: async () => relation }), canaryTarget)).toMatchObject({
          outcome: 'refused',
        });
      expect(headsIn('stable')).toBe(1);
    });

    test('goes on where it was killed between its two heads', async () => {
      await publishNumber(1);
      await publishCanary(2);
      const killed = new Error('killed');
      const dying = Object.assign(Object.create(store) as MemoryStore, {
        casHead: async (...args: Parameters<MemoryStore['casHead']>) => {
          if (args[1] === 'canary') throw killed;
          return store.casHead(...args);
        },
      });
      const dead = canaryTools({ canary: { ...tools(), store: dying } });
      await expect(promote(dead, canaryTarget)).rejects.toBe(killed);
      expect([(await newest()).kind, (await newest('canary')).kind]).toEqual(['promote', 'publish']);
      expect(await promoteIt()).toMatchObject({ outcome: 'unchanged', release: 2, canary: 1 });
      expect(await newest('canary')).toMatchObject({ kind: 'promote', n: 2 });
    });

    test('leaves a canary alone that came in between', async () => {
      await publishNumber(1);
      await publishCanary(2);
      let isFirst = true;
      const racing = Object.assign(Object.create(store) as MemoryStore, {
        casHead: async (...args: Parameters<MemoryStore['casHead']>) => {
          const swap = await store.casHead(...args);
          if (isFirst) {
            isFirst = false;
            await publishCanary(3);
          }
          return swap;
        },
      });
      expect(await promote(canaryTools({ stable: { ...tools(), store: racing } }), canaryTarget)).toMatchObject({
        outcome: 'published',
        commit: 'c2',
      });
      expect(await newest('canary')).toMatchObject({ commit: 'c3', canary: { over: rootOf(2) } });
    });

    test('counts among the customers of the last day, and can be rolled back', async () => {
      await publishNumber(1);
      await publishCanary(2);
      await promoteIt();
      const now = Date.parse('2026-06-03T01:00:00Z');
      expect([...(await recentCustomers(store, { ...sampleTarget, now }))]).toEqual(['harbor-mutual']);
      expect(await rollbackTo(1)).toMatchObject({ outcome: 'published', release: 3, commit: 'c1', hold: 'c2' });
    });
  });

  describe('that is aborted', () => {
    test('is for nobody: its channel says what everybody has', async () => {
      await publishNumber(1);
      await publishCanary(2);
      const ended = { release: 2, root: rootOf(1), commit: 'c1', customers: 2, canary: { release: 1, commit: 'c2' } };
      expect(await abortIt(true)).toEqual({ outcome: 'planned', ...ended });
      expect(headsIn('canary')).toBe(1);
      expect(await abortIt()).toEqual({ outcome: 'published', ...ended });
      expect(await newest('canary')).toMatchObject({ kind: 'abort', root: rootOf(1), count: 2, commit: 'c1', n: 2 });
      expect(await newest('canary')).not.toHaveProperty('canary');
      expect(headsIn('stable')).toBe(1);
      expect(await abortIt()).toMatchObject({ outcome: 'unchanged', release: 2 });
      expect(headsIn('canary')).toBe(2);
      expect(await publishCanary(2)).toMatchObject({ outcome: 'published', release: 3 });
    });

    test('was one: there is nothing else to abort', async () => {
      expect(await abortIt()).toMatchObject({ outcome: 'refused', reason: 'canary' });
      await publishNumber(1);
      await publishCanary(2);
      await promoteIt();
      expect(await abortIt()).toMatchObject({ outcome: 'refused', reason: 'canary' });
      expect(headsIn('canary')).toBe(2);
    });
  });

  test('stays one while both channels are refreshed', async () => {
    await publishNumber(1);
    await publishCanary(2);
    await refresh(tools(), sampleTarget);
    await refresh(tools(), canaryTarget);
    expect(await promoteIt()).toMatchObject({ outcome: 'published', release: 3, canary: 2 });
  });

  test.runIf(signing)('is not published while the store has lost what everybody had', async () => {
    for (const number of [1, 2]) await publishNumber(number);
    const lost = store.heads.get('local/stable')?.pop() as Uint8Array;
    const stable = { ...tools(), witness: { read: async () => [lost] } };
    expect(
      await publish({ ...tools(3), stable }, { ...sampleRequest('c3'), channel: 'canary', share: { percent: 5 } }),
    ).toMatchObject({ outcome: 'refused', reason: 'behind' });
  });

  test.runIf(signing)('is not held against what nobody signed', async () => {
    await publishNumber(1);
    await publishCanary(2);
    const forged = encodeHead({ ...(await newest()), n: 2 });
    store.heads.get('local/stable')?.push(forged.envelope);
    for (const tried of [publishCanary(3), promoteIt(), abortIt()])
      expect(await tried).toMatchObject({ outcome: 'refused', reason: 'foreign' });
    expect([headsIn('stable'), headsIn('canary')]).toEqual([2, 1]);
  });
});
