import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Asked, defineRoute } from '../../../runtime/server/route.ts';
import { rawRequest } from '../../fixtures/raw-request.ts';
import { serveCompany } from '../../fixtures/served.ts';

const asked = (target: string, more = '', version = '1.1', body = ''): string =>
  `${target} HTTP/${version}\r\nHost: localhost\r\n${more}\r\n${body}`;
const get = (path: string, more = '', version = '1.1'): string => asked(`GET ${path}`, more, version);
const flag = asked(
  'POST /ofrep/v1/evaluate/flags/seats',
  'Content-Type: application/json\r\nContent-Length: 37\r\n',
  '1.1',
  '{"context":{"targetingKey":"harbor"}}',
);

const LONG = 8_000_000;
const routes = [
  defineRoute({
    method: 'GET',
    path: '/slow/:wait',
    scope: 'open',
    describe: {},
    answer: async ({ params: { wait } }: Asked) => {
      await pause(Number(wait));
      return { status: 200, json: 'slow' };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/large',
    scope: 'open',
    describe: {},
    answer: () => ({ status: 200, text: 'x'.repeat(LONG) }),
  }),
];

const statuses = (bytes: string): number[] =>
  [...bytes.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** A client that reads nothing until it is told to. */
function open(url: string, bytes: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
  socket.pause();
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

async function readAll(socket: Socket): Promise<string> {
  let bytes = '';
  socket.on('data', (chunk) => {
    bytes += chunk.toString('latin1');
  });
  socket.resume();
  await once(socket, 'close');
  return bytes;
}

describe('what is no request', () => {
  it.each([
    ['behind one that is worked out', get('/slow/150'), [200]],
    ['behind a flag', flag, [200]],
    ['behind both', get('/slow/150') + flag, [200, 200]],
    ['behind an answer that takes long to send', get('/large') + get('/healthz'), [200, 200]],
    ['by itself', '', [400]],
  ])('is answered %s after it', async (_, before, expected) => {
    const { url } = await serveCompany({ routes });
    const sent = `${before}x\r\n\r\n`;
    expect(statuses(await rawRequest(url, sent, 1_000))).toEqual(before === '' ? expected : [...expected, 400]);
    const tunnel = `${before}${asked('CONNECT a:1')}`;
    expect(statuses(await rawRequest(url, tunnel, 1_000))).toEqual(before === '' ? [501] : [...expected, 501]);
  });

  it('is dated, and can be found in the log', async () => {
    const { url, entries } = await serveCompany();
    const answer = await rawRequest(url, 'x\r\n\r\n');
    expect(answer).toMatch(/^Date: .* GMT\r$/m);
    const id = /^X-Request-Id: (.+)\r$/m.exec(answer)?.[1];
    expect(entries).toContainEqual(expect.objectContaining({ event: 'request', id, status: 400 }));
  });

  it.each([
    ['that is answered at once', '/healthz', '1.1'],
    ['that is worked out', '/slow/100', '1.1'],
    ['of HTTP/1.0', '/healthz', '1.0'],
  ])('is not looked for behind the last question of a connection %s', async (_, path, version) => {
    const { url } = await serveCompany({ routes });
    const last = get(path, version === '1.1' ? 'Connection: close\r\n' : '', version);
    expect(statuses(await rawRequest(url, last + get('/healthz')))).toEqual([200]);
  });
});

it('goes on with a body for a client of HTTP/1.0 without being told to', async () => {
  const { url } = await serveCompany();
  const more = 'Content-Type: application/json\r\nContent-Length: 37\r\nExpect: 100-continue\r\n';
  const body = '{"context":{"targetingKey":"harbor"}}';
  const path = 'POST /ofrep/v1/evaluate/flags/seats';
  expect(statuses(await rawRequest(url, asked(path, more, '1.0', body)))).toEqual([200]);
  expect(statuses(await rawRequest(url, asked(path, more, '1.1', body)))).toEqual([100, 200]);
});

describe('a server that stops', () => {
  it.each([
    ['on a connection that is kept', ''],
    ['on one that is not', 'Connection: close\r\n'],
  ])('sends the whole of what it began, %s', async (_, more) => {
    const { url, close } = await serveCompany({ routes });
    const socket = open(url, get('/large', more));
    await pause(200);
    const closed = close();
    await pause(200);
    const bytes = await readAll(socket);
    expect(bytes.length - bytes.indexOf('\r\n\r\n') - 4).toBe(LONG);
    await closed;
  });

  it('answers all that was asked in a row', async () => {
    const { url, close } = await serveCompany({ routes });
    const socket = open(url, get('/slow/200') + flag + get('/slow/1'));
    await pause(100);
    const [bytes] = await Promise.all([readAll(socket), close()]);
    expect(statuses(bytes)).toEqual([200, 200, 200]);
  });

  it('answers what was sent before it did', async () => {
    const { url, close, ask } = await serveCompany();
    const sockets = Array.from({ length: 20 }, () => open(url, get('/healthz')));
    await pause(100);
    for (const socket of sockets) socket.write(flag);
    const [answers] = await Promise.all([Promise.all(sockets.map(readAll)), close()]);
    expect(answers.map(statuses)).toEqual(sockets.map(() => [200, 200]));
    await expect(ask('/healthz')).rejects.toThrow('fetch failed');
  });

  it('waits for no body that does not come', async () => {
    const { url, close } = await serveCompany();
    open(url, asked('POST /ofrep/v1/evaluate/flags/seats', 'Content-Length: 37\r\n', '1.1', '{'));
    await pause(100);
    const began = performance.now();
    await close();
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('a client that takes nothing', () => {
  it('is let go also where its answer had to wait for another', async () => {
    const { url } = await serveCompany({ routes, limits: { stalled: 300 } });
    const socket = open(url, asked('HEAD /large') + get('/large') + get('/large'));
    await pause(2_500);
    socket.resume();
    const bytes = await readAll(socket);
    expect(bytes.length).toBeLessThan(2 * LONG);
  });

  it('and then all of it has its connection as long as others', async () => {
    const { url } = await serveCompany({ routes, limits: { stalled: 500, idle: 60_000 } });
    const socket = open(url, get('/large') + get('/large') + get('/healthz'));
    // Long enough that it was looked at.
    await pause(750);
    socket.resume();
    let length = 0;
    socket.on('data', (chunk) => {
      length += chunk.length;
    });
    await expect.poll(() => length, { timeout: 5_000 }).toBeGreaterThan(2 * LONG);
    await pause(1_700);
    expect(socket.destroyed).toBe(false);
  });
});
