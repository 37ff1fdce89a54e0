import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, test } from 'vitest';
import { readNatsAddress } from '../../runtime/stores/nats/address.ts';
import { bucketsOf } from '../../runtime/stores/nats/buckets.ts';
import { Heads } from '../../runtime/stores/nats/heads.ts';
import { loadNatsClient } from '../../runtime/stores/nats/link.ts';
import { Objects } from '../../runtime/stores/nats/objects.ts';
import { Session } from '../../runtime/stores/nats/session.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import { makeReady, startNats } from '../fixtures/servers/nats.ts';
import { isMissing } from '../fixtures/servers/server.ts';
import { standStill } from '../fixtures/servers/stand-still.ts';

/** How many messages there are for an environment. */
async function storedIn(port: number, stream: string, of: string): Promise<number> {
  const connection = await connect({ servers: `127.0.0.1:${port}` });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info(stream, { subjects_filter: `*.*.${of}.>` });
  await connection.close();
  return Object.values(state.subjects ?? {}).reduce((sum, each) => sum + each, 0);
}

const channel = 'stable';

describe.skipIf(isMissing('nats-server'))('a swap on NATS (nats-server)', () => {
  test.each([
    [0, ['h1']],
    [3_600_000, ['h1', 'late']],
  ])(
    'that the server takes up when its publisher has given up is void, and would not be if its time were %d ms longer',
    { timeout: 60_000 },
    async (longer, expected) => {
      const server = await startNats();
      const url = `nats://127.0.0.1:${server.port}`;
      await makeReady(url);
      const reader = await openStore(url);
      const address = readNatsAddress(url, '/');
      const buckets = bucketsOf(address.bucket);
      const session = new Session(await loadNatsClient(), address, buckets);
      const objects = new Objects(session, buckets.objects);
      const heads = new Heads(session, buckets.heads, 'late', channel);
      expect(await heads.swap(null, Buffer.from('h1'), (until) => objects.serverTime(until))).toBe('ok');
      const token = (await heads.read())?.token ?? null;
      const swap = await heads.swap(token, Buffer.from('late'), async (until) => {
        const time = await objects.serverTime(until);
        await standStill(server);
        return time + longer;
      });
      expect(swap).toBe('unknown');
      session.close();
      server.child.kill('SIGCONT');
      await expect.poll(() => storedIn(server.port, buckets.heads.stream, 'late')).toBe(2);
      const texts: string[] = [];
      for await (const envelope of reader.history('late', channel)) texts.unshift(Buffer.from(envelope).toString());
      expect(texts).toEqual(expected);
      const next = (await reader.getHead('late', channel))?.token ?? null;
      expect(await reader.casHead('late', channel, next, Buffer.from('h2'))).toBe('ok');
      await reader.close();
      await server.stop();
    },
  );
});
