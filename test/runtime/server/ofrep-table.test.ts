import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../runtime/stores/store.ts';
import { edited, replaced } from '../../fixtures/diff/small-company.ts';
import { company } from '../../fixtures/release/published-company.ts';
import { bulkFaults, singleFaults } from '../../fixtures/server/ofrep-form.ts';
import { bulk, type Got, liveRoutes, servedCompany, single } from '../../fixtures/server/served-company.ts';

const asked = (targetingKey: unknown, rest: object = {}) => ({ context: { targetingKey, ...rest } });
const bytes = (...values: number[]) => Uint8Array.from(values);

/** Bodies that are wrong as a whole, and what is said of them. */
const wrongBodies: [what: string, body: unknown, code: string][] = [
  ['no body', '', 'PARSE_ERROR'],
  ['broken JSON', '{"context":', 'PARSE_ERROR'],
  ['bytes that are no text', bytes(0x7b, 0xff, 0xfe, 0x7d), 'PARSE_ERROR'],
  ['very deep JSON that does not end', '['.repeat(100_000), 'PARSE_ERROR'],
  ['a list', [], 'INVALID_CONTEXT'],
  ['null', null, 'INVALID_CONTEXT'],
  ['a text', '"harbor"', 'INVALID_CONTEXT'],
  ['no context', {}, 'INVALID_CONTEXT'],
  ['a context of null', { context: null }, 'INVALID_CONTEXT'],
  ['a context that is a list', { context: [{ targetingKey: 'harbor' }] }, 'INVALID_CONTEXT'],
  ['a context that is text', { context: 'harbor' }, 'INVALID_CONTEXT'],
  ['an empty context', { context: {} }, 'TARGETING_KEY_MISSING'],
  ['a targetingKey beside the context', { targetingKey: 'harbor', context: {} }, 'TARGETING_KEY_MISSING'],
  ['an empty targetingKey', asked(''), 'TARGETING_KEY_MISSING'],
  ['a targetingKey of null', asked(null), 'TARGETING_KEY_MISSING'],
  ['a number for a targetingKey', asked(7), 'INVALID_CONTEXT'],
  ['an object for a targetingKey', asked({ id: 'harbor' }), 'INVALID_CONTEXT'],
  ['a list for a targetingKey', asked(['harbor']), 'INVALID_CONTEXT'],
  ['a very long targetingKey', asked('x'.repeat(100_000)), 'INVALID_CONTEXT'],
  ['a plan that is no text', asked('acc_1', { plan: 7 }), 'INVALID_CONTEXT'],
  ['quantities that are a list', asked('acc_1', { plan: 'studio@2', quantities: [9] }), 'INVALID_CONTEXT'],
  ['a quantity that is text', asked('acc_1', { plan: 'studio@2', quantities: { seats: '9' } }), 'INVALID_CONTEXT'],
];

/** Contexts that are right in form and name nobody who has values. */
const nobodies: [what: string, body: object][] = [
  ['a targetingKey nobody has', asked('nobody')],
  ['a name of the language', asked('__proto__')],
  ['a plan there is not', asked('acc_1', { plan: 'premium' })],
  ['a quantity nobody can buy', asked('acc_1', { plan: 'studio@2', quantities: { seats: 5_000 } })],
  ['quantities without a plan', asked('acc_1', { quantities: { seats: 9 } })],
];

