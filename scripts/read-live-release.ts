import type { LiveRelease } from '../engine/publish/judge-clients.ts';
import { UsageError } from '../engine/usage-error.ts';
import { decodeHead } from '../runtime/snapshot/head.ts';
import { SnapshotError } from '../runtime/snapshot/object.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';
import { liveRelease } from './live-release.ts';
import { readInForce } from './read-in-force.ts';

/**
 * The release clients are waited for: the one in force, or that of a number, which may also be published only later.
 *
 * @throws UsageError where nothing is published, or what is in force does not verify and no number was given.
 */
export async function readLiveRelease(
  context: Context,
  store: WriteStore,
  release: number | undefined,
): Promise<LiveRelease> {
  const { inForce } = await readInForce(context, store);
  const { head, unverifiable } = inForce;
  if (release === undefined && unverifiable !== undefined)
    throw new UsageError(`what is in force does not verify: ${unverifiable}`, 'say which release: --release 42');
  const live = await liveRelease(context, store, head.payload);
  if (release === undefined || release === live.release) return live;
  return { ...live, release, epoch: release > live.release ? live.epoch : await epochOf(context, store, release) };
}

/** Newer keys outrank every number, so a number alone is no place in the order. */
async function epochOf({ environment, channel }: Context, store: WriteStore, release: number): Promise<number> {
  for await (const envelope of store.history(environment, channel)) {
    const payload = decoded(envelope);
    if (payload?.n === release) return payload.epoch;
  }
  throw new UsageError(`there is no release ${release} for ${environment}/${channel}`, '`proviso history` lists them');
}

function decoded(envelope: Uint8Array): ReturnType<typeof decodeHead>['payload'] | undefined {
  try {
    return decodeHead(envelope).payload;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}
