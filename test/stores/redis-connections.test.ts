import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { type FaultProxy, startFaultProxy } from '../fixtures/servers/fault-proxy.ts';
import { askRedis, startRedis } from '../fixtures/servers/redis.ts';
import { type RedisCluster, startRedisCluster } from '../fixtures/servers/redis-cluster.ts';
import { makeRedisUsers, type RedisUser, urlOf } from '../fixtures/servers/redis-users.ts';
import { isMissing, type Server } from '../fixtures/servers/server.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const many = new Map(Array.from({ length: 300 }, (_, index) => [sha256(`${index}`), bytesOf(`${index}`)]));

describe.skipIf(isMissing('redis-server'))('connections to a Redis (redis-server)', () => {
  let server: Server;
  let proxy: FaultProxy;
  let url: string;
  beforeAll(async () => {
    server = await startRedis();
    proxy = await startFaultProxy(server.port);
    url = `redis://127.0.0.1:${proxy.port}`;
  }, 60_000);
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });

  test('are opened when one is needed, and only one', async () => {
    const opened = proxy.connections();
    const store = await openStore(url);
    expect(proxy.connections()).toBe(opened);
    await Promise.all([store.get([...many.keys()]), store.has(many.keys()), store.getHead('local', 'stable')]);
    await store.putAll(many);
    expect(proxy.connections()).toBe(opened + 1);
    await store.close();
    await expect(store.get([sha256('0')])).rejects.toMatchObject({ trouble: 'unavailable' });
    await store.close();
  });

  test('that broke while nobody looked are opened again, and nobody notices', async () => {
    const store = await openStore(url);
    await store.putAll(many);
    for (let round = 0; round < 5; round += 1) {
      await askRedis(server.port, 'CLIENT', 'KILL', 'TYPE', 'normal');
      expect((await store.get([...many.keys()])).size).toBe(300);
    }
    proxy.loseReplies();
    const asked = store.has(many.keys());
    await sleep(20);
    proxy.heal();
    expect((await asked).size).toBe(300);
    await store.close();
  });

  test('on which many wait fail for all of them and are opened once', async () => {
    const store = await openStore(url);
    await store.getHead('local', 'stable');
    proxy.cut();
    const asked = Array.from({ length: 20 }, () => store.getHead('local', 'stable'));
    for (const each of await Promise.allSettled(asked))
      expect(each).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', trouble: 'unavailable' } });
    proxy.heal();
    const opened = proxy.connections();
    await Promise.all(Array.from({ length: 20 }, () => store.getHead('local', 'stable')));
    expect(proxy.connections()).toBe(opened + 1);
    await store.close();
  });

  test('hear of a new head, also after they broke, and no more once they are ended', async () => {
    const [store, reader] = [await openStore(url), await openStore(url)];
    const publish = async (text: string): Promise<void> => {
      const token = (await store.getHead('local', 'stable'))?.token ?? null;
      expect(await store.casHead('local', 'stable', token, bytesOf(text))).toBe('ok');
    };
    let hints = 0;
    const hinted = async (count: number) => {
      await expect.poll(() => hints, { timeout: 5_000 }).toBe(count);
    };
    const stop = reader.watch?.('local', 'stable', () => {
      hints += 1;
    });
    await hinted(1);
    await publish('one');
    await hinted(2);
    await askRedis(server.port, 'CLIENT', 'KILL', 'TYPE', 'pubsub');
    await publish('two');
    // Once for what it may have missed.
    await expect.poll(() => hints, { timeout: 5_000 }).toBeGreaterThanOrEqual(3);
    await expect
      .poll(() => askRedis(server.port, 'PUBSUB', 'NUMSUB', 'proviso:moved:local/stable'))
      .toEqual(['proviso:moved:local/stable', 1]);
    const sofar = hints;
    await publish('three');
    await hinted(sofar + 1);
    stop?.();
    await publish('four');
    await sleep(50);
    expect(hints).toBe(sofar + 1);
    for (const each of [store, reader]) await each.close();
  });
});

describe.skipIf(isMissing('redis-server'))('stores on one Redis (redis-server)', () => {
  test('are apart, also where one prefix begins with the other', async () => {
    const server = await startRedis();
    const open = (prefix: string) => openStore(`redis://127.0.0.1:${server.port}?prefix=${prefix}`);
    const stores = await Promise.all(['a', 'a:o', 'a:o:b', 'a:heads'].map(open));
    const [first] = stores as [WriteStore];
    for (const store of stores) {
      await store.putAll(many);
      await store.casHead('scratch-1', 'stable', null, bytesOf('h'));
    }
    expect((await first.sweep(new Set(), new Date(Date.now() + 60_000))).objects).toBe(300);
    await first.dropScratch('scratch-1');
    for (const store of stores) {
      const left = store === first ? 0 : 300;
      expect((await store.get([...many.keys()])).size).toBe(left);
      expect((await store.getHead('scratch-1', 'stable')) !== undefined).toBe(left > 0);
      await store.close();
    }
    await server.stop();
  });

  test('on another database are apart', async () => {
    const server = await startRedis();
    const [one, two] = await Promise.all([0, 1].map((each) => openStore(`redis://127.0.0.1:${server.port}/${each}`)));
    await one?.casHead('local', 'stable', null, bytesOf('h'));
    expect(await two?.getHead('local', 'stable')).toBeUndefined();
    for (const store of [one, two]) await store?.close();
    await server.stop();
  });
});

