import { redisPackage } from '../packages/redis-package.ts';
import { checkPlace, checkScratch } from './driver/check-place.ts';
import { loadClient } from './driver/load-client.ts';
import { readRedisAddress } from './redis/address.ts';
import { listHeads, readHead, swapHead } from './redis/heads.ts';
import { watchHints } from './redis/hints.ts';
import { keysOf } from './redis/keys.ts';
import { Objects, scanKeys } from './redis/objects.ts';
import { redisReports } from './redis/reports.ts';
import { Session } from './redis/session.ts';
import { examineSetup } from './redis/setup.ts';
import type { StorePlace, WriteStore } from './store.ts';

/**
 * The store on a Redis server or cluster. Nothing is connected before it is first used.
 *
 * @param url as `readRedisAddress` says.
 * @throws StoreError (`unsuitable`) for a URL that cannot be read or without the client installed; from every method
 * when the server refuses or does not answer, after ten seconds at the latest.
 */
export async function openRedisStore(url: string, base: string): Promise<WriteStore> {
  const address = readRedisAddress(url, base);
  const client = await loadClient('Redis', redisPackage);
  const keys = keysOf(address.prefix);
  const session = new Session(client, address);
  const objects = new Objects(session, keys, address.isCluster);
  const watches = new Set<() => void>();
  const headsKey = (env: string, channel: string): string => {
    checkPlace(env, channel);
    return keys.heads(env, channel);
  };

  return {
    get: (hashes) => objects.get(hashes),
    has: (hashes) => objects.has(hashes),
    putAll: (all) => objects.putAll(all),
    sweep: (keep, olderThan) => objects.sweep(keep, olderThan),
    getHead: async (env, channel) => readHead(session, headsKey(env, channel)),
    async casHead(env, channel, expected, envelope, news) {
      checkPlace(env, channel);
      return swapHead(session, keys, { env, channel }, expected, envelope, news);
    },
    async *history(env, channel) {
      yield* listHeads(session, headsKey(env, channel));
    },
    async places() {
      const places = new Map<string, StorePlace>();
      for await (const found of scanKeys(session, keys.everyHead))
        for (const key of found) {
          const place = keys.placeOf(key);
          if (place) places.set(key, place);
        }
      return [...places.values()];
    },
    reports: redisReports(session, keys),
    init: () => examineSetup(session, address),
    async dropScratch(env) {
      checkScratch(env);
      for await (const found of scanKeys(session, keys.headsOf(env)))
        for (const key of found) await session.run((link) => link.ask(key, 'UNLINK', key));
    },
    watch(env, channel, onHint) {
      checkPlace(env, channel);
      const stop = watchHints(client, address, keys.hints(env, channel), onHint);
      watches.add(stop);
      return () => {
        watches.delete(stop);
        stop();
      };
    },
    async close() {
      for (const stop of watches) stop();
      watches.clear();
      session.close();
    },
  };
}
