import { beforeEach, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { openTerms, type ReadStore, SnapshotError, StoreError, TermsError } from '../../runtime/index.ts';
import { decodeHead, encodeHead, type HeadPayload } from '../../runtime/snapshot/head.ts';
import { keyOf } from '../../runtime/snapshot/tree.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { edited, replaced } from '../fixtures/diff/small-company.ts';
import { company, publishCompany, type settings } from '../fixtures/release/published-company.ts';
import { sampleRequest, sampleSnapshot, sampleTools } from '../fixtures/release/sample.ts';
import { temporaryFolder } from '../temporary-repository.ts';

let store: WriteStore;
beforeEach(() => {
  store = openFileStore(temporaryFolder());
});

const PLAN = 'plans/studio@2.yaml';
const moreSeats = (seats: number) => replaced(company, PLAN, 'seats: 5', `seats: ${seats}`);
const openOver = (over: Partial<ReadStore> = {}) =>
  openTerms<typeof settings>({
    follow: false,
    load: 'lazy',
    store: { ...store, ...over },
    now: () => Date.parse('2026-07-01'),
  });

/** The head in force, and one like it put in its place. */
async function headOf(env = 'local', channel = 'stable'): Promise<{ payload: HeadPayload; token: string }> {
  const at = await store.getHead(env, channel);
  if (!at) throw new Error('no head');
  return { payload: decodeHead(at.envelope).payload, token: at.token };
}

async function putHead(change: Partial<HeadPayload>): Promise<void> {
  const { payload, token } = await headOf();
  const { envelope } = encodeHead({ ...payload, n: payload.n + 1, ...change });
  expect(await store.casHead('local', 'stable', token, envelope)).toBe('ok');
}

const said = async (work: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await work.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(TermsError);
  return [(error as TermsError).code, (error as TermsError).message];
};

describe('opening', () => {
  test('says that nothing is published', async () => {
    expect(await said(openOver())).toEqual(['notPublished', 'nothing is published for local/stable yet']);
    await publishCompany(store, 'c1');
    expect(await said(openTerms({ follow: false, store, environment: 'production', channel: 'beta' }))).toEqual([
      'notPublished',
      'nothing is published for production/beta yet',
    ]);
  });

  test('says that a release needs a newer reader', async () => {
    await publishCompany(store, 'c1');
    await putHead({ schema: { writes: 2, minReader: 2 } });
    expect(await said(openOver())).toEqual(['needsNewerReader', 'release 2 needs a newer reader (2, this is 1)']);
  });

  test('takes a release that a newer writer wrote for this reader', async () => {
    await publishCompany(store, 'c1');
    await putHead({ schema: { writes: 2, minReader: 1 } });
    expect((await openOver()).release.n).toBe(2);
  });

  test.each([{ env: 'production' }, { channel: 'beta' }])('refuses the head of another place: %o', async (change) => {
    await publishCompany(store, 'c1');
    await putHead(change);
    const { env, channel } = { env: 'local', channel: 'stable', ...change };
    expect(await said(openOver())).toEqual([
      'otherPlace',
      `the store holds a release for ${env}/${channel} where local/stable belongs`,
    ]);
  });

  test('closes the store when it fails, and with the terms', async () => {
    let closed = 0;
    const close = async (): Promise<void> => {
      closed += 1;
    };
    await expect(openOver({ close })).rejects.toBeInstanceOf(TermsError);
    expect(closed).toBe(1);
    await publishCompany(store, 'c1');
    await (await openOver({ close })).close();
    expect(closed).toBe(2);
  });

  test('names an unknown kind of store', async () => {
    await expect(openTerms({ follow: false, store: 'mystery:secret' })).rejects.toBeInstanceOf(StoreError);
  });
});

describe('refresh', () => {
  const seatsOf = async (terms: Awaited<ReturnType<typeof openOver>>) => (await terms.customer('bare'))?.settings.seats;

  test('takes a newer release, for customers that were read before too', async () => {
    await publishCompany(store, 'c1');
    const terms = await openOver();
    const before = await terms.customer('bare');
    await publishCompany(store, 'c2', moreSeats(6));
    expect([terms.release.n, await seatsOf(terms)]).toEqual([1, 5]);
    expect(await terms.refresh()).toBe(true);
    expect([terms.release.n, terms.release.commit, await seatsOf(terms)]).toEqual([2, 'c2', 6]);
    expect(await terms.refresh()).toBe(false);
    // What was handed out stays what it was.
    expect([before?.release, before?.settings.seats, before?.at('2027-01-01').settings.seats]).toEqual([1, 5, 5]);
  });

  test('finds a customer the release before did not have', async () => {
    await publishCompany(store, 'c1');
    const terms = await openOver();
    expect(await terms.customer('fresh')).toBeUndefined();
    await publishCompany(store, 'c2', edited(company, { 'customers/fresh.yaml': 'name: Fresh\nplan: studio@2\n' }));
    expect(await terms.customer('fresh')).toBeUndefined();
    await terms.refresh();
    expect((await terms.customer('fresh'))?.release).toBe(2);
  });

  test('never takes an older one, nor another of the same number', async () => {
    await publishCompany(store, 'c1');
    const first = await store.getHead('local', 'stable');
    await publishCompany(store, 'c2', moreSeats(6));
    const second = await store.getHead('local', 'stable');
    let served = second;
    const terms = await openOver({ getHead: async () => served });
    served = first;
    expect([await terms.refresh(), terms.release.n, await seatsOf(terms)]).toEqual([false, 2, 6]);
    const { root } = (await headOf()).payload;
    const other = encodeHead({ ...decodeHead((first as { envelope: Uint8Array }).envelope).payload, n: 2, root });
    served = { envelope: other.envelope, token: 'x' };
    expect([await terms.refresh(), terms.release.commit]).toEqual([false, 'c2']);
  });

  test('takes a lower number of a newer epoch', async () => {
    await publishCompany(store, 'c1');
    await publishCompany(store, 'c2', moreSeats(6));
    const terms = await openOver();
    await putHead({ epoch: 2, n: 1 });
    expect([await terms.refresh(), terms.release.n]).toEqual([true, 1]);
  });

  test('reads nothing but the head where that is not newer', async () => {
    await publishCompany(store, 'c1');
    let reads = 0;
    const terms = await openOver({
      get: async (hashes) => {
        reads += 1;
        return store.get(hashes);
      },
    });
    const before = reads;
    expect(await terms.refresh()).toBe(false);
    expect(reads).toBe(before);
  });

  test('that fails leaves the release in force', async () => {
    await publishCompany(store, 'c1');
    const terms = await openOver();
    await putHead({ root: keyOf('nowhere') });
    await expect(terms.refresh()).rejects.toBeInstanceOf(SnapshotError);
    await putHead({ schema: { writes: 2, minReader: 2 } });
    await expect(terms.refresh()).rejects.toBeInstanceOf(TermsError);
    expect([terms.release.n, await seatsOf(terms)]).toEqual([1, 5]);
  });

  test('of two at once never goes back', async () => {
    await publishCompany(store, 'c1');
    const gate = gates();
    const terms = await openOver({ get: gate.get });
    await publishCompany(store, 'c2', moreSeats(6));
    gate.close();
    const slow = terms.refresh();
    await gate.reached;
    await publishCompany(store, 'c3', moreSeats(7));
    gate.let();
    const fast = terms.refresh();
    expect(await fast).toBe(true);
    gate.open();
    expect(await slow).toBe(false);
    expect([terms.release.n, await seatsOf(terms)]).toEqual([3, 7]);
  });
});

/** Reads that wait: after `close` they do, after `let` only those that wait already. */
function gates() {
  let waiting: (() => void)[] = [];
  let isClosed = false;
  let tell = (): void => {};
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    reached,
    close: () => {
      isClosed = true;
    },
    let: () => {
      isClosed = false;
    },
    open: () => {
      isClosed = false;
      for (const go of waiting) go();
      waiting = [];
    },
    get: async (hashes: readonly string[]) => {
      if (isClosed) {
        tell();
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
      return store.get(hashes);
    },
  };
}

describe('an answer is of one release', () => {
  const asks = [
    ['customer', (terms: Awaited<ReturnType<typeof openOver>>) => terms.customer('bare')],
    [
      'account with a file',
      (terms: Awaited<ReturnType<typeof openOver>>) => terms.account({ account: 'bare', quantities: { storageGb: 2 } }),
    ],
  ] as const;

  test.each(asks)('when another is taken while a %s is being read', async (_, ask) => {
    await publishCompany(store, 'c1');
    const gate = gates();
    const terms = await openOver({ get: gate.get });
    await publishCompany(store, 'c2', moreSeats(6));
    gate.close();
    const asked = ask(terms);
    await gate.reached;
    gate.let();
    expect(await terms.refresh()).toBe(true);
    gate.open();
    const answer = await asked;
    expect([answer?.release, answer?.settings.seats]).toEqual([1, 5]);
    const next = await ask(terms);
    expect([next?.release, next?.settings.seats]).toEqual([2, 6]);
  });
});

describe('reading', () => {
  /** What was read, and what comes instead of it. */
  const watched = () => {
    const read: string[] = [];
    const instead = new Map<string, Uint8Array | undefined>();
    const get = async (hashes: readonly string[]) => {
      read.push(...hashes);
      const found = await store.get(hashes);
      for (const hash of hashes) {
        const bytes = instead.get(hash);
        if (bytes) found.set(hash, bytes);
        else if (instead.has(hash)) found.delete(hash);
      }
      return found;
    };
    return { read, instead, get };
  };

  test('of one customer by many at once is done once, and kept', async () => {
    await publishCompany(store, 'c1');
    const { read, get } = watched();
    const terms = await openOver({ get });
    read.length = 0;
    const views = await Promise.all(Array.from({ length: 50 }, () => terms.customer('bare')));
    expect(new Set(views.map((view) => view?.settings.seats))).toEqual(new Set([5]));
    await terms.customer('bare');
    expect(read).toHaveLength(1);
    // Plans were read with the release.
    await Promise.all(Array.from({ length: 50 }, () => terms.account({ account: 'u_1', plan: 'studio@2' })));
    expect(read).toHaveLength(1);
  });

  test('of customers who are not there reads each part of the tree once', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ id: `c-${index}` }));
    await publish(
      sampleTools(store, () => sampleSnapshot(many)),
      sampleRequest('c1'),
    );
    const { read, get } = watched();
    const terms = await openOver({ get });
    read.length = 0;
    for (let time = 1; time <= 2_000; time += 1) expect(await terms.customer(`nobody-${time}`)).toBeUndefined();
    const nodes = new Set(read);
    expect([read.length, nodes.size <= 256]).toEqual([nodes.size, true]);
  });

  test('that fails is done again by the next question', async () => {
    await publishCompany(store, 'c1');
    let fails = false;
    const terms = await openOver({
      get: async (hashes) => {
        if (fails) throw new StoreError('unavailable', 'the disk is away');
        return store.get(hashes);
      },
    });
    fails = true;
    await expect(terms.customer('bare')).rejects.toMatchObject({ trouble: 'unavailable' });
    // Plans are read with the release.
    expect((await terms.account({ account: 'u_1', plan: 'team@1' })).settings.seats).toBe(20);
    fails = false;
    expect((await terms.customer('bare'))?.settings.seats).toBe(5);
  });

  test.each([
    ['missing', undefined, 'missing'],
    ['cut', (bytes: Uint8Array) => bytes.subarray(1), 'size'],
    [
      'changed',
      (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, index) => (index === 9 ? byte ^ 1 : byte)),
      'hash',
    ],
  ] as const)('a customer whose object is %s fails, with its name, until it is mended', async (_, damage, reason) => {
    await publishCompany(store, 'c1');
    const { read, instead, get } = watched();
    const terms = await openOver({ get });
    await terms.customer('bare');
    const leaf = read.at(-1) as string;
    const bytes = (await store.get([leaf])).get(leaf) as Uint8Array;

    const other = await openOver({ get });
    instead.set(leaf, damage?.(bytes));
    const error: unknown = await other.customer('bare').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SnapshotError);
    expect([(error as SnapshotError).reason, (error as SnapshotError).object]).toEqual([reason, leaf]);
    expect((await other.customer('harbor'))?.settings.seats).toBe(100);
    instead.delete(leaf);
    expect((await other.customer('bare'))?.settings.seats).toBe(5);
  });

  test('a damaged root, catalogue or plan is named too', async () => {
    await publishCompany(store, 'c1');
    const { read, instead, get } = watched();
    await (await openOver({ get })).account({ account: 'u_1', plan: 'studio@2' });
    // Root, catalogue, rules, and each plan.
    expect(read).toHaveLength(7);
    for (const hash of new Set(read)) {
      instead.set(hash, Buffer.from('{}'));
      const asked = openOver({ get }).then((terms) => terms.account({ account: 'u_1', plan: 'studio@2' }));
      await expect(asked).rejects.toMatchObject({ name: 'SnapshotError', object: hash });
      instead.delete(hash);
    }
  });
});
