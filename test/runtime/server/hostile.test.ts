import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeToken } from '../../../runtime/server/make-token.ts';
import { type Asked, defineRoute } from '../../../runtime/server/route.ts';
import { exception } from '../../fixtures/diff/small-company.ts';
import { rawGet, rawRequest, statusOf } from '../../fixtures/raw-request.ts';
import { drawFrom, seed, timesFrom } from '../../fixtures/release/counts.ts';
import { company } from '../../fixtures/release/published-company.ts';
import { serveCompany } from '../../fixtures/served.ts';

/** Says what it was sent. */
const echo = defineRoute({
  method: 'POST',
  path: '/echo',
  scope: 'settings:read',
  describe: {},
  answer: ({ body }: Asked) => ({ status: 200, json: { bytes: body.length } }),
});

describe('a path', () => {
  it.each([
    ['/v1/customers//harbor', 400],
    ['//v1/customers/harbor', 400],
    ['/v1/./customers/harbor', 400],
    ['/v1/x/../customers/harbor', 400],
    ['/v1/customers/%2e%2e', 400],
    ['/v1/customers/%2E', 400],
    ['/v1/customers/..%2fharbor', 400],
    ['/v1/customers/a%2Fb', 400],
    ['/v1/customers/a%5cb', 400],
    ['/v1/customers/a\\b', 400],
    ['/v1/customers/harbor%00', 400],
    ['/v1/customers/harbor%0d%0aX-Evil:%201', 400],
    ['/v1/customers/%', 400],
    ['/v1/customers/%zz', 400],
    ['/v1/customers/%ff', 400],
    ['/v1/customers/%c0%ae%c0%ae', 400],
    ['/v1/customers/%ed%a0%80', 400],
    ['/v1/customers/h\u00e4rbor', 400],
    ['/v1/customers/harbor#x', 400],
    ['*', 400],
    ['http://', 400],
    ['/v1/customers/h%C3%A4rbor', 404],
    ['/v1/customers/%252e%252e', 404],
    ['/v1/customers/harbor;x=1', 404],
    ['/V1/customers/harbor', 404],
    ['/v1/customers/harbor/', 404],
    ['/v1/customers/harbor/settings', 404],
    ['/v1/customers/HARBOR', 404],
    ['http://localhost/v1/customers/harbor', 200],
    ['/v1/customers/harbor?', 200],
    ['http://somebody:secret@localhost/v1/customers/harbor', 400],
    ['http://localhost?/v1/customers/harbor', 400],
    ['http://localhost#/v1/customers/harbor', 400],
    ['ftp://localhost/v1/customers/harbor', 400],
    // What it asks for says the host, whatever the header says.
    ['http://attacker.example/v1/customers/harbor', 421],
  ])('%s is answered with %i', async (target, status) => {
    const { url } = await serveCompany();
    const answer = await rawGet(url, target);
    expect(statusOf(answer)).toBe(status);
    expect(answer).toMatch(status === 200 ? /"customer":"harbor"/ : /"error":\{"code"/);
    expect(answer).not.toMatch(/^X-Evil/m);
  });
});

describe('a request', () => {
  const headers = (count: number): string => Array.from({ length: count }, (_, at) => `X-${at}: 1\r\n`).join('');
  const post = (body: string, head = ''): string =>
    `POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n${head}\r\n${body}`;
  const lengthOf = (body: string): string => `Content-Length: ${body.length}\r\n`;
  const large = 'x'.repeat(1_000_001);

  it.each([
    ['with an address of 4,097 characters', `GET /${'a'.repeat(4_096)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 414],
    ['with an address of 100,000 characters', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 414],
    ['with 20 kB of headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['with 4,000 headers', `GET / HTTP/1.1\r\nHost: localhost\r\n${headers(4_000)}\r\n`, 431],
    ['with 101 headers', `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${headers(100)}\r\n`, 431],
    ['with 100 headers', `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${headers(99)}\r\n`, 200],
    [
      'whose body comes after 100 headers',
      `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${headers(150)}Content-Length: 2\r\n\r\n{}`,
      431,
    ],
    ['with two hosts', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nhOST: attacker.example\r\n\r\n', 400],
    ['of HTTP 2', 'GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n', 505],
    ['of HTTP 0.9, or cut off', 'GET /healthz\r\n\r\n', 400],
    ['to be connected elsewhere', 'CONNECT attacker.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n', 501],
    ['that expects what there is not', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: more\r\n\r\n', 417],
    ['with a body that is packed twice', post('0\r\n\r\n', 'Transfer-Encoding: gzip, chunked\r\n'), 501],
    ['with a body of a coding there is not', post('{}', 'Transfer-Encoding: xchunked\r\n'), 501],
    ['without a host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['of HTTP 1.0 without a host', 'GET /healthz HTTP/1.0\r\n\r\n', 200],
    ['that is no HTTP', '\u0016\u0003\u0001\u0002\u0000', 400],
    ['of a method that does not exist', 'BREW /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['to be told what was sent', 'TRACE /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['with two lengths', post('{}', 'Content-Length: 2\r\nContent-Length: 3\r\n'), 400],
    ['with a length and chunks', post('0\r\n\r\n', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'), 400],
    ['to read, with a body', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}', 400],
    ['with a body', post('{"a":1}', lengthOf('{"a":1}')), 200],
    ['with chunks', post('2\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked\r\n'), 200],
    ['that waits to be asked for its body', post('{}', `Expect: 100-continue\r\n${lengthOf('{}')}`), 100],
    ['with a body of 1,000,001 bytes', post(large, lengthOf(large)), 413],
    ['that says its body has 10 GB', post('{', 'Content-Length: 10000000000\r\n'), 413],
    ['with 1,000,001 bytes in chunks', post(`f4241\r\n${large}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked\r\n'), 413],
    ['with a compressed body', post('{}', `Content-Encoding: gzip\r\n${lengthOf('{}')}`), 415],
    ['with a form', post('a=1', lengthOf('a=1')).replace('application/json', 'application/x-www-form-urlencoded'), 415],
    ['with JSON of a kind', post('{}', lengthOf('{}')).replace('application/json', 'application/x+json; a=b'), 200],
  ])('%s is answered with the right status', async (_, bytes, status) => {
    const { url, ask } = await serveCompany({ routes: [echo] });
    expect(statusOf(await rawRequest(url, bytes))).toBe(status);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('that is refused before anybody reads it has the headers and the log of any other', async () => {
    const { url, entries } = await serveCompany();
    for (const [method, head] of [
      ['CONNECT', ''],
      ['GET', 'Expect: more\r\n'],
    ]) {
      const answer = await rawRequest(url, `${method} /healthz HTTP/1.1\r\nHost: localhost\r\n${head}\r\n`);
      expect(answer).toMatch(/^X-Content-Type-Options: nosniff\r$/m);
      expect(answer).toContain('{"error":{"code":');
      expect(entries.at(-1)).toMatchObject({ event: 'request', status: statusOf(answer) });
    }
  });

  it.each([
    ['DELETE', '/v1/customers/harbor', 'GET, HEAD'],
    ['OPTIONS', '/healthz', 'GET, HEAD'],
    ['GET', '/echo', 'POST'],
    ['PROPFIND', '/v1/accounts', 'GET, HEAD'],
  ])('%s %s is told what there is', async (method, path, allow) => {
    const { ask } = await serveCompany({ routes: [echo] });
    const answer = await ask(path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  });

  it('of more connections than there may be is not taken, and counted', async () => {
    const { url, ask } = await serveCompany({ limits: { connections: 3 } });
    const idle = Array.from({ length: 6 }, () => open(url));
    await expect.poll(() => idle.filter((socket) => socket.destroyed).length).toBeGreaterThanOrEqual(3);
    for (const socket of idle) socket.destroy();
    await expect
      .poll(async () => (await ask('/metrics').catch(() => undefined))?.text())
      .toMatch(/^proviso_connections_refused_total [3-9]/m);
  });
});

function open(url: string, bytes = ''): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => void (bytes && socket.write(bytes)));
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

const sockets = timesFrom('PROVISO_SLOW_SOCKETS', 50);

it(`answers honest clients while ${sockets} send a byte now and then, and closes those`, {
  timeout: 60_000,
}, async () => {
  const { url, ask, entries } = await serveCompany({ limits: { headers: 1_000 } });
  const slow = Array.from({ length: sockets }, () =>
    open(url, 'GET /v1/customers/harbor HTTP/1.1\r\nHost: localhost\r\n'),
  );
  const drip = setInterval(() => {
    for (const socket of slow) if (socket.writable) socket.write('X');
  }, 100);
  onTestFinished(() => clearInterval(drip));
  let answered = 0;
  while (slow.some((socket) => !socket.destroyed)) {
    expect((await ask('/v1/customers/harbor')).status).toBe(200);
    answered += 1;
  }
  expect(answered).toBeGreaterThan(10);
  expect(entries.filter((entry) => entry.event === 'request' && entry.status === 408)).toHaveLength(sockets);
});

describe('a body that does not come', () => {
  it('is waited for no longer than a request may take', async () => {
    const { url, entries } = await serveCompany({ routes: [echo], limits: { headers: 300, request: 500 } });
    const half = 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{';
    expect(statusOf(await rawRequest(url, half, 5_000))).toBe(408);
    await expect.poll(() => entries).toContainEqual(expect.objectContaining({ route: '/echo', status: 400 }));
  });
});

const idOf = (path: string): string | undefined => /^customers\/(.*)\.yaml$/.exec(path)?.[1];

/** Every customer has a value and a layer that say whose they are. */
const marked = Object.fromEntries(
  Object.entries(company).map(([path, text]) => {
    const id = idOf(path);
    const values = `decision: configuration, set: { greeting: marker-of-${id} }, starts: 2026-01-01, expires: 2026-12-31`;
    return [path, id === undefined || text.includes('exceptions:') ? text : text + exception(`EX-${id}`, values)];
  }),
);

const requests = timesFrom('PROVISO_REQUESTS', 2_000);

it(`has no 5xx and nobody else's data for ${requests} requests made up (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const draw = drawFrom(seed);
  const one = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T;
  const token = makeToken({ name: 'web', scopes: ['terms:read'] });
  const { url, entries } = await serveCompany({ files: marked, tokens: [token.line], routes: [echo] });
  const ids = Object.entries(marked).flatMap(([path, text]) => (text.includes('marker-of-') ? (idOf(path) ?? []) : []));
  const noise = (): string =>
    String.fromCharCode(...Array.from({ length: 1 + Math.floor(draw() * 8) }, () => Math.floor(draw() * 256)));
  const scraps = [
    '%00',
    '%2f',
    '..',
    '//',
    '%',
    '\u00ff',
    '?',
    '&',
    '=',
    ';',
    '{',
    '"',
    "'",
    '<',
    '%ff',
    '__proto__',
    'constructor',
    '*',
    '\r\n',
    ' ',
    '\0',
  ];
  const mutate = (text: string): string => {
    // Too much at once is refused at the door, and goes no deeper.
    if (draw() < 0.75) return text;
    const at = Math.floor(draw() * (text.length + 1));
    return one([
      () => text,
      () => text.slice(0, at) + one(scraps) + text.slice(at),
      () => text.slice(0, at) + noise() + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at) + text.slice(at, at + 20).repeat(1 + Math.floor(draw() * 300)),
    ])();
  };
  let own = 0;
  for (let count = 0; count < requests; count += 1) {
    const id = one(ids);
    const target = one([
      `/v1/customers/${id}`,
      `/v1/customers/${id}?at=2026-${1 + Math.floor(draw() * 14)}-01`,
      `/v1/customers/${id}/settings/${one(['seats', 'sso', 'nothing'])}`,
      `/v1/customers/${id}/explain?setting=${one(['seats', 'formats', ''])}`,
      `/v1/accounts?account=${id}&plan=${one(['studio@2', 'team@1', 'x'])}&quantities=seats:${Math.floor(draw() * 100)}`,
      '/openapi.json',
      '/echo',
    ]);
    const head = [
      `${mutate(one(['GET', 'GET', 'GET', 'POST', 'HEAD', 'PUT']))} ${mutate(target)} HTTP/1.1`,
      mutate('Host: localhost'),
      one([
        `Authorization: Bearer ${token.token}`,
        `X-API-Key: ${token.token}`,
        mutate(`Authorization: Bearer ${token.token}`),
      ]),
      mutate(
        one([
          'Accept-Encoding: gzip;q=0, br;q=0',
          'If-None-Match: W/"x", *',
          'Content-Type: application/json',
          'Expect: 100-continue',
        ]),
      ),
      ...(draw() < 0.3 ? [mutate('Content-Length: 2')] : []),
      'Connection: close',
    ].join('\r\n');
    const request = `${head}\r\n\r\n${draw() < 0.3 ? '{}' : ''}`;
    const answer = await rawRequest(url, Buffer.from(request, 'latin1'), 50, 50);
    if (answer.includes(`marker-of-${id}`)) own += 1;
    const others = ids.filter((other) => !target.includes(other) && answer.includes(`marker-of-${other}`));
    expect([statusOf(answer) >= 500, others], `request ${count}: ${JSON.stringify(request)}`).toEqual([false, []]);
  }
  expect(entries.filter(({ event }) => event === 'fault')).toEqual([]);
  // Else the markers would prove nothing.
  expect(own).toBeGreaterThan(requests / 100);
});

it('says nothing of a defect but an id, which the log has more under', async () => {
  const broken = defineRoute({
    method: 'GET',
    path: '/broken/:id',
    scope: 'open',
    describe: {},
    answer: () => {
      throw new TypeError('secret of harbor');
    },
  });
  const late = defineRoute({ ...broken, path: '/late', answer: () => Promise.reject(new Error('secret of harbor')) });
  const headers = defineRoute({
    ...broken,
    path: '/headers',
    answer: () => ({ status: 200, headers: { 'X-A': 'a\nb' } }),
  });
  const { ask, entries } = await serveCompany({ routes: [broken, late, headers] });
  for (const path of ['/broken/1', '/late', '/headers']) {
    const answer = await ask(path);
    const body = await answer.text();
    const { error } = JSON.parse(body);
    expect([answer.status, error.code, error.id]).toEqual([500, 'fault', answer.headers.get('x-request-id')]);
    expect(body).not.toMatch(/secret|harbor|TypeError/);
    expect(entries).toContainEqual(
      expect.objectContaining({ event: 'fault', id: error.id, stack: expect.any(String) }),
    );
  }
});
