import { createHash } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import type { Terms } from '../../../runtime/client/terms.ts';
import type { CustomerView } from '../../../runtime/index.ts';
import type { ServerOptions } from '../../../runtime/server/open-server.ts';
import { nameOf, type Product } from './crowd.ts';

/** Starts to answer, on a free port of this machine; resolves with the address. */
type Start = (terms: Terms<Product>) => Promise<string | undefined>;

const PATH = '/v1/customers/';
const json = 'application/json';
/** Who asks the side that has tokens. */
export const token = 'proviso_bench_0123456789abcdefghijklmnopqrstuvwxyz';

/** What every side answers about a customer. */
const answerOf = ({ customer, release, plan, stage, values, terms, access, freshness }: CustomerView<Product>) => ({
  customer,
  release,
  plan,
  stage,
  settings: values,
  terms,
  access,
  freshness: { state: freshness.state, source: freshness.source },
});
const textOf = (view: CustomerView<Product>): string => JSON.stringify(answerOf(view));

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nameIn = (url = ''): string => decodeURIComponent(url.slice(PATH.length));

const bodyOf = (request: IncomingMessage, then: (body: string) => void): void => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => then(body));
};

interface Shipped {
  'open-server': { openServer(options: ServerOptions<Product>): Promise<{ url: string }> };
  'log-lines': typeof import('../../../runtime/server/log-lines.ts');
}

/** A module of the server as it ships; undefined where nothing is built. */
async function shipped<Name extends keyof Shipped>(name: Name): Promise<Shipped[Name] | undefined> {
  const file = new URL(`../../../../../../dist/runtime/server/${name}.js`, import.meta.url).href;
  return (await import(file).catch(() => undefined)) as Shipped[Name] | undefined;
}

const headLike = (body: Buffer): string[] =>
  Object.entries({
    'Proviso-Age': '1',
    'Content-Type': json,
    'Cache-Control': 'private, no-cache',
    Vary: 'Accept-Encoding, Authorization, X-API-Key',
    ETag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
    'Content-Length': String(body.length),
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  }).flat();

export const httpSides: Readonly<Record<string, Start>> = {
  /** One answer for all, made before anybody asks: nothing is cheaper in Node. */
  raw(terms) {
    const view = terms.customer(nameOf(0)) as CustomerView<Product>;
    const body = Buffer.from(textOf(view));
    const headers = { 'content-type': json, 'content-length': String(body.length) };
    return listen(createServer((_, response) => response.writeHead(200, headers).end(body)));
  },

  /** The headers we send and a body a customer, made when it is first asked for: nobody who answers this does with less. */
  sameHeaders(terms) {
    const answers = new Map<string, { head: string[]; body: Buffer }>();
    return listen(
      createServer(({ url }, response) => {
        const name = nameIn(url);
        let answer = answers.get(name);
        if (!answer) {
          const body = Buffer.from(textOf(terms.customer(name) as CustomerView<Product>));
          answer = { head: headLike(body), body };
          answers.set(name, answer);
        }
        response.writeHead(200, answer.head).end(answer.body);
      }),
    );
  },

  /** What one would write by hand: a buffer a customer, and its tag; one flag as the remote evaluation protocol has it. */
  byHand(terms) {
    const answers = new Map<string, { body: Buffer; tag: string }>();
    return listen(
      createServer((request, response) => {
        const { url, headers } = request;
        if (request.method === 'POST') {
          bodyOf(request, (text) => {
            const name = JSON.parse(text).context.targetingKey;
            const value = terms.customer(name)?.settings.seats;
            const flag = { key: 'seats', value, reason: 'TARGETING_MATCH', variant: 'by-hand', metadata: {} };
            const body = Buffer.from(JSON.stringify(flag));
            response.writeHead(200, { 'content-type': json, 'content-length': String(body.length) }).end(body);
          });
          return;
        }
        const name = nameIn(url);
        const view = terms.customer(name);
        if (!view) {
          response.writeHead(404).end();
          return;
        }
        let answer = answers.get(name);
        if (!answer) {
          const body = Buffer.from(textOf(view));
          answer = { body, tag: `"${createHash('sha256').update(body).digest('base64url')}"` };
          answers.set(name, answer);
        }
        const { body, tag } = answer;
        if (headers['if-none-match'] === tag) response.writeHead(304, { etag: tag }).end();
        else
          response.writeHead(200, { 'content-type': json, 'content-length': String(body.length), etag: tag }).end(body);
      }),
    );
  },

  ours: async (terms) => (await (await shipped('open-server'))?.openServer({ terms }))?.url,

  /** With a line a request, as `proviso serve` writes them; nobody reads them. */
  async oursLogged(terms) {
    const [server, lines] = [await shipped('open-server'), await shipped('log-lines')];
    const nowhere = openSync(devNull, 'w');
    const log = lines?.logLines((text: string) => writeSync(nowhere, text));
    return (await server?.openServer({ terms, log }))?.url;
  },

  oursWithTokens: async (terms) => {
    const sha256 = createHash('sha256').update(token).digest('hex');
    const tokens = [{ name: 'bench', scopes: ['terms:read' as const], sha256 }];
    return (await (await shipped('open-server'))?.openServer({ terms, tokens }))?.url;
  },

  async express(terms) {
    const { default: express } = await import('express');
    const app = express();
    app.get(`${PATH}:id`, ({ params }, response) => {
      const view = terms.customer(params.id);
      if (view) response.json(answerOf(view));
      else response.sendStatus(404);
    });
    return listen(createServer(app));
  },

  async fastify(terms) {
    const { default: fastify } = await import('fastify');
    const app = fastify();
    app.get<{ Params: { id: string } }>(`${PATH}:id`, ({ params }, reply) => {
      const view = terms.customer(params.id);
      return view ? reply.type(json).send(textOf(view)) : reply.code(404).send();
    });
    return app.listen({ host: '127.0.0.1', port: 0 });
  },

  async hono(terms) {
    const [{ Hono }, { createAdaptorServer }] = await Promise.all([import('hono'), import('@hono/node-server')]);
    const app = new Hono();
    app.get(`${PATH}:id`, (context) => {
      const view = terms.customer(context.req.param('id'));
      return view ? context.body(textOf(view), 200, { 'content-type': json }) : context.notFound();
    });
    return listen(createAdaptorServer({ fetch: app.fetch }) as Server);
  },
};
