import { setTimeout as sleep } from 'node:timers/promises';
import { ancestryOf } from '../engine/io/ancestry.ts';
import { repositoryName } from '../engine/io/git.ts';
import type { PublishTools } from '../engine/publish/publish.ts';
import type { Target } from '../engine/publish/swap-head.ts';
import { openStore } from '../runtime/stores/registry.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';

/** Readers call a release stale a day after the last head. */
const STALE_AFTER = 24 * 60 * 60 * 1000;

/** Everything a release command needs of the world outside, but the content. */
export type ReleaseTools = Omit<PublishTools, 'assemble'>;

/** Opens the store of the context for the time of `use`. */
export async function withStore<T>(context: Context, use: (store: WriteStore) => Promise<T>): Promise<T> {
  const store = await openStore(await context.storeUrl(), context.root);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

export const releaseTools = (context: Context, store: WriteStore): ReleaseTools => ({
  store,
  now: () => new Date(context.now()),
  pause: (maxMs) => sleep(Math.random() * maxMs),
  ancestry: (first, second) => ancestryOf(context.root, first, second),
});

export const targetOf = async (context: Context): Promise<Target> => ({
  repo: await repositoryName(context.root),
  env: context.environment,
  channel: context.channel,
  epoch: 0,
  staleAfterMs: STALE_AFTER,
});
