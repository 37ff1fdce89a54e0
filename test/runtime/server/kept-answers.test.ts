import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../../runtime/client/terms.ts';
import type { Place } from '../../../runtime/server/find-route.ts';
import { type Given, keptAnswers } from '../../../runtime/server/kept-answers.ts';
import { makeToken } from '../../../runtime/server/make-token.ts';
import { prepareAnswer } from '../../../runtime/server/prepare-answer.ts';
import { type Answer, always, type Scope } from '../../../runtime/server/route.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { company, publishCompany } from '../../fixtures/release/published-company.ts';
import { serveCompany } from '../../fixtures/served.ts';

const everything: ReadonlySet<Scope> = new Set(['settings:read', 'terms:read']);
const fresh = { state: 'fresh', source: 'store' } as const;
const readerOf = (freshness: { state: string; source: string } = fresh) => ({ freshness }) as unknown as Reader;
const place: Place = { path: '/', methods: new Map(), allow: '' };
const given = (text: string, holds = always): Given => {
  const answer: Answer = { status: 200, json: text, holds };
  return { preparing: prepareAnswer(answer, 'settings:read', true), place, scope: 'settings:read', holds };
};
const question = (text: string, to = '', scopes = everything) => ({ text, to, scopes });

describe('what is kept', () => {
  it('is the answer to the same question of the same reader, as fresh, while it holds', () => {
    const answers = keptAnswers();
    const freshness: { state: string; source: string } = { ...fresh };
    const reader = readerOf(freshness);
    let isSo = true;
    const first = given('a', () => isSo);
    expect(answers.find(reader, question('/a'))).toBeUndefined();
    answers.keep(reader, fresh, question('/a'), first);
    const found = () => answers.find(reader, question('/a'))?.preparing;
    expect(found()).toBe(first.preparing);
    expect(answers.find(reader, question('/b'))).toBeUndefined();
    expect(answers.find(reader, question('/a', '/x'))).toBeUndefined();
    expect(answers.find(reader, question('/a', '', new Set(['settings:read'] as const)))).toBeUndefined();
    expect(answers.find(readerOf(), question('/a'))).toBeUndefined();
    freshness.source = 'disk';
    expect(found()).toBeUndefined();
    freshness.source = 'store';
    freshness.state = 'stale';
    expect(found()).toBeUndefined();
    freshness.state = 'fresh';
    isSo = false;
    expect(found()).toBeUndefined();
    isSo = true;
    expect(found()).toBe(first.preparing);
  });

  it('goes with its reader', () => {
    const answers = keptAnswers();
    const [one, other] = [readerOf(), readerOf()];
    answers.keep(one, fresh, question('/a'), given('a'));
    answers.keep(other, fresh, question('/b'), given('b'));
    expect([answers.find(one, question('/a')), answers.find(other, question('/a'))]).toEqual([undefined, undefined]);
    expect(answers.find(other, question('/b'))).toBeDefined();
  });

  it('is kept by the address that the same body was sent to', () => {
    const answers = keptAnswers();
    const reader = readerOf();
    const all = ['/seats', '/sso', '/storage'].map((to) => ({ to, own: given(to) }));
    for (const { to, own } of all) answers.keep(reader, fresh, question('{}', to), own);
    expect(all.map(({ to }) => answers.find(reader, question('{}', to))?.preparing)).toEqual(
      all.map(({ own }) => own.preparing),
    );
    const newer = given('newer');
    answers.keep(reader, fresh, question('{}', '/seats'), newer);
    expect(answers.find(reader, question('{}', '/seats'))?.preparing).toBe(newer.preparing);
    expect(answers.find(reader, question('{}', '/sso'))?.preparing).toBe(all[1]?.own.preparing);
  });

  it('is not forgotten where it is asked for again, however much is asked, and else it is', () => {
    const answers = keptAnswers(1_000_000);
    const reader = readerOf();
    const long = 'x'.repeat(10_000);
    for (const to of ['', '/one', '/other']) answers.keep(reader, fresh, question('asked', to), given(long));
    answers.keep(reader, fresh, question('left'), given(long));
    for (let time = 0; time < 300; time += 1) {
      answers.keep(reader, fresh, question(`/${time}`), given(long));
      for (const to of ['', '/one', '/other']) expect(answers.find(reader, question('asked', to))).toBeDefined();
    }
    expect(answers.find(reader, question('left'))).toBeUndefined();
    expect(answers.find(reader, question('/0'))).toBeUndefined();
  });

  it('is one answer about each of ten thousand customers with a contract', () => {
    const answers = keptAnswers();
    const reader = readerOf();
    const text = 'x'.repeat(2_300);
    const crowd = Array.from({ length: 10_000 }, (_, at) => question(`/v1/customers/customer-${at}`));
    for (const one of crowd) answers.keep(reader, fresh, one, given(text));
    // Those who are seldom asked for are there still.
    for (let time = 0; time < 3; time += 1)
      for (const one of crowd.slice(0, 9_300)) expect(answers.find(reader, one)).toBeDefined();
    expect(crowd.every((one) => answers.find(reader, one) !== undefined)).toBe(true);
  });
});

