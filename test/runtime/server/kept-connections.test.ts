import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Asked, defineRoute } from '../../../runtime/server/route.ts';
import { serveCompany } from '../../fixtures/served.ts';

const GET = (path: string, more = '', version = '1.1') =>
  `GET ${path} HTTP/${version}\r\nHost: localhost\r\n${more}\r\n`;

function open(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function answerTo(socket: Socket, request: string): Promise<string> {
  socket.write(request);
  return String((await once(socket, 'data'))[0]);
}

describe('a connection', () => {
  it('is kept as long as it says, and closed then', async () => {
    const { url } = await serveCompany({ limits: { idle: 1_000 } });
    const socket = open(url);
    for (let time = 0; time < 3; time += 1) {
      expect(await answerTo(socket, GET('/healthz'))).toMatch(/^Keep-Alive: timeout=1\r$/m);
      await pause(700);
    }
    expect(socket.destroyed).toBe(false);
    await expect.poll(() => socket.destroyed, { timeout: 5_000 }).toBe(true);
  });

  it.each([
    ['Connection: close\r\n', '1.1'],
    ['', '1.0'],
  ])('says nothing of being kept where it is not (%j, %s)', async (more, version) => {
    const { url } = await serveCompany();
    expect(await answerTo(open(url), GET('/healthz', more, version))).not.toMatch(/keep-alive/i);
  });

  it('is not closed while its question is worked out', async () => {
    const slow = defineRoute({
      method: 'GET',
      path: '/slow',
      scope: 'open',
      describe: {},
      answer: async ({ signal }: Asked) => {
        await pause(900, undefined, { signal });
        return { status: 200, json: 'done' };
      },
    });
    const { url } = await serveCompany({ routes: [slow], limits: { idle: 200 } });
    expect(await answerTo(open(url), GET('/slow'))).toContain('"done"');
  });
});

describe('an answer that is not taken', () => {
  /** Counts the answers whose connection is gone, or that were taken whole. */
  const largeAnswers = () => {
    const large = {
      ended: 0,
      route: defineRoute({
        method: 'GET',
        path: '/large',
        scope: 'open',
        describe: {},
        answer: ({ signal }: Asked) => {
          signal.addEventListener('abort', () => {
            large.ended += 1;
          });
          return { status: 200, text: 'x'.repeat(8_000_000) };
        },
      }),
    };
    return large;
  };

  it('is waited for, and its connection closed then', async () => {
    const large = largeAnswers();
    const { url } = await serveCompany({ routes: [large.route], limits: { stalled: 400, idle: 60_000 } });
    const socket = open(url);
    socket.write(GET('/large'));
    socket.pause();
    await pause(200);
    expect(large.ended).toBe(0);
    await expect.poll(() => large.ended, { timeout: 5_000 }).toBe(1);
  });

  it('after another that was, is waited for as long', async () => {
    const large = largeAnswers();
    const { url } = await serveCompany({ routes: [large.route], limits: { stalled: 400, idle: 60_000 } });
    const socket = open(url);
    socket.write(GET('/large').repeat(2));
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > 8_500_000) socket.pause();
    });
    await expect.poll(() => large.ended).toBe(1);
    await expect.poll(() => large.ended, { timeout: 5_000 }).toBe(2);
    expect(bytes).toBeLessThan(16_000_000);
  });

  it('but slowly, is waited for as long as it takes', async () => {
    const { route } = largeAnswers();
    const { url } = await serveCompany({ routes: [route], limits: { stalled: 300, idle: 60_000 } });
    const socket = open(url);
    socket.write(GET('/large', 'Connection: close\r\n'));
    let bytes = 0;
    for await (const chunk of socket) {
      bytes += (chunk as Buffer).length;
      if (bytes % 3 === 0) await pause(5);
    }
    expect(bytes).toBeGreaterThan(8_000_000);
  });
});