describe.skipIf(isMissing('redis-server'))('connections to a Redis Cluster (redis-server)', () => {
  let cluster: RedisCluster;
  let url: string;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    const [first, ...more] = cluster.nodes.map(({ port }) => `127.0.0.1:${port}`);
    url = `redis://${first}?cluster=true&nodes=${more.join(',')}`;
  }, 60_000);
  afterAll(() => cluster?.stop());

  test('need to be asked for as such', async () => {
    const store = await openStore(url.replace(/\?.*$/, ''));
    const refusal = { trouble: 'unsuitable', message: expect.stringContaining('?cluster=true') };
    await expect(store.putAll(many)).rejects.toMatchObject(refusal);
    await store.close();
  });

  test('put objects on all of its servers and the heads of an environment on one', async () => {
    const store = await openStore(url);
    await store.putAll(many);
    for (const channel of ['stable', 'canary', 'beta'])
      expect(await store.casHead('local', channel, null, bytesOf(channel))).toBe('ok');
    const keys = await Promise.all(cluster.nodes.map(({ port }) => askRedis(port, 'KEYS', '*') as Promise<string[]>));
    const heads = keys.map((each) => each.filter((key) => key.includes(':heads:')).length);
    expect(heads.sort()).toEqual([0, 0, 3]);
    for (const each of keys) expect(each.filter((key) => key.includes(':o:')).length).toBeGreaterThan(50);
    expect(await store.init?.()).toEqual({ made: [], findings: [] });
    await store.close();
  });

  test('need no more rights than on one server, and hear of heads from all of it', async () => {
    for (const { port } of cluster.nodes) await makeRedisUsers(port);
    const as = (user: RedisUser): string => url.replace(/^redis:\/\/[^?]*/, urlOf(user, cluster.nodes[0]?.port ?? 0));
    const [reader, publisher, keeper] = await Promise.all(
      [as('reader'), as('publisher'), as('keeper')].map((each) => openStore(each)),
    );
    let hints = 0;
    reader?.watch?.('acme', 'stable', () => {
      hints += 1;
    });
    await expect.poll(() => hints, { timeout: 5_000 }).toBe(1);
    await publisher?.putAll(many);
    expect((await publisher?.has(many.keys()))?.size).toBe(300);
    for (const env of ['acme', 'other', 'third', 'fourth'])
      expect(await publisher?.casHead(env, 'stable', null, bytesOf(env))).toBe('ok');
    await expect.poll(() => hints, { timeout: 5_000 }).toBe(2);
    expect((await reader?.get([...many.keys()]))?.size).toBe(300);
    expect(await reader?.getHead('acme', 'stable')).toMatchObject({ envelope: Buffer.from('acme') });
    await expect(reader?.putAll(many)).rejects.toMatchObject({ trouble: 'denied' });
    await expect(publisher?.sweep(new Set(), new Date())).rejects.toMatchObject({ trouble: 'denied' });
    expect((await keeper?.sweep(new Set(), new Date(Date.now() + 60_000)))?.objects).toBe(300);
    for (const store of [reader, publisher, keeper]) await store?.close();
  });

  test('find a slot that moved to another server', async () => {
    const store = await openStore(url);
    await store.putAll(many);
    const [from, to] = cluster.nodes as [Server, Server];
    const ids = await Promise.all([from, to].map(({ port }) => askRedis(port, 'CLUSTER', 'MYID') as Promise<string>));
    const key = ((await askRedis(from.port, 'KEYS', '*:o:*')) as string[])[0] as string;
    const slot = String(await askRedis(from.port, 'CLUSTER', 'KEYSLOT', key));
    await askRedis(to.port, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', ids[0] as string);
    await askRedis(from.port, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', ids[1] as string);
    const inSlot = (await askRedis(from.port, 'CLUSTER', 'GETKEYSINSLOT', slot, '100')) as string[];
    await askRedis(from.port, 'MIGRATE', '127.0.0.1', String(to.port), '', '0', '5000', 'KEYS', ...inSlot);
    const halfway = [...(await store.get([...many.keys()])).keys()];
    expect([halfway.length, (await store.has(many.keys())).size]).toEqual([300, 300]);
    for (const { port } of cluster.nodes) await askRedis(port, 'CLUSTER', 'SETSLOT', slot, 'NODE', ids[1] as string);
    expect([(await store.get([...many.keys()])).size, (await store.has(many.keys())).size]).toEqual([300, 300]);
    await store.putAll(many);
    await store.close();
  });

  test('that lost a server say so, and use the others', async () => {
    for (const { port } of cluster.nodes) await askRedis(port, 'CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
    const store = await openStore(url);
    await store.putAll(many);
    await cluster.nodes[0]?.kill();
    const each = await Promise.allSettled([...many.keys()].map((hash) => store.get([hash])));
    const found = each.filter((one) => one.status === 'fulfilled' && one.value.size === 1).length;
    const lost = each.filter((one) => one.status === 'rejected' && one.reason.trouble === 'unavailable').length;
    expect(found + lost).toBe(300);
    expect(lost).toBeGreaterThan(50);
    expect(found).toBeGreaterThan(100);
    await store.close();
  });
});