describe('a question that was answered before', () => {
  const harbor = '/v1/customers/harbor';
  const [terms, settings] = (['terms:read', 'settings:read'] as const).map((scope) =>
    makeToken({ name: scope.replace(':', '-'), scopes: [scope] }),
  ) as [ReturnType<typeof makeToken>, ReturnType<typeof makeToken>];
  const tokens = [terms.line, settings.line];
  const by = ({ token }: typeof terms, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

  it('is answered to each token as far as it may see', async () => {
    const { read, ask } = await serveCompany({ tokens });
    for (let time = 0; time < 3; time += 1) {
      expect(await read(harbor, by(terms))).toHaveProperty('terms');
      expect(await read(harbor, by(settings))).not.toHaveProperty('terms');
      expect((await ask(`${harbor}/explain`, by(terms))).status).toBe(200);
      expect((await ask(`${harbor}/explain`, by(settings))).status).toBe(403);
      expect((await ask(harbor)).status).toBe(401);
      expect((await ask(harbor, by({ ...terms, token: `${terms.token}x` }))).status).toBe(401);
    }
  });

  it('is judged as every other', async () => {
    const { ask, url, entries } = await serveCompany();
    const first = await ask(harbor);
    const etag = first.headers.get('etag') ?? '';
    const head = await ask(harbor, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
    expect((await ask(harbor, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await ask(harbor, { method: 'DELETE' })).status).toBe(405);
    expect((await ask(harbor, { method: 'POST', body: '{}' })).status).toBe(405);
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(`GET ${harbor} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}`);
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString());
      });
    });
    expect(said).toMatch(/^HTTP\/1.1 400 /);
    expect((await ask(harbor, { headers: { host: 'evil.example' } })).status).toBe(200);
    const routes = entries.flatMap((entry) => (entry.event === 'request' ? [[entry.method, entry.route]] : []));
    expect(routes.slice(0, 3)).toEqual([
      ['GET', '/v1/customers/:id'],
      ['HEAD', '/v1/customers/:id'],
      ['GET', '/v1/customers/:id'],
    ]);
  });

  it.each(['whole', 'lazy'] as const)('is answered from the release that is read then, %s', async (load) => {
    const clock = { now: Date.parse('2026-06-03T12:00:00Z') };
    const reading = { follow: true, poll: 20, now: () => clock.now };
    const { read, store } = await serveCompany({ load, reading });
    const seats = async () => ((await read('/v1/customers/bare')) as { settings: { seats: number } }).settings.seats;
    expect([await seats(), await seats()]).toEqual([5, 5]);
    await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 7'));
    await expect.poll(seats).toBe(7);
    expect(await read('/v1/customers/bare')).toMatchObject({ freshness: { state: 'fresh' } });
    clock.now += 3_600_000;
    store.getHead = () => Promise.reject(new Error('gone'));
    expect(await read('/v1/customers/bare')).toMatchObject({ freshness: { state: 'unreachable' } });
  });

  it('is answered where the store cannot be read any more', async () => {
    const { ask, store } = await serveCompany({ load: 'lazy' });
    expect((await ask(harbor)).status).toBe(200);
    store.get = () => Promise.reject(new Error('gone'));
    expect((await ask(harbor)).status).toBe(200);
  });
});
