import { type Client, type JsonValue, OpenFeature } from '@openfeature/server-sdk';
import { afterEach, describe, expect, test } from 'vitest';
import { openTerms } from '../../../runtime/index.ts';
import { termsProvider } from '../../../runtime/openfeature/index.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../../fixtures/release/published-company.ts';

type Company = typeof settings;
const now = (): number => Date.parse('2026-07-01');

afterEach(async () => {
  await OpenFeature.clearProviders();
  OpenFeature.clearHooks();
});

const openOf = {
  whole: (store: MemoryStore) => openTerms<Company>({ store, follow: false, now }),
  lazy: (store: MemoryStore) => openTerms<Company>({ store, follow: false, now, load: 'lazy' }),
};

async function start(load: keyof typeof openOf) {
  const store = new MemoryStore();
  await publishCompany(store, 'c1');
  const terms = await openOf[load](store);
  const provider = termsProvider(terms);
  await OpenFeature.setProviderAndWait(provider);
  return { client: OpenFeature.getClient(), terms, store, provider };
}

/** Asks a flag of the kind of the default. */
function ask(client: Client, key: string, otherwise: JsonValue, context: Record<string, JsonValue>) {
  if (typeof otherwise === 'boolean') return client.getBooleanDetails(key, otherwise, context);
  if (typeof otherwise === 'number') return client.getNumberDetails(key, otherwise, context);
  if (typeof otherwise === 'string') return client.getStringDetails(key, otherwise, context);
  return client.getObjectDetails(key, otherwise, context);
}

const metadata = { release: 1, plan: 'studio@2', stage: 'active', origin: 'store', stale: false };
const plan = { reason: 'TARGETING_MATCH', variant: 'studio@2', flagMetadata: { ...metadata, source: 'plan' } };
const byDefault = { reason: 'STATIC', variant: 'default', flagMetadata: { ...metadata, source: 'default' } };

type Row = [title: string, key: string, otherwise: JsonValue, context: Record<string, JsonValue>, details: object];

const answered: readonly Row[] = [
  ['a feature', 'exports', false, { targetingKey: 'bare' }, { value: true, ...byDefault }],
  ['a limit', 'apiCalls', 0, { targetingKey: 'bare' }, { value: 400, ...plan }],
  ['a choice', 'region', '?', { targetingKey: 'bare' }, { value: 'us', ...byDefault }],
  ['a text', 'greeting', '?', { targetingKey: 'bare' }, { value: 'Hello', ...byDefault }],
  ['a list', 'formats', {}, { targetingKey: 'bare' }, { value: { items: ['csv'] }, ...byDefault }],
  [
    'an exception with the day it ends',
    'seats',
    0,
    { targetingKey: 'special' },
    {
      value: 12,
      reason: 'TARGETING_MATCH',
      variant: 'EX-1',
      flagMetadata: { ...metadata, source: 'exception', until: '2026-12-31' },
    },
  ],
  [
    'an unlimited limit of a customer named by its account',
    'apiCalls',
    0,
    { targetingKey: 'acc_77' },
    {
      value: Number.POSITIVE_INFINITY,
      reason: 'TARGETING_MATCH',
      variant: 'enterprise@1',
      flagMetadata: expect.objectContaining({ plan: 'enterprise@1', unlimited: true }),
    },
  ],
  [
    'an account without a file by its plan',
    'seats',
    0,
    { targetingKey: 'acc_1', plan: 'studio@2' },
    { value: 5, ...plan },
  ],
  [
    'what such an account bought',
    'seats',
    0,
    { targetingKey: 'acc_1', plan: 'studio@2', quantities: { seats: 9 } },
    { value: 9, reason: 'TARGETING_MATCH', variant: 'account', flagMetadata: { ...metadata, source: 'quantity' } },
  ],
  [
    'a customer whose file says nothing of what it bought',
    'seats',
    0,
    { targetingKey: 'bare', quantities: { seats: 8 } },
    { value: 8, reason: 'TARGETING_MATCH', variant: 'account', flagMetadata: { ...metadata, source: 'quantity' } },
  ],
  [
    'null for what is not said',
    'seats',
    0,
    { targetingKey: 'bare', plan: null, quantities: null },
    { value: 5, ...plan },
  ],
];

