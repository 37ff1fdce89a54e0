import { createConnection, createServer, type Server } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { ReleaseLine, type Step } from '../fixtures/release/release-line.ts';
import { startFaultProxy } from '../fixtures/servers/fault-proxy.ts';
import { type PostgresServer, startPostgres } from '../fixtures/servers/postgres.ts';
import { isMissing } from '../fixtures/servers/server.ts';

/*
 * What only time can tell: each of these waits until the driver gives up, and all of them wait together.
 */

/** Passes everything on, also what was sent by who has gone since, and calls back before it passes on certain words. */
async function startWatchingProxy(to: number, words: string, onWords: () => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = createConnection({ port: to, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('data', (bytes: Buffer) => {
      if (bytes.includes(words)) onWords();
      upstream.write(bytes);
    });
    client.on('end', () => upstream.end());
    upstream.on('data', (bytes: Buffer) => client.write(bytes)).on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as { port: number }).port;

describe.skipIf(isMissing('postgres'))('a PostgreSQL store that does not answer', { concurrent: true }, () => {
  const servers: PostgresServer[] = [];
  const started = async (): Promise<PostgresServer> => {
    const server = await startPostgres();
    servers.push(server);
    return server;
  };
  const healthy = started();
  let schemas = 0;
  /** A line of two releases in a schema of its own, and the store as seen through another port. */
  const prepare = async (server: PostgresServer) => {
    schemas += 1;
    const url = server.url(undefined, `?schema=line_${schemas}`);
    const line = new ReleaseLine(() => openStore(url));
    const store = await openStore(url);
    await store.init?.();
    for (let times = 0; times < 2; times += 1) await line.publishNext(store);
    await store.close();
    const through = (port: number): Promise<WriteStore> => openStore(url.replace(`:${server.port}/`, `:${port}/`));
    return { line, through };
  };
  afterAll(async () => {
    await healthy;
    for (const server of servers) await server.stop();
  });

  test('because it stands still at the very swap: publishing fails, and nothing comes true when it wakes', async () => {
    const server = await started();
    const { line, through } = await prepare(server);
    let isAsked = false;
    const proxy = await startWatchingProxy(server.port, 'swap_head', () => {
      isAsked = true;
      server.freeze();
    });
    const store = await through(portOf(proxy));
    const ending = await line.publishNext(store);
    expect([isAsked, ending.how]).toEqual([true, 'unavailable']);
    await store.close();
    server.thaw();
    // They go when they have read all that was sent to them.
    const busy = `select from pg_stat_activity where application_name = 'proviso'`;
    while ((await server.sql(busy)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await line.faultOf(['c1', 'c2'], ending)).toBeUndefined();
    const again = await through(server.port);
    expect((await line.publishNext(again)).how).toBe('published');
    await again.close();
    proxy.close();
  });

  test('although it did what was asked: the release is found to be in force, once', async () => {
    const server = await healthy;
    const { line, through } = await prepare(server);
    const proxy = await startFaultProxy(server.port);
    const store = await through(proxy.port);
    proxy.loseReplyTo('swap_head', true);
    const ending = await line.publishNext(store);
    expect(ending.how).toBe('published');
    expect(await line.faultOf(['c1', 'c2'], ending)).toBeUndefined();
    await store.close();
    await proxy.stop();
  });

  test.each<Step>(['getHead', 'has', 'putAll', 'casHead'])(
    'from %s on: publishing fails within 30 seconds, and closing does not wait',
    async (step) => {
      const server = await healthy;
      const { line, through } = await prepare(server);
      const proxy = await startFaultProxy(server.port);
      const store = await through(proxy.port);
      const ending = await line.publishNext(store, step, () => proxy.pause());
      expect(ending.how).toBe('unavailable');
      expect(ending.ms).toBeLessThan(step === 'casHead' ? 20_000 : 12_000);
      const start = performance.now();
      await store.close();
      expect(performance.now() - start).toBeLessThan(1_000);
      expect(await line.faultOf(['c1', 'c2'], ending)).toBeUndefined();
      await proxy.stop();
    },
  );
});
