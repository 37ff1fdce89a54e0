import { randomUUID } from 'node:crypto';
import { type EventDetails, OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compileModel } from '../../../engine/compile/compile-model.ts';
import { publish } from '../../../engine/publish/publish.ts';
import { refresh } from '../../../engine/publish/refresh.ts';
import { releaseInput } from '../../../engine/publish/release-input.ts';
import { type LazyTerms, openTerms, type Terms } from '../../../runtime/index.ts';
import { termsProvider } from '../../../runtime/openfeature/index.ts';
import { assembleSnapshot } from '../../../runtime/snapshot/release.ts';
import { replaced } from '../../fixtures/diff/small-company.ts';
import { MemoryStore } from '../../fixtures/release/memory-store.ts';
import { company, settings } from '../../fixtures/release/published-company.ts';
import { sampleRequest, sampleTarget, sampleTools } from '../../fixtures/release/sample.ts';
import { signedKeys } from '../../fixtures/release/signed-keys.ts';
import { type YamlFiles, yamlModel } from '../../fixtures/yaml-model.ts';

const signing = await signedKeys(sampleTarget.repo);
const catalogue = { ...settings, seats: { ...settings.seats, whenStale: 1 } };
const HOUR = 3_600_000;

let store: MemoryStore;
let terms: Terms | LazyTerms;
/** What listeners were told, in order. */
let told: unknown[];
let domain: string;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-07-01T12:00:00Z') });
  store = new MemoryStore();
});

afterEach(async () => {
  await OpenFeature.clearProviders();
  await terms.close();
  // Whoever is done with it leaves nothing running.
  const left = vi.getTimerCount();
  if (left > 0) throw new Error(`${left} timers are left`);
  vi.useRealTimers();
});

const toolsOf = (assemble: Parameters<typeof sampleTools>[1]) => ({
  ...sampleTools(store, assemble),
  signing,
  now: () => new Date(),
});

async function publishSigned(commit: string, files: YamlFiles = company): Promise<void> {
  const model = await yamlModel(files, catalogue);
  const tools = toolsOf(() => assembleSnapshot(releaseInput(model, compileModel(model))));
  expect((await publish(tools, sampleRequest(commit))).outcome).toBe('published');
}

async function confirm(): Promise<void> {
  const tools = toolsOf(() => {
    throw new Error('nothing new is published');
  });
  expect((await refresh(tools, sampleTarget)).outcome).toBe('refreshed');
}

async function start(load: 'whole' | 'lazy' = 'whole') {
  await publishSigned('c1');
  const keys = signing.keysets[0]?.envelope ?? new Uint8Array();
  terms = load === 'lazy' ? await openTerms({ store, keys, load }) : await openTerms({ store, keys });
  // Listeners belong to a domain, and stay there.
  domain = randomUUID();
  await OpenFeature.setProviderAndWait(domain, termsProvider(terms));
  const client = OpenFeature.getClient(domain);
  told = [];
  const tell =
    (event: ProviderEvents) =>
    (details?: EventDetails & { flagsChanged?: string[] }): void => {
      const { message, flagsChanged, metadata } = details ?? {};
      told.push(event === ProviderEvents.ConfigurationChanged ? [event, flagsChanged, metadata] : [event, message]);
    };
  for (const event of [ProviderEvents.ConfigurationChanged, ProviderEvents.Stale, ProviderEvents.Error])
    client.addHandler(event, tell(event));
  // A listener that comes later is told at once that the provider is ready.
  client.addHandler(ProviderEvents.Ready, tell(ProviderEvents.Ready));
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([['PROVIDER_READY', undefined]]);
  told.length = 0;
  return client;
}

const sorted = (events: readonly unknown[]): string[] => events.map((event) => JSON.stringify(event)).sort();

const CHANGED = 'PROVIDER_CONFIGURATION_CHANGED';
const studio = (seats: number) => replaced(company, 'plans/studio@2.yaml', 'seats: 5', `seats: ${seats}`);
const team = replaced(company, 'plans/team@1.yaml', 'seats: 20', 'seats: 21');

/** Reads what was published, and gives listeners the time to be told. */
async function take(): Promise<void> {
  expect(await terms.refresh()).toBe(true);
  await vi.advanceTimersByTimeAsync(1_100);
}

test('a release names the flags it changes, once', async () => {
  const client = await start();
  await publishSigned('c2', studio(6));
  await take();
  expect(told).toEqual([[CHANGED, ['seats'], { release: 2 }]]);
  expect(await client.getNumberValue('seats', 0, { targetingKey: 'bare' })).toBe(6);
});

test('a release that only accounts without a file feel names their flags, once such an account was seen', async () => {
  const client = await start();
  await publishSigned('c2', team);
  await take();
  expect(told).toEqual([[CHANGED, [], { release: 2 }]]);
  const account = { targetingKey: 'acc_1', plan: 'team@1' };
  expect(await client.getNumberValue('seats', 0, account)).toBe(21);
  await client.getNumberValue('seats', 0, { targetingKey: 'acc_1', plan: 'nothing@1' });
  await publishSigned('c3', company);
  await take();
  expect(told.at(-1)).toEqual([CHANGED, ['seats'], { release: 3 }]);
  expect(await client.getNumberValue('seats', 0, account)).toBe(20);
});