const refused: readonly Row[] = [
  [
    'no setting',
    'turbo',
    true,
    { targetingKey: 'bare' },
    { errorCode: 'FLAG_NOT_FOUND', errorMessage: 'no setting is named "turbo"' },
  ],
  ['a name every object has', 'constructor', {}, { targetingKey: 'bare' }, { errorCode: 'FLAG_NOT_FOUND' }],
  [
    'a feature as a number',
    'sso',
    7,
    { targetingKey: 'bare' },
    { errorCode: 'TYPE_MISMATCH', errorMessage: 'sso is asked for with getBooleanValue' },
  ],
  ['a limit as text', 'seats', 'x', { targetingKey: 'bare' }, { errorCode: 'TYPE_MISMATCH' }],
  ['a choice as a feature', 'region', true, { targetingKey: 'bare' }, { errorCode: 'TYPE_MISMATCH' }],
  ['a list as text', 'formats', 'x', { targetingKey: 'bare' }, { errorCode: 'TYPE_MISMATCH' }],
  ['a text as an object', 'greeting', { a: 1 }, { targetingKey: 'bare' }, { errorCode: 'TYPE_MISMATCH' }],
  ['nobody', 'seats', 7, {}, { errorCode: 'TARGETING_KEY_MISSING' }],
  ['an empty name', 'seats', 7, { targetingKey: '' }, { errorCode: 'TARGETING_KEY_MISSING' }],
  ['a name that is no text', 'seats', 7, { targetingKey: 3 }, { errorCode: 'INVALID_CONTEXT' }],
  [
    'somebody without a file or plan',
    'seats',
    7,
    { targetingKey: 'x1' },
    {
      errorCode: 'INVALID_CONTEXT',
      errorMessage: '"x1" has no file; say its plan, and its quantities where it bought any',
    },
  ],
  [
    'quantities without a plan',
    'seats',
    7,
    { targetingKey: 'x1', quantities: { seats: 9 } },
    { errorCode: 'INVALID_CONTEXT' },
  ],
  [
    'a plan there is not',
    'seats',
    7,
    { targetingKey: 'x1', plan: 'gold@1' },
    { errorCode: 'INVALID_CONTEXT', errorMessage: 'no plan is named "gold@1"' },
  ],
  ['a plan that is no text', 'seats', 7, { targetingKey: 'x1', plan: 2 }, { errorCode: 'INVALID_CONTEXT' }],
  [
    'quantities that are no object',
    'seats',
    7,
    { targetingKey: 'x1', plan: 'studio@2', quantities: [9] },
    { errorCode: 'INVALID_CONTEXT' },
  ],
  [
    'a quantity that is no number',
    'seats',
    7,
    { targetingKey: 'x1', plan: 'studio@2', quantities: { seats: '9' } },
    { errorCode: 'INVALID_CONTEXT', errorMessage: 'quantities: seats is not a number' },
  ],
  [
    'a quantity nobody can buy',
    'seats',
    7,
    { targetingKey: 'x1', plan: 'studio@2', quantities: { seats: 4 } },
    { errorCode: 'INVALID_CONTEXT' },
  ],
];

