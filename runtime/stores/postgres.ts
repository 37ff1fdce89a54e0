import { pgPackage } from '../packages/pg-package.ts';
import { checkPlace } from './driver/check-place.ts';
import { loadClient } from './driver/load-client.ts';
import { clientTable } from './postgres/client-table.ts';
import { headTable } from './postgres/head-table.ts';
import { listen } from './postgres/listen.ts';
import { channelOf } from './postgres/migrations.ts';
import { objectTable } from './postgres/object-table.ts';
import { prepareDatabase } from './postgres/prepare-database.ts';
import { readAddress } from './postgres/read-address.ts';
import { reportTrouble } from './postgres/report-trouble.ts';
import { Sessions } from './postgres/sessions.ts';
import type { WriteStore } from './store.ts';

/**
 * The store in a schema of a PostgreSQL database, which `init` makes. Nothing is connected before it is used.
 *
 * @param url `postgres://user:password@host:5432/database?schema=proviso`; other parts of the query are for the client.
 * @throws StoreError, from every method, when the server cannot be reached or refuses.
 */
export async function openPostgresStore(url: string): Promise<WriteStore> {
  const address = readAddress(url);
  const { schema } = address;
  const { Client, Pool } = await loadClient('postgres:', pgPackage);
  const run = <T>(work: () => Promise<T>): Promise<T> => reportTrouble(address, work);
  const sessions = await run(async () => new Sessions({ Client, Pool }, address));
  const objects = objectTable(sessions, schema);
  const heads = headTable(sessions, schema);
  const listening = new Set<() => void>();

  return {
    get: (hashes) => run(() => objects.get(hashes)),
    has: (hashes) => run(() => objects.has(hashes)),
    putAll: (all) => run(() => objects.putAll(all)),
    sweep: (keep, olderThan) => run(() => objects.sweep(keep, olderThan)),
    getHead: (env, channel) => run(() => heads.getHead(env, channel)),
    look: (env, channel, hashes) => run(() => heads.look(env, channel, hashes)),
    casHead: (env, channel, expected, envelope, news) =>
      run(() => heads.casHead(env, channel, expected, envelope, news)),
    async *history(env, channel) {
      const all = heads.history(env, channel)[Symbol.asyncIterator]();
      for (let next = await run(() => all.next()); !next.done; next = await run(() => all.next())) yield next.value;
    },
    places: () => run(() => heads.places()),
    reports: clientTable(sessions, schema, run),
    dropScratch: (env) => run(() => heads.dropScratch(env)),
    init: () => run(() => sessions.run((session) => prepareDatabase(session, schema))),
    watch(env, channel, onHint) {
      checkPlace(env, channel);
      const stop = listen(() => sessions.apart(), channelOf(schema), `${env}/${channel}`, onHint);
      listening.add(stop);
      return () => {
        listening.delete(stop);
        stop();
      };
    },
    async close() {
      for (const stop of listening) stop();
      listening.clear();
      await sessions.close();
    },
  };
}
