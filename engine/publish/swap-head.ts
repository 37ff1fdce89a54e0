import { decodeHead, encodeHead, type Head, type HeadPayload } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { historyOf } from './history.ts';
import { type Refused, refuse } from './outcome.ts';

/** Where a release goes, and what every head that goes there says. */
export interface Target {
  repo: string;
  env: string;
  channel: string;
  epoch: number;
  /** Readers call a release stale when no newer head came for this long. */
  staleAfterMs: number;
}

export interface SwapTools {
  store: WriteStore;
  now(): Date;
  /** Waits a random time up to this many milliseconds, so that publishers who collided do not collide again. */
  pause(maxMs: number): Promise<void>;
}

/** What is for the caller to say about a next head; the rest follows from the target and the head before. */
export type NextHead = Pick<
  HeadPayload,
  'kind' | 'root' | 'count' | 'commit' | 'policyDigest' | 'evidence' | 'schema' | 'releaseHold'
>;

export interface Swapped {
  outcome: 'swapped';
  head: Head;
}

/** Others were faster every time; nothing of ours became visible. Trying again is right. */
export interface Lost {
  outcome: 'lost';
  tries: number;
}

const maxTries = 8;

/**
 * Moves the head: reads it, asks `decide` for the next one or for a reason to stop, and swaps. Repeats on a lost race;
 * an answer that was lost on the way is settled by reading, never by guessing.
 */
export async function swapHead<Stop>(
  { store, now, pause }: SwapTools,
  target: Target,
  decide: (current: Head | undefined) => Promise<{ next: NextHead } | { stop: Stop }>,
): Promise<Swapped | Stop | Refused | Lost> {
  const { env, channel } = target;
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const at = await store.getHead(env, channel);
    const current = at && readCurrent(at.envelope);
    if (current && 'outcome' in current) return current;
    const foreign = current && foreignHead(current, target);
    if (foreign) return foreign;
    const decision = await decide(current);
    if ('stop' in decision) return decision.stop;
    const next = encodeHead(fillIn(decision.next, current, target, now()));
    const swap = await store.casHead(env, channel, at?.token ?? null, next.envelope);
    if (swap === 'ok' || (swap === 'unknown' && (await isInForceOrWas(store, env, channel, next.hash))))
      return { outcome: 'swapped', head: decodeHead(next.envelope) };
    await pause(Math.min(1000, 10 * 2 ** tries));
  }
  return { outcome: 'lost', tries: maxTries };
}

function fillIn(next: NextHead, current: Head | undefined, target: Target, now: Date): HeadPayload {
  const { staleAfterMs, ...place } = target;
  return {
    v: 1,
    ...place,
    n: (current?.payload.n ?? 0) + 1,
    prev: current?.hash ?? null,
    ...next,
    issuedAt: now.toISOString(),
    staleAfter: new Date(now.getTime() + staleAfterMs).toISOString(),
  };
}

function readCurrent(envelope: Uint8Array): Head | Refused {
  try {
    return decodeHead(envelope);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return refuse('damaged', `what is published cannot be read: ${error.message}`, 'restore the store from a backup');
  }
}

function foreignHead({ payload }: Head, target: Target): Refused | undefined {
  for (const field of ['repo', 'env', 'channel'] as const)
    if (payload[field] !== target[field] && !(field === 'repo' && (isUnnamed(payload) || isUnnamed(target))))
      return refuse(
        'foreign',
        `this store holds releases of another ${words[field]}: "${payload[field]}" instead of "${target[field]}"`,
        'check which store this environment uses; two repositories cannot share one place',
      );
  if (payload.epoch <= target.epoch) return undefined;
  return refuse(
    'foreign',
    `release ${payload.n} was made with newer keys (${payload.epoch}) than these (${target.epoch})`,
    'publish with the current keys',
  );
}

/** A repository that has not been anywhere yet has only a makeshift name; that it is the same one, its commits tell. */
const isUnnamed = ({ repo }: { repo: string }): boolean => repo.startsWith('local/');

const words = { repo: 'repository', env: 'environment', channel: 'channel' } as const;

async function isInForceOrWas(store: WriteStore, env: string, channel: string, hash: string): Promise<boolean> {
  for await (const head of historyOf(store, env, channel)) if (head.hash === hash) return true;
  return false;
}
