import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature as OnServers } from '@openfeature/server-sdk';
import { ClientProviderEvents, OpenFeature as InBrowsers } from '@openfeature/web-sdk';
import { EventSource } from 'eventsource';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { edited, replaced } from '../../fixtures/diff/small-company.ts';
import { company } from '../../fixtures/release/published-company.ts';
import { hostRoutes } from '../../fixtures/server/host-routes.ts';
import { bulk, liveRoutes, type Served, servedCompany } from '../../fixtures/server/served-company.ts';
import { until } from '../../fixtures/server/until.ts';

const token = 'a-token';
const headers: [string, string][] = [['Authorization', `Bearer ${token}`]];
const moreSeats = (seats: number) => replaced(company, 'plans/studio@2.yaml', 'seats: 5', `seats: ${seats}`);

beforeAll(() => {
  // What a browser has; Node 20 has none of its own.
  globalThis.EventSource = EventSource as typeof globalThis.EventSource;
});

afterEach(async () => {
  await OnServers.close();
  await InBrowsers.close();
});

describe('the official provider for servers', () => {
  async function clientOf(targetingKey: string, rest: object = {}) {
    const served = await servedCompany({ token });
    await OnServers.setProviderAndWait(new OFREPProvider({ baseUrl: served.url, headers }));
    return { served, client: OnServers.getClient({ targetingKey, ...rest } as never) };
  }

  test('reads every kind of setting', async () => {
    const { client } = await clientOf('harbor');
    expect(await client.getBooleanValue('sso', false)).toBe(true);
    expect(await client.getNumberValue('seats', -1)).toBe(100);
    expect(await client.getStringValue('region', 'none')).toBe('us');
    expect(await client.getStringValue('greeting', 'none')).toBe('Hello');
    expect(await client.getObjectValue('formats', {})).toEqual({ items: ['csv', 'xlsx'] });
    expect(await client.getNumberDetails('apiCalls', -1)).toMatchObject({
      value: Number.MAX_SAFE_INTEGER,
      reason: 'TARGETING_MATCH',
      variant: 'enterprise@1',
      flagMetadata: {
        unlimited: true,
        source: 'plan',
        release: 1,
        plan: 'enterprise@1',
        stage: 'active',
        stale: false,
      },
    });
  });

  test.each([
    ['an unknown key', 'nothing', { targetingKey: 'harbor' }, 'FLAG_NOT_FOUND'],
    ['no customer', 'seats', {}, 'TARGETING_KEY_MISSING'],
    ['an unknown customer', 'seats', { targetingKey: 'nobody' }, 'INVALID_CONTEXT'],
    ['an unknown plan', 'seats', { targetingKey: 'acc_1', plan: 'premium' }, 'INVALID_CONTEXT'],
    ['another kind', 'sso', { targetingKey: 'harbor' }, 'TYPE_MISMATCH'],
  ])('leaves the default of the code with %s', async (_what, key, context, errorCode) => {
    await clientOf('harbor');
    expect(await OnServers.getClient(context).getNumberDetails(key, 42)).toMatchObject({ value: 42, errorCode });
  });

  test('reads an account by its plan, and a new release at once', async () => {
    const { served, client } = await clientOf('acc_1', { plan: 'studio@2', quantities: { seats: 9 } });
    expect(await client.getNumberValue('seats', -1)).toBe(9);
    expect(await client.getNumberValue('seats', -1, { quantities: {} })).toBe(5);
    await served.publish(moreSeats(7));
    expect(await OnServers.getClient({ targetingKey: 'bare' }).getNumberValue('seats', -1)).toBe(7);
  });

  test('is not let in without its token', async () => {
    const { url } = await servedCompany({ token });
    await OnServers.setProviderAndWait(new OFREPProvider({ baseUrl: url }));
    const details = await OnServers.getClient({ targetingKey: 'harbor' }).getNumberDetails('seats', 42);
    expect([details.value, details.reason]).toEqual([42, 'ERROR']);
  });

  test('knows a key with odd characters is none', async () => {
    const { client } = await clientOf('harbor');
    for (const key of ['__proto__', 'constructor', 'sea ts', 'sé', '%41'])
      expect(await client.getNumberDetails(key, 42)).toMatchObject({ value: 42, errorCode: 'FLAG_NOT_FOUND' });
  });
});

