import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { NatsInTrouble } from '../fixtures/servers/nats-in-trouble.ts';
import { isMissing } from '../fixtures/servers/server.ts';
import { standStill } from '../fixtures/servers/stand-still.ts';

describe.skipIf(isMissing('nats-server'))(
  'a publish to NATS fails within 30 seconds and leaves the release in force (nats-server)',
  () => {
    let nats: NatsInTrouble;
    afterEach(() => nats?.stop());

    test('when the server stands still for good just before the swap', { timeout: 60_000 }, async () => {
      nats = await NatsInTrouble.start();
      const { publisher, server } = nats;
      const end = await nats.publish(2, {
        ...publisher,
        async casHead(...args) {
          await standStill(server);
          return publisher.casHead(...args);
        },
      });
      expect(end).toBe('unavailable');
      server.child.kill('SIGCONT');
      expect(await nats.commits()).toEqual(['c1']);
      expect(await nats.publish(3)).toBe('published');
      expect(await nats.commits()).toEqual(['c1', 'c3']);
    });

    test('while the link is cut', { timeout: 60_000 }, async () => {
      nats = await NatsInTrouble.start();
      nats.proxy.cut();
      expect(await nats.publish(2)).toBe('unavailable');
      expect(await nats.commits()).toEqual(['c1']);
      nats.proxy.heal();
      expect(await nats.publish(2)).toBe('published');
      expect(await nats.commits()).toEqual(['c1', 'c2']);
    });

    test.each(['KV_proviso-objects', 'KV_proviso-heads'])(
      'when %s is full, and goes on when there is room',
      async (stream) => {
        nats = await NatsInTrouble.start();
        const connection = await connect({ servers: `127.0.0.1:${nats.server.port}` });
        const { streams } = await jetstreamManager(connection);
        const { bytes } = (await streams.info(stream)).state;
        await streams.update(stream, { max_bytes: bytes + 500 });
        expect(await nats.publish(2)).toBe('full');
        expect(await nats.commits()).toEqual(['c1']);
        await streams.update(stream, { max_bytes: -1 });
        await connection.close();
        expect(await nats.publish(2)).toBe('published');
        expect(await nats.commits()).toEqual(['c1', 'c2']);
      },
    );

    test('when its account has no room left', async () => {
      const account = '{ jetstream: { max_file: 100KB }, users: [ { user: a, password: b } ] }';
      nats = await NatsInTrouble.start(`accounts: { A: ${account} }`, 'a:b@');
      const large = Buffer.alloc(200_000);
      await expect(nats.publisher.putAll(new Map([[sha256(large), large]]))).rejects.toMatchObject({ trouble: 'full' });
      expect(await nats.commits()).toEqual(['c1']);
    });
  },
);
