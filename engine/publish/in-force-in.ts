import { compareOrder, decodeHead, type Head, type HeadPayload } from '../../runtime/snapshot/head.ts';
import type { ReadStore } from '../../runtime/stores/store.ts';
import { newestRemembered } from './newest-remembered.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import { verifyPublished } from './verify-published.ts';
import type { Witness } from './witness.ts';

/** What is in force in a place, for people to look at: also what no publisher would go on from. */
export interface InForce {
  head: Head;
  /** Why it is none of ours. */
  unverifiable?: string;
  /** The keyset it is signed with; absent where nobody signs, or it does not verify. */
  keyset?: { version: number; expires: string; isExpired: boolean };
  /** Milliseconds since it was issued. */
  ageMs: number;
  isStale: boolean;
  /** The witness in git knows that a newer release was in force. */
  behind?: HeadPayload;
  /** The witness in git knows this very head. */
  isWitnessed: boolean;
}

export interface LookTools {
  store: Pick<ReadStore, 'getHead'>;
  signing?: Signing;
  witness?: Pick<Witness, 'read'>;
}

/**
 * Undefined where nothing is published. `now` in milliseconds since 1970.
 *
 * @throws SnapshotError where the head cannot be read.
 */
export async function inForceIn(
  { store, signing, witness }: LookTools,
  place: Place,
  now: number,
): Promise<InForce | undefined> {
  const at = await store.getHead(place.env, place.channel);
  if (!at) return undefined;
  const verified = verifyPublished(at.envelope, signing, place);
  const unverifiable = 'outcome' in verified ? verified.message : undefined;
  const head = 'outcome' in verified ? decodeHead(at.envelope) : verified;
  const { payload } = head;
  const keyset = unverifiable === undefined ? signing?.keysets[payload.epoch - 1]?.payload : undefined;
  const known = await newestRemembered(witness, signing, place);
  const isBehind = known && compareOrder(known.payload, payload) > 0;
  return {
    head,
    ...(unverifiable !== undefined && { unverifiable }),
    ...(keyset && {
      keyset: { version: keyset.version, expires: keyset.expires, isExpired: now > Date.parse(keyset.expires) },
    }),
    ageMs: now - Date.parse(payload.issuedAt),
    isStale: now > Date.parse(payload.staleAfter),
    ...(isBehind && { behind: known.payload }),
    isWitnessed: known?.hash === head.hash,
  };
}
