import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTerms } from '../../../runtime/client/open-terms.ts';
import type { Terms } from '../../../runtime/client/terms.ts';
import { openQueue } from '../../../runtime/server/events/event-queue.ts';
import type { Asking } from '../../../runtime/server/events/hub.ts';
import { openStreams, type Streams } from '../../../runtime/server/events/streams.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany } from '../../fixtures/release/published-company.ts';

const HOUR = 3_600_000;
const moreSeats = (seats: number) => replaced(company, 'plans/studio@2.yaml', 'seats: 5', `seats: ${seats}`);

let store: MemoryStore;
let terms: Terms;
let streams: Streams;
let commit: number;
/** How often a customer was looked at, and who is listened to. */
let looks: number;
let listened: string[];

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-07-01T10:00:00Z') });
  store = new MemoryStore();
  commit = 1;
  await publishCompany(store, 'c1');
  const opened = (await openTerms({ store, follow: false, now: () => Date.now() })) as Terms;
  looks = 0;
  listened = [];
  terms = {
    ...opened,
    get day() {
      return opened.day;
    },
    freshness: opened.freshness,
    snapshot() {
      looks += 1;
      return opened.snapshot();
    },
    onChange(listener, customer = '') {
      listened.push(customer);
      const stop = opened.onChange(listener, customer);
      return () => {
        listened.splice(listened.indexOf(customer), 1);
        stop();
      };
    },
  } as Terms;
  streams = openStreams();
});
afterEach(() => void vi.useRealTimers());

async function publish(seats: number): Promise<void> {
  commit += 1;
  await publishCompany(store, `c${commit}`, moreSeats(seats));
  await terms.refresh();
  await settled();
}
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await vi.advanceTimersByTimeAsync(0);
};

interface Reader {
  /** Everything it was sent and read. */
  text: string;
  hasEnded: boolean;
  leave(): void;
}

/** Reads as fast as it comes; `isReading` false: reads nothing. */
async function reader(account: string, asking: Partial<Asking> = {}, isReading = true) {
  const gone = new AbortController();
  const stream = await streams.open(terms, { subject: { account }, hears: 'all', signal: gone.signal, ...asking });
  if (!stream) throw new Error('there is no place');
  const read: Reader = { text: '', hasEnded: false, leave: () => gone.abort() };
  const go = async (): Promise<void> => {
    for await (const text of stream) read.text += text;
    read.hasEnded = true;
  };
  if (isReading) void go();
  await settled();
  return { read, go };
}

describe('a reader that does not read', () => {
  test('is sent away after some time, with when to come again and nothing else', async () => {
    const { read, go } = await reader('bare', {}, false);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(streams.size).toBe(1);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(streams.size).toBe(0);
    await go();
    expect(read.text).toMatch(/retry: \d+\n\n$/);
  });

  test('has so much waiting and no more', async () => {
    const ended: string[] = [];
    const queue = openQueue(
      100,
      () => 'retry: 7\n\n',
      () => void ended.push('ended'),
    );
    for (let at = 0; at < 10; at += 1) queue.send('x'.repeat(10));
    expect(ended).toEqual([]);
    for (let at = 0; at < 1_000; at += 1) queue.send('y');
    expect(ended).toEqual(['ended']);
    const got: string[] = [];
    for await (const text of queue) got.push(text);
    expect(got).toEqual(['retry: 7\n\n']);
  });

  test('that reads again in time has all of it, in order', async () => {
    const queue = openQueue(
      100,
      () => 'slow',
      () => {},
    );
    for (const text of ['a', 'b', 'c']) queue.send(text);
    const reading = queue[Symbol.asyncIterator]();
    expect((await reading.next()).value).toBe('abc');
    const next = reading.next();
    queue.send('d'.repeat(100));
    expect((await next).value).toBe('d'.repeat(100));
    queue.end('last');
    queue.send('never');
    expect([await reading.next(), await reading.next()]).toEqual([
      { value: 'last', done: false },
      { value: undefined, done: true },
    ]);
  });
});

