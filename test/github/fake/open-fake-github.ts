import { verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { addAccount, WEB_FLOW } from './acts.ts';
import { answerGraphql } from './graphql.ts';
import type { Host, Token } from './host.ts';
import { type Content, writeCommit } from './objects.ts';
import { makeBare, writeRef } from './refs.ts';
import { type Answer, type Asked, Refusal, routes } from './routes.ts';

export interface FakeGitHub extends Host {
  /** Of the REST interface. */
  url: string;
  /** A token of the account, of the given kind. */
  tokenFor(login: string, kind?: Token['kind']): string;
}

/** Tokens contain this, so that a test can look for one where none belongs. */
export const SECRET = 'ghs_secret';

/** A GitHub of its own for one test, with one repository whose `main` holds these files; over HTTP on this machine alone. */
export async function openFakeGitHub(files: Readonly<Record<string, Content>>): Promise<FakeGitHub> {
  const git = mkdtempSync(join(tmpdir(), 'proviso-github-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(git, { recursive: true, force: true });
  });
  const host: Host = {
    git,
    owner: 'acme',
    name: 'terms',
    users: [],
    tokens: new Map(),
    apps: [],
    pulls: new Map(),
    issues: new Map(),
    checks: [],
    statuses: [],
    deployments: [],
    activities: [],
    requests: [],
    troubles: [],
    knobs: {
      hasNoGraphql: false,
      hasOnlyDatabaseId: false,
      hidesNewest: 0,
      hidesCommits: 0,
      requires: [],
      isVerified: () => true,
    },
    clock: Date.parse('2026-05-30T12:00:00Z'),
    nextId: 3_000_000_000,
  };
  makeBare(git);
  const first = writeCommit(git, {
    parents: [],
    files,
    message: 'Begin',
    author: WEB_FLOW,
    at: '2026-05-30T11:00:00Z',
  });
  writeRef(git, 'refs/heads/main', first);
  addAccount(host, { id: 19_864_447, login: 'web-flow', email: WEB_FLOW.email });
  addAccount(host, { id: 41_898_282, login: 'github-actions[bot]', type: 'Bot' });
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  server.on('request', (request, response) => void serve(host, url, request, response));
  return Object.assign(host, {
    url,
    tokenFor(login: string, kind: Token['kind'] = login.endsWith('[bot]') ? 'workflow' : 'person') {
      const user = host.users.find((one) => one.login === login);
      if (!user) throw new Error(`there is no account ${login}`);
      const token = `${SECRET}_${kind}_${user.id}`;
      host.tokens.set(token, { kind, user });
      return token;
    },
  });
}

async function serve(host: Host, url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const { method = 'GET', url: path = '/' } = request;
  host.requests.push({ method, path, headers: request.headers, body });
  const send = (status: number, content: unknown, headers: Readonly<Record<string, string>> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(content === undefined ? '' : JSON.stringify(content));
  };
  const trouble = host.troubles.find(({ times, matches }) => times > 0 && matches.test(`${method} ${path}`));
  if (trouble) {
    trouble.times -= 1;
    if (trouble.isDone) answer(host, url, method, path, request.headers.authorization, body);
    send(trouble.status, { message: trouble.message ?? 'Server Error' }, trouble.headers);
    return;
  }
  const { status, content, headers } = answer(host, url, method, path, request.headers.authorization, body);
  send(status, content, headers);
}

interface Sent {
  status: number;
  content: unknown;
  headers?: Readonly<Record<string, string>>;
}

function answer(host: Host, base: string, method: string, given: string, authorization = '', body = ''): Sent {
  const secret = authorization.replace(/^(token|bearer) /i, '');
  const token = host.tokens.get(secret) ?? appOf(host, secret);
  if (!token) return { status: 401, content: { message: 'Bad credentials' } };
  const { pathname, searchParams: query } = new URL(given, base);
  try {
    const parsed = body === '' ? {} : JSON.parse(body);
    if (pathname === '/graphql')
      return { status: 200, content: answerGraphql(host, token, parsed.query, parsed.variables ?? {}) };
    for (const [route, handle] of Object.entries(routes)) {
      // A branch may come with its slashes encoded; in a label they are part of the name.
      const plain = pathname.includes('/git/ref') ? decodeURIComponent(pathname) : pathname;
      const path = match(route, `${method} ${plain}`);
      if (!path) continue;
      if (path.repo !== undefined && `${path.owner}/${path.repo}`.toLowerCase() !== `${host.owner}/${host.name}`)
        throw new Refusal(404, 'Not Found');
      return page(handle({ host, token, path, query, body: parsed } satisfies Asked), base, pathname, query);
    }
    throw new Refusal(404, 'Not Found');
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, content: { message: error.message } };
    return { status: 500, content: { message: String(error) } };
  }
}

/** Who shows a key that fits one of the apps, and for how long it is good. */
function appOf(host: Host, assertion: string): Token | undefined {
  const [head, body, signature] = assertion.split('.');
  if (!head || !body || !signature) return undefined;
  const { iss, iat, exp } = JSON.parse(Buffer.from(body, 'base64url').toString());
  const app = host.apps.find(({ id }) => id === iss);
  if (!app || exp - iat > 600) return undefined;
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${body}`),
    app.publicKey,
    Buffer.from(signature, 'base64url'),
  );
  return isSigned ? { kind: 'key', user: app.user } : undefined;
}

/** The last part of a route takes the rest of a path, as branches have slashes. */
function match(route: string, asked: string): Record<string, string> | undefined {
  const names: string[] = [];
  const form = route.replace(/:([a-z]+)/g, (_, name: string) => {
    names.push(name);
    return name === 'branch' || name === 'basehead' ? '(.+)' : '([^/]+)';
  });
  const found = new RegExp(`^${form}$`).exec(asked);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
}

function page({ status = 200, body, list, under }: Answer, base: string, path: string, query: URLSearchParams): Sent {
  if (!list) return { status, content: body };
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  const number = Number(query.get('page') ?? 1);
  const items = list.slice((number - 1) * size, number * size);
  const content = under ? { total_count: list.length, [under]: items } : items;
  const next = new URLSearchParams([...query].filter(([name]) => name !== 'page'));
  next.set('page', String(number + 1));
  const hasNext = number * size < list.length;
  return { status, content, ...(hasNext && { headers: { link: `<${base}${path}?${next}>; rel="next"` } }) };
}
