import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defineRoute } from '../../../runtime/server/route.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { rawRequest } from '../../fixtures/raw-request.ts';
import { company, publishCompany } from '../../fixtures/release/published-company.ts';
import { now, serveCompany } from '../../fixtures/served.ts';

const fresh = { state: 'fresh', source: 'store' };
const harborSettings = {
  apiCalls: 'unlimited',
  exports: true,
  formats: ['csv', 'xlsx'],
  greeting: 'Hello',
  region: 'us',
  seats: 100,
  sso: true,
  storageGb: 1,
};

describe.each(['whole', 'lazy'] as const)('a server that loads %s', (load) => {
  it('says what a customer has', async () => {
    const { read } = await serveCompany({ load });
    expect(await read('/v1/customers/harbor')).toEqual({
      customer: 'harbor',
      release: 1,
      plan: 'enterprise@1',
      stage: 'active',
      settings: harborSettings,
      terms: {
        billing: { method: 'invoice' },
        support: { firstResponseHours: 8 },
        contract: { id: 'C-2', starts: '2026-01-01', ends: '2026-12-31', renewal: { kind: 'none' } },
      },
      access: { groups: [], rules: [] },
      freshness: fresh,
    });
  });

  it.each([
    ['/v1/customers/acc_77', { customer: 'quarry-labs', stage: 'active' }],
    ['/v1/customers/acc_77?at=2026-06-02', { stage: 'trial', at: '2026-06-02', settings: { exports: false } }],
    ['/v1/customers/acc_77?at=2026-06-02T23:59:59-00:01', { stage: 'active' }],
    ['/v1/customers/acc_77?at=2026-06-03T00:00:00%2B02:00', { stage: 'trial' }],
    ['/v1/customers/harbor/settings/apiCalls', { setting: 'apiCalls', value: 'unlimited', freshness: fresh }],
    ['/v1/customers/harbor/settings/seats?at=2027-01-01', { value: 5, at: '2027-01-01' }],
    ['/v1/customers/h%61rbor/settings/seats', { value: 100 }],
    [
      '/v1/accounts?account=u_1&plan=studio@2&quantities=seats:7,storageGb:1.5',
      { plan: 'studio@2', settings: { seats: 7, storageGb: 1.5 } },
    ],
    ['/v1/accounts?account=u_1&plan=studio@2', { customer: 'u_1', settings: { seats: 5 } }],
    ['/v1/accounts?account=bare&plan=team@1', { plan: 'studio@2', drift: { plan: 'team@1' } }],
    ['/v1/accounts?account=moving&at=2027-01-01', { plan: 'team@1', at: '2027-01-01' }],
  ])('answers %s', async (path, expected) => {
    const { ask } = await serveCompany({ load });
    const answer = await ask(path);
    expect(await answer.json()).toMatchObject(expected);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
  });

  it.each([
    ['/v1/customers/nobody', 404, 'unknownCustomer'],
    ['/v1/customers/harbor/settings/nothing', 404, 'unknownSetting'],
    ['/v1/customers/harbor/settings/__proto__', 404, 'unknownSetting'],
    ['/v1/customers/harbor/explain?setting=toString', 404, 'unknownSetting'],
    ['/v1/customers/__proto__', 404, 'unknownCustomer'],
    ['/v1/customers/harbor?at=2026-02-31', 400, 'badMoment'],
    ['/v1/customers/harbor?at=tomorrow', 400, 'badMoment'],
    ['/v1/customers/harbor?at=2026-06-03T10:00:00', 400, 'badMoment'],
    ['/v1/customers/harbor?att=2026-06-03', 400, 'unknownParameter'],
    ['/v1/customers/harbor?at=2026-06-03&at=2026-06-04', 400, 'repeatedParameter'],
    ['/v1/customers/harbor?__proto__=1', 400, 'unknownParameter'],
    ['/v1/accounts', 400, 'accountMissing'],
    ['/v1/accounts?account=u_1', 400, 'planMissing'],
    ['/v1/accounts?account=u_1&plan=nothing@9', 400, 'unknownPlan'],
    ['/v1/accounts?account=u_1&plan=studio@2&quantities=seats:2', 400, 'badQuantity'],
    ['/v1/accounts?account=u_1&plan=studio@2&quantities=seats:7,seats:8', 400, 'badQuantity'],
    ['/v1/accounts?account=u_1&plan=studio@2&quantities=seats', 400, 'badQuantity'],
    ['/v1/accounts?account=u_1&plan=studio@2&quantities=seats:1e9', 400, 'badQuantity'],
    ['/', 404, 'notFound'],
    ['/v1/customers/', 404, 'notFound'],
    ['/v2/customers/harbor', 404, 'notFound'],
  ])('refuses %s with %i', async (path, status, code) => {
    const { ask } = await serveCompany({ load });
    const answer = await ask(path);
    expect(await answer.json()).toMatchObject({ error: { code, message: expect.any(String) } });
    expect(answer.status).toBe(status);
  });

  it('answers HEAD as GET, without the body', async () => {
    const { ask } = await serveCompany({ load });
    const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => ask('/v1/customers/harbor', { method })));
    expect(await head?.text()).toBe('');
    for (const name of ['etag', 'content-type', 'vary', 'cache-control'])
      expect(head?.headers.get(name)).toBe(get?.headers.get(name));
  });
});

