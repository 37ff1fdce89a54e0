import type { RateLimiterRedis } from 'rate-limiter-flexible';
import { redisPackage } from '../packages/redis-package.ts';
import { type Count, type Counter, type Slot, secondsKept } from './counter.ts';
import { loadLimiters, loadPackage } from './load-package.ts';
import { MeterError } from './meter-error.ts';
import { placeOf } from './place-of.ts';

/** A client of the package `redis`, of one server or of a cluster, connected by who made it. */
export interface OwnRedis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  multi(): object;
  sendCommand: object;
}

/**
 * What the package lets one say instead of its own script, which adds before it compares: a refused request would stay
 * counted until somebody took it back, and for good where that somebody died. KEYS: the count. ARGV: how much is added
 * (taken back, where negative), the seconds it is kept, and the most it may come to. Answers with what the count is, or
 * would have been where it stays as it was.
 */
const script = `
local used = tonumber(redis.call('get', KEYS[1]) or '0')
local more = tonumber(ARGV[1])
if used + more < 0 then more = 0 - used end
if more > 0 and used + more > tonumber(ARGV[3]) then return { used + more, redis.call('pttl', KEYS[1]) } end
redis.call('incrby', KEYS[1], string.format('%.0f', more))
redis.call('expire', KEYS[1], ARGV[2])
return { used + more, redis.call('pttl', KEYS[1]) }`;

/** The package runs its script only for what expires; a count that is for good expires in a hundred years. */
const CENTURY = 3_155_760_000;

interface Connected {
  client: OwnRedis;
  /** Settles when commands may be sent. */
  ready: () => Promise<unknown> | undefined;
  close: () => void;
  /** Why there is no connection at the moment. */
  trouble?: () => unknown;
}

/**
 * Counts in Redis, with one command each.
 *
 * @param place a URL, `redis[s]://[user[:password]@]host[:port][/database]`, or a client.
 * @throws MeterError (`packageMissing`, `badPlace`)
 */
export async function openRedisCounter(place: string | OwnRedis, prefix: string): Promise<Counter> {
  const { RateLimiterRedis, RateLimiterRes } = await loadLimiters();
  const { client, ready, close, trouble } = typeof place === 'string' ? await connect(place) : own(place);
  const limiterOf = (slot: Slot, points: number): RateLimiterRedis =>
    new RateLimiterRedis({
      storeClient: client,
      useRedisPackage: true,
      customIncrTtlLuaScript: script,
      keyPrefix: prefix,
      points,
      duration: secondsKept(slot) ?? CENTURY,
    });
  return {
    place: placeOf(place, 'Redis'),
    ...(trouble && { trouble }),
    async take(slot, n, most): Promise<Count> {
      await ready();
      try {
        return { used: (await limiterOf(slot, most).consume(slot.key, n)).consumedPoints, isTaken: true };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { used: refusal.consumedPoints - n, isTaken: false };
      }
    },
    async giveBack(slot, n) {
      await ready();
      return (await limiterOf(slot, Number.MAX_SAFE_INTEGER).reward(slot.key, n)).consumedPoints;
    },
    async read(slot) {
      await ready();
      return (await limiterOf(slot, Number.MAX_SAFE_INTEGER).get(slot.key))?.consumedPoints ?? 0;
    },
    close: async () => close(),
  };
}

const own = (client: OwnRedis): Connected => ({ client, ready: () => undefined, close: () => {} });

async function connect(url: string): Promise<Connected> {
  const { createClient } = await loadPackage('counting in Redis', redisPackage);
  const client = open(() =>
    createClient({
      url,
      RESP: 2,
      // What is not sent at once is answered as an outage at once, and not carried out later.
      disableOfflineQueue: true,
      disableClientInfo: true,
      maintNotifications: 'disabled',
      socket: { connectTimeout: 5_000, reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000) },
    }),
  );
  let trouble: unknown;
  client.on('error', (error: unknown) => {
    trouble = error;
  });
  client.on('ready', () => {
    trouble = undefined;
  });
  client.connect().catch(() => {});
  let waiting: Promise<unknown> | undefined;
  return {
    client,
    ready() {
      if (client.isReady) return undefined;
      waiting ??= new Promise((resolve) => client.once('ready', resolve)).finally(() => {
        waiting = undefined;
      });
      return waiting;
    },
    close: () => client.destroy(),
    trouble: () => trouble,
  };
}

function open<T>(make: () => T): T {
  try {
    return make();
  } catch {
    // The client's own words hold the URL, password and all.
    throw new MeterError(
      'badPlace',
      'this Redis URL cannot be read; write redis://user:password@host:6379/0, with %40 for an "@" in a password',
    );
  }
}
