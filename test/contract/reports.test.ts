import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { maxReportBytes } from '../../runtime/snapshot/client-report.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { ClientReports, WriteStore } from '../../runtime/stores/store.ts';
import { isMissing } from '../fixtures/servers/server.ts';
import { type Places, type RunningPlaces, storePlaces } from './places.ts';

describe.each(Object.keys(storePlaces))('what clients report to a %s store', (kind) => {
  const places = storePlaces[kind] as Places;
  describe.skipIf(isMissing(places.needs))(`keeps the contract (${places.needs ?? 'needs no server'})`, () => {
    keepsContract(places);
  });
});

function keepsContract(places: Places): void {
  let running: RunningPlaces;
  let url: string;
  let reports: ClientReports;
  const opened: WriteStore[] = [];
  const open = async (): Promise<ClientReports> => {
    const store = await openStore(url);
    opened.push(store);
    if (!store.reports) throw new Error('this store takes no reports');
    return store.reports;
  };
  const listed = async (env = 'local', from = reports): Promise<string[]> => {
    const texts: string[] = [];
    for await (const bytes of from.list(env)) texts.push(Buffer.from(bytes).toString());
    return texts.sort();
  };
  const put = (client: string, text: string, keepForMs = 60_000, env = 'local'): Promise<void> =>
    reports.put(env, client, Buffer.from(text), keepForMs);

  beforeAll(async () => {
    running = await places.start();
  }, 60_000);
  afterAll(() => running?.stop());
  beforeEach(async () => {
    url = await running.fresh();
    reports = await open();
    await opened[0]?.init?.();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  test('is there for everybody, the last word of each client alone', async () => {
    expect(await listed()).toEqual([]);
    await put('web-1', 'one');
    await put('web/2 {é} *.>', 'two');
    await put('web-1', 'three');
    expect(await listed()).toEqual(['three', 'two']);
    expect(await listed('local', await open())).toEqual(['three', 'two']);
  });

  test('is of one environment and no other', async () => {
    await put('web-1', 'local');
    await put('web-1', 'production', 60_000, 'production');
    expect(await listed('local')).toEqual(['local']);
    expect(await listed('production')).toEqual(['production']);
    expect(await listed('prod')).toEqual([]);
    await expect(put('web-1', 'x', 60_000, '../x')).rejects.toMatchObject({ trouble: 'unsuitable' });
    await expect(reports.remove('a/b', 'web-1')).rejects.toMatchObject({ trouble: 'unsuitable' });
    await expect(listed('*')).rejects.toMatchObject({ trouble: 'unsuitable' });
  });

  test('is gone when it was taken back, and may come again', async () => {
    await put('web-1', 'one');
    await put('web-2', 'two');
    await reports.remove('local', 'web-1');
    await reports.remove('local', 'nobody');
    await expect.poll(() => listed()).toEqual(['two']);
    await put('web-1', 'again');
    expect(await listed()).toEqual(['again', 'two']);
  });

  test('is gone when its time is over', async () => {
    await put('web-1', 'short', 200);
    await put('web-2', 'long');
    await expect.poll(() => listed(), { timeout: 5_000 }).toEqual(['long']);
    await put('web-3', 'new');
    expect(await listed()).toEqual(['long', 'new']);
  });

  test('may be as large as a report can be, and many', async () => {
    const large = 'x'.repeat(maxReportBytes);
    await put('large', large);
    await Promise.all(Array.from({ length: 100 }, (_, index) => put(`web-${index}`, `r${index}`)));
    const all = await listed();
    expect(all.length).toBe(101);
    expect(all.filter((text) => text === large).length).toBe(1);
  });

  test('leaves releases alone, and is left alone by what removes them', async () => {
    const store = opened[0] as WriteStore;
    await put('web-1', 'one');
    expect(await store.places()).toEqual([]);
    expect(await store.sweep(new Set(), new Date(Date.now() + 60_000))).toEqual({ objects: 0, bytes: 0 });
    expect(await listed()).toEqual(['one']);
  });
}
