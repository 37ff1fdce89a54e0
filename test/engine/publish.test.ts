import { beforeEach, describe, expect, test } from 'vitest';
import { historyOf } from '../../engine/publish/history.ts';
import { type PublishRequest, type PublishResult, publish } from '../../engine/publish/publish.ts';
import { decodeHead, encodeHead, type Head } from '../../runtime/snapshot/head.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { MemoryDisk } from '../fixtures/release/memory-disk.ts';
import {
  numberedSnapshot,
  readEverything,
  type SampleCustomer,
  sampleRequest,
  sampleSnapshot,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';

const { env, channel } = sampleTarget;
let disk: MemoryDisk;
let store: WriteStore;
beforeEach(() => {
  disk = new MemoryDisk();
  store = openFileStore('/store', disk);
});

const publishTo = (to: WriteStore, commit: string, snapshot: Snapshot, change: Partial<PublishRequest> = {}) =>
  publish(
    sampleTools(to, () => snapshot),
    { ...sampleRequest(commit), ...change },
  );
const publishCustomers = (commit: string, customers: readonly SampleCustomer[], note = ''): Promise<PublishResult> =>
  publishTo(store, commit, sampleSnapshot(customers, note));
const heads = async (): Promise<Head['payload'][]> => (await readEverything(store)).map(({ payload }) => payload);
const bytesIn = (snapshot: Snapshot): number =>
  [...snapshot.objects.values()].reduce((sum, { length }) => sum + length, 0);

describe('publishing', () => {
  test('writes a whole release and then its head', async () => {
    const snapshot = numberedSnapshot(1);
    expect(await publishTo(store, 'c1', snapshot)).toEqual({
      outcome: 'published',
      release: 1,
      root: snapshot.root,
      commit: 'c1',
      customers: 2,
      written: { objects: snapshot.objects.size, bytes: bytesIn(snapshot) },
      evidence: 'none',
    });
    expect(await heads()).toEqual([
      {
        v: 1,
        repo: 'acme/terms',
        env: 'local',
        channel: 'stable',
        epoch: 0,
        n: 1,
        prev: null,
        kind: 'publish',
        root: snapshot.root,
        count: 2,
        commit: 'c1',
        policyDigest: 'none',
        evidence: 'none',
        schema: { writes: 1, minReader: 1 },
        issuedAt: '2026-06-03T00:00:00.000Z',
        staleAfter: '2026-06-03T02:00:00.000Z',
      },
    ]);
  });

  test('writes only what the store lacks, and names the head before', async () => {
    const customers = Array.from({ length: 40 }, (_, index) => ({ id: `c-${index}` }));
    await publishCustomers('c1', customers);
    const first = (await readEverything(store))[0] as Head;
    const second = await publishCustomers('c2', [{ id: 'c-0', seats: 99 }, ...customers.slice(1)]);
    expect(second).toMatchObject({ outcome: 'published', release: 2, written: { objects: 2 } });
    expect((await heads())[0]).toMatchObject({ n: 2, prev: first.hash });
    const back = await publishCustomers('c3', customers);
    expect(back).toMatchObject({
      outcome: 'published',
      release: 3,
      root: first.payload.root,
      written: { objects: 0, bytes: 0 },
    });
  });

  test('a new commit with the same content is a new release that writes nothing', async () => {
    await publishTo(store, 'c1', numberedSnapshot(1));
    expect(await publishTo(store, 'c2', numberedSnapshot(1))).toMatchObject({ release: 2, written: { objects: 0 } });
  });

  test('the same commit with the same content changes nothing, with other content it is a new release', async () => {
    await publishTo(store, 'c1', numberedSnapshot(1));
    expect(await publishTo(store, 'c1', numberedSnapshot(1))).toMatchObject({
      outcome: 'unchanged',
      release: 1,
      written: { objects: 0, bytes: 0 },
    });
    expect(await publishTo(store, 'c1', numberedSnapshot(2))).toMatchObject({ outcome: 'published', release: 2 });
  });

  test('an older commit is superseded, and compiles nothing', async () => {
    await publishTo(store, 'c5', numberedSnapshot(1));
    const tools = sampleTools(store, () => {
      throw new Error('compiled');
    });
    expect(await publish(tools, sampleRequest('c4'))).toEqual({ outcome: 'superseded', release: 1, commit: 'c5' });
  });

  test.each<[string, string, Partial<PublishRequest>, object]>([
    ['of another line', 'd9', {}, { reason: 'diverged', message: expect.stringContaining('does not contain c5') }],
    ['unknown here', 'lost', {}, { reason: 'unknownCommit', help: expect.stringContaining('git fetch') }],
    [
      'of another repository',
      'c6',
      { repo: 'other/terms' },
      { reason: 'foreign', message: expect.stringContaining('acme/terms') },
    ],
  ])('a commit %s is refused', async (_, commit, change, refusal) => {
    await publishTo(store, 'c5', numberedSnapshot(1));
    expect(await publishTo(store, commit, numberedSnapshot(2), change)).toMatchObject({
      outcome: 'refused',
      ...refusal,
    });
    expect((await heads()).length).toBe(1);
  });

  test('a repository that had no name yet goes on under the name it gets', async () => {
    await publishTo(store, 'c1', numberedSnapshot(1), { repo: 'local/c1' });
    expect(await publishTo(store, 'c2', numberedSnapshot(2))).toMatchObject({ outcome: 'published', release: 2 });
  });

  test('a head copied from another environment is refused', async () => {
    await publishTo(store, 'c1', numberedSnapshot(1));
    const copied = (await store.getHead(env, channel))?.envelope as Uint8Array;
    await store.casHead('production', channel, null, copied);
    const result = await publishTo(store, 'c2', numberedSnapshot(2), { env: 'production' });
    expect(result).toMatchObject({
      outcome: 'refused',
      reason: 'foreign',
      message: expect.stringContaining('environment'),
    });
  });

  test('nothing is published onto what cannot be read', async () => {
    await store.casHead(env, channel, null, Buffer.from('nonsense'));
    expect(await publishTo(store, 'c1', numberedSnapshot(1))).toMatchObject({ outcome: 'refused', reason: 'damaged' });
  });

  test('nothing is published when the release in force has lost an object', async () => {
    await publishTo(store, 'c1', numberedSnapshot(1));
    await store.sweep(new Set(), new Date(Date.now() + 1000));
    const { root } = numberedSnapshot(1);
    expect(await publishTo(store, 'c2', numberedSnapshot(2))).toMatchObject({
      outcome: 'refused',
      reason: 'damaged',
      message: expect.stringContaining(root),
    });
  });
});

describe('customers do not vanish', () => {
  const many = (count: number, rest: Partial<SampleCustomer> = {}): SampleCustomer[] =>
    Array.from({ length: count }, (_, index) => ({ id: `customer-${String(index).padStart(3, '0')}`, ...rest }));

  test('an empty release is refused, at first and later', async () => {
    const refusal = { outcome: 'refused', reason: 'empty' };
    expect(await publishCustomers('c1', [])).toMatchObject(refusal);
    await publishCustomers('c2', many(3, { stage: 'closed' }));
    expect(await publishCustomers('c3', [])).toMatchObject(refusal);
    expect((await heads()).length).toBe(1);
  });

  test.each([
    [1, 'customer customer-001 is published and no longer in the repository'],
    [3, '3 customers are published and no longer in the repository: customer-001, customer-002, customer-003'],
    [
      60,
      '60 customers are published and no longer in the repository: customer-001, customer-002, customer-003, customer-004, customer-005 and 55 more',
    ],
    [
      299,
      '299 customers are published and no longer in the repository: customer-001, customer-002, customer-003, customer-004, customer-005 and 294 more',
    ],
  ])('%i of 300 gone without being closed are refused by name', async (gone, message) => {
    await publishCustomers('c1', many(300));
    const left = many(300).filter((_, index) => index === 0 || index > gone);
    expect(await publishCustomers('c2', left)).toEqual({
      outcome: 'refused',
      reason: 'vanished',
      message,
      help: expect.stringContaining('`closed`'),
    });
    expect((await heads()).length).toBe(1);
    expect((await publishCustomers('c3', many(300, { seats: 9 }))).outcome).toBe('published');
  });

  test('one that was published as closed may go', async () => {
    await publishCustomers('c1', many(3));
    await publishCustomers('c2', [...many(2), { id: 'customer-002', stage: 'closed' }]);
    expect(await publishCustomers('c3', many(2))).toMatchObject({ outcome: 'published', customers: 2 });
  });

  test('one that is closed only in the new release is there, and one replaced by another is not', async () => {
    await publishCustomers('c1', many(2));
    const renamed = await publishCustomers('c2', [{ id: 'customer-000' }, { id: 'customer-new' }]);
    expect(renamed).toMatchObject({ reason: 'vanished', message: expect.stringContaining('customer-001') });
  });
});

describe('a race', () => {
  const withRival = (times: number): WriteStore => {
    let rivals = 0;
    return {
      ...store,
      casHead: async (...args) => {
        if (rivals < times) {
          rivals += 1;
          const result = await publishTo(
            openFileStore('/store', disk),
            `c${10 + rivals}`,
            numberedSnapshot(100 + rivals),
          );
          expect(result.outcome).toBe('published');
        }
        return store.casHead(...args);
      },
    };
  };

  test('that is lost is run again on top of the winner', async () => {
    let assembled = 0;
    const tools = sampleTools(withRival(3), () => {
      assembled += 1;
      return numberedSnapshot(1);
    });
    expect(await publish(tools, sampleRequest('c20'))).toMatchObject({ outcome: 'published', release: 4 });
    expect(assembled).toBe(1);
    expect((await heads()).map(({ commit }) => commit)).toEqual(['c20', 'c13', 'c12', 'c11']);
  });

  test('that is lost to a newer commit is over', async () => {
    expect(await publishTo(withRival(1), 'c5', numberedSnapshot(1))).toEqual({
      outcome: 'superseded',
      release: 1,
      commit: 'c11',
    });
  });

  test('that is lost eight times is given up, after pauses that grow', async () => {
    const pauses: number[] = [];
    const tools = {
      ...sampleTools(withRival(9), () => numberedSnapshot(1)),
      pause: async (ms: number) => {
        pauses.push(ms);
      },
    };
    expect(await publish(tools, sampleRequest('c99'))).toEqual({ outcome: 'lost', tries: 8 });
    expect((await heads()).some(({ commit }) => commit === 'c99')).toBe(false);
    expect(pauses.length).toBe(8);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(Math.max(...pauses)).toBe(1000);
  });
});

describe('an answer lost on the way', () => {
  /** What the store does with the swap whose answer is lost, and how often the release must be in the chain: once. */
  const losing = (applies: boolean, thenRival: boolean): WriteStore => {
    let lost = false;
    return {
      ...store,
      casHead: async (...args) => {
        if (lost) return store.casHead(...args);
        lost = true;
        if (applies) expect(await store.casHead(...args)).toBe('ok');
        if (thenRival) await publishTo(openFileStore('/store', disk), 'c50', numberedSnapshot(50));
        return 'unknown';
      },
    };
  };

  test.each([
    ['it was in force', true, false, 'published', ['c7']],
    ['it was in force and another followed', true, true, 'published', ['c50', 'c7']],
    ['it never arrived', false, false, 'published', ['c7']],
    ['it never arrived and a newer one is in force', false, true, 'superseded', ['c50']],
  ] as const)('is settled by reading: %s', async (_, applies, thenRival, outcome, chain) => {
    expect((await publishTo(losing(applies, thenRival), 'c7', numberedSnapshot(7))).outcome).toBe(outcome);
    expect((await heads()).map(({ commit }) => commit)).toEqual(chain);
  });
});

describe('the history', () => {
  const collect = async (from: Pick<WriteStore, 'history'>): Promise<number[]> => {
    const numbers: number[] = [];
    for await (const { payload } of historyOf(from, { env, channel })) numbers.push(payload.n);
    return numbers;
  };
  const recorded = async (): Promise<Uint8Array[]> => {
    const envelopes: Uint8Array[] = [];
    for await (const envelope of store.history(env, channel)) envelopes.push(envelope);
    return envelopes;
  };
  const replaying = (envelopes: readonly Uint8Array[]): Pick<WriteStore, 'history'> => ({
    history: async function* () {
      yield* envelopes;
    },
  });

  test('lists every release, newest first', async () => {
    expect(await collect(store)).toEqual([]);
    for (const number of [1, 2, 3]) await publishTo(store, `c${number}`, numberedSnapshot(number));
    expect(await collect(store)).toEqual([3, 2, 1]);
  });

  test('that lacks, repeats or changed a release is not believed', async () => {
    for (const number of [1, 2, 3]) await publishTo(store, `c${number}`, numberedSnapshot(number));
    const [third, second, first] = (await recorded()) as [Uint8Array, Uint8Array, Uint8Array];
    const changed = encodeHead({ ...decodeHead(second).payload, commit: 'forged' }).envelope;
    for (const envelopes of [
      [third, first],
      [third, second],
      [third, changed, first],
      [third, third, second, first],
    ])
      await expect(collect(replaying(envelopes))).rejects.toMatchObject({ name: 'SnapshotError' });
    expect(await collect(replaying([third, second, first]))).toEqual([3, 2, 1]);
  });
});
