import { setTimeout as sleep } from 'node:timers/promises';
import { ancestryOf } from '../engine/io/ancestry.ts';
import { readKeysets } from '../engine/io/read-keysets.ts';
import { gitWitness } from '../engine/io/witness.ts';
import type { Line } from '../engine/publish/history.ts';
import { oursIn } from '../engine/publish/ours-in.ts';
import type { PublishTools } from '../engine/publish/publish.ts';
import type { Target } from '../engine/publish/swap-head.ts';
import { plain } from '../engine/report/plain.ts';
import { openStore } from '../runtime/stores/registry.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { isSigned, openSigning } from './open-signing.ts';
import { repositoryNameOf } from './repository-name-of.ts';

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

export const releaseTools = async (context: Context, store: WriteStore): Promise<ReleaseTools> => ({
  store,
  ...(await signingOf(context)),
  warn: warningOf(context),
  progress: context.progress,
  reopen: async () => openStore(await context.storeUrl(), context.root),
  now: () => new Date(context.now()),
  pause: (maxMs) => sleep(Math.random() * maxMs),
  ancestry: (first, second) => ancestryOf(context.root, first, second),
});

const warningOf = (context: Context) => (message: string) => context.writeError(`proviso: ${plain(message)}\n`);

async function signingOf(context: Context): Promise<Pick<ReleaseTools, 'signing' | 'witness'>> {
  const signing = await openSigning(context);
  if (!signing) return {};
  const { environment: env, channel, variables, root } = context;
  const token = variables.GITHUB_TOKEN;
  const server = variables.GITHUB_SERVER_URL || 'https://github.com';
  const warn = warningOf(context);
  return {
    signing,
    witness: gitWitness(root, { env, channel }, { ...(token && { credentials: { server, token } }), warn }),
  };
}

/** The heads of the context's environment and channel; where they are signed, those that are ours. */
export const lineOf = async (context: Context): Promise<Line> =>
  oursIn(await targetOf(context), await openSigning(context));

export const targetOf = async (context: Context): Promise<Target> => ({
  // Whoever made the keys said what the repository is called, and every reader holds heads against that name.
  repo:
    ((await isSigned(context)) && readKeysets(context.root).at(-1)?.payload.repo) || (await repositoryNameOf(context)),
  env: context.environment,
  channel: context.channel,
  staleAfterMs: STALE_AFTER,
});
