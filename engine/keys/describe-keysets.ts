import type { Signer } from '../../runtime/snapshot/envelope.ts';
import type { Keyset } from '../../runtime/snapshot/keyset.ts';
import { daysLeft } from './days-left.ts';

export interface ShownKeyset {
  version: number;
  hash: string;
  /** Instant, ISO 8601 in UTC, and whole days until then; negative once it is over. */
  expires: string;
  daysLeft: number;
  /** How many of the root keys it takes. */
  threshold: number;
  roots: readonly string[];
  heads: readonly string[];
  /** It is the newest: what signs releases now. */
  inForce: boolean;
}

/** The key that was given to sign with, and the newest keyset it is a head key of; null where it is of none. */
export interface ShownHeadKey {
  given: string;
  id: string;
  keyset: number | null;
  /** Releases can be signed with it. */
  signs: boolean;
}

export interface ShownKeys {
  repo: string;
  keysets: readonly ShownKeyset[];
  headKey: ShownHeadKey | null;
}

/** What people want to know of keys. @param keysets oldest first, at least one. @param now milliseconds since 1970. */
export function describeKeysets(
  keysets: readonly Keyset[],
  now: number,
  given: { called: string; signer: Pick<Signer, 'keyid'> } | undefined,
): ShownKeys {
  const newest = keysets.at(-1);
  const home = given && keysets.findLast(({ payload }) => Object.hasOwn(payload.headKeys, given.signer.keyid));
  return {
    repo: newest?.payload.repo ?? '',
    keysets: keysets.map(({ payload, hash }) => ({
      version: payload.version,
      hash,
      expires: payload.expires,
      daysLeft: daysLeft(payload.expires, now),
      threshold: payload.rootThreshold,
      roots: Object.keys(payload.rootKeys),
      heads: Object.keys(payload.headKeys),
      inForce: payload.version === newest?.payload.version,
    })),
    headKey: given
      ? {
          given: given.called,
          id: given.signer.keyid,
          keyset: home?.payload.version ?? null,
          signs: home !== undefined && home === newest,
        }
      : null,
  };
}
