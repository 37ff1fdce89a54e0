import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publish } from '../../../engine/publish/publish.ts';
import { openTerms } from '../../../runtime/client/open-terms.ts';
import type { Terms } from '../../../runtime/client/terms.ts';
import { sha256 } from '../../../runtime/snapshot/object.ts';
import { assembleSnapshot, type Snapshot } from '../../../runtime/snapshot/release.ts';
import { type HeadAt, type OnHint, StoreError } from '../../../runtime/stores/store.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { type SampleCustomer, sampleRequest, sampleTools } from '../../fixtures/release/sample.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

/** A store that writes down what it is asked, and tells of a head when a test says so. */
class WatchedStore extends MemoryStore {
  readonly asked: (readonly string[] | string)[] = [];
  readonly hints = new Map<string, OnHint>();
  /** Answers of objects are kept back as long as this is there. */
  failure: Error | undefined;

  override async get(hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
    this.asked.push([...hashes].sort());
    if (this.failure) throw this.failure;
    return super.get(hashes);
  }

  override getHead(env: string, channel: string): Promise<HeadAt | undefined> {
    this.asked.push(channel);
    return super.getHead(env, channel);
  }

  watch(_env: string, channel: string, onHint: OnHint): () => void {
    this.hints.set(channel, onHint);
    return () => {};
  }
}

/** The same where both are asked in one go. */
class LookingStore extends WatchedStore {
  async look(_env: string, channel: string, hashes: readonly string[]) {
    this.asked.push([channel, ...[...hashes].sort()]);
    return { head: await new MemoryStore().getHead.call(this, 'local', channel), objects: await super.get(hashes) };
  }
}

const crowd = (count: number): SampleCustomer[] => Array.from({ length: count }, (_, index) => ({ id: `c-${index}` }));

const snapshotOf = (customers: readonly SampleCustomer[], { plan = 'studio@2', area = 'access' } = {}): Snapshot =>
  assembleSnapshot({
    customers: customers.map(({ id, seats = 3 }) => ({
      id,
      account: `account of ${id}`,
      leaf: { customer: id, segments: [{ from: null, plan, stage: 'active', layers: [], terms: { seats } }] },
      record: { why: id, seats },
    })),
    plans: { [plan]: { plan } },
    catalogue: { settings: {}, area },
    rules: {},
  });

let store: WatchedStore;
let terms: Terms;
let number: number;

beforeEach(() => {
  store = new WatchedStore();
  number = 0;
});
afterEach(() => terms?.close());

async function put(snapshot: Snapshot): Promise<void> {
  number += 1;
  const { outcome } = await publish(
    sampleTools(store, () => snapshot),
    sampleRequest(`c${number}`),
  );
  expect(outcome).toBe('published');
  store.asked.length = 0;
}

/** Tells the reader, waits until it goes by the release that is in force, and gives what it asked the store for. */
async function hear(news = store.news, channel = 'stable'): Promise<WatchedStore['asked']> {
  const applied = new Promise<void>((resolve) => terms.onRelease(() => resolve()));
  store.hints.get(channel)?.(news);
  await applied;
  expect(terms.release.n).toBe(number);
  return [...store.asked];
}

