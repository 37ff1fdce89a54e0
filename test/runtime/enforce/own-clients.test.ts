import { Pool } from 'pg';
import { createClient, createCluster } from 'redis';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openMeter } from '../../../runtime/enforce/index.ts';
import type { Terms } from '../../../runtime/index.ts';
import { customerOf, type Metered, openMetered } from '../../fixtures/enforce/metered-company.ts';
import { password, startPostgres } from '../../fixtures/servers/postgres.ts';
import { askRedis, startRedis } from '../../fixtures/servers/redis.ts';
import { startRedisCluster } from '../../fixtures/servers/redis-cluster.ts';
import { isMissing } from '../../fixtures/servers/server.ts';

const now = (): number => Date.parse('2026-02-10T12:00:00Z');
let terms: Terms<Metered>;
beforeAll(async () => {
  terms = await openMetered(now);
});

describe.skipIf(isMissing('redis-server'))('Redis', () => {
  test('is asked through the caller’s client, which stays open, and forgets a window an hour after it is over', async () => {
    const { port, stop } = await startRedis();
    const client = createClient({ url: `redis://127.0.0.1:${port}` });
    await client.connect();
    const meter = await openMeter({ in: client, prefix: 'mine', now });
    expect(await meter.consume(customerOf(terms), 'monthly', 4)).toMatchObject({ granted: true, used: 4 });
    expect(await meter.consume(customerOf(terms), 'seats', 3)).toMatchObject({ granted: true, used: 3 });
    await meter.close();
    const [month, seats] = ['mine:acc_1:monthly:month-2026-02-01T00', 'mine:acc_1:seats:stock'];
    expect((await client.keys('*')).sort()).toEqual([month, seats]);
    expect(await client.mGet([month, seats])).toEqual(['4', '3']);
    const left = (Date.parse('2026-03-01T01:00:00Z') - now()) / 1000;
    expect(Math.abs((await client.ttl(month)) - left)).toBeLessThan(30);
    expect(await client.ttl(seats)).toBeGreaterThan(99 * 365 * 86_400);
    client.destroy();
    await stop();
  });

  test('is asked as a cluster, each account where its key lies', async () => {
    const { nodes, stop } = await startRedisCluster();
    const client = createCluster({ rootNodes: nodes.map(({ port }) => ({ url: `redis://127.0.0.1:${port}` })) });
    await client.connect();
    const meter = await openMeter({ in: client, now, patience: 20_000 });
    for (const account of ['a', 'b', 'c', 'd', 'e', '{f}']) {
      const small = terms.account({ account, plan: 'small@1' });
      expect(await meter.consume(small, 'seats', 9)).toMatchObject({ granted: true, used: 9 });
      expect(await meter.consume(small, 'seats', 2)).toMatchObject({ granted: false, used: 9 });
      expect(await meter.peek(small, 'seats')).toMatchObject({ used: 9 });
      expect(await meter.giveBack(small, 'seats', 4)).toMatchObject({ used: 5 });
    }
    const sizes = await Promise.all(nodes.map(({ port }) => askRedis(port, 'DBSIZE')));
    expect(sizes.filter((size) => size !== 0).length).toBeGreaterThan(1);
    client.destroy();
    await stop();
  });

  test('is asked with the user, the password and the database of the URL, and says of none what they are', async () => {
    const { port, stop } = await startRedis();
    await askRedis(port, 'CONFIG', 'SET', 'requirepass', 'sesame');
    const meter = await openMeter({ in: `redis://:sesame@127.0.0.1:${port}/3`, now, patience: 20_000 });
    expect(await meter.consume(customerOf(terms), 'seats', 3)).toMatchObject({ granted: true, used: 3 });
    await meter.close();
    expect(await askRedis(`redis://:sesame@127.0.0.1:${port}/3`, 'GET', 'proviso-usage:acc_1:seats:stock')).toBe('3');
    const troubles: string[] = [];
    const locked = await openMeter({
      in: `redis://:simsalabim@127.0.0.1:${port}/3`,
      now,
      patience: 500,
      onTrouble: ({ message }) => troubles.push(message),
    });
    expect(await locked.consume(customerOf(terms), 'seats')).toMatchObject({ granted: true, isUnmetered: true });
    expect(troubles.join()).toMatch(
      `the store of use in redis://127.0.0.1:${port}/3 has not answered within 500 milliseconds: it does not know this user or password (WRONGPASS)`,
    );
    expect(troubles.join()).not.toMatch(/simsalabim|sesame/);
    await locked.close();
    await stop();
  });
});

describe.skipIf(isMissing('initdb'))('PostgreSQL', () => {
  test('is asked through the caller’s pool, by a user who may only write, and whose transactions are of another kind', async () => {
    const server = await startPostgres(['fsync = off', "default_transaction_isolation = 'serializable'"]);
    const pool = new Pool({ connectionString: server.url() });
    const maker = await openMeter({ in: pool, now, patience: 20_000 });
    expect(await maker.consume(customerOf(terms), 'seats', 3)).toMatchObject({ granted: true, used: 3 });
    await maker.close();
    expect((await pool.query('select key, points, expire from proviso_usage')).rows).toEqual([
      { key: 'proviso-usage:acc_1:seats:stock', points: '3', expire: null },
    ]);
    await pool.query(`create role product login password '${password}'; revoke create on schema public from public;
      grant select, insert, update, delete on proviso_usage to product`);
    const meter = await openMeter({ in: server.url('product'), now, patience: 20_000 });
    const all = await Promise.all(Array.from({ length: 30 }, () => meter.consume(customerOf(terms), 'seats')));
    expect(all.filter(({ granted, isUnmetered }) => granted && !isUnmetered).length).toBe(7);
    await meter.close();
    await pool.end();
    await server.stop();
  });

  test('forgets windows that are long over, every five minutes', async () => {
    const server = await startPostgres(['fsync = off']);
    const meter = await openMeter({ in: server.url(), patience: 20_000 });
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const swept = await openMeter({ in: server.url(), patience: 20_000 });
    for (const key of ['monthly', 'seats'] as const) await meter.consume(customerOf(terms), key);
    await server.sql("insert into proviso_usage values ('old', 1, 1767225600000)");
    const keys = async (): Promise<number> => (await server.sql('select key from proviso_usage')).length;
    expect(await keys()).toBe(3);
    vi.advanceTimersByTime(300_000);
    while ((await keys()) === 3) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(
      (await server.sql('select key from proviso_usage where expire is null or expire > 1767225600000')).length,
    ).toBe(2);
    await Promise.all([meter.close(), swept.close()]);
    await server.stop();
  });

  test('has one table, whoever comes first of many at once', async () => {
    const server = await startPostgres(['fsync = off']);
    const meters = await Promise.all(
      Array.from({ length: 8 }, () => openMeter({ in: server.url(), now, patience: 20_000 })),
    );
    const all = await Promise.all(meters.map((meter) => meter.consume(customerOf(terms), 'seats', 2)));
    expect(all.map(({ granted }) => granted).sort()).toEqual([false, false, false, true, true, true, true, true]);
    await Promise.all(meters.map((meter) => meter.close()));
    await server.stop();
  });
});
