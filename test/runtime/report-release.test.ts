import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { reportRelease, type Served } from '../../runtime/client/report-release.ts';
import { openTerms } from '../../runtime/index.ts';
import { type ClientReport, decodeReport } from '../../runtime/snapshot/client-report.ts';
import { decodeHead, encodeHead } from '../../runtime/snapshot/head.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { type ClientReports, StoreError, type WriteStore } from '../../runtime/stores/store.ts';
import { replaced } from '../fixtures/diff/small-company.ts';
import { company, publishCompany } from '../fixtures/release/published-company.ts';
import { temporaryFolder } from '../temporary-repository.ts';

const START = Date.parse('2026-06-01T12:00:00Z');
const served: Served = {
  reader: 1,
  channel: 'stable',
  release: 1,
  epoch: 0,
  root: 'a'.repeat(64),
  source: 'store',
  state: 'fresh',
};

describe('a client reports', () => {
  let what: Served;
  /** When each report came, in milliseconds from the start, and what it said. */
  let said: { at: number; report: ClientReport | undefined }[];
  let kept: Map<string, number>;
  let troubles: unknown[];
  let fails: StoreError | undefined;
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    what = served;
    said = [];
    kept = new Map();
    troubles = [];
    fails = undefined;
  });
  afterEach(() => void vi.useRealTimers());

  const reports: ClientReports = {
    async put(_, client, bytes, keepForMs) {
      if (fails) throw fails;
      said.push({ at: Date.now() - START, report: decodeReport(bytes) });
      kept.set(client, keepForMs);
    },
    remove: async (_, client) => void kept.delete(client),
    async *list() {},
  };
  const start = (random = 0.5, every?: number) => {
    const tools = { env: 'local', served: () => what, now: () => Date.now(), random: () => random };
    const reporting = reportRelease(
      { name: 'web-1', ...(every !== undefined && { every }) },
      { reports, ...tools, onTrouble: (error) => troubles.push(error) },
    );
    reporting.look();
    return reporting;
  };
  const times = (): number[] => said.map(({ at }) => at);

  test.each([
    [0, [0, 48_000, 96_000, 144_000]],
    [0.5, [500, 60_500, 120_500]],
    [1, [1_000, 73_000, 145_000]],
  ])(
    'within a second of the start, and every minute, a fifth more or less: chance says %d',
    async (random, expected) => {
      start(random);
      await vi.advanceTimersByTimeAsync(150_000);
      expect(times()).toEqual(expected);
    },
  );

  test('within a second of every change, once', async () => {
    const reporting = start();
    await vi.advanceTimersByTimeAsync(10_000);
    for (let times = 0; times < 100; times += 1) reporting.look();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(times()).toEqual([500]);
    what = { ...served, release: 2 };
    for (let times = 0; times < 100; times += 1) reporting.look();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(times()).toEqual([500, 15_500]);
    what = { ...what, state: 'stale' };
    reporting.look();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(said.map(({ report }) => [report?.release, report?.state, report?.since])).toEqual([
      [1, 'fresh', '2026-06-01T12:00:00.000Z'],
      [2, 'fresh', '2026-06-01T12:00:15.000Z'],
      [2, 'stale', '2026-06-01T12:00:15.000Z'],
    ]);
  });

  test('what changed while a report was on its way', async () => {
    const slow: ClientReports = {
      ...reports,
      put: async (...args) => {
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        await reports.put(...args);
      },
    };
    const tools = { env: 'local', served: () => what, now: () => Date.now(), random: () => 0 };
    const reporting = reportRelease({ name: 'web-1' }, { reports: slow, ...tools, onTrouble: () => {} });
    reporting.look();
    await vi.advanceTimersByTimeAsync(1_000);
    what = { ...served, release: 2 };
    reporting.look();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(said.map(({ at, report }) => [at, report?.release])).toEqual([
      [5_000, 1],
      [10_001, 2],
    ]);
  });

  test('and goes on where it is refused, of which it tells once until it gets through again', async () => {
    fails = new StoreError('denied', 'not you');
    start(0);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(troubles).toMatchObject([
      { trouble: 'denied', message: 'it cannot be reported which release is served: not you' },
    ]);
    fails = undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said.length).toBeGreaterThan(0);
    fails = new StoreError('unavailable', 'gone');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(troubles.length).toBe(2);
  });

  test('for as long as it may be missed, and takes it back at the end', async () => {
    const reporting = start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(kept).toEqual(new Map([['web-1', 3_600_000]]));
    await reporting.close();
    expect(kept).toEqual(new Map());
    what = { ...served, release: 2 };
    reporting.look();
    await vi.advanceTimersByTimeAsync(300_000);
    expect([...kept, said.length]).toEqual([1]);
    start(0.5, 600_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(kept).toEqual(new Map([['web-1', 18_000_000]]));
  });

  test('and is closed within two seconds where the store hangs', async () => {
    const hanging: ClientReports = { ...reports, put: () => new Promise(() => {}) };
    const tools = { env: 'local', served: () => what, now: () => Date.now(), random: () => 0 };
    const reporting = reportRelease({}, { reports: hanging, ...tools, onTrouble: () => {} });
    reporting.look();
    await vi.advanceTimersByTimeAsync(1_000);
    const closed = vi.fn<() => void>();
    const closing = reporting.close().finally(closed);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(closed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(closed).toHaveBeenCalled();
    await closing;
  });
});

