import { checkPlace, checkScratch } from './driver/check-place.ts';
import { readNatsAddress } from './nats/address.ts';
import { type Bucket, bucketsOf } from './nats/buckets.ts';
import { Heads } from './nats/heads.ts';
import { watchHints } from './nats/hints.ts';
import { loadNatsClient } from './nats/link.ts';
import { Objects } from './nats/objects.ts';
import { natsReports } from './nats/reports.ts';
import { Session } from './nats/session.ts';
import { makeBuckets } from './nats/setup.ts';
import type { StorePlace, WriteStore } from './store.ts';

/**
 * The store in JetStream of a NATS server or cluster. Nothing is connected before it is first used; `init` makes the
 * buckets.
 *
 * @param url as `readNatsAddress` says.
 * @throws StoreError (`unsuitable`) for a URL that cannot be read or without the client installed; from every method
 * when the server refuses, when its buckets were not made, or when it does not answer, after ten seconds at the latest.
 */
export async function openNatsStore(url: string, base: string): Promise<WriteStore> {
  const address = readNatsAddress(url, base);
  const client = await loadNatsClient();
  const buckets = bucketsOf(address.bucket);
  const session = new Session(client, address, buckets);
  const objects = new Objects(session, buckets.objects);
  const watches = new Set<() => void>();
  const headsOf = (env: string, channel: string): Heads => {
    checkPlace(env, channel);
    return new Heads(session, isScratch(env) ? buckets.scratch : buckets.heads, env, channel);
  };

  return {
    get: (hashes) => objects.get(hashes),
    has: (hashes) => objects.has(hashes),
    putAll: (all) => objects.putAll(all),
    sweep: (keep, olderThan) => objects.sweep(keep, olderThan),
    getHead: async (env, channel) => headsOf(env, channel).read(),
    casHead: async (env, channel, expected, envelope, news) =>
      headsOf(env, channel).swap(expected, envelope, (until) => objects.serverTime(until), news),
    async *history(env, channel) {
      yield* headsOf(env, channel).list();
    },
    async places() {
      const places: StorePlace[] = [];
      for (const bucket of [buckets.heads, buckets.scratch])
        for (const subject of await subjectsOf(session, bucket)) {
          const [env = '', channel = ''] = bucket.keyOf(subject).split('.');
          if (await headsOf(env, channel).read()) places.push({ env, channel });
        }
      return places;
    },
    reports: natsReports(session, buckets.clients),
    init: () => makeBuckets(session, address, buckets),
    async dropScratch(env) {
      checkScratch(env);
      const { stream, subject } = buckets.scratch;
      await session.run(({ manager }) => manager.streams.purge(stream, { filter: subject(`${env}.>`) }));
    },
    watch(env, channel, onHint) {
      checkPlace(env, channel);
      const stop = watchHints(client, address, buckets.hints(env, channel), onHint);
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

/** Every subject of a bucket that has messages. */
const subjectsOf = async (session: Session, { stream, subject }: Bucket): Promise<string[]> => {
  const { state } = await session.run(({ manager }) => manager.streams.info(stream, { subjects_filter: subject('>') }));
  return Object.keys(state.subjects ?? {});
};

const isScratch = (env: string): boolean => env.startsWith('scratch-');
