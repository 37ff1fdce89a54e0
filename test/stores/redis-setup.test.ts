import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../runtime/stores/registry.ts';
import type { StoreSetup } from '../../runtime/stores/store.ts';
import { askRedis, startRedis } from '../fixtures/servers/redis.ts';
import { makeRedisUsers, urlOf } from '../fixtures/servers/redis-users.ts';
import { freePort, isMissing, type Server } from '../fixtures/servers/server.ts';

describe.skipIf(isMissing('redis-server'))('making a Redis ready (redis-server)', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startRedis(['--repl-diskless-sync-delay', '0']);
    await makeRedisUsers(server.port);
  }, 60_000);
  afterAll(() => server?.stop());

  const init = async (url = `redis://127.0.0.1:${server.port}`): Promise<StoreSetup | undefined> => {
    const store = await openStore(url);
    try {
      return await store.init?.();
    } finally {
      await store.close();
    }
  };
  const set = (name: string, value: string): Promise<unknown> => askRedis(server.port, 'CONFIG', 'SET', name, value);
  const found = (setup: StoreSetup | undefined): string[] =>
    (setup?.findings ?? []).map(({ severity, message }) => `${severity}: ${message.replace(/^\S+ /, '')}`);

  test('finds nothing where it is set as releases need it', async () => {
    expect(await init()).toEqual({ made: [], findings: [] });
  });

  test.each([
    [
      'maxmemory-policy',
      'allkeys-lru',
      'noeviction',
      /^error: throws keys away when its memory is full \(allkeys-lru\)/,
    ],
    ['appendfsync', 'everysec', 'always', /^warning: writes to disk after it has answered \(appendfsync everysec\)/],
    ['appendonly', 'no', 'yes', /^warning: writes nothing to disk as it happens/],
  ])('says what is wrong with %s %s', async (name, value, right, message) => {
    await set(name, value);
    expect(found(await init())).toEqual([expect.stringMatching(message)]);
    await set(name, right);
    expect(found(await init())).toEqual([]);
  });

  test('has nothing to say of a server that throws away only what expires', async () => {
    await set('maxmemory-policy', 'volatile-lru');
    expect(found(await init())).toEqual([]);
    await set('maxmemory-policy', 'noeviction');
  });

  test('says that a failover may lose what no replica had to have, and that a replica takes no release', async () => {
    const replica = await startRedis(['--replicaof', '127.0.0.1', String(server.port)]);
    try {
      await expect
        .poll(() => init().then(found), { timeout: 10_000 })
        .toEqual([expect.stringMatching(/^warning: acknowledges what no replica has/)]);
      await set('min-replicas-to-write', '1');
      expect(found(await init())).toEqual([]);
      await set('min-replicas-to-write', '0');
      expect(found(await init(`redis://127.0.0.1:${replica.port}`))).toEqual([
        'error: is a replica and takes no release',
      ]);
    } finally {
      await replica.stop();
    }
  });

  test('says what it may not read, and names the server', async () => {
    const setup = await init(urlOf('publisher', server.port));
    expect(setup?.findings).toEqual([
      {
        severity: 'warning',
        message: `127.0.0.1:${server.port} does not say when it writes to disk`,
        help: 'make sure that appendonly is yes and appendfsync always; this user may not read it (CONFIG GET)',
      },
    ]);
    expect(found(await init(urlOf('reader', server.port)))).toEqual([
      'warning: does not say what it does when its memory is full',
      'warning: does not say when it writes to disk',
    ]);
  });

  test('says that it is a cluster', async () => {
    const node = await startRedis(['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())]);
    try {
      expect(found(await init(`redis://127.0.0.1:${node.port}`))).toEqual(['error: is part of a Redis Cluster']);
    } finally {
      await node.stop();
    }
  });
});
