import type { HeadPayload } from './head.ts';
import { sha256 } from './object.ts';

/** Shares are told apart to a hundredth of a percent. */
const BUCKETS = 10_000;

/**
 * Where a reader stands among all, from 0 to 9,999. It follows from names alone: with a higher share of a canary, and with
 * the next canary, those who had it have it again.
 */
export const bucketOf = (env: string, channel: string, reader: string): number =>
  Number.parseInt(sha256(`${env}/${channel}/${reader}`).slice(0, 8), 16) % BUCKETS;

/**
 * Whether a canary is over what is in force for everybody. A rollback, and whatever else came after it, ends it; also
 * where the same content comes into force again.
 */
export const isOver = ({ canary, releaseHold }: HeadPayload, stable: HeadPayload): boolean =>
  canary?.over === stable.root && releaseHold === stable.releaseHold;

/** Whether a reader follows a canary in place of what is in force for everybody; both were accepted. */
export function followsCanary(payload: HeadPayload, stable: HeadPayload, reader: string): boolean {
  const { env, channel, canary } = payload;
  if (!canary || !isOver(payload, stable)) return false;
  const share = Math.round(canary.percent * 100);
  return canary.readers?.includes(reader) === true || bucketOf(env, channel, reader) < share;
}