it('never names what another customer may have', async () => {
  const { ask } = await serveCompany();
  expect(await (await ask('/v1/accounts?account=u_1&plan=nothing@9')).text()).not.toContain('enterprise');
});

it('says where a value comes from', async () => {
  const { read } = await serveCompany();
  const set = { seats: 100 };
  const contract = { kind: 'quantity', id: 'C-2', at: '/contracts/0/quantities', set };
  const { settings } = await read('/v1/customers/harbor/explain?setting=seats');
  expect(settings).toEqual({
    seats: { value: 100, layer: contract, layers: [expect.objectContaining({ kind: 'plan' }), contract] },
  });
  expect(Object.keys((await read('/v1/customers/harbor/explain')).settings as object)).toEqual(
    Object.keys(harborSettings),
  );
});

describe('a tag', () => {
  const tagOf = (answer: Response): string => answer.headers.get('etag') ?? '';

  it('answers 304 until something in the answer is another', async () => {
    const { ask, store } = await serveCompany({ reading: { follow: true, poll: 20 } });
    const first = await ask('/v1/customers/bare');
    const headers = { 'If-None-Match': tagOf(first) };
    const same = await ask('/v1/customers/bare', { headers });
    expect([same.status, await same.text(), tagOf(same)]).toEqual([304, '', tagOf(first)]);
    expect(same.headers.get('content-type')).toBeNull();
    expect(same.headers.get('proviso-age')).toBe('43200');
    await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 6'));
    await expect.poll(async () => (await ask('/v1/customers/bare', { headers })).status).toBe(200);
  });

  it.each([
    ['"x", W/"y"', 200],
    ['*', 304],
    ['', 200],
    ['W/"nothing"', 200],
  ])('compares %s', async (asked, status) => {
    const { ask } = await serveCompany();
    expect((await ask('/v1/customers/bare', { headers: { 'If-None-Match': asked } })).status).toBe(status);
  });

  it('is found in a list, weak or strong', async () => {
    const { ask } = await serveCompany();
    const tag = tagOf(await ask('/v1/customers/bare'));
    for (const asked of [`"x", ${tag}`, tag.slice(2)])
      expect((await ask('/v1/customers/bare', { headers: { 'If-None-Match': asked } })).status).toBe(304);
  });

  it('is another for every customer, day and question', async () => {
    const { ask } = await serveCompany();
    const paths = ['bare', 'buying', 'bare?at=2026-06-03', 'bare/settings/seats', 'bare/settings/sso', 'bare/explain'];
    const tags = await Promise.all(paths.map(async (path) => tagOf(await ask(`/v1/customers/${path}`))));
    expect(new Set(tags).size).toBe(paths.length);
  });

  it('is another once the release is no longer fresh', async () => {
    let time = now;
    const { ask, read } = await serveCompany({ reading: { now: () => time } });
    const tag = tagOf(await ask('/v1/customers/bare'));
    time += 1_000_000;
    const later = await ask('/v1/customers/bare', { headers: { 'If-None-Match': tag } });
    expect([later.status, later.headers.get('proviso-age')]).toEqual([200, '44200']);
    expect(await read('/v1/customers/bare')).toMatchObject({ freshness: { state: 'unreachable', source: 'store' } });
  });
});

