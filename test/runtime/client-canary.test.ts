import { beforeEach, describe, expect, test } from 'vitest';
import { firstKeyset } from '../../engine/keys/first-keyset.ts';
import { nextKeyset } from '../../engine/keys/next-keyset.ts';
import { abort } from '../../engine/publish/abort.ts';
import type { CanaryTools } from '../../engine/publish/canary-tools.ts';
import { promote } from '../../engine/publish/promote.ts';
import { publish } from '../../engine/publish/publish.ts';
import { rollback } from '../../engine/publish/rollback.ts';
import { type LazyTerms, type OpenOptions, openTerms, StoreError, type Terms } from '../../runtime/index.ts';
import { followsCanary } from '../../runtime/snapshot/follows-canary.ts';
import { decodeHead, encodeHead, type HeadPayload, signHead } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import type { ReadStore } from '../../runtime/stores/store.ts';
import { replaced } from '../fixtures/diff/small-company.ts';
import { drawFrom, seed, timesFrom } from '../fixtures/release/counts.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../fixtures/release/published-company.ts';
import {
  numberedSnapshot,
  sampleAncestry,
  sampleRequest,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';
import { signedKeys } from '../fixtures/release/signed-keys.ts';
import { testKey } from '../fixtures/signing/test-key.ts';

const EXPIRES = '2030-01-01T00:00:00.000Z';
const keys = await signedKeys(sampleTarget.repo, 2);
const canaryTarget = { ...sampleTarget, channel: 'canary' };
let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

describe('a reader', () => {
  const open = (more: Partial<OpenOptions> = {}, over: Partial<ReadStore> = {}): Promise<Terms<typeof settings>> =>
    openTerms<typeof settings>({
      follow: false,
      store: Object.assign(Object.create(store) as MemoryStore, over),
      now: () => Date.parse('2026-06-03T00:30:00Z'),
      ...more,
    });
  const web = { reader: 'web-7' };
  const seats = async (terms: Terms<typeof settings> | LazyTerms<typeof settings>) => [
    terms.release.channel,
    terms.release.n,
    (await terms.customer('bare'))?.settings.seats,
  ];
  const moreSeats = (number: number) => replaced(company, 'plans/studio@2.yaml', 'seats: 5', `seats: ${number}`);
  const share = { percent: 0, readers: ['web-7'] };
  const tools = (): CanaryTools => {
    const each = sampleTools(store, () => numberedSnapshot(9));
    return { stable: each, canary: each, ancestry: async (first, second) => sampleAncestry(first, second) };
  };
  const top = (channel: string): HeadPayload =>
    decodeHead(store.heads.get(`local/${channel}`)?.at(-1) as Uint8Array).payload;
  beforeEach(async () => {
    await publishCompany(store, 'c1');
  });
  const publishCanary = (commit = 'c2', number = 6, channel = 'canary') =>
    publishCompany(store, commit, moreSeats(number), { channel, share });

  test('with a name follows a canary that names it; any other reads what everybody has', async () => {
    await publishCanary();
    expect(await seats(await open(web))).toEqual(['canary', 1, 6]);
    expect(await seats(await open({ reader: 'web-8' }))).toEqual(['stable', 1, 5]);
    expect(await seats(await open())).toEqual(['stable', 1, 5]);
    expect(await seats(await open({ ...web, canary: 'beta' }))).toEqual(['stable', 1, 5]);
    await publishCanary('c3', 7, 'beta');
    expect(await seats(await open({ ...web, canary: 'beta' }))).toEqual(['beta', 1, 7]);
  });

  test('without a name does not even look', async () => {
    const looked: string[] = [];
    const terms = await open(
      {},
      { getHead: async (env, channel) => (looked.push(channel), store.getHead(env, channel)) },
    );
    await terms.refresh();
    expect(looked).toEqual(['stable', 'stable']);
  });

  test('goes to a canary and back as it begins, is replaced, aborted, promoted and rolled back', async () => {
    const terms = await open(web);
    const step = async () => [await terms.refresh(), ...(await seats(terms))];
    expect(await step()).toEqual([false, 'stable', 1, 5]);
    await publishCanary();
    expect(await step()).toEqual([true, 'canary', 1, 6]);
    expect(await step()).toEqual([false, 'canary', 1, 6]);
    await publishCanary('c3', 7);
    expect(await step()).toEqual([true, 'canary', 2, 7]);
    await abort(tools(), canaryTarget);
    expect(await step()).toEqual([true, 'stable', 1, 5]);
    await publishCanary('c4', 8);
    expect(await step()).toEqual([true, 'canary', 4, 8]);
    await promote(tools(), canaryTarget);
    expect(await step()).toEqual([true, 'stable', 2, 8]);
    await publishCanary('c5', 9);
    expect(await step()).toEqual([true, 'canary', 6, 9]);
    await rollback(tools().stable, { ...sampleTarget, toRelease: 1 });
    expect(await step()).toEqual([true, 'stable', 3, 5]);
  });

  test('is not taken back to a canary by a rollback to what that was over', async () => {
    await publishCanary();
    await publishCompany(store, 'c3', moreSeats(7));
    await rollback(tools().stable, { ...sampleTarget, toRelease: 1 });
    expect(top('canary').canary?.over).toBe(top('stable').root);
    expect(await seats(await open(web))).toEqual(['stable', 3, 5]);
  });

  test('keeps a canary that is promoted while it looks', async () => {
    await publishCanary();
    let isPromoting = false;
    const terms = await open(web, {
      getHead: async (env, channel) => {
        const at = await store.getHead(env, channel);
        if (isPromoting) await promote(tools(), canaryTarget);
        isPromoting = false;
        return at;
      },
    });
    isPromoting = true;
    await terms.refresh();
    expect(await seats(terms)).toEqual(['stable', 2, 6]);
  });

  test.each<[string, (change: typeof putCanary) => Promise<void> | void]>([
    ['is for another place', (put) => put({ env: 'staging' })],
    ['needs a newer reader', (put) => put({ schema: { writes: 9, minReader: 9 } })],
    ['names a root that is not there', (put) => put({ root: sha256('nowhere') })],
    ['cannot be read at all', () => void store.heads.get('local/canary')?.push(Buffer.from('nonsense'))],
  ])('stays with what everybody has where the head of a canary %s', async (_, break_) => {
    await publishCanary();
    const following = await open(web);
    expect(following.release.channel).toBe('canary');
    await break_(putCanary);
    expect(await seats(await open(web))).toEqual(['stable', 1, 5]);
    expect([await following.refresh(), ...(await seats(following))]).toEqual([true, 'stable', 1, 5]);
    expect(await following.refresh()).toBe(false);
  });

  test('keeps a canary whose head is gone, which says nothing of it, and takes none anew', async () => {
    await publishCanary();
    const following = await open(web);
    store.heads.delete('local/canary');
    expect([await following.refresh(), ...(await seats(following))]).toEqual([false, 'canary', 1, 6]);
    expect(await seats(await open(web))).toEqual(['stable', 1, 5]);
  });

  /** A head like the one of the canary, over it. */
  function putCanary(change: Partial<HeadPayload>): void {
    const payload = top('canary');
    const { envelope } = encodeHead({ ...payload, n: payload.n + 1, ...change });
    store.heads.get('local/canary')?.push(envelope);
  }

  test('answers from what everybody has where a canary turns out damaged, until its next head', async () => {
    await publishCanary();
    const terms = (await open({ ...web, load: 'lazy' })) as unknown as LazyTerms<typeof settings>;
    const { leaves, before } = await damage();
    const answers = await Promise.all([
      terms.customer('bare'),
      terms.account({ account: 'u_1', plan: 'studio@2' }),
      terms.customer('nobody'),
    ]);
    // Plans were read with the release.
    expect(answers.map((answer) => answer?.settings.seats)).toEqual([5, 6, undefined]);
    expect(terms.release).toMatchObject({ channel: 'stable', n: 1 });
    expect(await terms.refresh()).toBe(false);
    for (const hash of leaves) store.objects.set(hash, before.get(hash) as Uint8Array);
    expect(await terms.refresh()).toBe(false);
    putCanary({ kind: 'refresh' });
    expect([await terms.refresh(), ...(await seats(terms))]).toEqual([true, 'canary', 2, 6]);
  });

  /** Everything that only the canary has, but for what was read when it was opened. */
  async function damage() {
    const onlyStable = new MemoryStore();
    await publishCompany(onlyStable, 'c1');
    const before = new Map(store.objects);
    const leaves = [...before.keys()].filter((hash) => !onlyStable.objects.has(hash));
    for (const hash of leaves) store.objects.delete(hash);
    return { leaves, before };
  }

  test('stays with its canary while only its channel cannot be reached, and is told of trouble with the other', async () => {
    await publishCanary();
    let away = '';
    const getHead = async (env: string, channel: string) => {
      if (channel === away) throw new StoreError('unavailable', 'away');
      return store.getHead(env, channel);
    };
    const terms = await open(web, { getHead });
    away = 'canary';
    expect([await terms.refresh(), terms.release.channel]).toEqual([false, 'canary']);
    expect((await open(web, { getHead })).release.channel).toBe('stable');
    await publishCompany(store, 'c3', moreSeats(9));
    expect([await terms.refresh(), ...(await seats(terms))]).toEqual([true, 'stable', 2, 9]);
    away = 'stable';
    await expect(terms.refresh()).rejects.toBeInstanceOf(StoreError);
  });

  test('does not take an older canary, nor another of its number', async () => {
    await publishCanary();
    await publishCanary('c3', 7);
    const terms = await open(web);
    const [older] = store.heads.get('local/canary') as [Uint8Array];
    store.heads.set('local/canary', [older]);
    expect([await terms.refresh(), ...(await seats(terms))]).toEqual([false, 'canary', 2, 7]);
    store.heads.set('local/canary', [encodeHead({ ...decodeHead(older).payload, n: 2 }).envelope]);
    expect([await terms.refresh(), ...(await seats(terms))]).toEqual([false, 'canary', 2, 7]);
  });

  test('takes no canary of others, and none of keys that were replaced for everybody', async () => {
    const root = [testKey('root a')];
    const first = await firstKeyset(sampleTarget.repo, root, 1, [testKey('head 1')], EXPIRES);
    const rotation = { newHeads: [testKey('head 2')], keptHeads: [], newRoots: [], droppedRoots: [] };
    const second = await nextKeyset(first, root, { expires: EXPIRES, ...rotation });
    for (const { hash, envelope } of [first, second]) store.objects.set(hash, envelope);
    const put = async (channel: string, key: string, change: Partial<HeadPayload>) => {
      const payload = top(channel);
      const { envelope } = await signHead({ ...payload, n: payload.n + 1, ...change }, [testKey(key)]);
      store.heads.get(`local/${channel}`)?.push(envelope);
    };
    await publishCanary();
    const old = { epoch: 1, keyset: first.hash };
    await put('stable', 'head 1', old);
    await put('canary', 'head 1', old);
    const trust = { ...web, keys: first.envelope };
    const following = await open(trust);
    const both = async () => {
      await following.refresh();
      return [(await open(trust)).release.channel, following.release.channel];
    };
    expect(await both()).toEqual(['canary', 'canary']);
    await put('canary', 'head 9', old);
    expect(await both()).toEqual(['stable', 'stable']);
    await put('canary', 'head 1', old);
    expect(await both()).toEqual(['canary', 'canary']);
    await put('stable', 'head 2', { epoch: 2, keyset: second.hash });
    expect(await both()).toEqual(['stable', 'stable']);
    await put('canary', 'head 1', old);
    expect(await both()).toEqual(['stable', 'stable']);
    await put('canary', 'head 2', { epoch: 2, keyset: second.hash, n: 1 });
    expect(await both()).toEqual(['canary', 'canary']);
  });
});

describe.each([
  ['where nobody signs', undefined],
  ['with signatures', keys],
] as const)('canaries that come and go %s', (_, signing) => {
  const cycles = timesFrom('PROVISO_CANARIES', 100);

  test(`take no reader back in its channel, in ${cycles} cycles (seed ${seed})`, async () => {
    const draw = drawFrom(seed);
    const pick = (most: number) => Math.floor(draw() * most);
    let number = 1;
    const tools = (of = number) => ({ ...sampleTools(store, () => numberedSnapshot(of)), ...(signing && { signing }) });
    const both = (): CanaryTools => ({ stable: tools(), canary: tools(), ancestry: tools().ancestry });
    await publish(tools(), sampleRequest('c1'));
    const trust = signing ? { keys: (signing.keysets[0] as (typeof signing.keysets)[0]).envelope } : {};
    const readers = await Promise.all(
      ['', 'web-1', 'web-2', 'web-3', 'eu-1'].map(async (reader) => ({
        reader,
        seen: new Map<string, number>(),
        terms: await openTerms({
          follow: false,
          store: Object.assign(Object.create(store) as MemoryStore, {
            close: async () => {},
            // A reader may stand still between any two of its reads.
            getHead: async (env: string, channel: string) => {
              const at = await store.getHead(env, channel);
              for (let wait = pick(6); wait > 0; wait -= 1) await Promise.resolve();
              return at;
            },
          }),
          now: () => Date.parse('2026-06-03T00:30:00Z'),
          ...(reader && { reader }),
          ...trust,
        }),
      })),
    );
    const look = async ({ terms, seen, reader }: (typeof readers)[0]) => {
      await terms.refresh();
      const { channel, n } = terms.release;
      expect(n, `${reader} in ${channel}`).toBeGreaterThanOrEqual(seen.get(channel) ?? 0);
      seen.set(channel, n);
    };
    const top = (channel: string) => {
      const envelope = store.heads.get(`local/${channel}`)?.at(-1);
      return envelope && decodeHead(envelope).payload;
    };
    const places = new Map<string, number>();
    /** Nothing moves any more: everybody reads what it should. */
    const settle = async () => {
      await Promise.all(readers.map(look));
      const [everybody, canary] = [top('stable') as HeadPayload, top('canary') as HeadPayload];
      for (const { reader, terms } of readers) {
        const { channel, n } = reader !== '' && followsCanary(canary, everybody, reader) ? canary : everybody;
        expect(terms.release).toMatchObject({ channel, n });
        places.set(channel, (places.get(channel) ?? 0) + 1);
      }
    };
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      number += 1;
      const share = { percent: pick(101), ...(draw() < 0.5 && { readers: ['eu-1'] }) };
      const looking = readers.flatMap((reader) => [look(reader), look(reader)]);
      const published = await publish(tools(), { ...sampleRequest(`c${number}`), channel: 'canary', share });
      expect(published.outcome).toBe('published');
      await Promise.all(looking);
      await settle();
      const during = readers.map(look);
      const what = pick(4);
      const ended =
        what === 0
          ? await abort(both(), canaryTarget)
          : what === 1
            ? await publish(tools(), sampleRequest(`c${(number += 1)}`))
            : await promote(both(), canaryTarget);
      expect(ended.outcome).toBe('published');
      if (what === 3) {
        const back = await rollback(tools(), { ...sampleTarget, toRelease: 1 + pick(top('stable')?.n ?? 1) });
        expect(['published', 'unchanged']).toContain(back.outcome);
      }
      await Promise.all(during);
      await settle();
    }
    expect(top('canary')?.n).toBeGreaterThanOrEqual(cycles);
    expect([...places.keys()].sort()).toEqual(['canary', 'stable']);
    for (const { terms } of readers) await terms.close();
  });
});
