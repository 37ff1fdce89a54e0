import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeToken } from '../../../runtime/server/make-token.ts';
import { openServer } from '../../../runtime/server/open-server.ts';
import type { TokenLine } from '../../../runtime/server/tokens.ts';
import { holdersOf, parseTokens } from '../../../runtime/server/tokens.ts';
import { rawRequest, statusOf } from '../../fixtures/raw-request.ts';
import { drawFrom, seed } from '../../fixtures/release/counts.ts';
import { serveCompany } from '../../fixtures/served.ts';
import { temporaryFolder } from '../../temporary-repository.ts';

const web = makeToken({ name: 'web', scopes: ['settings:read'] });
const support = makeToken({ name: 'support', scopes: ['terms:read'] });
const both = [web.line, support.line];
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const harbor = '/v1/customers/harbor';

describe('a server with tokens', () => {
  it.each([
    [{ Authorization: `Bearer ${web.token}` }, 200],
    [{ Authorization: `bearer ${web.token}` }, 200],
    [{ 'X-API-Key': web.token }, 200],
    [{ Authorization: 'Basic d2ViOng=', 'X-API-Key': web.token }, 200],
    [{}, 401],
    [{ Authorization: 'Bearer' }, 401],
    [{ Authorization: 'Bearer ' }, 401],
    [{ Authorization: web.token }, 401],
    [{ Authorization: `Bearer ${web.token}x` }, 401],
    [{ Authorization: `Bearer ${web.line.sha256}` }, 401],
    [{ 'X-API-Key': '' }, 401],
    [{ 'X-API-Key': 'a'.repeat(4_000) }, 401],
  ])('answers %o with %i', async (headers, status) => {
    const { ask } = await serveCompany({ tokens: both });
    const answer = await ask(harbor, { headers: headers as Record<string, string> });
    expect(answer.status).toBe(status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="proviso"/);
  });

  it('asks for none where those ask who run it', async () => {
    const { ask } = await serveCompany({ tokens: both });
    for (const path of ['/healthz', '/readyz', '/statusz', '/metrics', '/openapi.json'])
      expect((await ask(path)).status).toBe(200);
  });

  it('shows terms and where values come from only to who may read them', async () => {
    const { ask, read } = await serveCompany({ tokens: both });
    expect(Object.keys(await read(harbor, bearer(web.token)))).toEqual([
      'customer',
      'release',
      'plan',
      'stage',
      'settings',
      'freshness',
    ]);
    expect(await read(harbor, bearer(support.token))).toMatchObject({ terms: {}, access: {} });
    expect(await read('/v1/accounts?account=harbor', bearer(web.token))).not.toHaveProperty('terms');
    expect(await read('/v1/accounts?account=harbor', bearer(support.token))).toHaveProperty('terms');
    const refused = await ask(`${harbor}/explain`, bearer(web.token));
    expect(await refused.json()).toEqual({
      error: { code: 'scopeMissing', message: 'the token has no scope terms:read' },
    });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer realm="proviso", error="insufficient_scope", scope="terms:read"',
    ]);
    expect((await ask(`${harbor}/explain`, bearer(support.token))).status).toBe(200);
  });

  it('tags an answer by what the token may see', async () => {
    const { ask } = await serveCompany({ tokens: both });
    const tag = (await ask(harbor, bearer(web.token))).headers.get('etag') ?? '';
    const asked = (token: string) => ask(harbor, { headers: { 'X-API-Key': token, 'If-None-Match': tag } });
    expect((await asked(web.token)).status).toBe(304);
    expect(await (await asked(support.token)).json()).toHaveProperty('terms');
  });

  it('lets in nobody whose token is over', async () => {
    const over = makeToken({ name: 'old', scopes: ['settings:read'], expires: '2026-01-01' });
    const last = makeToken({ name: 'new', scopes: ['settings:read'], expires: '9999-12-31' });
    const { ask } = await serveCompany({ tokens: [over.line, last.line] });
    expect((await ask(harbor, bearer(over.token))).status).toBe(401);
    expect((await ask(harbor, bearer(last.token))).status).toBe(200);
  });

  it(`counts guesses, and writes down none of them (seed ${seed})`, async () => {
    const { ask, entries } = await serveCompany({ tokens: both });
    const draw = drawFrom(seed);
    const guesses = Array.from({ length: 200 }, () => {
      const at = Math.floor(draw() * web.token.length);
      const other = String.fromCharCode(97 + Math.floor(draw() * 26));
      return `${web.token.slice(0, at)}${other}${other}${web.token.slice(at + 1)}`;
    });
    const statuses = await Promise.all(guesses.map(async (guess) => (await ask(harbor, bearer(guess))).status));
    expect(new Set(statuses)).toEqual(new Set([401]));
    await ask(harbor);
    const metrics = await (await ask('/metrics')).text();
    expect(metrics).toContain('proviso_tokens_refused_total{reason="unknown"} 200\n');
    expect(metrics).toContain('proviso_tokens_refused_total{reason="missing"} 1\n');
    const written = JSON.stringify(entries);
    for (const secret of [...guesses, web.token, web.line.sha256]) expect(written).not.toContain(secret);
  });
});

