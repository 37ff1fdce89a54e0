import type { LiveRelease } from '../engine/publish/judge-clients.ts';
import { STABLE } from '../engine/publish/read-stable.ts';
import { followsCanary } from '../runtime/snapshot/follows-canary.ts';
import { decodeHead, type HeadPayload } from '../runtime/snapshot/head.ts';
import type { ReadStore } from '../runtime/stores/store.ts';
import type { Context } from './command.ts';

/** A release that is in force as clients are held against it; of a canary with who is to follow it. */
export async function liveRelease(
  { environment, channel }: Pick<Context, 'environment' | 'channel'>,
  store: ReadStore,
  payload: HeadPayload,
): Promise<LiveRelease> {
  const live = { channel, release: payload.n, epoch: payload.epoch };
  if (!payload.canary) return live;
  const stable = await store.getHead(environment, STABLE);
  if (!stable) return live;
  const forAll = decodeHead(stable.envelope).payload;
  return { ...live, isMeant: (reader) => followsCanary(payload, forAll, reader) };
}
