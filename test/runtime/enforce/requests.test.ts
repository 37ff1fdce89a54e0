import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { type Context, Hono } from 'hono';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  forExpress,
  forFastify,
  forHono,
  forNode,
  limitRequests,
  type Meter,
  openMeter,
  type RequestLimitOptions,
} from '../../../runtime/enforce/index.ts';
import type { CustomerView, Terms } from '../../../runtime/index.ts';
import { type Metered, openMetered } from '../../fixtures/enforce/metered-company.ts';

const NOW = Date.parse('2026-02-10T12:00:00.250Z');
let terms: Terms<Metered>;
beforeAll(async () => {
  terms = await openMetered(() => NOW);
});

/** What the same limit is asked for, whatever the framework: how a header of the request is read. */
type Limited<Request> = (
  header: (request: Request, name: string) => string | undefined,
) => RequestLimitOptions<Request, Metered>;

/** Each starts a server that answers `200 done` to whoever may go on, and gives its port and what stops it. */
type Start = (limited: Limited<unknown>) => Promise<{ port: number; stop: () => Promise<unknown> }>;

const listening = (server: Server): Promise<{ port: number; stop: () => Promise<unknown> }> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        stop: () => new Promise((done) => server.close(done).closeAllConnections()),
      }),
    );
  });

const nodeHeader = (request: unknown, name: string): string | undefined =>
  (request as IncomingMessage).headers[name] as string | undefined;

const frameworks: Readonly<Record<string, Start>> = {
  'node:http': (limited) => {
    const mayGoOn = forNode(limitRequests(limited(nodeHeader)));
    return listening(
      createServer((request, response) => {
        mayGoOn(request, response).then(
          (may) => may && response.end('done'),
          () => response.writeHead(500).end('broken'),
        );
      }),
    );
  },
  Express: (limited) => {
    const app = express();
    app.use(forExpress(limitRequests(limited(nodeHeader))));
    app.get('/', (_, response) => void response.send('done'));
    const broken: express.ErrorRequestHandler = (_error, _request, response, _next) => {
      response.status(500).send('broken');
    };
    app.use(broken);
    return listening(createServer(app));
  },
  Hono: async (limited) => {
    const app = new Hono();
    const header = (context: unknown, name: string): string | undefined => (context as Context).req.header(name);
    app.use(forHono(limitRequests(limited(header) as RequestLimitOptions<Context, Metered>)));
    app.get('/', (context) => context.text('done'));
    app.onError((_, context) => context.text('broken', 500));
    return new Promise((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve({ port, stop: () => new Promise((done) => server.close(done)) }),
      );
    });
  },
  Fastify: async (limited) => {
    const app = fastify();
    app.addHook('onRequest', forFastify(limitRequests(limited(nodeHeader))));
    app.setErrorHandler((_, _request, reply) => reply.code(500).send('broken'));
    app.get('/', () => 'done');
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: (app.server.address() as AddressInfo).port, stop: () => app.close() };
  },
};

