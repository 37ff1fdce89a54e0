import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeToken } from '../../../runtime/server/make-token.ts';
import { type Asked, defineRoute, type Route } from '../../../runtime/server/route.ts';
import { rawRequest, statusOf } from '../../fixtures/raw-request.ts';
import { serveCompany } from '../../fixtures/served.ts';

interface Watched {
  route: Route;
  /** Chunks that were taken from it. */
  taken: number;
  /** How often it was told that it is over. */
  ended: number;
  aborted: number;
}

/** A stream that goes on for ever: a chunk, and then every so many milliseconds another. */
function streaming(chunk: string, every: number): Watched {
  const watched: Watched = { taken: 0, ended: 0, aborted: 0, route: undefined as never };
  async function* chunks(signal: AbortSignal): AsyncGenerator<string> {
    signal.addEventListener('abort', () => {
      watched.aborted += 1;
    });
    try {
      for (;;) {
        watched.taken += 1;
        yield chunk;
        await (every > 0 ? pause(every, undefined, { signal }) : undefined);
      }
    } finally {
      watched.ended += 1;
    }
  }
  watched.route = defineRoute({
    method: 'GET',
    path: '/stream',
    scope: 'settings:read',
    describe: {},
    answer: ({ signal }: Asked) => ({
      status: 200,
      headers: { 'Content-Type': 'text/event-stream' },
      stream: chunks(signal),
    }),
  });
  return watched;
}

const readerOf = (answer: Response) => {
  const reader = answer.body?.getReader();
  return async () => new TextDecoder().decode((await reader?.read())?.value);
};

