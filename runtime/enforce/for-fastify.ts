import type { RequestLimit } from './limit-requests.ts';

/** What is needed of a reply of Fastify. */
export interface FastifyReply {
  header(name: string, value: string): unknown;
  code(status: number): unknown;
  send(body: object): unknown;
}

/** For Fastify, as a hook: `app.addHook('onRequest', …)`. What goes wrong is given to its error handler. */
export function forFastify<Request>(
  limit: RequestLimit<Request>,
): (request: Request, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    const { headers, refusal } = await limit(request);
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    if (!refusal) return undefined;
    reply.code(refusal.status);
    return reply.send(refusal.body);
  };
}
