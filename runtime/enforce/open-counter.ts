import { showValue } from '../client/show-value.ts';
import type { Counter } from './counter.ts';
import { openMemoryCounter } from './memory-counter.ts';
import { MeterError } from './meter-error.ts';
import { type OwnPool, openPostgresCounter } from './postgres-counter.ts';
import { type OwnRedis, openRedisCounter } from './redis-counter.ts';

/** Where use is counted: a URL, or a client the caller has connected. */
export type MeterPlace = string | OwnRedis | OwnPool;

const known =
  'use is counted in memory:, redis://…, rediss://… or postgres://…, or through a client of redis or a pool of pg';

/** @throws MeterError (`packageMissing`, `badPlace`) */
export async function openCounter(place: MeterPlace, prefix: string): Promise<Counter> {
  if (typeof place === 'string') {
    if (place === 'memory:') return openMemoryCounter();
    if (/^rediss?:\/\//.test(place)) return openRedisCounter(place, prefix);
    if (/^postgres(ql)?:\/\//.test(place)) return openPostgresCounter(place, prefix);
  } else if (typeof place !== 'object' || place === null) {
    throw new MeterError(
      'badPlace',
      `\`in\` of openMeter is ${place === undefined ? 'missing' : showValue(place)}: ${known}`,
    );
  } else if ('defineCommand' in place)
    throw new MeterError(
      'badPlace',
      'use is not counted through a client of ioredis: give its URL, or a client of redis',
    );
  else if ('sendCommand' in place) return openRedisCounter(place, prefix);
  else if ('connect' in place) return openPostgresCounter(place, prefix);
  throw new MeterError('badPlace', known);
}
