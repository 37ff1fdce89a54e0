import { followsCanary } from '../snapshot/follows-canary.ts';
import { compareOrder } from '../snapshot/head.ts';
import { SnapshotError } from '../snapshot/object.ts';
import { type HeadAt, StoreError } from '../stores/store.ts';
import { type HeadStore, type ReaderOf, readHead, type TakenHead } from './read-head.ts';
import { TermsError } from './terms-error.ts';

/** The newest head of each channel that was taken. */
export interface Heads {
  stable: TakenHead;
  canary?: TakenHead;
  /** What stands in the canary's channel now may not be taken: the one before it is kept for its place, and not followed. */
  isRefused?: boolean;
}

/** Which heads a reader takes. */
export interface HeadRules extends Omit<ReaderOf, 'now'> {
  /** Where canaries are, and the name by which this reader follows some of them; absent where it looks at none. */
  canary?: { channel: string; reader: string };
  now(): number;
}

/**
 * Reads the heads a reader chooses from. A canary that cannot be read is no trouble: what everybody has is read then.
 *
 * @throws TermsError, StoreError, SnapshotError about what is in force for everybody.
 */
export async function readHeads(store: HeadStore, rules: HeadRules, last?: Heads): Promise<Heads> {
  const { canary, now, ...reader } = rules;
  // The canary comes first: promoted in between, it is found in force for everybody, and its readers keep it.
  const at = canary && (await headAt(store, reader.environment, canary.channel));
  const stable = await readHead(store, { ...reader, now: now() }, last?.stable);
  return { stable, ...(canary && (await takeCanary(store, rules, { at, channel: canary.channel }, stable, last))) };
}

async function takeCanary(
  { get }: HeadStore,
  { environment, now }: HeadRules,
  { at, channel }: { at: HeadAt | 'unknown' | undefined; channel: string },
  stable: TakenHead,
  last?: Heads,
): Promise<Omit<Heads, 'stable'>> {
  const known = last?.canary;
  const before = known ? { canary: known } : {};
  if (at === undefined) return before;
  if (at === 'unknown') return { ...before, ...refusedAs(last) };
  // Keys that were replaced for everybody are replaced for the canary.
  const trust = newerOf(stable.trust, known?.trust);
  const reader = { environment, channel, trust: () => trust, now: now() };
  try {
    return { canary: await readHead({ get, getHead: async () => at }, reader, known && { ...known, trust }) };
  } catch (error) {
    if (error instanceof StoreError) return { ...before, ...refusedAs(last) };
    if (error instanceof TermsError || error instanceof SnapshotError) return { ...before, isRefused: true };
    throw error;
  }
}

const refusedAs = (last: Heads | undefined): Pick<Heads, 'isRefused'> =>
  last?.isRefused === undefined ? {} : { isRefused: last.isRefused };

async function headAt(store: HeadStore, env: string, channel: string): Promise<HeadAt | 'unknown' | undefined> {
  try {
    return await store.getHead(env, channel);
  } catch (error) {
    if (error instanceof StoreError) return 'unknown';
    throw error;
  }
}

function newerOf(stable: TakenHead['trust'], canary: TakenHead['trust'] | undefined): TakenHead['trust'] {
  if (stable === 'unsigned' || canary === undefined || canary === 'unsigned') return stable;
  return canary.payload.version > stable.payload.version ? canary : stable;
}

/** The head a reader follows; `damaged` is the hash of a canary's head that turned out not to be whole. */
export function chooseHead({ stable, canary, isRefused }: Heads, rules: HeadRules, damaged?: string): TakenHead {
  if (!rules.canary || !canary || isRefused || canary.hash === damaged) return stable;
  const isOfOldKeys = canary.payload.epoch < stable.payload.epoch;
  return !isOfOldKeys && followsCanary(canary.payload, stable.payload, rules.canary.reader) ? canary : stable;
}

/** Whether heads were read before others that were taken meanwhile; numbers of two repositories are no order. */
export const isBehind = (next: Heads, heads: Heads): boolean =>
  next.stable.payload.repo === heads.stable.payload.repo &&
  (compareOrder(next.stable.payload, heads.stable.payload) < 0 ||
    (heads.canary !== undefined &&
      (next.canary === undefined || compareOrder(next.canary.payload, heads.canary.payload) < 0)));