describe.each(['whole', 'lazy'] as const)('terms that are read %s', (load) => {
  test.each(answered)('answer %s', async (_, key, otherwise, context, details) => {
    const { client } = await start(load);
    expect(await ask(client, key, otherwise, context)).toEqual({ flagKey: key, ...details });
    // What is handed out again is the same.
    expect(await ask(client, key, otherwise, context)).toEqual({ flagKey: key, ...details });
  });

  test.each(refused)('answer the default and say why for %s', async (_, key, otherwise, context, details) => {
    const { client } = await start(load);
    expect(await ask(client, key, otherwise, context)).toEqual({
      flagKey: key,
      value: otherwise,
      reason: 'ERROR',
      errorMessage: expect.any(String),
      flagMetadata: {},
      ...details,
    });
  });

  test('answer the right kind after a wrong one was asked for, and the other way round', async () => {
    const { client } = await start(load);
    const context = { targetingKey: 'bare' };
    expect((await client.getStringDetails('seats', 'x', context)).errorCode).toBe('TYPE_MISMATCH');
    expect(await client.getNumberValue('seats', 0, context)).toBe(5);
    expect((await client.getStringDetails('seats', 'x', context)).errorCode).toBe('TYPE_MISMATCH');
  });

  test('keep a list that somebody wrote into', async () => {
    const { client } = await start(load);
    const list = (await client.getObjectValue('formats', {}, { targetingKey: 'bare' })) as { items: string[] };
    list.items.push('all');
    expect(await client.getObjectValue('formats', {}, { targetingKey: 'bare' })).toEqual({ items: ['csv'] });
  });

  test('take the customer from the context of the client and of everybody', async () => {
    const { client } = await start(load);
    OpenFeature.setContext({ targetingKey: 'bare' });
    expect(await client.getNumberValue('seats', 0)).toBe(5);
    expect(await client.setContext({ targetingKey: 'special' }).getNumberValue('seats', 0)).toBe(12);
    OpenFeature.setContext({});
  });

  test('are seen by hooks as any provider’s', async () => {
    const { client } = await start(load);
    const seen: unknown[] = [];
    client.addHooks({
      after: (_, { flagKey, value, variant }) => void seen.push([flagKey, value, variant]),
      error: (_, error) => void seen.push((error as { code?: string }).code),
    });
    await client.getNumberValue('seats', 0, { targetingKey: 'special' });
    await client.getNumberValue('seats', 0, { targetingKey: 'nobody' });
    expect(seen).toEqual([['seats', 12, 'EX-1'], 'INVALID_CONTEXT']);
  });

  test('answer one request from one release, whatever comes into force meanwhile', async () => {
    const { client, terms, store, provider } = await start(load);
    const context = { targetingKey: 'bare' };
    const seats = () => client.getNumberDetails('seats', 0, context);
    const numbers = async (): Promise<unknown[]> => {
      const { value, flagMetadata } = await seats();
      return [value, flagMetadata.release];
    };
    const swap = async (): Promise<void> => {
      await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 6'));
      expect(await terms.refresh()).toBe(true);
    };
    await numbers();
    await provider.inOneRelease(async () => {
      expect(await numbers()).toEqual([5, 1]);
      await swap();
      expect(await numbers()).toEqual([5, 1]);
      await provider.inOneRelease(async () => expect(await numbers()).toEqual([5, 1]));
    });
    expect(await numbers()).toEqual([6, 2]);
    expect(await provider.inOneRelease(numbers)).toEqual([6, 2]);
  });
});

test('the provider leaves the terms open, unless it is told to close them', async () => {
  for (const closesTerms of [false, true]) {
    const store = new MemoryStore();
    await publishCompany(store, 'c1');
    let closed = 0;
    store.close = async () => {
      closed += 1;
    };
    await OpenFeature.setProviderAndWait(termsProvider(await openOf.whole(store), { closesTerms }));
    await OpenFeature.clearProviders();
    expect(closed).toBe(closesTerms ? 1 : 0);
  }
});

test('a store that cannot be read is an error that is told, and no value', async () => {
  const { client, store } = await start('lazy');
  store.get = async () => {
    throw new Error('the network is gone');
  };
  expect(await client.getNumberDetails('seats', 7, { targetingKey: 'special' })).toEqual({
    flagKey: 'seats',
    value: 7,
    reason: 'ERROR',
    errorCode: 'GENERAL',
    errorMessage: 'the network is gone',
    flagMetadata: {},
  });
});

test('where the release was read from is told as it is when it is asked', async () => {
  const store = new MemoryStore();
  await publishCompany(store, 'c1');
  let isDown = true;
  const flaky = Object.assign(Object.create(store) as MemoryStore, {
    getHead: (env: string, channel: string) =>
      isDown ? Promise.reject(new Error('gone')) : store.getHead(env, channel),
  });
  const bundle = Object.assign(Object.create(store) as MemoryStore, { get: store.get.bind(store) });
  const terms = await openTerms<Company>({ store: flaky, bundle, follow: false, now });
  await OpenFeature.setProviderAndWait(termsProvider(terms));
  const origin = async () =>
    (await OpenFeature.getClient().getNumberDetails('seats', 0, { targetingKey: 'bare' })).flagMetadata.origin;
  expect([await origin(), await origin()]).toEqual(['bundle', 'bundle']);
  isDown = false;
  await terms.refresh();
  expect(await origin()).toBe('store');
});
