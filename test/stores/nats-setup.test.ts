import { DiscardPolicy, jetstreamManager, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { makeReady, startNats } from '../fixtures/servers/nats.ts';
import { isMissing, type Server } from '../fixtures/servers/server.ts';

describe('a NATS URL', () => {
  test.each([
    ['nats://user:hunter2@host:4222/path', /has no path/],
    ['nats://user:hunter2@host:99999', /cannot be read/],
    ['nats://user:hunter2%@host', /"%" that stands for nothing/],
    ['nats://user:hunter2@host?bucket=a.b', /bucket= .* is up to 48/],
    ['nats://user:hunter2@host?bucket=*', /bucket= /],
    ['nats://user:hunter2@host?replicas=2', /replicas= .* is 1, 3 or 5/],
    ['nats://user:hunter2@host?servers=hunter2@b', /servers= .* is host:port/],
    ['nats://user:hunter2@host?tls=yes', /tls= .* is true or false/],
    ['nats://user:hunter2@host?ca=/nowhere', /write tls=true beside it/],
    ['nats://user:hunter2@host?tls=true&ca=/nowhere', /cannot be read \(ENOENT\): \/nowhere/],
    ['nats://hunter2@host?creds=/nowhere', /only one of them/],
    ['nats://host?creds=/nowhere', /cannot be read \(ENOENT\): \/nowhere/],
    ['nats://user:hunter2@host?inbox=a.>', /without wildcards/],
    ['nats://user:hunter2@host?hunter2=1', /and nothing else/],
  ])('%s is refused, and nothing secret is repeated', async (url, message) => {
    const refused = await openStore(url).catch((error: Error) => error);
    expect(refused).toMatchObject({
      name: 'StoreError',
      trouble: 'unsuitable',
      message: expect.stringMatching(message),
    });
    expect(String(refused)).not.toContain('hunter2');
  });
});

describe.skipIf(isMissing('nats-server'))('a NATS server (nats-server)', () => {
  let server: Server | undefined;
  let store: WriteStore | undefined;
  afterEach(async () => {
    await store?.close();
    await server?.stop();
  });
  const open = async (settings = '', { user = '', query = '' } = {}): Promise<WriteStore> => {
    server = await startNats(() => settings);
    store = await openStore(`nats://${user}127.0.0.1:${server.port}${query}`);
    return store;
  };
  /** What every operation ends with, and that none of it holds a secret. */
  const expectTrouble = async (of: WriteStore, trouble: string, message: RegExp): Promise<void> => {
    const hash = sha256('x');
    const works = [
      () => of.getHead('local', 'stable'),
      () => of.get([hash]),
      () => of.has([hash]),
      () => of.putAll(new Map([[hash, Buffer.from('x')]])),
      () => of.casHead('local', 'stable', null, Buffer.from('h')),
      () => of.sweep(new Set(), new Date()),
      () => of.history('local', 'stable')[Symbol.asyncIterator]().next(),
    ];
    for (const work of works) {
      const error = await work().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'StoreError', trouble, message: expect.stringMatching(message) });
      expect(String((error as Error).message)).not.toContain('hunter2');
    }
  };

  test('without buckets says what makes them', async () => {
    await expectTrouble(await open(), 'unsuitable', /run `proviso store init`/);
  });

  const users = 'authorization: { users: [ { user: a, password: b } ] }';
  test.each([
    ['no password', users, '', 'denied', /does not know this user/],
    ['a wrong password', users, 'a:hunter2@', 'denied', /does not know this user/],
    ['a wrong token', 'authorization: { token: t }', 'hunter2@', 'denied', /does not know this user/],
    [
      'an account without JetStream',
      'accounts: { A: { users: [ { user: a, password: hunter2 } ] }, B: { jetstream: enabled } }',
      'a:hunter2@',
      'unsuitable',
      /JetStream is not enabled/,
    ],
  ])('with %s is told so', async (_, settings, user, trouble, message) => {
    await expectTrouble(await open(settings, { user }), trouble, message);
  });

  test('takes a token, and a user whose password has to be written with %', async () => {
    await (await open('authorization: { token: "t:@/" }', { user: 't%3A%40%2F@' })).init?.();
    await store?.close();
    await server?.stop();
    await (
      await open('authorization: { users: [ { user: a, password: "p@ ss" } ] }', { user: 'a:p%40%20ss@' })
    ).init?.();
  });

  test('that does not encrypt is not spoken to in the clear when tls=true is asked', async () => {
    await expectTrouble(await open('', { query: '?tls=true' }), 'unsuitable', /does not encrypt/);
  });

  test('that is not there is told at once', async () => {
    store = await openStore('nats://a:hunter2@127.0.0.1:1');
    const from = Date.now();
    await expectTrouble(store, 'unavailable', /nothing listens there/);
    expect(Date.now() - from).toBeLessThan(5_000);
  });

  test('makes its buckets once, and says what a power cut may cost', async () => {
    const made = ['objects', 'heads', 'scratch', 'clients'].map((name) => `bucket proviso-${name}`);
    const setup = await (await open()).init?.();
    expect(setup).toMatchObject({
      made,
      findings: [{ severity: 'warning', message: expect.stringMatching(/power cut/) }],
    });
    expect((await store?.init?.())?.made).toEqual([]);
  });

  test('that takes only small messages is an error', async () => {
    const setup = await (await open('max_payload: 65536')).init?.();
    expect(setup?.findings[0]).toMatchObject({ severity: 'error', message: expect.stringMatching(/65536/) });
    const large = Buffer.alloc(70_000);
    await expect(store?.putAll(new Map([[sha256(large), large]]))).rejects.toMatchObject({
      trouble: 'unsuitable',
      message: expect.stringMatching(/max_payload/),
    });
  });

  test.each<[string, Partial<StreamConfig>, string, RegExp]>([
    ['objects', { storage: StorageType.Memory }, 'error', /kept in memory/],
    ['objects', { max_age: 3_600_000_000_000 }, 'error', /forgets what is old/],
    ['objects', { max_bytes: 1_000_000, discard: DiscardPolicy.Old }, 'error', /throws away what is old/],
    ['objects', { max_msg_size: 1_000 }, 'error', /messages of 1000 bytes/],
    ['objects', { allow_direct: false }, 'error', /cannot be read directly/],
    ['objects', { max_msgs_per_subject: 5 }, 'warning', /grows/],
    ['heads', { max_msgs_per_subject: 64 }, 'error', /keeps 64 releases/],
    ['heads', { deny_delete: false }, 'warning', /remove single releases/],
    ['heads', {}, 'warning', /does not tell readers/],
  ])('whose %s bucket was made with %j is found out (%s)', async (bucket, config, severity, message) => {
    await open();
    const connection = await connect({ servers: `127.0.0.1:${server?.port}` });
    const { streams } = await jetstreamManager(connection);
    await streams.add({
      name: `KV_proviso-${bucket}`,
      subjects: [`$KV.proviso-${bucket}.>`],
      discard: DiscardPolicy.New,
      max_msgs_per_subject: bucket === 'heads' ? -1 : 1,
      allow_direct: true,
      deny_delete: bucket === 'heads',
      ...config,
    });
    await connection.close();
    const findings = (await store?.init?.())?.findings;
    expect(findings).toContainEqual({ severity, message: expect.stringMatching(message), help: expect.any(String) });
  });

  test('with foreign messages among its heads says so', async () => {
    await open();
    await makeReady(`nats://127.0.0.1:${server?.port}`);
    const connection = await connect({ servers: `127.0.0.1:${server?.port}` });
    await connection.request('$KV.proviso-heads.local.stable', 'not a head');
    await connection.close();
    await expect(store?.getHead('local', 'stable')).rejects.toMatchObject({
      trouble: 'damaged',
      message: expect.stringMatching(/not written by Proviso/),
    });
  });

  test('has a damaged object written again by whoever asks for it', async () => {
    await open();
    await makeReady(`nats://127.0.0.1:${server?.port}`);
    const hash = sha256('whole');
    await store?.putAll(new Map([[hash, Buffer.from('whole')]]));
    expect(await store?.has([hash])).toEqual(new Set([hash]));
    await store?.putAll(new Map([[hash, Buffer.from('broken')]]));
    expect(await store?.has([hash])).toEqual(new Set());
  });

  test('is found again by who watches, when it was away', async () => {
    await open();
    const url = `nats://127.0.0.1:${server?.port}`;
    await makeReady(url);
    let hints = 0;
    const stop = store?.watch?.('local', 'stable', () => {
      hints += 1;
    });
    await expect.poll(() => hints).toBe(1);
    const { port, folder } = server as Server;
    await server?.kill();
    server = await startNats(() => '', { port, folder });
    await expect.poll(() => hints, { timeout: 10_000 }).toBe(2);
    await store?.casHead('local', 'stable', null, Buffer.from('h1'));
    await expect.poll(() => hints).toBe(3);
    stop?.();
  });
});
