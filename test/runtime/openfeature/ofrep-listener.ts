import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Terms } from '../../../runtime/index.ts';
import { evaluate } from '../../../runtime/openfeature/evaluate.ts';
import { findView } from '../../../runtime/openfeature/find-view.ts';

/** A request as it arrived. */
export interface Heard {
  method: string | undefined;
  path: string | undefined;
  authorization: string | undefined;
  type: string | undefined;
  body: unknown;
}

/** Takes what OFREP says a request for one flag is, and answers it from the terms; anything else is refused with 400. */
export async function ofrepListener(terms: Terms, token: string) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const answer = (status: number, json: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
    };
    const said = await hear(request);
    heard.push(said);
    const problem = problemOf(said, token);
    const key = keyIn(said.path) ?? '';
    if (problem) return answer(400, { key, errorCode: 'GENERAL', errorDetails: problem });
    const view = findView(terms, (said.body as { context: Record<string, unknown> }).context);
    if (view instanceof Promise) throw new Error('every customer is in memory');
    const flag = 'error' in view ? view : evaluate(view, key);
    if ('error' in flag) return answer(400, { key, errorCode: flag.error, errorDetails: flag.message });
    const { value, reason, variant, metadata } = flag;
    return answer(200, { key, value, reason, variant, metadata });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function hear(request: IncomingMessage): Promise<Heard> {
  let text = '';
  for await (const chunk of request) text += chunk;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const { authorization, 'content-type': type } = request.headers;
  return { method: request.method, path: request.url, authorization, type, body };
}

const keyIn = (path = ''): string | undefined => /^\/ofrep\/v1\/evaluate\/flags\/([A-Za-z0-9._-]+)$/.exec(path)?.[1];

function problemOf({ method, path, authorization, type = '', body }: Heard, token: string): string | undefined {
  if (method !== 'POST') return `the method is ${method}`;
  if (!keyIn(path)) return `the path is ${path}`;
  if (authorization !== `Bearer ${token}`) return `the authorization is ${authorization}`;
  if (!/^application\/json(; *charset=utf-8)?$/i.test(type)) return `the type of the content is ${type}`;
  if (typeof body !== 'object' || body === null) return 'the body is no JSON object';
  const { context } = body as { context?: unknown };
  if (typeof context !== 'object' || context === null || Array.isArray(context)) return 'the context is no object';
  const { targetingKey } = context as { targetingKey?: unknown };
  return typeof targetingKey === 'string' && targetingKey !== '' ? undefined : 'the context names nobody';
}