describe('the table of requests and answers', () => {
  test('one flag', async () => {
    const { post } = await servedCompany();
    const got = await post(single('seats'), asked('harbor'));
    expect(singleFaults(got)).toEqual([]);
    expect([got.status, got.json]).toEqual([
      200,
      {
        key: 'seats',
        value: 100,
        reason: 'TARGETING_MATCH',
        variant: 'C-2',
        metadata: {
          source: 'quantity',
          release: 1,
          plan: 'enterprise@1',
          stage: 'active',
          origin: 'store',
          stale: false,
        },
      },
    ]);
  });

  test.each([
    'nothing',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'a b%c/é?',
    'x'.repeat(4_000),
    '"',
    '💥',
  ])('a key there is not: %s', async (key) => {
    const { post } = await servedCompany();
    const got = await post(single(encodeURIComponent(key)), asked('harbor'));
    expect(singleFaults(got)).toEqual([]);
    expect([got.status, got.json]).toEqual([
      404,
      { key, errorCode: 'FLAG_NOT_FOUND', errorDetails: 'no setting has this key' },
    ]);
  });

  test.each(wrongBodies)('%s', async (_what, body, code) => {
    const { post } = await servedCompany();
    const one = await post(single('seats'), body);
    expect([one.status, one.json.key, one.json.errorCode, singleFaults(one)]).toEqual([400, 'seats', code, []]);
    const all = await post(bulk, body);
    expect([all.status, all.json.errorCode, bulkFaults(all)]).toEqual([400, code, []]);
    expect(one.text + all.text).not.toMatch(/enterprise|harbor|quarry/i);
  });

  test.each([
    ['application/json; charset=utf-8', 200],
    ['application/cloud+json', 200],
    // Any page of a browser may send these without asking first.
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
  ])('JSON that is called %s', async (type, status) => {
    const { post } = await servedCompany();
    const body = new TextEncoder().encode(JSON.stringify(asked('harbor')));
    const got = await post(bulk, body, { 'content-type': type });
    expect(got.status).toBe(status);
    if (status === 200) expect(bulkFaults(got)).toEqual([]);
    else expect(got.json).toEqual({ errorCode: 'GENERAL', errorDetails: 'a body is application/json' });
  });

  test.each(nobodies)('%s has no value, and says so of each flag', async (_what, body) => {
    const { post, terms } = await servedCompany();
    const one = await post(single('seats'), body);
    expect([one.status, one.json.errorCode, singleFaults(one)]).toEqual([400, 'INVALID_CONTEXT', []]);
    const all = await post(bulk, body);
    expect([all.status, bulkFaults(all)]).toEqual([200, []]);
    expect(all.json.flags).toEqual(Object.keys(terms.settings).map((key) => ({ ...one.json, key })));
    const again = await post(bulk, body, { 'if-none-match': all.headers.get('etag') ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(one.text + all.text).not.toMatch(/enterprise|harbor|quarry/i);
  });

  test('all flags', async () => {
    const { post, terms } = await servedCompany();
    const got = await post(bulk, asked('harbor', { email: 'user@example.com', nested: { any: ['thing'] } }));
    expect(bulkFaults(got)).toEqual([]);
    const flags = got.json.flags as { key: string }[];
    expect(flags.map(({ key }) => key)).toEqual(Object.keys(terms.settings));
    expect(got.json.metadata).toEqual({
      release: 1,
      plan: 'enterprise@1',
      stage: 'active',
      origin: 'store',
      stale: false,
    });
    expect(got.json.eventStreams).toEqual([
      {
        type: 'sse',
        endpoint: { requestUri: expect.stringMatching(/^\/ofrep\/v1\/events\?ticket=[\w.-]+&since=[\w-]{22}$/) },
        inactivityDelaySec: 120,
      },
    ]);
    expect(got.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('without streams none are told of', async () => {
    const { ofrepFlags } = await import('../../../runtime/server/routes/ofrep-flags.ts');
    const { post } = await servedCompany({ routes: [ofrepFlags()] });
    const got = await post(bulk, asked('harbor'));
    expect([bulkFaults(got), Object.keys(got.json)]).toEqual([[], ['flags', 'metadata']]);
    const status = async (etag: Got, body: object): Promise<number> =>
      (await post(bulk, body, { 'if-none-match': etag.headers.get('etag') ?? '' })).status;
    expect(await status(got, asked('harbor'))).toBe(304);
    // Of two who have the very same values each still has a validator of its own.
    const bare = await post(bulk, asked('bare'));
    expect(await status(bare, asked('acc_1', { plan: 'studio@2' }))).toBe(200);
  });

  test('a customer that cannot be read is a fault with a key, and no fault of the request', async () => {
    const { post, store, failures } = await servedCompany({ open: { load: 'lazy' } });
    store.get = () => Promise.reject(new StoreError('unavailable', 'redis://secret@host does not answer'));
    const got = await post(single('seats'), asked('harbor'));
    expect([got.status, got.json, singleFaults(got)]).toEqual([
      500,
      { key: 'seats', errorCode: 'GENERAL', errorDetails: 'the values cannot be read at present' },
      [],
    ]);
    const all = await post(bulk, asked('harbor'));
    expect([all.status, all.json, bulkFaults(all)]).toEqual([
      500,
      { errorCode: 'GENERAL', errorDetails: 'the values cannot be read at present' },
      [],
    ]);
    const told = 'the store could not be read: unavailable';
    expect(failures).toEqual([told, told]);
  });
});

describe('the validator of all flags', () => {
  const etagOf = (got: Got): string => got.headers.get('etag') ?? '';
  const STUDIO = 'plans/studio@2.yaml';

  test('is kept where nothing changed for this context, whatever else was published', async () => {
    const { post, publish } = await servedCompany();
    const first = await post(bulk, asked('harbor'));
    await publish(replaced(company, STUDIO, 'seats: 5', 'seats: 6'));
    const second = await post(bulk, asked('harbor'), { 'if-none-match': etagOf(first) });
    expect([second.status, second.text, etagOf(second)]).toEqual([304, '', etagOf(first)]);
    expect(second.headers.get('cache-control')).toBe('private, no-cache');
    const whole = await post(bulk, asked('harbor'));
    expect([etagOf(whole), whole.json.metadata]).toEqual([etagOf(first), expect.objectContaining({ release: 2 })]);
    // What a client compares to find out what changed is the same too.
    expect(whole.json.flags).toEqual(first.json.flags);
  });

  test('is another where something changed for this context', async () => {
    const { post, publish, clock } = await servedCompany();
    const first = await post(bulk, asked('moving'));
    await publish(replaced(company, STUDIO, 'seats: 5', 'seats: 6'));
    const second = await post(bulk, asked('moving'), { 'if-none-match': etagOf(first) });
    expect([second.status, bulkFaults(second)]).toEqual([200, []]);
    clock.now = Date.parse('2027-01-01T00:00:00Z');
    const third = await post(bulk, asked('moving'), { 'if-none-match': etagOf(second) });
    expect(third.status).toBe(200);
    expect(new Set([first, second, third].map(etagOf)).size).toBe(3);
  });

  test.each([
    ['another customer', asked('more')],
    ['another with the very same values', asked('acc_1', { plan: 'studio@2' })],
    ['the same account on another plan', asked('acc_2', { plan: 'team@1' })],
    ['the same account that bought more', asked('acc_2', { plan: 'studio@2', quantities: { seats: 10 } })],
  ])('is never good for %s', async (_what, other) => {
    const { post } = await servedCompany();
    for (const mine of [asked('bare'), asked('acc_2', { plan: 'studio@2' })]) {
      const first = await post(bulk, mine);
      expect((await post(bulk, mine, { 'if-none-match': etagOf(first) })).status).toBe(304);
      expect((await post(bulk, other, { 'if-none-match': etagOf(first) })).status).toBe(200);
    }
  });

  test.each([
    ['alone', (etag: string) => etag],
    ['as a strong one', (etag: string) => etag.replace('W/', '')],
    ['without quotes', (etag: string) => etag.replace(/W\/|"/g, '')],
    ['in a list', (etag: string) => `"other", ${etag} , W/"third"`],
    ['as any', () => '*'],
  ])('is known %s', async (_how, form) => {
    const { post } = await servedCompany();
    const etag = etagOf(await post(bulk, asked('harbor')));
    expect(etag).toMatch(/^W\/"[\w.-]+"$/);
    const got = await post(bulk, asked('harbor'), { 'if-none-match': form(etag) });
    expect([got.status, got.text]).toEqual([304, '']);
  });

  test.each(['"other"', 'W/"other"', '', 'nonsense, "x', ',,,'])('is not %s', async (sent) => {
    const { post } = await servedCompany();
    expect((await post(bulk, asked('harbor'), { 'if-none-match': sent })).status).toBe(200);
  });

  test('is no condition where an event hints at it', async () => {
    const { post } = await servedCompany();
    const etag = etagOf(await post(bulk, asked('harbor')));
    for (const hint of [
      `flagConfigEtag=${encodeURIComponent(etag)}`,
      'flagConfigEtag=other',
      'flagConfigLastModified=1771622898',
      'flagConfigLastModified=2026-02-20T21:28:18Z',
      'flagConfigLastModified=never&flagConfigEtag=',
    ]) {
      const got = await post(`${bulk}?${hint}`, asked('harbor'));
      expect([hint, got.status, bulkFaults(got)]).toEqual([hint, 200, []]);
    }
  });

  test('ends with the stream it goes with, so that nobody keeps an address that is closed', async () => {
    const { post, clock } = await servedCompany();
    const first = await post(bulk, asked('harbor'));
    clock.now += 25 * 3_600_000;
    const second = await post(bulk, asked('harbor'), { 'if-none-match': etagOf(first) });
    expect([second.status, second.json.flags]).toEqual([200, first.json.flags]);
  });

  test('is the same in two processes with one secret, and not with two', async () => {
    const secret = new Uint8Array(32).fill(7);
    const [one, two, other] = [
      await servedCompany({ streams: { secret } }),
      await servedCompany({ streams: { secret } }),
      await servedCompany(),
    ];
    const etag = etagOf(await one.post(bulk, asked('harbor')));
    const status = async ({ post }: typeof one) =>
      (await post(bulk, asked('harbor'), { 'if-none-match': etag })).status;
    expect([await status(two), await status(other)]).toEqual([304, 200]);
  });

  test('a process that is behind what a client heard reads the head first', async () => {
    const secret = new Uint8Array(32).fill(7);
    const ahead = await servedCompany({ streams: { secret } });
    const changed = replaced(company, STUDIO, 'seats: 5', 'seats: 6');
    await ahead.publish(changed);
    const heard = etagOf(await ahead.post(bulk, asked('bare')));
    const behind = await servedCompany({ streams: { secret } });
    const { publishCompany } = await import('../../fixtures/release/published-company.ts');
    await publishCompany(behind.store, 'c2', changed);
    const got = await behind.post(`${bulk}?flagConfigEtag=${encodeURIComponent(heard)}`, asked('bare'));
    expect([etagOf(got), got.json.metadata]).toEqual([heard, expect.objectContaining({ release: 2 })]);
  });
});

test('the values of an account follow the plan it says, until it has a file', async () => {
  const { post, publish } = await servedCompany();
  const seats = async (context: object): Promise<unknown> => {
    const got = await post(single('seats'), { context });
    expect(singleFaults(got)).toEqual([]);
    return [got.json.value, got.json.variant, got.json.errorCode].filter((each) => each !== undefined);
  };
  const account = { targetingKey: 'acc_9', plan: 'studio@2' };
  expect(await seats(account)).toEqual([5, 'studio@2']);
  expect(await seats({ ...account, quantities: { seats: 12 } })).toEqual([12, 'account']);
  expect(await seats({ ...account, 'quantities.seats': 12 })).toEqual([12, 'account']);
  expect(await seats({ ...account, quantities: null, plan: 'starter@1' })).toEqual([3, 'default']);
  // An attribute that happens to be named like a setting is no purchase.
  expect(await seats({ ...account, seats: 12 })).toEqual([5, 'studio@2']);
  await publish(edited(company, { 'customers/nine.yaml': 'name: Nine\naccount: acc_9\nplan: team@1\n' }));
  expect(await seats(account)).toEqual([20, 'team@1']);
  // A plan that only the product's own words know is no reason to refuse somebody who has a file.
  expect(await seats({ targetingKey: 'acc_9', plan: 'premium' })).toEqual([20, 'team@1']);
  expect(await seats({ targetingKey: 'nine' })).toEqual([20, 'team@1']);
});

test('every route says what it is', () => {
  expect(liveRoutes().map(({ method, path, scope }) => `${method} ${path} ${scope}`)).toEqual([
    'POST /ofrep/v1/evaluate/flags/:key settings:read',
    'POST /ofrep/v1/evaluate/flags settings:read',
    'GET /v1/events settings:read',
    'GET /ofrep/v1/events open',
  ]);
  for (const { describe: operation } of liveRoutes())
    expect(operation).toMatchObject({ operationId: expect.any(String), responses: { 200: expect.any(Object) } });
});