describe.each(Object.keys(frameworks))('requests to %s', (name) => {
  async function start(
    options: Partial<RequestLimitOptions<unknown, Metered>> = {},
    meter?: Meter,
  ): Promise<
    (headers?: Record<string, string>) => Promise<{ status: number; headers: Record<string, string>; body: unknown }>
  > {
    const counted = meter ?? (await openMeter({ in: 'memory:', now: () => NOW }));
    const { port, stop } = await (frameworks[name] as Start)((header) => ({
      meter: counted,
      setting: 'daily',
      customerOf(request) {
        const plan = header(request, 'x-plan');
        if (plan === 'fault') throw new Error('who is this');
        return plan === undefined ? undefined : terms.account({ account: 'u_1', plan });
      },
      cost: (request) => Number(header(request, 'x-cost') ?? 1),
      ...options,
    }));
    onTestFinished(async () => {
      await stop();
      await counted.close();
    });
    return async (headers = { 'x-plan': 'small@1' }) => {
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.startsWith('application/json');
      const shown = [...answer.headers].filter(([each]) => /ratelimit|retry-after/.test(each));
      return { status: answer.status, headers: Object.fromEntries(shown), body: isJson ? JSON.parse(text) : text };
    };
  }
  const day = { limit: 'x-ratelimit-limit', remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' };
  const headersOf = (remaining: number): Record<string, string> => ({
    'ratelimit-policy': '"daily";q=10;w=86400',
    ratelimit: `"daily";r=${remaining};t=43200`,
    [day.limit]: '10',
    [day.remaining]: String(remaining),
    [day.reset]: String(Date.parse('2026-02-11T00:00:00Z') / 1000),
  });

  test('go on until the limit, and are then answered with 429 and when it starts again', async () => {
    const ask = await start();
    expect(await ask()).toEqual({ status: 200, headers: headersOf(9), body: 'done' });
    expect(await ask({ 'x-plan': 'small@1', 'x-cost': '8' })).toEqual({
      status: 200,
      headers: headersOf(1),
      body: 'done',
    });
    expect(await ask({ 'x-plan': 'small@1', 'x-cost': '2' })).toEqual({
      status: 429,
      headers: { ...headersOf(1), 'retry-after': '43200' },
      body: {
        code: 'limitReached',
        message:
          'Exports: 9 of 10 used today, and this request needs 2; the count starts again at 2026-02-11T00:00:00.000Z',
        setting: 'daily',
        limit: 10,
        used: 9,
        resetsAt: '2026-02-11T00:00:00.000Z',
      },
    });
    expect(await ask()).toEqual({ status: 200, headers: headersOf(0), body: 'done' });
    expect((await ask()).status).toBe(429);
  });

  test('that cost nothing are told what is left, also when nothing is', async () => {
    const ask = await start();
    const free = { 'x-plan': 'small@1', 'x-cost': '0' };
    expect(await ask(free)).toEqual({ status: 200, headers: headersOf(10), body: 'done' });
    await ask({ 'x-plan': 'small@1', 'x-cost': '10' });
    expect(await ask(free)).toEqual({ status: 200, headers: headersOf(0), body: 'done' });
  });

  test('are told nothing of a limit that is unlimited, and never refused', async () => {
    const ask = await start({ setting: 'monthly' });
    for (let i = 0; i < 12; i += 1)
      expect(await ask({ 'x-plan': 'open@1' })).toEqual({ status: 200, headers: {}, body: 'done' });
  });

  test('of nobody pass', async () => {
    const ask = await start();
    expect(await ask({})).toEqual({ status: 200, headers: {}, body: 'done' });
  });

  test('are never refused where what goes above is only reported', async () => {
    const ask = await start({ setting: 'calls', cost: 6 });
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 200]);
    expect((await ask()).headers).toMatchObject({
      'x-ratelimit-remaining': '0',
      ratelimit: expect.stringContaining('r=0'),
    });
  });

  test('are refused there too where the caller asks', async () => {
    const ask = await start({ setting: 'calls', cost: 6, mode: 'hard' });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
  });

  test('against a stock are not told when it starts again', async () => {
    const ask = await start({ setting: 'seats', cost: 10 });
    await ask();
    expect(await ask()).toEqual({
      status: 429,
      headers: {
        'ratelimit-policy': '"seats";q=10',
        ratelimit: '"seats";r=0',
        [day.limit]: '10',
        [day.remaining]: '0',
      },
      body: {
        code: 'limitReached',
        message: 'seats: 10 of 10 used, and this request needs 10',
        setting: 'seats',
        limit: 10,
        used: 10,
      },
    });
  });

  test('go on while use cannot be counted, or are answered with 503 where the caller would rather', async () => {
    const down = (): Promise<Meter> =>
      openMeter({ in: 'redis://127.0.0.1:1', patience: 20, now: () => NOW, onTrouble: () => {} });
    expect(await (await start({}, await down()))()).toEqual({ status: 200, headers: {}, body: 'done' });
    expect(await (await start({ whenDown: 'deny' }, await down()))()).toEqual({
      status: 503,
      headers: { 'retry-after': '1' },
      body: {
        code: 'notCounted',
        message: 'Exports: use cannot be counted at the moment; try again',
        setting: 'daily',
        limit: 10,
        resetsAt: '2026-02-11T00:00:00.000Z',
      },
    });
  });

  test('of which nobody can tell whose they are go to the error handler', async () => {
    const ask = await start();
    expect(await ask({ 'x-plan': 'fault' })).toEqual({ status: 500, headers: {}, body: 'broken' });
    expect(await ask({ 'x-plan': 'small@1', 'x-cost': '-1' })).toEqual({ status: 500, headers: {}, body: 'broken' });
  });

  test('are counted with a customer that has to be read first', async () => {
    const ask = await start({
      customerOf: async (): Promise<CustomerView<Metered>> => terms.account({ account: 'u_2', plan: 'small@1' }),
    });
    expect((await ask()).headers).toEqual(headersOf(9));
  });
});
