import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTerms } from '../../runtime/client/open-terms.ts';
import { decodeHead } from '../../runtime/snapshot/head.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { StoreTrouble, WriteStore } from '../../runtime/stores/store.ts';
import { publishCompany } from '../fixtures/release/published-company.ts';
import { askRedis, startRedis } from '../fixtures/servers/redis.ts';
import { makeRedisUsers, type RedisUser, urlOf } from '../fixtures/servers/redis-users.ts';
import { freePort, isMissing, type Server } from '../fixtures/servers/server.ts';

/** Everything that changes something, tells more than releases, or holds the server up. */
const forbidden = `SET proviso:o:x y|SETNX proviso:o:x y|SETEX proviso:o:x 1 y|GETSET proviso:o:x y|APPEND proviso:o:x y
SETRANGE proviso:o:x 0 y|MSET proviso:o:x y|INCR proviso:o:x|DEL proviso:o:x|UNLINK proviso:o:x|GETDEL proviso:o:x
EXPIRE proviso:o:x 1|PERSIST proviso:o:x|RENAME proviso:o:x proviso:o:y|COPY proviso:o:x proviso:o:y
RPUSH proviso:heads:{local}/stable h|LPUSH proviso:heads:{local}/stable h|RPOP proviso:heads:{local}/stable
LSET proviso:heads:{local}/stable 0 h|LTRIM proviso:heads:{local}/stable 0 0|LREM proviso:heads:{local}/stable 0 h
PUBLISH proviso:moved:local/stable 1|EVAL return(1) 0|EVALSHA 0 0|EVAL_RO return(1) 0|SCRIPT FLUSH|FUNCTION LIST
FLUSHDB|FLUSHALL|SWAPDB 0 1|SCAN 0|KEYS *|RANDOMKEY|DUMP proviso:o:x|RESTORE proviso:o:x 0 y|MIGRATE h 1 k 0 1
CONFIG GET requirepass|CONFIG SET dir /|ACL LIST|ACL SETUSER reader allcommands|CLIENT LIST|CLIENT KILL TYPE normal
MONITOR|DEBUG SLEEP 1|SHUTDOWN NOSAVE|REPLICAOF NO ONE|SAVE|BGREWRITEAOF|INFO|MULTI|SORT proviso:o:x STORE proviso:o:y`
  .split(/[|\n]/)
  .map((line) => line.split(' '));

