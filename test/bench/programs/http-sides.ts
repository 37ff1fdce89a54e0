import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Terms } from '../../../runtime/client/terms.ts';
import type { CustomerView } from '../../../runtime/index.ts';
import type { openServer } from '../../../runtime/server/open-server.ts';
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

/** As it ships; undefined where nothing is built. */
async function shipped(): Promise<typeof openServer<Product> | undefined> {
  const file = new URL('../../../../../../dist/runtime/server/open-server.js', import.meta.url).href;
  const module = await import(file).catch(() => undefined);
  return (module as { openServer: typeof openServer<Product> } | undefined)?.openServer;
}

export const httpSides: Readonly<Record<string, Start>> = {
  /** One answer for all, made before anybody asks: nothing is cheaper in Node. */
  raw(terms) {
    const view = terms.customer(nameOf(0)) as CustomerView<Product>;
    const body = Buffer.from(textOf(view));
    const headers = { 'content-type': json, 'content-length': String(body.length) };
    return listen(createServer((_, response) => response.writeHead(200, headers).end(body)));
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

  ours: async (terms) => (await (await shipped())?.({ terms }))?.url,

  oursWithTokens: async (terms) => {
    const sha256 = createHash('sha256').update(token).digest('hex');
    const tokens = [{ name: 'bench', scopes: ['terms:read' as const], sha256 }];
    return (await (await shipped())?.({ terms, tokens }))?.url;
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
