import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEverything } from '../fixtures/release/sample.ts';
import { NatsInTrouble } from '../fixtures/servers/nats-in-trouble.ts';
import { isMissing } from '../fixtures/servers/server.ts';

describe.skipIf(isMissing('nats-server'))('a publish to NATS (nats-server)', () => {
  let nats: NatsInTrouble;
  beforeEach(async () => {
    nats = await NatsInTrouble.start();
  }, 60_000);
  afterEach(() => nats.stop());

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'goes on after %s and a restart, over the connections of before',
    async (signal) => {
      const restarting = nats.restart(signal);
      const end = await nats.publish(2);
      await restarting;
      expect(['published', 'unavailable']).toContain(end);
      if (end !== 'published') expect(await nats.publish(2)).toMatch(/^(published|unchanged)$/);
      expect(await nats.commits()).toEqual(['c1', 'c2']);
      expect((await readEverything(nats.publisher)).length).toBe(2);
    },
  );

  test('waits for a server that stands still for three seconds, and a reader does too', async () => {
    nats.server.child.kill('SIGSTOP');
    const wake = setTimeout(() => nats.server.child.kill('SIGCONT'), 3_000);
    const reading = nats.commits();
    expect(await nats.publish(2)).toBe('published');
    clearTimeout(wake);
    expect(['c1', 'c1 c2']).toContain((await reading).join(' '));
    expect(await nats.commits()).toEqual(['c1', 'c2']);
  });

  test.each(['$KV.proviso-heads.local.stable', 'Proviso-Until'])(
    'succeeds once when the answer to what holds %s is lost with the connection',
    async (text) => {
      nats.proxy.loseReplyTo(text);
      expect(await nats.publish(2)).toBe('published');
      expect(await nats.commits()).toEqual(['c1', 'c2']);
    },
  );

  test.each(['$KV.proviso-heads.local.stable', 'Proviso-Until'])(
    'succeeds once when the answer to what holds %s is lost and nobody says so',
    async (text) => {
      nats.proxy.loseReplyTo(text, true);
      expect(await nats.publish(2)).toBe('published');
      expect(await nats.commits()).toEqual(['c1', 'c2']);
    },
  );
});
