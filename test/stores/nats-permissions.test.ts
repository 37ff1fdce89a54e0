import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../engine/publish/publish.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { numberedSnapshot, readEverything, sampleRequest, sampleTools } from '../fixtures/release/sample.ts';
import { startNats } from '../fixtures/servers/nats.ts';
import { natsUsers } from '../fixtures/servers/nats-users.ts';
import { isMissing, type Server } from '../fixtures/servers/server.ts';

/** What the README gives a reader and a writer, on a server that holds to it. */
describe.skipIf(isMissing('nats-server'))('a NATS user (nats-server)', () => {
  let server: Server;
  let admin: WriteStore;
  let writer: WriteStore;
  let reader: WriteStore;
  const urlOf = (user: string): string => `nats://${user}:${user}-secret@127.0.0.1:${server.port}`;
  const publishAs = (store: WriteStore, number: number) =>
    publish(
      sampleTools(store, () => numberedSnapshot(number)),
      sampleRequest(`c${number}`),
    );

  beforeAll(async () => {
    server = await startNats(() => natsUsers('proviso'));
    admin = await openStore(urlOf('admin'));
    writer = await openStore(urlOf('writer'));
    reader = await openStore(urlOf('reader'));
    await admin.init?.();
    await publishAs(writer, 1);
  }, 60_000);
  afterAll(async () => {
    for (const store of [admin, writer, reader]) await store?.close();
    await server?.stop();
  });

  test('who writes publishes, reads, sweeps and looks at the settings', async () => {
    expect(await publishAs(writer, 2)).toMatchObject({ outcome: 'published', release: 2 });
    expect((await readEverything(writer)).length).toBe(2);
    expect(await writer.sweep(new Set(), new Date(0))).toEqual({ objects: 0, bytes: 0 });
    expect((await writer.init?.())?.made).toEqual([]);
  });

  test('who reads reads everything, and is told when the head moves', async () => {
    const heads = await readEverything(reader);
    expect(heads.length).toBeGreaterThan(0);
    expect(await reader.get([sha256('absent')])).toEqual(new Map());
    let hints = 0;
    const stop = reader.watch?.('local', 'stable', () => {
      hints += 1;
    });
    await expect.poll(() => hints).toBe(1);
    await publishAs(writer, 3);
    await expect.poll(() => hints).toBe(2);
    stop?.();
  });

  const denied = { name: 'StoreError', trouble: 'denied' };
  test.each<[string, (store: WriteStore) => Promise<unknown>]>([
    ['store', (store) => store.putAll(new Map([[sha256('x'), Buffer.from('x')]]))],
    ['keep what is there', async (store) => store.has((await store.get([numberedSnapshot(1).root])).keys())],
    [
      'publish',
      async (store) =>
        store.casHead('local', 'stable', (await store.getHead('local', 'stable'))?.token ?? null, Buffer.from('x')),
    ],
    ['sweep', (store) => store.sweep(new Set(), new Date())],
    ['make buckets', async (store) => store.init?.()],
    ['drop what was tried out', (store) => store.dropScratch('scratch-1')],
  ])('who reads cannot %s', async (_, work) => {
    const before = (await readEverything(admin)).length;
    await expect(work(reader)).rejects.toMatchObject(denied);
    expect((await readEverything(admin)).length).toBe(before);
  });

  const managing = async <T>(
    user: string,
    work: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>,
  ) => {
    const connection = await connect({
      servers: `127.0.0.1:${server.port}`,
      user,
      pass: `${user}-secret`,
      reconnect: false,
    });
    try {
      return await work(await jetstreamManager(connection, { checkAPI: false, timeout: 1_000 }));
    } finally {
      await connection.close();
    }
  };

  test.each(['reader', 'writer'])('a %s cannot take back or remove a release, whatever it asks', async (user) => {
    const before = (await readEverything(admin)).length;
    for (const stream of ['KV_proviso-heads', 'KV_proviso-objects'])
      await managing(user, async ({ streams }) => {
        await expect(streams.purge(stream)).rejects.toThrow(/permission/i);
        await expect(streams.delete(stream)).rejects.toThrow(/permission/i);
        await expect(streams.update(stream, { max_age: 1 })).rejects.toThrow(/permission/i);
      });
    await managing(user, ({ streams }) =>
      expect(streams.deleteMessage('KV_proviso-heads', 1)).rejects.toThrow(/permission/i),
    );
    expect((await readEverything(admin)).length).toBe(before);
  });

  test('even an administrator cannot remove single releases: their bucket refuses', async () => {
    await managing('admin', async ({ streams }) => {
      await expect(streams.purge('KV_proviso-heads')).rejects.toThrow(/not permitted/);
      await expect(streams.deleteMessage('KV_proviso-heads', 1)).rejects.toThrow(/not permitted/);
    });
  });
});