describe('the official provider for browsers', () => {
  async function clientOf(targetingKey: string, options: object = {}, rest: object = {}, over = {}) {
    const served = await servedCompany({ token, ...over });
    const provider = new OFREPWebProvider({ baseUrl: served.url, headers, cacheMode: 'disabled', ...options } as never);
    await InBrowsers.setContext({ targetingKey, ...rest });
    const changed: string[][] = [];
    InBrowsers.addHandler(ClientProviderEvents.ConfigurationChanged, (details) => {
      changed.push([...((details as { flagsChanged?: string[] } | undefined)?.flagsChanged ?? [])].sort());
    });
    onTestFinished(() => InBrowsers.clearHandlers());
    await InBrowsers.setProviderAndWait(provider);
    return { served, client: InBrowsers.getClient(), changed, provider };
  }
  const bulks = ({ asked }: Served): string[] => asked.filter((line) => line.startsWith(`POST ${bulk}`));
  const streams = ({ asked }: Served): string[] => asked.filter((line) => line.startsWith('GET '));

  test('reads every kind of setting', async () => {
    const { client, provider } = await clientOf('harbor');
    expect(client.getBooleanValue('sso', false)).toBe(true);
    expect(client.getNumberValue('seats', -1)).toBe(100);
    expect(client.getNumberDetails('apiCalls', -1)).toMatchObject({
      value: Number.MAX_SAFE_INTEGER,
      flagMetadata: { unlimited: true },
    });
    expect(client.getStringValue('region', 'none')).toBe('us');
    expect(client.getObjectValue('formats', {})).toEqual({ items: ['csv', 'xlsx'] });
    expect(client.getNumberDetails('nothing', 42)).toMatchObject({ value: 42, errorCode: 'FLAG_NOT_FOUND' });
    expect(Object.keys(provider.flagCache)).toHaveLength(8);
  });

  test('fetches anew when a release changes its customer, and only then', async () => {
    const { served, client, changed } = await clientOf('bare');
    await until(() => streams(served).length === 1, 'the stream is open');
    expect(bulks(served)).toEqual([`POST ${bulk}`]);
    await served.publish(replaced(company, 'customers/buying.yaml', 'seats: 9', 'seats: 10'));
    await served.publish(replaced(moreSeats(7), 'customers/buying.yaml', 'seats: 9', 'seats: 10'));
    await until(() => changed.length > 0, 'the change is told');
    expect(client.getNumberValue('seats', -1)).toBe(7);
    expect(changed).toEqual([['seats']]);
    const [, refetch = '', ...more] = bulks(served);
    expect([refetch, more]).toEqual([expect.stringMatching(/flagConfigEtag=W.*&flagConfigLastModified=\d+$/), []]);
  });

  test('fetches anew when an account goes over to another plan, and when its plan is edited', async () => {
    const { served, client, changed } = await clientOf('acc_1', {}, { plan: 'studio@2' });
    await until(() => streams(served).length === 1, 'the stream is open');
    await served.publish(moreSeats(8));
    await until(() => changed.length > 0, 'the change is told');
    expect(client.getNumberValue('seats', -1)).toBe(8);
    await InBrowsers.setContext({ targetingKey: 'acc_1', plan: 'team@1' });
    expect(client.getNumberValue('seats', -1)).toBe(20);
    await until(() => streams(served).length === 2, 'the stream of the other plan is open');
  });

  test('polls, and is told that nothing changed', async () => {
    const { served, client, changed } = await clientOf('bare', { pollInterval: 30, changeDetection: 'polling' });
    await until(() => bulks(served).length > 3, 'it polls');
    expect(changed).toEqual([]);
    await served.publish(moreSeats(7));
    await until(() => changed.length > 0, 'the change is told');
    expect([client.getNumberValue('seats', -1), changed, streams(served)]).toEqual([7, [['seats']], []]);
  });

  test('hears on after the server was another for a while, whose tickets are others', async () => {
    const { served, client, changed } = await clientOf('bare', {}, {}, { streams: { random: () => 0 } });
    await until(() => streams(served).length === 1, 'the stream is open');
    await served.kill();
    const routes = liveRoutes({ random: () => 0 });
    const next = await hostRoutes(served.terms, routes, { port: served.port, token });
    const heard = (): string[] => next.asked.filter((line) => line.startsWith('GET '));
    // The old ticket is refused, the flags are fetched with another, and that one is used.
    await until(() => heard().length === 2, 'the stream is open again');
    expect(new Set(heard()).size).toBe(2);
    await served.publish(moreSeats(7));
    await until(() => changed.flat().includes('seats'), 'the change is told');
    expect(client.getNumberValue('seats', -1)).toBe(7);
  });

  test('goes on with the same ticket where the next server has the same secret, and misses nothing', async () => {
    const options = { random: () => 0, secret: new Uint8Array(32).fill(3) };
    const { served, client, changed } = await clientOf('bare', {}, {}, { streams: options });
    await until(() => streams(served).length === 1, 'the stream is open');
    await served.kill();
    await served.publish(moreSeats(7));
    const routes = liveRoutes({ ...options, now: () => served.clock.now });
    const next = await hostRoutes(served.terms, routes, { port: served.port, token });
    await until(() => changed.length > 0, 'the change is told');
    expect([client.getNumberValue('seats', -1), changed]).toEqual([7, [['seats']]]);
    expect(next.asked.map((line) => line.split('?')[0])).toEqual(['GET /ofrep/v1/events', `POST ${bulk}`]);
  });

  test('leaves the defaults of the code to who has no values, and nothing of who was there before', async () => {
    const { served, client, changed } = await clientOf('harbor');
    expect(client.getNumberValue('seats', 42)).toBe(100);
    await InBrowsers.setContext({ targetingKey: 'acc_5' });
    expect(client.getNumberDetails('seats', 42)).toMatchObject({ value: 42, errorCode: 'INVALID_CONTEXT' });
    await until(() => streams(served).length === 2, 'the stream is open');
    await served.publish(edited(company, { 'customers/fresh.yaml': 'name: F\naccount: acc_5\nplan: team@1\n' }));
    await until(() => changed.length > 0, 'the change is told');
    expect(client.getNumberValue('seats', 42)).toBe(20);
  });
});
