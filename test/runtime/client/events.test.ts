import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Change, type Ending, openTerms, type Terms } from '../../../runtime/index.ts';
import { edited, replaced } from '../../fixtures/diff/small-company.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../../fixtures/release/published-company.ts';

type Company = typeof settings;
let store: MemoryStore;
let terms: Terms<Company>;
const troubles: Error[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-06-03T12:00:00Z') });
  troubles.length = 0;
  store = new MemoryStore();
  await publishCompany(store, 'c1');
  terms = await openTerms<Company>({ store, onTrouble: (error) => void troubles.push(error) });
});
afterEach(async () => {
  await terms.close();
  vi.useRealTimers();
});

/** Lets whoever is to be told be told. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_001);
const release = async (commit: string, files: Parameters<typeof publishCompany>[2]): Promise<void> => {
  await publishCompany(store, commit, files);
  await terms.refresh();
  await settle();
};
const plan = (from: string, to: string) => replaced(company, 'plans/studio@2.yaml', from, to);
const short = ({ customer, cause, settings: keys, before, after }: Change<Company>) => [
  customer,
  cause,
  keys,
  before?.settings.seats,
  after?.settings.seats,
];

describe('a change by a release', () => {
  test('is told of who it is about, to who listens for all and for one, by id and by account', async () => {
    const told: unknown[][] = [];
    terms.onChange((change) => told.push(['all', ...short(change)]));
    for (const name of ['bare', 'acc_77', 'nobody'])
      terms.onChange((change) => told.push([name, ...short(change)]), name);
    await release('c2', plan('apiCalls: 400', 'apiCalls: 500'));
    expect(told.filter(([who]) => who === 'all').map(([, customer]) => customer)).toHaveLength(6);
    expect(told.filter(([who]) => who !== 'all')).toEqual([['bare', 'bare', 'release', ['apiCalls'], 5, 5]]);
    told.length = 0;
    const files = plan('apiCalls: 400', 'apiCalls: 500');
    await release('c3', replaced(files, 'customers/quarry-labs.yaml', 'seats: 40', 'seats: 41'));
    // Of somebody known by two names everybody is told once.
    expect(told.sort()).toEqual([
      ['acc_77', 'quarry-labs', 'release', ['seats'], 40, 41],
      ['all', 'quarry-labs', 'release', ['seats'], 40, 41],
    ]);
  });

  test('tells who appears, who closes and who vanishes', async () => {
    const told: unknown[] = [];
    terms.onChange(({ before, after }) => told.push(['all', before?.stage, after?.stage]));
    terms.onChange(({ before, after }) => told.push(['fresh', before?.stage, after?.stage]), 'fresh');
    const fresh = (rest: string) =>
      edited(company, { 'customers/fresh.yaml': `name: Fresh\nplan: studio@2\naccount: acc_1\n${rest}` });
    await release('c2', fresh(''));
    expect(told.splice(0)).toEqual([
      ['fresh', undefined, 'active'],
      ['all', undefined, 'active'],
    ]);
    expect(terms.customer('acc_1')?.customer).toBe('fresh');
    await release('c3', fresh('statuses: [{ stage: closed, since: 2026-06-03, because: it is over }]\n'));
    expect(told.splice(0)).toEqual([
      ['fresh', 'active', 'closed'],
      ['all', 'active', 'closed'],
    ]);
    await release('c4', company);
    expect(told.splice(0)).toEqual([
      ['fresh', 'closed', undefined],
      ['all', 'closed', undefined],
    ]);
    expect([terms.customer('fresh'), terms.customer('acc_1')]).toEqual([undefined, undefined]);
  });

  test('comes in the order of releases', async () => {
    const [told, releases]: [unknown[], number[]] = [[], []];
    terms.onChange(({ before, after }) => told.push([before?.release, after?.release, after?.settings.seats]), 'bare');
    terms.onRelease(({ n }) => void releases.push(n));
    for (const seats of [6, 7, 8]) {
      await publishCompany(store, `c${seats}`, plan('seats: 5', `seats: ${seats}`));
      await terms.refresh();
    }
    await settle();
    expect(told).toEqual([
      [1, 2, 6],
      [2, 3, 7],
      [3, 4, 8],
    ]);
    expect(releases).toEqual([2, 3, 4]);
  });
});

describe('a change by time', () => {
  test('is told on its day, once, with both sides of it', async () => {
    const told: unknown[][] = [];
    vi.setSystemTime(Date.parse('2026-12-31T23:59:57Z'));
    await settle();
    terms.onChange((change) => told.push(short(change)));
    await settle();
    expect(told.splice(0)).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told.map(([customer, cause]) => `${customer} ${cause}`).sort()).toEqual([
      'adding time',
      'harbor time',
      'more time',
      'moving time',
      'special time',
    ]);
    expect(told.find(([customer]) => customer === 'special')?.slice(3)).toEqual([12, 5]);
    await settle();
    expect(told).toHaveLength(5);
  });

  test('of many days at once, as after a long sleep, is told once for each customer', async () => {
    const told: string[] = [];
    terms.onChange(({ customer }) => void told.push(customer));
    vi.setSystemTime(Date.parse('2090-01-01T00:00:00Z'));
    await settle();
    expect(told.length).toBe(new Set(told).size);
    expect(told).toEqual(expect.arrayContaining(['special', 'quarry-labs', 'harbor']));
  });
});

describe('an ending', () => {
  const endings = (list: readonly Ending<Company>[]) =>
    list.map(({ customer, id, days }) => `${customer} ${id} ${days}`).sort();

  test('is told ahead of it once, whatever comes into force meanwhile, and again where it is put off', async () => {
    const [told, one]: Ending<Company>[][] = [[], []];
    vi.setSystemTime(Date.parse('2026-12-16T12:00:00Z'));
    await settle();
    terms.onEnding(14, (ending) => void told?.push(ending));
    terms.onEnding(400, (ending) => void one?.push(ending), 'acc_77');
    await settle();
    expect([endings(told ?? []), endings(one ?? [])]).toEqual([[], ['quarry-labs C-1 168']]);
    vi.setSystemTime(Date.parse('2026-12-17T00:00:00Z'));
    await settle();
    const ahead = ['adding moreSeats 14', 'harbor C-2 14', 'more EX-2 14', 'special EX-1 14'];
    expect(endings(told?.splice(0) ?? [])).toEqual(ahead);
    vi.setSystemTime(Date.parse('2026-12-20T00:00:00Z'));
    await settle();
    await release('c2', replaced(company, 'customers/special.yaml', 'expires: 2026-12-31', 'expires: 2027-01-02'));
    expect(endings(told ?? [])).toEqual(['special EX-1 13']);
    expect(one).toHaveLength(1);
  });

  test('may be that of a trial', async () => {
    const told: Ending<Company>[] = [];
    vi.useFakeTimers({ now: Date.parse('2026-05-25T12:00:00Z') });
    const early = await openTerms<Company>({ store, now: Date.now });
    early.onEnding(8, (ending) => void told.push(ending), 'quarry-labs');
    await settle();
    expect(told).toEqual([
      { customer: 'quarry-labs', kind: 'trial', id: 'trial', until: '2026-06-02', days: 8, settings: ['seats'] },
    ]);
    await early.close();
  });

  test('is not told to who stopped listening, also where that was while it was told of another', async () => {
    const told: string[] = [];
    const stop = terms.onEnding(400, ({ customer }) => {
      told.push(customer);
      stop();
    });
    terms.onEnding(400, ({ customer }) => void told.push(`never ${customer}`))();
    await settle();
    expect(told).toHaveLength(1);
  });
});

describe('a listener', () => {
  test('that throws, at once or later, is told as trouble and stops nobody, and not the release', async () => {
    const [told, rejections]: [string[], unknown[]] = [[], []];
    const onRejection = (error: unknown): void => void rejections.push(error);
    process.on('unhandledRejection', onRejection);
    const fail = (message: string) => (): never => {
      throw new Error(message);
    };
    terms.onRelease(fail('by a release'));
    terms.onChange(fail('by a change'));
    terms.onChange(async () => fail('later')());
    terms.onTrouble(fail('by trouble'));
    terms.onRelease(({ n }) => void told.push(`release ${n}`));
    terms.onChange(({ customer }) => void told.push(customer), 'bare');
    await release('c2', plan('seats: 5', 'seats: 6'));
    expect(told).toEqual(['release 2', 'bare']);
    expect(new Set(troubles.map(({ message }) => message))).toEqual(new Set(['by a release', 'by a change', 'later']));
    store.getHead = async () => Promise.reject(new Error('the store is away'));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(troubles.map(({ message }) => message)).toContain('the store is away');
    vi.useRealTimers();
    await new Promise((resolve) => void setImmediate(resolve));
    process.off('unhandledRejection', onRejection);
    expect(rejections).toEqual([]);
  });

  test('that stops itself is told once, and the others go on', async () => {
    const told: string[] = [];
    const stop = terms.onChange(() => {
      told.push('once');
      stop();
    }, 'bare');
    terms.onChange(() => void told.push('always'), 'bare');
    await release('c2', plan('seats: 5', 'seats: 6'));
    await release('c3', plan('seats: 5', 'seats: 7'));
    expect(told).toEqual(['once', 'always', 'always']);
  });

  test('is told nothing any more once the terms are closed', async () => {
    const told: unknown[] = [];
    terms.onChange((change) => told.push(change));
    terms.onRelease((each) => told.push(each));
    terms.onTrouble((each) => told.push(each));
    await publishCompany(store, 'c2', plan('seats: 5', 'seats: 6'));
    const looking = terms.refresh();
    await Promise.all([terms.close(), terms.close(), looking]);
    vi.setSystemTime(Date.parse('2027-06-01T00:00:00Z'));
    await vi.advanceTimersByTimeAsync(120_000);
    expect(told).toEqual([]);
  });
});

test('where customers are read lazily, who is listened for by name is told of releases and of days', async () => {
  const lazy = await openTerms<Company>({ store, load: 'lazy' });
  const told: unknown[] = [];
  lazy.onChange((change) => told.push(short(change).slice(0, 2)), 'special');
  lazy.onEnding(400, ({ id }) => void told.push(id), 'special');
  await settle();
  expect(told.splice(0)).toEqual(['EX-1']);
  await publishCompany(store, 'c2', plan('apiCalls: 400', 'apiCalls: 500'));
  await lazy.refresh();
  await settle();
  vi.setSystemTime(Date.parse('2027-01-01T00:00:00Z'));
  await settle();
  expect(told).toEqual([
    ['special', 'release'],
    ['special', 'time'],
  ]);
  await lazy.close();
});