describe('compression', () => {
  // undici undoes it, so the bytes are read as they come.
  const askFor = async (url: string, path: string, accepted: string) => {
    const answer = await rawRequest(
      url,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: ${accepted}\r\n\r\n`,
    );
    const [head = '', body = ''] = answer.split(/\r\n\r\n(.*)/s);
    const header = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
    return {
      body: Buffer.from(body, 'latin1'),
      coding: header('content-encoding'),
      length: header('content-length'),
      tag: header('etag'),
    };
  };
  const path = '/v1/customers/harbor/explain';

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, gzip;q=0.1', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['gzip;q=0.5, identity', undefined],
    ['deflate, zstd', undefined],
  ])('to a client that accepts %s is %s', async (accepted, coding) => {
    const { url } = await serveCompany();
    const plain = await askFor(url, path, 'identity');
    // Twice: the second is sent from what the first was compressed to.
    for (const answer of [await askFor(url, path, accepted), await askFor(url, path, accepted)]) {
      expect([answer.coding, answer.length, answer.tag]).toEqual([coding, String(answer.body.length), plain.tag]);
      const undo = { br: brotliDecompressSync, gzip: gunzipSync };
      const body = coding ? undo[coding as 'br' | 'gzip'](answer.body) : answer.body;
      expect(JSON.parse(body.toString())).toEqual(JSON.parse(plain.body.toString()));
    }
  });

  it('is left where an answer is small', async () => {
    const { url } = await serveCompany();
    expect((await askFor(url, '/v1/customers/harbor/settings/seats', 'gzip')).coding).toBeUndefined();
  });

  it.each(['br', 'gzip'] as const)('of a long answer to %s keeps nobody waiting', async (coding) => {
    const json = Array.from({ length: 200_000 }, (_, index) => `line ${index}`);
    const long = defineRoute({
      method: 'GET',
      path: '/long',
      scope: 'open',
      describe: {},
      answer: () => ({ status: 200, json }),
    });
    const { url, entries } = await serveCompany({ routes: [long] });
    // Both in one packet: the answers leave in this order, but the second is worked out while the first is compressed.
    const asking = `GET /long HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${coding}\r\n\r\n`;
    const answer = await rawRequest(
      url,
      `${asking}GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      5_000,
    );
    const answered = entries.flatMap((entry) => (entry.event === 'request' ? [entry.route] : []));
    expect(answered).toEqual(['/healthz', '/long']);
    const [, head = '', rest = ''] = /^(.*?)\r\n\r\n(.*)$/s.exec(answer) ?? [];
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
    const undo = { br: brotliDecompressSync, gzip: gunzipSync };
    expect(JSON.parse(undo[coding](Buffer.from(rest.slice(0, length), 'latin1')).toString())).toEqual(json);
  });
});

it('tells every client that answers are its own, and to be no page', async () => {
  const { ask } = await serveCompany();
  const headersOf = async (path: string) => {
    const { headers } = await ask(path);
    return ['cache-control', 'vary', 'x-content-type-options', 'content-security-policy', 'server', 'x-powered-by'].map(
      (name) => headers.get(name),
    );
  };
  const csp = "default-src 'none'; frame-ancestors 'none'";
  expect(await headersOf('/v1/customers/bare')).toEqual([
    'private, no-cache',
    'Accept-Encoding, Authorization, X-API-Key',
    'nosniff',
    csp,
    null,
    null,
  ]);
  expect(await headersOf('/nothing')).toEqual(['no-store', 'Accept-Encoding', 'nosniff', csp, null, null]);
});