describe('a stream', () => {
  it('is sent as it comes, as it is', async () => {
    const { route } = streaming('data: x\n\n', 5);
    const { ask } = await serveCompany({ routes: [route] });
    const answer = await ask('/stream', { headers: { 'Accept-Encoding': 'gzip, br' } });
    const headers = ['content-type', 'content-encoding', 'content-length', 'etag'];
    expect(headers.map((name) => answer.headers.get(name))).toEqual(['text/event-stream', null, null, null]);
    const read = readerOf(answer);
    for (let count = 0; count < 3; count += 1) expect(await read()).toMatch(/^(data: x\n\n)+$/);
    await answer.body?.cancel().catch(() => {});
  });

  it('begins at once, also where it has nothing to say yet', async () => {
    const silent = defineRoute({
      ...streaming('', 1).route,
      answer: () => ({
        status: 200,
        stream: { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) },
      }),
    });
    const { ask } = await serveCompany({ routes: [silent] });
    expect((await ask('/stream')).status).toBe(200);
  });

  it('ends when its client goes', async () => {
    const stream = streaming('x', 5);
    const { ask, read } = await serveCompany({ routes: [stream.route] });
    const leaving = new AbortController();
    await readerOf(await ask('/stream', { signal: leaving.signal }))();
    expect(await read('/statusz')).toMatchObject({ streams: 1 });
    leaving.abort();
    await expect.poll(() => [stream.ended, stream.aborted]).toEqual([1, 1]);
    await expect.poll(() => read('/statusz')).toMatchObject({ streams: 0 });
  });

  it('is begun by nobody who only asks for its head', async () => {
    const stream = streaming('x', 0);
    const { ask } = await serveCompany({ routes: [stream.route] });
    const answer = await ask('/stream', { method: 'HEAD' });
    expect([answer.status, await answer.text(), stream.taken]).toEqual([200, '', 0]);
  });

  it('waits for a client that reads slowly, and gives up one that does not read', async () => {
    const stream = streaming('x'.repeat(64_000), 0);
    const { url, read } = await serveCompany({ routes: [stream.route], limits: { stalled: 400 } });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.pause();
    await pause(200);
    const { taken } = stream;
    expect(taken).toBeLessThan(300);
    await expect.poll(() => stream.ended, { timeout: 3_000 }).toBe(1);
    expect(stream.taken - taken).toBeLessThan(50);
    await expect.poll(() => read('/statusz')).toMatchObject({ streams: 0 });
    socket.destroy();
  });

  it('that breaks ends its connection, and is told', async () => {
    const breaking = defineRoute({
      ...streaming('', 1).route,
      answer: () => ({
        status: 200,
        stream: (async function* () {
          yield 'x';
          throw new Error('broke');
        })(),
      }),
    });
    const { ask, entries } = await serveCompany({ routes: [breaking] });
    await expect(ask('/stream').then((answer) => answer.text())).rejects.toThrow('terminated');
    expect(entries).toContainEqual(expect.objectContaining({ event: 'fault', message: 'broke' }));
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('is one of so many of a token, whoever else has some', async () => {
    const stream = streaming('x', 5);
    const [one, other] = ['one', 'other'].map((name) => makeToken({ name, scopes: ['settings:read'] }));
    if (!one || !other) throw new Error('no tokens');
    const tokens = [one.line, other.line];
    const { ask } = await serveCompany({ routes: [stream.route], tokens, limits: { streams: 2 } });
    const open = (token: string) => ask('/stream', { headers: { 'X-API-Key': token } });
    const answers = [await open(one.token), await open(one.token), await open(one.token), await open(other.token)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(answers[2]?.headers.get('retry-after')).toBe('5');
    await answers[0]?.body?.cancel();
    await expect.poll(async () => (await open(one.token)).status).toBe(200);
  });
});

describe('streams of customers, of which there are as many as may be', () => {
  it('tell when to come again, by token and by ticket', async () => {
    const { token, line } = makeToken({ name: 'web', scopes: ['settings:read'] });
    const { ask } = await serveCompany({ tokens: [line], limits: { streams: 1 } });
    const headers = { 'X-API-Key': token, 'content-type': 'application/json' };
    const flags = await ask('/ofrep/v1/evaluate/flags', {
      method: 'POST',
      headers,
      body: '{"context":{"targetingKey":"bare"}}',
    });
    const { eventStreams } = (await flags.json()) as { eventStreams: { endpoint: { requestUri: string } }[] };
    for (const path of ['/v1/events?customer=bare', eventStreams[0]?.endpoint.requestUri ?? '']) {
      const open = await ask(path, { headers });
      const another = await ask(path, { headers });
      expect([another.status, await another.text()]).toEqual([200, expect.stringMatching(/^retry: \d{4}\n\n$/)]);
      await open.body?.cancel();
    }
  });
});

describe('a server that stops', () => {
  const slow = (milliseconds: number): Route =>
    defineRoute({
      method: 'GET',
      path: '/slow',
      scope: 'open',
      describe: {},
      answer: async ({ signal }: Asked) => {
        await pause(milliseconds, undefined, { signal });
        return { status: 200, json: { done: true } };
      },
    });

  it('ends streams, finishes what is under way, and takes nothing more', async () => {
    const stream = streaming('x', 5);
    const { ask, close, url } = await serveCompany({ routes: [stream.route, slow(200)] });
    const streamed = (await ask('/stream')).text();
    const answer = ask('/slow');
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    idle.on('error', () => {});
    await pause(50);
    const started = performance.now();
    const closed = close();
    expect(await streamed).toMatch(/^x+$/);
    const done = await answer;
    expect([done.status, await done.json(), done.headers.get('connection')]).toEqual([200, { done: true }, 'close']);
    await closed;
    // Neither the connection that said nothing nor the streams are waited for.
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect(ask('/healthz')).rejects.toThrow('fetch failed');
    expect(stream.ended).toBe(1);
  });

  it('says that it is not ready for as long as it drains', async () => {
    const { ask, close } = await serveCompany({ drain: 300 });
    const closed = close();
    const ready = await ask('/readyz');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, why: 'the server stops', release: 1, state: 'fresh' },
    ]);
    expect((await ask('/v1/customers/bare')).status).toBe(200);
    const stream = await ask('/v1/events?customer=bare');
    expect([stream.status, await stream.text()]).toEqual([200, expect.stringMatching(/^retry: \d+\n\n$/)]);
    await closed;
  });

  it('waits no longer than it may', async () => {
    const { ask, close } = await serveCompany({ routes: [slow(60_000)], limits: { stop: 200 } });
    const answer = ask('/slow').catch(() => 'cut off');
    await pause(50);
    const started = performance.now();
    await close();
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await answer).toBe('cut off');
  });

  it('tells a route that takes too long, and whoever asked', async () => {
    let isAborted = false;
    const hanging = defineRoute({
      ...slow(0),
      answer: ({ signal }: Asked) =>
        new Promise<never>(() => {
          signal.addEventListener('abort', () => {
            isAborted = true;
          });
        }),
    });
    const { ask } = await serveCompany({ routes: [hanging], limits: { answer: 50 } });
    const answer = await ask('/slow');
    expect([answer.status, await answer.json(), isAborted]).toEqual([
      503,
      { error: { code: 'tooSlow', message: 'this took too long' } },
      true,
    ]);
  });

  it('answers requests that came in one packet in their order', async () => {
    const { url } = await serveCompany({ routes: [slow(50)] });
    const ask = (path: string, rest = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${rest}\r\n`;
    const answer = await rawRequest(url, ask('/slow') + ask('/healthz') + ask('/nothing', 'Connection: close\r\n'));
    expect(answer.match(/HTTP\/1\.1 \d+/g)?.map((line) => statusOf(line))).toEqual([200, 200, 404]);
  });
});