test('what is silent is kept open by comments, which are no events', async () => {
  const { read } = await reader('bare');
  const greeting = read.text;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read.text).toBe(`${greeting}${':\n\n'.repeat(4)}`);
});

test('a stream ends with the ticket it was let in by, and others after an hour or so', async () => {
  const { read: short } = await reader('bare', { until: Date.now() + 60_000 });
  const { read: long } = await reader('bare');
  await vi.advanceTimersByTimeAsync(76_000);
  expect([short.hasEnded, long.hasEnded]).toEqual([true, false]);
  expect(short.text).toMatch(/retry: \d+\n\n$/);
  await vi.advanceTimersByTimeAsync(0.7 * HOUR);
  expect(long.hasEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(0.6 * HOUR);
  expect(long.hasEnded).toBe(true);
});

test('what it costs follows what changed: one look for all who hear of a customer, none for others', async () => {
  const names = ['bare', 'buying', 'adding', 'special', 'more', 'quarry-labs', 'harbor'];
  const readers: Record<string, Reader[]> = {};
  for (const name of names)
    readers[name] = [(await reader(name)).read, (await reader(name)).read, (await reader(name)).read];
  expect([streams.size, [...listened].sort()]).toEqual([21, [...names].sort()]);
  looks = 0;
  // Only who has what the plan gives, and nothing of its own, has other values.
  await publish(6);
  const told = names.filter((name) => readers[name]?.every(({ text }) => text.includes('event: change')));
  const silent = names.filter((name) => readers[name]?.every(({ text }) => !text.includes('event: change')));
  expect([told, silent, looks]).toEqual([
    ['bare', 'adding', 'more'],
    ['buying', 'special', 'quarry-labs', 'harbor'],
    3,
  ]);
});

test('who left is forgotten after some minutes, and what is kept for its return with it', async () => {
  const { read } = await reader('bare');
  const lastId = /id: (\S+)/.exec(read.text)?.[1];
  read.leave();
  await settled();
  expect([streams.size, read.hasEnded, listened]).toEqual([0, true, ['bare']]);
  await publish(6);
  const { read: soon } = await reader('bare', { lastEventId: lastId });
  expect(soon.text).toContain('event: change');
  soon.leave();
  await vi.advanceTimersByTimeAsync(330_000);
  expect([listened, vi.getTimerCount()]).toEqual([[], 0]);
  const { read: late } = await reader('bare', { lastEventId: lastId });
  expect([late.text.includes('event: change'), late.text.includes('refetchEvaluation')]).toEqual([false, true]);
});

test('accounts without a file are looked at when the day is another, and no timer is left of them', async () => {
  vi.setSystemTime('2026-07-01T23:59:30Z');
  const { read } = await reader('acc_1', { subject: { account: 'acc_1', plan: 'studio@2' } });
  looks = 0;
  await vi.advanceTimersByTimeAsync(29_000);
  expect(looks).toBe(0);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(looks).toBe(1);
  read.leave();
  await vi.advanceTimersByTimeAsync(400_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('whoever comes at the same time as others counts before it is let in', async () => {
  streams = openStreams({ most: 3 });
  const signal = new AbortController().signal;
  const opened = await Promise.all(
    Array.from({ length: 10 }, () => streams.open(terms, { subject: { account: 'bare' }, hears: 'all', signal })),
  );
  expect([opened.filter(Boolean).length, streams.size]).toEqual([3, 3]);
});

test('a reader that is gone before it is let in leaves nothing', async () => {
  const stream = await streams.open(terms, { subject: { account: 'bare' }, hears: 'all', signal: AbortSignal.abort() });
  const got: string[] = [];
  for await (const text of stream ?? []) got.push(text);
  expect([streams.size, got.length]).toEqual([0, 1]);
});

test('a customer that cannot be read leaves no place taken', async () => {
  const lazy = await openTerms({ store, follow: false, load: 'lazy' });
  store.get = () => Promise.reject(new Error('gone'));
  const asking: Asking = { subject: { account: 'bare' }, hears: 'all', signal: new AbortController().signal };
  await expect(streams.open(lazy, asking)).rejects.toThrow('gone');
  expect(streams.size).toBe(0);
});
