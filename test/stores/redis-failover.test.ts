import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openTerms } from '../../runtime/client/open-terms.ts';
import { decodeHead, encodeHead } from '../../runtime/snapshot/head.ts';
import { openStore } from '../../runtime/stores/registry.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { timesFrom } from '../fixtures/release/counts.ts';
import { publishCompany } from '../fixtures/release/published-company.ts';
import { startFaultProxy } from '../fixtures/servers/fault-proxy.ts';
import { askRedis, startRedis } from '../fixtures/servers/redis.ts';
import { isMissing } from '../fixtures/servers/server.ts';

const rounds = timesFrom('PROVISO_FAILOVERS', 3);

/** A publisher who knows of a release from elsewhere, as from a witness outside the store. */
const knowing = (store: WriteStore, witness: number): WriteStore => ({
  ...store,
  casHead(env, channel, expected, envelope) {
    const { payload } = decodeHead(envelope);
    const n = Math.max(payload.n, witness + 1);
    return store.casHead(env, channel, expected, encodeHead({ ...payload, n }).envelope);
  },
});

/** Lets a replica take over that had stopped hearing of its primary, releases ago. */
async function failOver(): Promise<void> {
  const primary = await startRedis(['--repl-diskless-sync-delay', '0']);
  const replica = await startRedis();
  const [address, link] = [await startFaultProxy(primary.port), await startFaultProxy(primary.port)];
  const url = `redis://127.0.0.1:${address.port}`;
  const store = await openStore(url);
  const over = new AbortController();
  try {
    await publishCompany(store, 'c1');
    await publishCompany(store, 'c2');
    await askRedis(replica.port, 'REPLICAOF', '127.0.0.1', String(link.port));
    const readsAt = (port: number) => askRedis(port, 'LLEN', 'proviso:heads:{local}/stable').catch(() => undefined);
    await expect.poll(() => readsAt(replica.port), { timeout: 10_000 }).toBe(2);
    const before = await store.getHead('local', 'stable');
    link.pause();
    for (const commit of ['c3', 'c4', 'c5']) await publishCompany(store, commit);
    const last = await store.getHead('local', 'stable');

    const terms = await openTerms({ follow: false, store: url });
    expect(terms.release).toMatchObject({ n: 5, commit: 'c5' });
    const held = (await terms.customer('bare'))?.settings;
    const seen: number[] = [];
    const follow = async (): Promise<void> => {
      while (!over.signal.aborted) {
        await terms.refresh().catch(() => {});
        seen.push(terms.release.n);
        await sleep(5);
      }
    };
    const following = follow();

    await primary.kill();
    link.cut();
    await askRedis(replica.port, 'REPLICAOF', 'NO', 'ONE');
    address.redirect(replica.port);

    // The store went back: to release 2, as it was before the others.
    expect(await store.getHead('local', 'stable')).toEqual(before);
    expect(await store.casHead('local', 'stable', last?.token ?? null, Buffer.from('late'))).toBe('conflict');
    expect(await terms.refresh()).toBe(false);
    expect(terms.release).toMatchObject({ n: 5, commit: 'c5' });
    expect((await terms.customer('bare'))?.settings).toEqual(held);

    await publishCompany(knowing(store, 5), 'c6');
    expect(decodeHead((await store.getHead('local', 'stable'))?.envelope ?? Buffer.of()).payload.n).toBe(6);
    await expect.poll(() => terms.release.commit, { timeout: 10_000 }).toBe('c6');
    expect((await terms.customer('bare'))?.settings).toEqual(held);
    // Once as long as it was, the list is still not the one that was lost.
    for (const commit of ['c7', 'c8']) await publishCompany(store, commit);
    expect(await readsAt(replica.port)).toBe(5);
    expect(await store.casHead('local', 'stable', last?.token ?? null, Buffer.from('late'))).toBe('conflict');

    over.abort();
    await following;
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await terms.close();
  } finally {
    over.abort();
    await store.close();
    for (const each of [address, link, primary, replica]) await each.stop();
  }
}

describe.skipIf(isMissing('redis-server'))(
  'a Redis whose replica takes over without what it missed (redis-server)',
  () => {
    test(`takes no reader back, and the next publish makes up for it, ${rounds} times`, {
      timeout: 30_000 * rounds,
    }, async () => {
      for (let round = 1; round <= rounds; round += 1) await failOver();
    });
  },
);
