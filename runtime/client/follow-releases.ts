import { followsCanary } from '../snapshot/follows-canary.ts';
import { compareOrder } from '../snapshot/head.ts';
import { SnapshotError } from '../snapshot/object.ts';
import { type HeadAt, type ReadStore, StoreError } from '../stores/store.ts';
import { type OpenRelease, openRelease, type ReaderOf, readHead, type TakenHead } from './open-release.ts';
import { TermsError } from './terms-error.ts';

/** Which channels a reader looks at. */
export interface Followed extends Omit<ReaderOf, 'now'> {
  /** Where canaries are, and the name by which this reader follows some of them; absent where it looks at none. */
  canary?: { channel: string; reader: string };
  now(): number;
}

/** The release being read: what is in force for everybody, or a canary in its place. */
export interface Following {
  readonly current: OpenRelease;
  /** Answers from the current release; of a canary that turns out to be damaged, from what everybody has. */
  ask<T>(answer: (release: OpenRelease) => Promise<T>): Promise<T>;
  /** Reads the heads again; true when another release is read from now on. */
  refresh(): Promise<boolean>;
}

/** The newest head of each channel that was taken. */
interface Heads {
  stable: TakenHead;
  canary?: TakenHead;
  /** What stands in the canary's channel now may not be taken: the one before it is kept for its place, and not followed. */
  isRefused?: boolean;
}

/**
 * Opens the release in force and goes on to newer ones. A canary that cannot be read is no trouble: what everybody has is
 * read then.
 *
 * @throws TermsError, StoreError, SnapshotError about what is in force for everybody.
 */
export async function followReleases(store: ReadStore, { canary, now, ...place }: Followed): Promise<Following> {
  const get = (hashes: readonly string[]) => store.get(hashes);
  /** Hash of the head of a canary that was found damaged; the next head of its channel is another attempt. */
  let damaged: string | undefined;

  async function readHeads(last?: Heads): Promise<Heads> {
    // The canary comes first: promoted in between, it is found in force for everybody, and its readers keep it.
    const at = canary && (await headAt(store, place.environment, canary.channel));
    const stable = await readHead(store, { ...place, now: now() }, last?.stable);
    return { stable, ...(canary && (await takeCanary(at, canary.channel, stable, last))) };
  }

  async function takeCanary(
    at: HeadAt | 'unknown' | undefined,
    channel: string,
    stable: TakenHead,
    last?: Heads,
  ): Promise<Omit<Heads, 'stable'>> {
    const known = last?.canary;
    const before = known ? { canary: known } : {};
    if (at === undefined) return before;
    if (at === 'unknown') return { ...before, isRefused: last?.isRefused };
    // Keys that were replaced for everybody are replaced for the canary.
    const trust = newerOf(stable.trust, known?.trust);
    const reader = { environment: place.environment, channel, trust: () => trust, now: now() };
    try {
      return { canary: await readHead({ get, getHead: async () => at }, reader, known && { ...known, trust }) };
    } catch (error) {
      if (error instanceof StoreError) return { ...before, isRefused: last?.isRefused };
      if (error instanceof TermsError || error instanceof SnapshotError) return { ...before, isRefused: true };
      throw error;
    }
  }

  function choose({ stable, canary: other, isRefused }: Heads): TakenHead {
    if (!canary || !other || isRefused || other.hash === damaged) return stable;
    const isOfOldKeys = other.payload.epoch < stable.payload.epoch;
    return !isOfOldKeys && followsCanary(other.payload, stable.payload, canary.reader) ? other : stable;
  }

  async function open(from: Heads): Promise<{ hash: string; release: OpenRelease }> {
    const { hash, payload } = choose(from);
    try {
      return { hash, release: await openRelease(get, payload) };
    } catch (error) {
      const isTrouble = error instanceof SnapshotError || error instanceof StoreError;
      if (!isTrouble || hash === from.stable.hash) throw error;
      if (error instanceof SnapshotError) damaged = hash;
      return { hash: from.stable.hash, release: await openRelease(get, from.stable.payload) };
    }
  }

  let heads = await readHeads();
  let opened = await open(heads);

  return {
    get current() {
      return opened.release;
    },
    async ask(answer) {
      for (;;) {
        const asked = opened;
        try {
          return await answer(asked.release);
        } catch (error) {
          const isCanary = canary !== undefined && asked.release.head.channel === canary.channel;
          if (!(error instanceof SnapshotError) || !isCanary) throw error;
          if (asked.hash === heads.canary?.hash) damaged = asked.hash;
          const instead = await open(heads);
          if (opened === asked) opened = instead;
        }
      }
    },
    async refresh() {
      const next = await readHeads(heads);
      const isAnother = choose(next).hash !== opened.hash;
      const then = isAnother ? await open(next) : opened;
      // Another refresh may have been faster.
      if (isBehind(next, heads)) return false;
      heads = next;
      if (then.hash === opened.hash) return false;
      opened = then;
      return true;
    },
  };
}

const isBehind = (next: Heads, heads: Heads): boolean =>
  compareOrder(next.stable.payload, heads.stable.payload) < 0 ||
  (heads.canary !== undefined &&
    (next.canary === undefined || compareOrder(next.canary.payload, heads.canary.payload) < 0));

async function headAt(store: ReadStore, env: string, channel: string): Promise<HeadAt | 'unknown' | undefined> {
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
