import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { openTerms } from '../../runtime/client/open-terms.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { StoreError, type WriteStore } from '../../runtime/stores/store.ts';
import { timesFrom } from '../fixtures/release/counts.ts';
import { startPublisher } from '../fixtures/release/processes.ts';
import { publishCompany } from '../fixtures/release/published-company.ts';
import { ReleaseLine } from '../fixtures/release/release-line.ts';
import {
  numberedSnapshot,
  readEverything,
  sampleRequest,
  sampleTarget,
  sampleTools,
} from '../fixtures/release/sample.ts';
import { type FaultProxy, startFaultProxy } from '../fixtures/servers/fault-proxy.ts';
import { type PostgresServer, startPostgres } from '../fixtures/servers/postgres.ts';
import { isMissing } from '../fixtures/servers/server.ts';

const { env, channel } = sampleTarget;
const rounds = timesFrom('PROVISO_FAULTS', 1);

describe.skipIf(isMissing('postgres'))('a PostgreSQL store in trouble', () => {
  let server: PostgresServer;
  let proxy: FaultProxy;
  let line: ReleaseLine;
  const opened: WriteStore[] = [];
  const open = async (port = server.port, query = ''): Promise<WriteStore> => {
    const store = await openStore(server.url(undefined, query).replace(`:${server.port}/`, `:${port}/`));
    opened.push(store);
    return store;
  };

  beforeAll(async () => {
    server = await startPostgres();
    proxy = await startFaultProxy(server.port);
    await (await open()).init?.();
    line = new ReleaseLine(() => openStore(server.url()));
  }, 60_000);
  afterAll(async () => {
    for (const store of opened) await store.close();
    await proxy?.stop();
    await server?.stop();
  });

  /** Looks all the time: what it sees is complete, never goes back and never is nothing; trouble is named. */
  const startReader = () => {
    const over = new AbortController();
    const seen = { looks: 0, troubles: new Set<string>(), faults: [] as string[] };
    const look = async (): Promise<void> => {
      const store = await open();
      let newest = 0;
      while (!over.signal.aborted) {
        try {
          const heads = await readEverything(store);
          if (heads.length < newest) seen.faults.push(`went back from ${newest} to ${heads.length}`);
          newest = heads.length;
          seen.looks += 1;
        } catch (error) {
          if (error instanceof StoreError) seen.troubles.add(error.trouble);
          else seen.faults.push(String(error));
        }
        await sleep(5);
      }
    };
    const done = look();
    return async () => {
      over.abort();
      await done;
      return seen;
    };
  };

  test('comes back after a restart as if nothing had been', async () => {
    const store = await open();
    for (let round = 0; round < rounds; round += 1) {
      // Several connections lie idle when the server goes.
      await Promise.all(Array.from({ length: 4 }, () => store.getHead(env, channel)));
      expect((await line.publishNext(store)).how).toBe('published');
      const before = await line.chain();
      await server.shutDown();
      expect((await line.publishNext(store)).how).toBe('unavailable');
      await server.start();
      expect(await line.faultOf(before, await line.publishNext(store))).toBeUndefined();
      expect((await line.chain()).at(-1)).toBe(`c${line.number}`);
    }
  });

  test.each(['has', 'putAll', 'casHead'] as const)(
    'is restarted before %s: all or nothing, and readers notice nothing wrong',
    async (step) => {
      for (let round = 0; round < rounds; round += 1) {
        const before = await line.chain();
        const stop = startReader();
        const restart = async (): Promise<void> => {
          await server.shutDown();
          await server.start();
        };
        expect(await line.faultOf(before, await line.publishNext(await open(), step, restart))).toBeUndefined();
        expect((await line.publishNext(await open())).how).toBe('published');
        const seen = await stop();
        expect({ faults: seen.faults, troubles: [...seen.troubles].filter((each) => each !== 'unavailable') }).toEqual({
          faults: [],
          troubles: [],
        });
        expect(seen.looks).toBeGreaterThan(0);
      }
    },
  );

  test('is killed while publishers publish: nothing acknowledged is lost', async () => {
    for (let round = 0; round < 2 * rounds; round += 1) {
      const first = 1_000_000 * (1 + Math.ceil(line.number / 1_000_000));
      const publishers = [0, 1].map((index) => startPublisher(server.url(), first + index, 2, 1_000_000));
      await Promise.all(publishers.map(({ publishing }) => publishing));
      await sleep(50 * (1 + (round % 4)));
      await server.crash();
      const errors = await Promise.all(publishers.map(({ ended }) => ended));
      for (const error of errors) expect(error).toMatch(/StoreError: PostgreSQL at/);
      line.number = first + 999_999;
      await server.start();
      const kept = await line.chain();
      for (const { commit } of publishers.flatMap(({ acknowledged }) => acknowledged)) expect(kept).toContain(commit);
      expect(new Set(kept).size).toBe(kept.length);
      expect((await line.publishNext(await open())).how).toBe('published');
    }
  });

  test('stands still for 3 seconds, and every publish that waits succeeds once', async () => {
    for (const step of ['getHead', 'putAll', 'casHead'] as const) {
      const before = await line.chain();
      const ending = await line.publishNext(await open(), step, () => {
        server.freeze();
        setTimeout(() => server.thaw(), 3_000 / (step === 'casHead' ? 1 : 10));
      });
      expect(ending.how).toBe('published');
      expect(await line.faultOf(before, ending)).toBeUndefined();
    }
  });

  test('takes nothing while it is read-only, and can still be read', async () => {
    const store = await open();
    const before = await line.chain();
    await server.sql('alter system set default_transaction_read_only = on');
    await server.sql('select pg_reload_conf()');
    const isReadOnly = async (): Promise<boolean> =>
      (await server.sql('show default_transaction_read_only'))[0]?.default_transaction_read_only === 'on';
    while (!(await isReadOnly())) await sleep(20);
    expect(await line.faultOf(before, await line.publishNext(store))).toBeUndefined();
    await expect(store.putAll(new Map([[sha256('one'), Buffer.from('one')]]))).rejects.toMatchObject({
      trouble: 'denied',
      message: expect.stringMatching(/read-only/),
    });
    await server.sql('begin read write; alter system reset default_transaction_read_only').catch(() => {});
    execFileSync('sed', ['-i', '/default_transaction_read_only/d', join(server.folder, 'data/postgresql.auto.conf')]);
    await server.sql('select pg_reload_conf()');
    while (await isReadOnly()) await sleep(20);
    expect((await line.publishNext(store)).how).toBe('published');
  });

  test.each(['getHead', 'has', 'putAll', 'casHead'] as const)('is cut off before %s: all or nothing', async (step) => {
    for (let round = 0; round < rounds; round += 1) {
      const before = await line.chain();
      const store = await open(proxy.port);
      await store.getHead(env, channel);
      const ending = await line.publishNext(store, step, () => proxy.cut());
      expect(ending.how).toBe('unavailable');
      expect(await line.faultOf(before, ending)).toBeUndefined();
      proxy.heal();
      expect((await line.publishNext(store)).how).toBe('published');
    }
  });

  test.each([
    ['swap_head', 'published'],
    ['clock_timestamp()::text', 'published'],
    ['insert into', 'published'],
    ['select seq', 'published'],
  ])('does what "%s" asks and its answer is lost: it is done once', async (words, how) => {
    for (let round = 0; round < rounds; round += 1) {
      const store = await open(proxy.port);
      await line.publishNext(store);
      const before = await line.chain();
      proxy.loseReplyTo(words);
      const ending = await line.publishNext(store);
      proxy.heal();
      expect(ending.how).toBe(how);
      expect(await line.faultOf(before, ending)).toBeUndefined();
    }
  });

  test('says at once what a server refuses for good, and does not ask again', async () => {
    const before = await line.chain();
    await server.sql(`create function public.refuse() returns trigger language plpgsql as
      $$ begin raise exception 'not today'; end $$;
      create trigger refuse before insert on proviso.heads for each row execute function public.refuse()`);
    const refused = publish(
      sampleTools(await open(), () => numberedSnapshot(line.number + 1)),
      sampleRequest(`c${line.number + 1}`),
    );
    await expect(refused).rejects.toMatchObject({
      trouble: 'unavailable',
      message: expect.stringMatching(/not today/),
    });
    await server.sql(`create or replace function public.refuse() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
    expect(await line.faultOf(before, await line.publishNext(await open()))).toBeUndefined();
    await server.sql('drop function public.refuse cascade');
    expect((await line.publishNext(await open())).how).toBe('published');
  });

  test('leaves a product with the terms it has read', async () => {
    const url = server.url(undefined, '?schema=product');
    const store = await open(server.port, '?schema=product');
    await store.init?.();
    await publishCompany(store, 'c1');
    const terms = await openTerms({ follow: false, store: url });
    const before = (await terms.customer('buying'))?.settings;
    await server.shutDown();
    await expect(terms.refresh()).rejects.toMatchObject({ name: 'StoreError', trouble: 'unavailable' });
    expect(terms.release.n).toBe(1);
    expect(before).toMatchObject({ seats: 9 });
    await server.start();
    await publishCompany(store, 'c2');
    expect(await terms.refresh()).toBe(true);
    expect((await terms.customer('buying'))?.settings).toEqual(before);
    await terms.close();
  });

  test('hints again after it was gone', async () => {
    const store = await open(proxy.port);
    let hints = 0;
    let hinted = (): void => {};
    const stop = store.watch?.(env, channel, () => {
      hints += 1;
      hinted();
    });
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        hinted = resolve;
      });
    await next();
    proxy.cut();
    proxy.heal();
    await next();
    const moved = next();
    await line.publishNext(await open());
    await moved;
    stop?.();
    const seen = hints;
    await line.publishNext(await open());
    await server.sql('select');
    expect(hints).toBe(seen);
  });

  test('that lost a part of what it stored says so', async () => {
    const store = await open(server.port, '?schema=torn');
    await store.init?.();
    const objects = new Map(Array.from({ length: 200 }, (_, index) => [sha256(`${index}`), Buffer.from(`${index}`)]));
    await store.putAll(objects);
    const [row] = await server.sql(`checkpoint; select pg_relation_filepath('torn.objects') as path`);
    await server.shutDown();
    const file = openSync(join(server.folder, 'data', String(row?.path)), 'r+');
    writeSync(file, Buffer.from('torn'), 0, 4, 6_000);
    closeSync(file);
    await server.start();
    await expect(store.get([...objects.keys()])).rejects.toMatchObject({ name: 'StoreError', trouble: 'damaged' });
  });
});
