import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature as OnServers } from '@openfeature/server-sdk';
import { OpenFeature as InBrowsers } from '@openfeature/web-sdk';
import { EventSource } from 'eventsource';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeToken } from '../../../runtime/server/make-token.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { company, publishCompany } from '../../fixtures/release/published-company.ts';
import { serveCompany } from '../../fixtures/served.ts';
import { readEvents } from '../../fixtures/server/read-events.ts';
import { until } from '../../fixtures/server/until.ts';

/** The routes of flags and streams are proven each on its own; this is that the server serves them, with all it guards. */
const { token, line } = makeToken({ name: 'web', scopes: ['settings:read'] });
const page = 'https://app.example';
const authorization = `Bearer ${token}`;
const moreSeats = replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 7');

const serve = () => serveCompany({ tokens: [line], origins: [page], reading: { follow: true, poll: 50 } });

beforeAll(() => {
  globalThis.EventSource = EventSource as typeof globalThis.EventSource;
});
afterEach(async () => {
  await OnServers.close();
  await InBrowsers.close();
});

describe('the server', () => {
  test('answers the official provider for servers', async () => {
    const { url } = await serve();
    const headers: [string, string][] = [['Authorization', authorization]];
    await OnServers.setProviderAndWait(new OFREPProvider({ baseUrl: url, headers }));
    const client = OnServers.getClient({ targetingKey: 'harbor' } as never);
    expect([await client.getBooleanValue('sso', false), await client.getNumberValue('seats', -1)]).toEqual([true, 100]);
    expect(await client.getNumberDetails('nothing', 3)).toMatchObject({ value: 3, errorCode: 'FLAG_NOT_FOUND' });
  });

  test('answers the official provider for browsers, which fetches anew once a release is in force', async () => {
    const { url, store, entries } = await serve();
    const provider = new OFREPWebProvider({ baseUrl: url, headers: [['Authorization', authorization]] });
    await InBrowsers.setContext({ targetingKey: 'bare' });
    await InBrowsers.setProviderAndWait(provider);
    const client = InBrowsers.getClient();
    expect(client.getNumberValue('seats', -1)).toBe(5);
    await publishCompany(store, 'c2', moreSeats);
    await until(() => client.getNumberValue('seats', -1) === 7, 'the web provider fetches anew');
    expect(JSON.stringify(entries)).not.toMatch(/bare|ticket=/);
  });

  test('tells of changes in a stream, to who has a token', async () => {
    const { url, store, ask } = await serve();
    expect((await ask('/v1/events?customer=bare')).status).toBe(401);
    const stream = await readEvents(`${url}/v1/events?customer=bare`, { authorization });
    await publishCompany(store, 'c2', moreSeats);
    await until(() => stream.blocks.some(({ event }) => event === 'change'), 'the change is told');
    const told = stream.blocks.find(({ event }) => event === 'change')?.data;
    expect(told).toMatchObject({ customer: 'bare', cause: 'release', settings: ['seats'] });
    stream.close();
  });

  test('lets pages of named origins ask, and tells others nothing', async () => {
    const { ask } = await serve();
    const flags = '/ofrep/v1/evaluate/flags';
    const first = { method: 'OPTIONS', headers: { origin: page, 'access-control-request-method': 'POST' } };
    const preflight = await ask(flags, first);
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, page]);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('If-None-Match');
    const post = (origin: string) =>
      ask(flags, {
        method: 'POST',
        headers: { origin, authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ context: { targetingKey: 'bare' } }),
      });
    const own = await post(page);
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, page]);
    expect(own.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(own.headers.get('vary')).toContain('Origin');
    expect((await post('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const other = { ...first, headers: { ...first.headers, origin: 'https://evil.example' } };
    expect((await ask(flags, other)).status).toBe(405);
  });

  test.each(['https://app.example:8443', 'http://[::1]:3000', 'capacitor://localhost', 'chrome-extension://abc'])(
    'may be told of %s',
    async (origin) => {
      const { ask } = await serveCompany({ origins: [origin] });
      const answer = await ask('/healthz', { headers: { origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  test.each([
    '',
    '*',
    'null',
    'app.example',
    'localhost:3000',
    '//app.example',
    'https://',
    'https://app.example/',
    'https://app.example/shop',
    'https://app.example?x',
    'https://app.example#x',
    'https://user@app.example',
    'https://App.example',
    'https://app.example:443',
    ' https://app.example',
    'capacitor://localhost/',
  ])('does not start with %j, which no browser sends as an origin', async (origin) => {
    await expect(serveCompany({ origins: [page, origin] })).rejects.toMatchObject({
      code: 'badOrigin',
      message: expect.stringContaining(`not "${origin}"`),
    });
  });

  test('describes flags and streams beside the rest', async () => {
    const { read } = await serve();
    const { paths } = (await read('/openapi.json')) as { paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/ofrep/v1/evaluate/flags', '/ofrep/v1/evaluate/flags/{key}', '/v1/events']),
    );
  });
});

describe('what no route comes to answer is still worded for clients of flags', () => {
  const flags = '/ofrep/v1/evaluate/flags';
  const json = { 'content-type': 'application/json', authorization };
  const asked = '{"context":{"targetingKey":"harbor"}}';
  const unknown = { errorCode: 'FLAG_NOT_FOUND', errorDetails: 'no setting has this key' };
  const refused = (errorDetails: string) => ({ errorCode: 'GENERAL', errorDetails });
  const longKey = { key: 'a'.repeat(5_000), ...refused('an address has at most 4096 characters') };

  test.each<[what: string, path: string, init: RequestInit, status: number, fault: object]>([
    ['a key with a slash', `${flags}/a%2Fb`, {}, 404, { key: 'a/b', ...unknown }],
    ['a key that is no text', `${flags}/%c0%ae?x=1`, {}, 404, { key: '%c0%ae', ...unknown }],
    [
      'a slash too many',
      `/${flags}/seats`,
      {},
      400,
      { key: 'seats', ...refused('the address begins with two slashes: the base URL has none at its end') },
    ],
    ['no key', `${flags}/`, {}, 404, { key: '', ...unknown }],
    ['a key too many', `${flags}/a/b`, {}, 404, { key: 'a/b', ...unknown }],
    ['a key without end', `${flags}/${'a'.repeat(5_000)}`, {}, 414, longKey],
    ['another method', `${flags}/seats`, { method: 'PUT' }, 405, { key: 'seats', ...refused('here it is POST') }],
    [
      'text',
      `${flags}/seats`,
      { headers: { ...json, 'content-type': 'text/plain' } },
      415,
      { key: 'seats', ...refused('a body is application/json') },
    ],
    ['a body without end', flags, { body: 'x'.repeat(1_000_001) }, 413, refused('a body has at most 1000000 bytes')],
    [
      'no token',
      `${flags}/seats`,
      { headers: { 'content-type': 'application/json' } },
      401,
      { key: 'seats', ...refused('say a token: Authorization: Bearer, or X-API-Key') },
    ],
  ])('%s', async (_what, path, init, status, fault) => {
    const { ask } = await serve();
    const answer = await ask(path, { method: 'POST', headers: json, body: asked, ...init });
    expect([answer.status, await answer.json()]).toEqual([status, fault]);
  });

  test('and nowhere else', async () => {
    const { read } = await serve();
    expect(Object.keys(await read('/ofrep/v1/evaluate/flagsx'))).toEqual(['error']);
    expect(Object.keys(await read('/v1/customers/a%2Fb'))).toEqual(['error']);
  });

  test('all flags are answered with 304 to who has them, one flag never, which no client takes', async () => {
    const { ask } = await serve();
    for (const tag of ['*', '"x"']) {
      const answer = await ask(`${flags}/seats`, {
        method: 'POST',
        headers: { ...json, 'if-none-match': tag },
        body: asked,
      });
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, null]);
    }
    const all = (tag: string) =>
      ask(flags, { method: 'POST', headers: { ...json, 'if-none-match': tag }, body: asked });
    const etag = (await all('"x"')).headers.get('etag') ?? '';
    const again = await all(etag);
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  });
});