describe('a reader that is told what a release brings', () => {
  const start = crowd(20);
  const large = crowd(700);
  const cases: Record<string, [before: Snapshot, after: Snapshot]> = {
    'one customer': [snapshotOf(start), snapshotOf([{ id: 'c-0', seats: 4 }, ...start.slice(1)])],
    'one of many, below nodes': [snapshotOf(large), snapshotOf([{ id: 'c-0', seats: 4 }, ...large.slice(1)])],
    'a new customer': [snapshotOf(start), snapshotOf([...start, { id: 'new' }])],
    'a bucket that is split': [snapshotOf(crowd(128)), snapshotOf(crowd(129))],
    'other settings': [snapshotOf(start), snapshotOf(start, { area: 'another' })],
    'another plan for all': [snapshotOf(start), snapshotOf(start, { plan: 'studio@3' })],
  };
  test.each(Object.entries(cases).filter(([name]) => name !== 'a bucket that is split'))(
    'asks for the head and for all it needs at once: %s',
    async (_, [before, after]) => {
      await put(before);
      terms = await openTerms({ store });
      await put(after);
      expect(await hear()).toEqual(['stable', [...(store.news ?? [])].sort()]);
    },
  );

  test.each(Object.entries(cases))(
    'reads nothing that was not told, and all that was: %s',
    async (_, [before, after]) => {
      await put(before);
      terms = await openTerms({ store });
      await put(after);
      const asked = await hear([]);
      expect(asked.filter((each) => typeof each === 'string')).toEqual(['stable']);
      expect(new Set(asked.filter((each) => typeof each !== 'string').flat())).toEqual(new Set(store.news));
    },
  );

  test('asks for both in one go where the store can', async () => {
    store = new LookingStore();
    await put(snapshotOf(start));
    terms = await openTerms({ store });
    await put(snapshotOf(crowd(21)));
    expect(await hear()).toEqual([['stable', ...[...(store.news ?? [])].sort()], [...(store.news ?? [])].sort()]);
  });

  test('of a canary reads its head before that of everybody, whatever is told', async () => {
    await put(snapshotOf(start));
    terms = await openTerms({ store, reader: 'web-1' });
    await put(snapshotOf(crowd(21)));
    expect(await hear()).toEqual([[...(store.news ?? [])].sort(), 'canary', 'stable']);
  });

  test('keeps it on its disk, and reads it from there', async () => {
    const cache = temporaryFolder();
    await put(snapshotOf(start));
    terms = await openTerms({ store, cache });
    await put(snapshotOf(crowd(21)));
    // What differs in keeping is looked at on the disk.
    expect(await hear()).toEqual(['stable', [...(store.news ?? [])].sort()]);
    await terms.close();
    store.failure = new StoreError('unavailable', 'the store is away');
    terms = await openTerms({ store, cache });
    expect([terms.release.n, terms.customer('c-20')?.customer]).toEqual([2, 'c-20']);
  });

  test('that asks for customers one by one reads the root alone ahead', async () => {
    await put(snapshotOf(start));
    const lazy = await openTerms({ store, load: 'lazy' });
    const after = snapshotOf(crowd(21));
    await put(after);
    const applied = new Promise<void>((resolve) => lazy.onRelease(() => resolve()));
    store.hints.get('stable')?.(store.news);
    await applied;
    expect(store.asked).toEqual(['stable', [after.root]]);
    await lazy.close();
  });
});

describe('what is told and is not so', () => {
  const before = snapshotOf(crowd(20));
  const after = snapshotOf(crowd(21));
  const told: Record<string, readonly string[]> = {
    'objects nobody has': [sha256('nothing'), sha256('neither')],
    'only a part': [after.root],
    'the release that is read already': [before.root],
    'objects of something else': [...before.objects.keys()].filter((hash) => hash !== before.root).slice(0, 9),
  };
  test.each(Object.entries(told))('costs nothing but asking for it: %s', async (_, news) => {
    await put(before);
    terms = await openTerms({ store });
    await put(after);
    await hear(news);
    expect(terms.customer('c-20')?.customer).toBe('c-20');
  });

  test('is damaged: nothing of it is taken, and what is whole is', async () => {
    await put(before);
    const troubles: Error[] = [];
    terms = await openTerms({ store, onTrouble: (error) => troubles.push(error) });
    await put(after);
    const bytes = store.objects.get(after.root) as Uint8Array;
    store.objects.set(after.root, bytes.slice(1));
    store.hints.get('stable')?.(store.news);
    await expect.poll(() => troubles.map(({ name }) => name)).toEqual(['SnapshotError']);
    expect(terms.release.n).toBe(1);
    store.objects.set(after.root, bytes);
    await terms.refresh();
    expect(terms.release.n).toBe(2);
  });

  test('cannot be read ahead: it is asked for again when it is needed', async () => {
    await put(before);
    terms = await openTerms({ store });
    await put(after);
    const { get } = store;
    store.get = async () => {
      store.get = get;
      throw new StoreError('unavailable', 'this once');
    };
    await hear();
    expect(terms.customer('c-20')?.customer).toBe('c-20');
  });
});
