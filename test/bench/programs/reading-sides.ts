import { FlagdCore } from '@openfeature/flagd-core';
import {
  type Client,
  InMemoryProvider,
  OpenFeature,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import type { Terms } from '../../../runtime/client/terms.ts';
import type { CustomerView } from '../../../runtime/index.ts';
import type { Product } from './crowd.ts';

/** Asks for the seats of customers, one after the other; the sum of the answers. Each has its own loop, or they slow each other down. */
export type Pass = (names: readonly string[]) => number | Promise<number>;

/** What is read: the terms, and what they say in the plainest form there is. */
export interface World {
  terms: Terms<Product>;
  plain: ReadonlyMap<string, CustomerView<Product>['settings']>;
}

/** Sides that need no customer in a list that is searched. */
export const readingSides: Readonly<Record<string, (world: World) => Pass | undefined | Promise<Pass | undefined>>> = {
  map:
    ({ plain }) =>
    (names) => {
      let sum = 0;
      for (const name of names) sum += plain.get(name)?.seats ?? 0;
      return sum;
    },

  ours:
    ({ terms }) =>
    (names) => {
      let sum = 0;
      for (const name of names) sum += terms.customer(name)?.settings.seats ?? 0;
      return sum;
    },

  origin:
    ({ terms }) =>
    (names) => {
      let sum = 0;
      for (const name of names) {
        const { value, layer } = terms.customer(name)?.explain('seats') ?? {};
        if (layer?.kind === 'exception') sum += value as number;
      }
      return sum;
    },

  flagd({ plain }) {
    const core = new FlagdCore();
    const variants = Object.fromEntries([...plain].map(([name, { seats }]) => [name, seats]));
    const flag = { state: 'ENABLED', variants, defaultVariant: 'customer-0', targeting: { var: 'targetingKey' } };
    core.setConfigurations(JSON.stringify({ flags: { seats: flag } }));
    return (names) => {
      let sum = 0;
      for (const targetingKey of names) sum += core.resolveNumberEvaluation('seats', 0, { targetingKey }).value;
      return sum;
    };
  },

  async inMemoryProvider({ plain }) {
    const variants = Object.fromEntries([...plain].map(([name, { seats }]) => [name, seats]));
    const contextEvaluator = ({ targetingKey = '' }: { targetingKey?: string }): string => targetingKey;
    const provider = new InMemoryProvider({
      seats: { variants, defaultVariant: 'customer-0', disabled: false, contextEvaluator },
    });
    return askThrough(await clientOf('in memory', provider));
  },
};

/** Providers of the OpenFeature SDK, each for a process of its own: of several in one, each makes the SDK slower for all. */
export const providerSides: typeof readingSides = {
  trivialProvider: async ({ plain }) =>
    askThrough(
      await clientOf(
        'trivial',
        numbersOnly((name, otherwise) => ({ value: plain.get(name)?.seats ?? otherwise })),
      ),
    ),

  /** As trivial, and it tells beside a value what ours tells. */
  tellingProvider: async ({ plain }) =>
    askThrough(
      await clientOf(
        'telling',
        numbersOnly((name, otherwise) => ({
          value: plain.get(name)?.seats ?? otherwise,
          reason: 'TARGETING_MATCH',
          variant: 'EX',
          flagMetadata: {
            release: 1,
            plan: 'studio@2',
            stage: 'active',
            source: 'exception',
            origin: 'store',
            stale: false,
          },
        })),
      ),
    ),

  async ourProvider({ terms }) {
    const shipped = new URL('../../../../../../dist/runtime/openfeature/index.js', import.meta.url).href;
    const ours = (await import(shipped).catch(() => undefined)) as
      | { termsProvider: (terms: Terms<Product>) => Provider }
      | undefined;
    return ours && askThrough(await clientOf('ours', ours.termsProvider(terms)));
  },
};

/** Flags for one customer each are a list there, which is searched from its beginning: it was not made for this. */
export const searchingSides: typeof readingSides = {
  async launchDarkly({ plain }) {
    const [{ init }, { TestData }] = await Promise.all([
      import('@launchdarkly/node-server-sdk'),
      import('@launchdarkly/node-server-sdk/integrations'),
    ]);
    const data = new TestData();
    const all = [...plain];
    await data.usePreconfiguredFlag({
      key: 'seats',
      version: 1,
      on: true,
      variations: all.map(([, { seats }]) => seats),
      targets: all.map(([name], variation) => ({ values: [name], variation })),
      fallthrough: { variation: 0 },
      offVariation: 0,
    });
    const quiet = () => {};
    const client = init('bench', {
      updateProcessor: data.getFactory(),
      sendEvents: false,
      diagnosticOptOut: true,
      logger: { error: quiet, warn: quiet, info: quiet, debug: quiet },
    });
    await client.waitForInitialization({ timeout: 10 });
    return async (names) => {
      let sum = 0;
      for (const key of names) sum += (await client.variation('seats', { kind: 'user', key }, 0)) as number;
      return sum;
    };
  },

  async unleash({ plain }) {
    const { Unleash, InMemStorageProvider } = await import('unleash-client');
    const strategies = [...plain].map(([name, { seats }]) => ({
      name: 'default',
      parameters: {},
      constraints: [{ contextName: 'userId', operator: 'IN', values: [name], inverted: false }],
      variants: [
        { name, weight: 1000, stickiness: 'default', payload: { type: 'number', value: String(seats) }, overrides: [] },
      ],
    }));
    const flag = {
      name: 'seats',
      enabled: true,
      type: 'release',
      project: 'default',
      stale: false,
      impressionData: false,
    };
    const unleash = new Unleash({
      appName: 'bench',
      url: 'http://127.0.0.1:9/api',
      refreshInterval: 0,
      disableMetrics: true,
      skipInstanceCountWarning: true,
      storageProvider: new InMemStorageProvider(),
      bootstrap: { data: [{ ...flag, strategies, variants: [] }] as never },
    });
    unleash.on('error', () => {});
    unleash.on('warn', () => {});
    const isReady = new Promise((resolve) => unleash.once('ready', resolve));
    await unleash.start();
    await isReady;
    return (names) => {
      let sum = 0;
      for (const userId of names) sum += Number(unleash.getVariant('seats', { userId }).payload?.value);
      return sum;
    };
  },
};

function numbersOnly(answer: (targetingKey: string, otherwise: number) => ResolutionDetails<number>): Provider {
  const none = async () => ({ value: undefined as never });
  return {
    metadata: { name: 'numbers only' },
    runsOn: 'server',
    resolveNumberEvaluation: async (_, otherwise, { targetingKey = '' }) => answer(targetingKey, otherwise),
    resolveBooleanEvaluation: none,
    resolveStringEvaluation: none,
    resolveObjectEvaluation: none,
  };
}

async function clientOf(domain: string, provider: Provider): Promise<Client> {
  await OpenFeature.setProviderAndWait(domain, provider);
  return OpenFeature.getClient(domain);
}

const askThrough =
  (client: Client): Pass =>
  async (names) => {
    let sum = 0;
    for (const targetingKey of names) sum += await client.getNumberValue('seats', 0, { targetingKey });
    return sum;
  };