test('a release of which not everybody is in memory may change every flag', async () => {
  await start('lazy');
  await publishSigned('c2', studio(6));
  await take();
  expect(told).toEqual([[CHANGED, Object.keys(settings).sort(), { release: 2 }]]);
});

test.each(['whole', 'lazy'] as const)('a release that says the same again changes nothing (%s)', async (load) => {
  await start(load);
  await confirm();
  await take();
  expect([terms.release.n, told]).toEqual([2, []]);
});

test('a day that ends and begins something names the flags, within a second and without the store', async () => {
  vi.setSystemTime(Date.parse('2026-12-31T23:59:57Z'));
  const client = await start();
  store.getHead = () => Promise.reject(new Error('gone'));
  const seats = () => client.getNumberValue('seats', 0, { targetingKey: 'special' });
  await vi.advanceTimersByTimeAsync(2_900);
  expect([await seats(), told]).toEqual([12, []]);
  await vi.advanceTimersByTimeAsync(1_100);
  expect([await seats(), told]).toEqual([5, [[CHANGED, ['apiCalls', 'formats', 'seats', 'sso'], { release: 1 }]]]);
});

test('a day may change every flag where not everybody is in memory', async () => {
  vi.setSystemTime(Date.parse('2026-12-31T23:59:57Z'));
  await start('lazy');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toEqual([[CHANGED, Object.keys(settings).sort(), { release: 1 }]]);
});

test('data nobody confirms is told as stale and answered with the safe values, until it is confirmed', async () => {
  const client = await start();
  const seats = async (): Promise<unknown[]> => {
    const { value, reason, flagMetadata } = await client.getNumberDetails('seats', 0, { targetingKey: 'bare' });
    return [value, reason, flagMetadata.source, flagMetadata.stale];
  };
  expect(await seats()).toEqual([5, 'TARGETING_MATCH', 'plan', false]);
  await vi.advanceTimersByTimeAsync(2 * HOUR + 2_000);
  expect(await seats()).toEqual([1, 'STALE', 'whenStale', true]);
  expect(await client.getNumberDetails('apiCalls', 0, { targetingKey: 'bare' })).toMatchObject({
    value: 400,
    reason: 'STALE',
  });
  // Each looks at the clock every second; which comes first is all the same.

  expect(sorted(told)).toEqual(
    sorted([
      ['PROVIDER_STALE', 'nobody has confirmed the release for too long'],
      [CHANGED, ['seats'], { release: 1 }],
    ]),
  );
  expect(client.providerStatus).toBe('STALE');
  told.length = 0;
  await confirm();
  await take();
  expect(sorted(told)).toEqual(
    sorted([
      [CHANGED, ['seats'], { release: 2 }],
      ['PROVIDER_READY', 'answers are as published'],
    ]),
  );
  expect([client.providerStatus, ...(await seats())]).toEqual(['READY', 5, 'TARGETING_MATCH', 'plan', false]);
});

test('a store that does not answer for long is told as stale; answers stay, and no error is told', async () => {
  const client = await start();
  const { getHead } = store;
  store.getHead = () => Promise.reject(new Error('gone'));
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(told).toEqual([['PROVIDER_STALE', 'the store does not answer']]);
  expect(await client.getNumberDetails('seats', 0, { targetingKey: 'bare' })).toMatchObject({
    value: 5,
    reason: 'TARGETING_MATCH',
  });
  store.getHead = getHead;
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(told.slice(1)).toEqual([['PROVIDER_READY', 'answers are as published']]);
});

test('an answer that cannot be read is an error of the provider, until the store has answered again', async () => {
  const client = await start('lazy');
  const { get } = store;
  store.get = () => Promise.reject(new Error('gone'));
  for (let times = 0; times < 3; times += 1)
    expect(await client.getNumberDetails('seats', 7, { targetingKey: 'special' })).toMatchObject({
      value: 7,
      errorCode: 'GENERAL',
    });
  expect([told, client.providerStatus]).toEqual([[['PROVIDER_ERROR', 'gone']], 'ERROR']);
  store.get = get;
  expect(await client.getNumberValue('seats', 7, { targetingKey: 'special' })).toBe(12);
  await vi.advanceTimersByTimeAsync(2_000);
  // What was kept in memory says nothing of the store.
  expect(told.length).toBe(1);
  await terms.refresh();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told.slice(1)).toEqual([['PROVIDER_READY', 'answers are as published']]);
});

test('a customer whose data is damaged is no error of the provider: others are answered', async () => {
  const client = await start('lazy');
  const { get } = store;
  store.get = async (hashes) =>
    new Map([...(await get.call(store, hashes))].map(([hash]) => [hash, Buffer.from('{}')]));
  expect(await client.getNumberDetails('seats', 7, { targetingKey: 'special' })).toMatchObject({
    value: 7,
    errorCode: 'GENERAL',
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect([told, client.providerStatus]).toEqual([[], 'READY']);
});

test('a provider that is let go of tells nothing more, and tells again when it is taken back', async () => {
  await start();
  const provider = OpenFeature.getProvider(domain) as ReturnType<typeof termsProvider>;
  await OpenFeature.clearProviders();
  await publishSigned('c2', studio(6));
  await take();
  expect(told).toEqual([]);
  await OpenFeature.setProviderAndWait(domain, provider);
  told.length = 0;
  await publishSigned('c3', company);
  await take();
  expect(told).toEqual([[CHANGED, ['seats'], { release: 3 }]]);
});