it('ends with its last day, also for who asked with it before', () => {
  let now = Date.parse('2026-06-03T23:59:59.999Z');
  const shop = makeToken({ name: 'shop', scopes: ['settings:read'], expires: '2026-06-03' });
  const last = makeToken({ name: 'last', scopes: ['settings:read'], expires: '9999-12-31' });
  const find = holdersOf([shop.line, web.line, last.line], () => now);
  const found = () => [shop, web, last].map(({ token }) => find(token)?.name);
  expect([found(), found()]).toEqual([
    ['shop', 'web', 'last'],
    ['shop', 'web', 'last'],
  ]);
  now += 1;
  expect(found()).toEqual([undefined, 'web', 'last']);
  now = Date.parse('2026-06-03T00:00:00Z');
  expect(found()).toEqual(['shop', 'web', 'last']);
});

describe('a file of tokens', () => {
  const file = (lines: readonly TokenLine[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const replace = (path: string, text: string): void => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };

  it('is read again when it changes: one token follows another without a gap', async () => {
    const tokens = join(temporaryFolder(), 'tokens');
    const next = makeToken({ name: 'web', scopes: ['settings:read'] });
    writeFileSync(tokens, `# of the shop\n\n${file([web.line])}`);
    const { ask, entries } = await serveCompany({ tokens, tokensEvery: 10 });
    const statusOf = async (token: string) => (await ask(harbor, bearer(token))).status;
    expect([await statusOf(web.token), await statusOf(next.token)]).toEqual([200, 401]);
    replace(tokens, file([web.line, next.line]));
    await expect.poll(() => statusOf(next.token)).toBe(200);
    expect(await statusOf(web.token)).toBe(200);
    replace(tokens, file([next.line]));
    await expect.poll(() => statusOf(web.token)).toBe(401);
    expect(await statusOf(next.token)).toBe(200);
    expect(entries).toContainEqual({
      event: 'notice',
      time: expect.any(Number),
      message: '2 tokens count from now on',
    });
  });

  it.each(['', '{"name":', '[]', '{"name":"x","scopes":[],"sha256":""}'])(
    'that is broken (%j) is told once, and the tokens it had go on',
    async (broken) => {
      const tokens = join(temporaryFolder(), 'tokens');
      writeFileSync(tokens, file([web.line]));
      const { ask, entries } = await serveCompany({ tokens, tokensEvery: 5 });
      replace(tokens, broken);
      const troubles = () => entries.filter(({ event }) => event === 'trouble');
      await expect.poll(troubles).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(troubles()).toHaveLength(1);
      expect((await ask(harbor, bearer(web.token))).status).toBe(200);
    },
  );

  it('that is gone is told once, in words, and the tokens it had go on', async () => {
    const tokens = join(temporaryFolder(), 'tokens');
    writeFileSync(tokens, file([web.line]));
    const { ask, entries } = await serveCompany({ tokens, tokensEvery: 5 });
    rmSync(tokens);
    const troubles = () => entries.flatMap((entry) => (entry.event === 'trouble' ? [entry.message] : []));
    await expect.poll(troubles).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(troubles()).toEqual([
      `the tokens ${tokens} cannot be read: there is no such file; those it had go on to count`,
    ]);
    expect((await ask(harbor, bearer(web.token))).status).toBe(200);
  });

  it.each([
    ['not json', 'line 1 is not JSON'],
    ['# nothing', 'there is no token'],
    ['[1]', 'line 1 is not an object'],
    [JSON.stringify({ ...web.line, name: 'a "b"' }), 'line 1 has no name such as web'],
    [JSON.stringify({ ...web.line, scopes: ['all'] }), 'line 1: scopes are a list of settings:read, terms:read'],
    [JSON.stringify({ ...web.line, sha256: web.token }), 'line 1 has no sha256 of a token'],
    [JSON.stringify({ ...web.line, expires: '2026-02-31' }), 'line 1: expires is a day like 2027-06-30'],
    [
      JSON.stringify({ ...web.line, expire: '2026-02-01' }),
      'line 1 says something else than name, scopes, sha256, expires',
    ],
    [file([web.line, web.line]), 'two lines are of one token'],
  ])('that says %s is refused', (text, message) => {
    expect(() => parseTokens(text)).toThrow(message);
  });
});

describe('without tokens', () => {
  it.each(['0.0.0.0', '::', '10.1.2.3', 'example.com', '127.0.0.1.example.com'])(
    'nothing listens on %s',
    async (host) => {
      await expect(serveCompany({ host })).rejects.toMatchObject({
        code: 'needsTokens',
        message: `without tokens everybody who reaches ${host} could read all terms`,
      });
    },
  );

  it('a page whose name was made to point here is not answered', async () => {
    const { url } = await serveCompany();
    const asked = (host: string) =>
      rawRequest(url, `GET ${harbor} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(statusOf(await asked('evil.example'))).toBe(421);
    expect(statusOf(await asked('localhost:1'))).toBe(200);
  });
});

it('listens anywhere with tokens', async () => {
  const server = await openServer({ terms: new Promise<never>(() => {}), tokens: both, host: '0.0.0.0' });
  expect(server.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/);
  await server.close();
});
