import { compareOrder, decodeHead, type Head } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { newestRemembered } from './newest-remembered.ts';
import type { Refused } from './outcome.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import { verifyPublished } from './verify-published.ts';
import type { Witness } from './witness.ts';

/** Where a publisher stands before it moves the head. */
export interface Standing {
  /** What the store says the head is, for the swap. */
  token: string | null;
  /**
   * The newest head that is known to have been in force: the store's, or the witness's where the store has gone back in
   * time. The next one comes after it, and is proven from it.
   */
  current?: Head;
  /** The store's, with the objects it names; absent where it is none of ours. */
  stored?: Head;
  /** Whether the witness knows the store's head, this very one. */
  isWitnessed?: boolean;
  /** Hash and order of whatever is the store's head: the next one names it, and has a higher number. */
  before?: { hash: string; epoch: number; n: number };
}

export interface StandingTools {
  store: Pick<WriteStore, 'getHead'>;
  /** How heads are signed; absent where nobody signs. */
  signing?: Signing;
  witness?: Pick<Witness, 'read'>;
  /** Goes on from this head, whatever the store holds: what is there may be another's. */
  takeOver?: { from: Head | undefined };
  /** Tells the person who publishes what must not go by unseen. */
  warn?(message: string): void;
}

/** Reads and verifies what is in force. What is not ours is refused, unless it is to be taken over. */
export async function readStanding(
  { store, signing, witness, takeOver, warn = () => {} }: StandingTools,
  place: Place,
): Promise<Standing | Refused> {
  const at = await store.getHead(place.env, place.channel);
  const stored = at && verifyPublished(at.envelope, signing, place);
  const token = at?.token ?? null;
  if (takeOver) {
    const before = at && orderOf(at.envelope);
    const isGoingOn = stored && !('outcome' in stored) && stored.hash === takeOver.from?.hash;
    return {
      token,
      ...(takeOver.from && { current: takeOver.from }),
      ...(isGoingOn && { stored }),
      ...(before && { before }),
    };
  }
  if (stored && 'outcome' in stored) return stored;
  const remembered = await newestRemembered(signing && witness, signing, place, warn);
  const isBehind = remembered && (!stored || compareOrder(remembered.payload, stored.payload) > 0);
  if (isBehind)
    warn(
      `the store has gone back in time: it holds ${stored ? `release ${stored.payload.n}` : 'no release'}, and release ${remembered.payload.n} was in force; this release will come after both`,
    );
  const current = isBehind ? remembered : stored;
  return {
    token,
    ...(current && { current }),
    ...(stored && {
      stored,
      isWitnessed: remembered?.hash === stored.hash,
      before: { hash: stored.hash, epoch: stored.payload.epoch, n: stored.payload.n },
    }),
  };
}

function orderOf(envelope: Uint8Array): Standing['before'] {
  try {
    const { hash, payload } = decodeHead(envelope);
    return { hash, epoch: payload.epoch, n: payload.n };
  } catch (error) {
    if (error instanceof SnapshotError) return { hash: error.object, epoch: 0, n: 0 };
    throw error;
  }
}