describe.skipIf(isMissing('redis-server'))('users of a Redis (redis-server)', () => {
  let server: Server;
  const opened: { close(): Promise<void> }[] = [];
  const open = async (user: RedisUser): Promise<WriteStore> => {
    const store = await openStore(urlOf(user, server.port));
    opened.push(store);
    return store;
  };
  beforeAll(async () => {
    server = await startRedis(['--enable-debug-command', 'local']);
    await makeRedisUsers(server.port);
    await publishCompany(await open('publisher'), 'c1');
  }, 60_000);
  afterAll(async () => {
    for (const each of opened) await each.close();
    await server?.stop();
  });

  test('who reads can read releases, and hears when there is another', async () => {
    const terms = await openTerms({ follow: false, store: urlOf('reader', server.port) });
    opened.push(terms);
    expect((await terms.customer('bare'))?.settings.seats).toBe(5);
    const reader = await open('reader');
    let hints = 0;
    const hinted = async (count: number) => {
      await expect.poll(() => hints, { timeout: 5_000 }).toBe(count);
    };
    reader.watch?.('local', 'stable', () => {
      hints += 1;
    });
    await hinted(1);
    await publishCompany(await open('publisher'), 'c2');
    await hinted(2);
    expect(await terms.refresh()).toBe(true);
    expect(terms.release.commit).toBe('c2');
  });

  test('who reads can do nothing else', async () => {
    expect(forbidden.length).toBeGreaterThanOrEqual(30);
    for (const command of forbidden) {
      const answer = await askRedis(urlOf('reader', server.port), ...command).catch((error: Error) => error.message);
      expect([command.join(' '), answer]).toEqual([command.join(' '), expect.stringMatching(/^NOPERM/)]);
    }
    for (const command of ['MGET other:key', 'LLEN other:key', 'SUBSCRIBE other', 'LINDEX other 0'])
      await expect(askRedis(urlOf('reader', server.port), ...command.split(' '))).rejects.toThrow(/^NOPERM/);
    const store = await open('reader');
    const refusal = { name: 'StoreError', trouble: 'denied', message: expect.stringContaining('this user may not') };
    await expect(store.putAll(new Map([[sha256('x'), Buffer.from('x')]]))).rejects.toMatchObject(refusal);
    await expect(store.has([sha256('x')])).rejects.toMatchObject(refusal);
    await expect(store.casHead('local', 'stable', null, Buffer.from('x'))).rejects.toMatchObject(refusal);
    await expect(store.sweep(new Set(), new Date())).rejects.toMatchObject(refusal);
    await expect(store.dropScratch('scratch-x')).rejects.toMatchObject(refusal);
  });

  test('who publishes can remove nothing, and who keeps house can', async () => {
    const [publisher, keeper] = [await open('publisher'), await open('keeper')];
    await publisher.putAll(new Map([[sha256('garbage'), Buffer.from('garbage')]]));
    await expect(publisher.sweep(new Set(), new Date())).rejects.toMatchObject({ trouble: 'denied' });
    for (const command of forbidden.filter(([verb]) =>
      /^(DEL|FLUSH|CONFIG|ACL|SHUTDOWN|RENAME|LTRIM|LSET|RPOP|LREM)/.test(verb ?? ''),
    ))
      await expect(askRedis(urlOf('publisher', server.port), ...command)).rejects.toThrow(/^NOPERM/);
    const keep = new Set<string>();
    for await (const found of await keysOf(server.port)) keep.add(found);
    keep.delete(sha256('garbage'));
    expect(await keeper.sweep(keep, new Date(Date.now() + 60_000))).toEqual({ objects: 1, bytes: 7 });
    await keeper.casHead('scratch-1', 'stable', null, Buffer.from('h'));
    await keeper.dropScratch('scratch-1');
    expect(await keeper.getHead('scratch-1', 'stable')).toBeUndefined();
  });

  test('who publishes and may not tell of it still publishes', async () => {
    await askRedis(server.port, 'ACL', 'SETUSER', 'publisher', 'resetchannels');
    const publisher = await open('publisher');
    await publishCompany(publisher, 'c9');
    const head = await (await open('reader')).getHead('local', 'stable');
    expect(decodeHead(head?.envelope ?? Buffer.of()).payload.commit).toBe('c9');
    await makeRedisUsers(server.port);
  });

  test('who is let in later can read from then on', async () => {
    const late = await openStore(urlOf('reader', server.port).replace('reading', 'later'));
    opened.push(late);
    await expect(late.getHead('local', 'stable')).rejects.toMatchObject({ trouble: 'denied' });
    await askRedis(server.port, 'ACL', 'SETUSER', 'reader', '>later');
    expect(await late.getHead('local', 'stable')).toBeDefined();
  });

  const troubles: [string, string, (port: number) => string, StoreTrouble, RegExp][] = [
    [
      'a wrong password',
      'WRONGPASS',
      (port) => `redis://reader:hunter2@127.0.0.1:${port}`,
      'denied',
      /does not know this user or password/,
    ],
    [
      'a user nobody knows',
      'WRONGPASS',
      (port) => `redis://nobody:hunter2@127.0.0.1:${port}`,
      'denied',
      /does not know/,
    ],
    [
      'a password where none is needed',
      'ERR AUTH',
      (port) => `redis://:hunter2@127.0.0.1:${port}`,
      'denied',
      /no password for this user/,
    ],
    [
      'a database that is not there',
      'ERR DB',
      (port) => `redis://127.0.0.1:${port}/9999?prefix=hunter2`,
      'unsuitable',
      /no database of that number/,
    ],
    [
      'a cluster that is none',
      'ERR',
      (port) => `redis://127.0.0.1:${port}?cluster=true&prefix=hunter2`,
      'unsuitable',
      /not a Redis Cluster/,
    ],
    [
      'an encrypted connection to one that has none',
      'no word',
      (port) => `rediss://:hunter2@127.0.0.1:${port}`,
      'unavailable',
      /redis:\/\/ or rediss:\/\//,
    ],
  ];
  test.each(troubles)(
    '%s is refused in words (%s), and no secret is repeated',
    async (_, __, url, trouble, message) => {
      const store = await openStore(url(server.port));
      opened.push(store);
      const error: Error = await store.getHead('local', 'stable').then(
        () => new Error('it was let in'),
        (caught: Error) => caught,
      );
      expect(error).toMatchObject({ name: 'StoreError', trouble, message: expect.stringMatching(message) });
      expect(`${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain('hunter2');
    },
  );

  test('a server that is not there, and a host nobody knows, are told apart', async () => {
    for (const [url, message] of [
      [`redis://:hunter2@127.0.0.1:${await freePort()}`, /nothing listens there/],
      ['redis://:hunter2@no-such-host.invalid', /no such host|cannot be looked up/],
    ] as const) {
      const store = await openStore(url);
      opened.push(store);
      const error = await store.get([sha256('x')]).catch((caught: Error) => caught);
      expect(error).toMatchObject({ trouble: 'unavailable', message: expect.stringMatching(message) });
      expect((error as Error).stack).not.toContain('hunter2');
    }
  });

  test('a key that another program uses is damage, in words', async () => {
    await askRedis(server.port, 'SET', 'taken:heads:{local}/stable', 'x');
    const store = await openStore(`redis://127.0.0.1:${server.port}?prefix=taken`);
    opened.push(store);
    for (const asked of [store.getHead('local', 'stable'), store.casHead('local', 'stable', null, Buffer.from('h'))])
      await expect(asked).rejects.toMatchObject({ trouble: 'damaged', message: expect.stringContaining('prefix') });
  });
});

async function* keysOf(port: number): AsyncGenerator<string> {
  for (const key of (await askRedis(port, 'KEYS', 'proviso:o:*')) as string[]) yield key.slice('proviso:o:'.length);
}