describe('terms that report', () => {
  let store: WriteStore;
  beforeEach(async () => {
    store = openFileStore(temporaryFolder());
    await publishCompany(store, 'c1');
  });
  const all = async (): Promise<(ClientReport | undefined)[]> => {
    const found: (ClientReport | undefined)[] = [];
    for await (const bytes of store.reports?.list('local') ?? []) found.push(decodeReport(bytes));
    return found;
  };
  const rootOf = async (channel = 'stable'): Promise<string> =>
    decodeHead((await store.getHead('local', channel))?.envelope ?? Buffer.of()).payload.root;

  test('say which release they serve, and nothing else when they are closed', async () => {
    const terms = await openTerms({ store: { ...store, close: async () => {} }, report: { name: 'web-1' } });
    const common = { v: 1, client: 'web-1', reader: 1, channel: 'stable', epoch: 0, source: 'store', every: 60_000 };
    const times = { since: expect.any(String), at: expect.any(String) };
    await expect
      .poll(all, { timeout: 5_000 })
      .toEqual([{ ...common, ...times, release: 1, root: await rootOf(), state: 'fresh' }]);
    await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 7'));
    await terms.refresh();
    await expect.poll(all, { timeout: 5_000 }).toMatchObject([{ release: 2, root: await rootOf() }]);
    await terms.close();
    expect(await all()).toEqual([]);
  });

  test('say which canary they serve in place of it', async () => {
    const { payload } = decodeHead((await store.getHead('local', 'stable'))?.envelope ?? Buffer.of());
    const canary = { percent: 0, readers: ['eu-1'], over: payload.root };
    const { envelope } = encodeHead({ ...payload, n: 7, channel: 'canary', prev: null, canary });
    await store.casHead('local', 'canary', null, envelope);
    const terms = await openTerms({ store, reader: 'eu-1', report: {} });
    await expect.poll(all, { timeout: 5_000 }).toMatchObject([
      {
        client: expect.stringMatching(/^.+:\d+:[0-9a-f]{8}$/),
        channel: 'stable',
        release: 1,
        follows: { channel: 'canary', reader: 'eu-1' },
        canary: { channel: 'canary', release: 7, epoch: 0, root: payload.root },
      },
    ]);
    await terms.close();
  });

  test('say nothing unless they are told to', async () => {
    const terms = await openTerms({
      store: { ...store, reports: { ...store.reports, put: () => expect.fail() } as never },
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await terms.close();
    expect(await all()).toEqual([]);
  });

  test('go on where the store takes no reports, and say so', async () => {
    const troubles: Error[] = [];
    const { reports: _, ...without } = store;
    const terms = await openTerms({ store: without, report: {}, onTrouble: (error) => void troubles.push(error) });
    expect(terms.customer('bare')?.settings.seats).toBe(5);
    expect(troubles).toMatchObject([{ trouble: 'unsuitable', message: 'this store takes no reports of clients' }]);
    await terms.close();
  });

  test.each([{ name: '' }, { name: 'x'.repeat(101) }, { every: 10 }, { every: Number.NaN }, { every: 1e9 }])(
    'are not opened with %o',
    async (report) => {
      await expect(openTerms({ store, report })).rejects.toThrow(RangeError);
    },
  );
});
