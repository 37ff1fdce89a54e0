import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { timesFrom } from '../fixtures/release/counts.ts';
import { type Fault, type Moment, moments, publishUnderFault } from '../fixtures/release/publish-under-fault.ts';
import { type FaultProxy, startFaultProxy } from '../fixtures/servers/fault-proxy.ts';
import { askRedis, startRedis } from '../fixtures/servers/redis.ts';
import { freePort, isMissing, type Server } from '../fixtures/servers/server.ts';

/** A server, and a proxy on the way to it. */
class Place {
  readonly proxy: FaultProxy;
  server: Server;

  constructor(server: Server, proxy: FaultProxy) {
    this.server = server;
    this.proxy = proxy;
  }

  get direct(): string {
    return `redis://127.0.0.1:${this.server.port}`;
  }
  get url(): string {
    return `redis://127.0.0.1:${this.proxy.port}`;
  }
  ask = (...command: string[]): Promise<unknown> => askRedis(this.server.port, ...command);
  signal = (name: NodeJS.Signals): boolean => this.server.child.kill(name);
  kill = (): Promise<void> => this.server.kill();
  restart = async (): Promise<void> => {
    this.server = await startRedis([], this.server);
  };
}

const inSwap = 'RPUSH';
const stopFor =
  (ms: number) =>
  ({ signal }: Place): Fault => ({
    strike: () => {
      signal('SIGSTOP');
      setTimeout(() => signal('SIGCONT'), ms);
    },
    heal: () => signal('SIGCONT'),
  });

/** By name, and what publishing may say of it. */
const faults: Readonly<Record<string, [(place: Place) => Fault, RegExp]>> = {
  'stops for 3 seconds': [stopFor(3_000), /^published$/],
  'is killed and started again': [({ kill, restart }) => ({ strike: kill, heal: restart }), /^unavailable$/],
  'is out of memory': [
    ({ ask }) => ({
      strike: () => ask('CONFIG', 'SET', 'maxmemory', '1'),
      heal: () => ask('CONFIG', 'SET', 'maxmemory', '0'),
    }),
    /^full$/,
  ],
  'has become a read-only replica': [
    ({ ask }) => ({
      strike: async () => ask('REPLICAOF', '127.0.0.1', String(await freePort())),
      heal: () => ask('REPLICAOF', 'NO', 'ONE'),
    }),
    /^denied$/,
  ],
  'cannot be reached': [({ proxy }) => ({ strike: proxy.cut, heal: proxy.heal }), /^unavailable$/],
};

/** Those that strike while the request that moves the head is under way. */
const faultsOfTheSwap: Readonly<Record<string, [(place: Place) => Fault, RegExp]>> = {
  'loses the answer and the connection': [
    ({ proxy }) => ({ strike: () => proxy.loseReplyTo(inSwap), heal: proxy.heal }),
    /^published$/,
  ],
  'loses the answer and says nothing': [
    ({ proxy }) => ({ strike: () => proxy.loseReplyTo(inSwap, true), heal: proxy.heal }),
    /^published$/,
  ],
  'goes silent until it is given up': [
    ({ proxy }) => ({ strike: () => proxy.when(inSwap, proxy.pause), heal: proxy.heal }),
    /^unavailable$/,
  ],
  'loses the answer and cannot be reached any more': [
    ({ proxy }) => ({
      strike: () => proxy.loseReplyTo(inSwap, false, proxy.cut),
      heal: proxy.heal,
      isUntold: true,
    }),
    /^unavailable$/,
  ],
  'stops until it is given up': [
    ({ proxy, signal }) => ({
      strike: () => proxy.when(inSwap, () => signal('SIGSTOP')),
      heal: async () => {
        signal('SIGCONT');
        await sleep(200);
      },
    }),
    /^unavailable$/,
  ],
  'stops longer than a swap waits, and goes on': [
    ({ proxy, signal }) => ({
      strike: () =>
        proxy.when(inSwap, () => {
          signal('SIGSTOP');
          setTimeout(() => signal('SIGCONT'), 7_000);
        }),
      heal: () => {},
    }),
    /^published$/,
  ],
};

const rounds = timesFrom('PROVISO_FAULTS', 1);

/** Every round on a server of its own, for it is broken. */
async function endure(faultOf: (place: Place) => Fault, says: RegExp, moment: Moment): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    const server = await startRedis();
    const place = new Place(server, await startFaultProxy(server.port));
    try {
      const endured = await publishUnderFault({ url: place.url, direct: place.direct, moment }, faultOf(place));
      expect(endured.faults).toEqual([]);
      expect(endured.said).toMatch(says);
    } finally {
      await place.proxy.stop();
      await place.server.stop();
    }
  }
}

describe.skipIf(isMissing('redis-server'))('publishing while a Redis (redis-server)', () => {
  const timeout = 60_000 * rounds;
  const outcome = 'fails loudly and changes nothing, or succeeds once';
  for (const [name, [fault, says]] of Object.entries(faultsOfTheSwap))
    test.concurrent(`${name}, while the head moves, ${outcome}`, { timeout }, () => endure(fault, says, 'head'));
  for (const [name, [fault, says]] of Object.entries(faults))
    for (const moment of moments)
      test.concurrent(`${name}, at the ${moment}, ${outcome}`, { timeout }, () => endure(fault, says, moment));
});
