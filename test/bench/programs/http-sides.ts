import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Terms } from '../../../runtime/client/terms.ts';
import type { CustomerView } from '../../../runtime/index.ts';
import { nameOf, type Product } from './crowd.ts';

/** Starts to answer, on a free port of this machine; resolves with the address. */
type Start = (terms: Terms<Product>) => Promise<string | undefined>;

const PATH = '/v1/customers/';
const json = 'application/json';

const textOf = ({ settings, customer, plan, stage, release }: CustomerView<Product>): string =>
  JSON.stringify({ customer, plan, stage, release, settings });

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nameIn = (url = ''): string => decodeURIComponent(url.slice(PATH.length));

export const httpSides: Readonly<Record<string, Start>> = {
  /** One answer for all, made before anybody asks: nothing is cheaper in Node. */
  raw(terms) {
    const view = terms.customer(nameOf(0)) as CustomerView<Product>;
    const body = Buffer.from(textOf(view));
    const headers = { 'content-type': json, 'content-length': String(body.length) };
    return listen(createServer((_, response) => response.writeHead(200, headers).end(body)));
  },

  /** What one would write by hand: a buffer a customer, and its tag. */
  byHand(terms) {
    const answers = new Map<string, { body: Buffer; tag: string }>();
    return listen(
      createServer(({ url, headers }, response) => {
        const name = nameIn(url);
        const view = terms.customer(name);
        if (!view) return response.writeHead(404).end();
        let answer = answers.get(name);
        if (!answer) {
          const body = Buffer.from(textOf(view));
          answer = { body, tag: `"${createHash('sha256').update(body).digest('base64url')}"` };
          answers.set(name, answer);
        }
        const { body, tag } = answer;
        if (headers['if-none-match'] === tag) return response.writeHead(304, { etag: tag }).end();
        return response
          .writeHead(200, { 'content-type': json, 'content-length': String(body.length), etag: tag })
          .end(body);
      }),
    );
  },

  async ours(terms) {
    const shipped = new URL('../../../../../../dist/runtime/server/open-server.js', import.meta.url).href;
    const ours = (await import(shipped).catch(() => undefined)) as
      | { openServer: (options: { terms: Terms<Product> }) => Promise<{ url: string }> }
      | undefined;
    return ours && (await ours.openServer({ terms })).url;
  },

  async express(terms) {
    const { default: express } = await import('express');
    const app = express();
    app.get(`${PATH}:id`, ({ params }, response) => {
      const view = terms.customer(params.id);
      if (view) response.type(json).send(textOf(view));
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
