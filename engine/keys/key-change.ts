import type { PublicKeys, Signer } from '../../runtime/snapshot/envelope.ts';

/** A key whose private half is at hand. */
export interface HeldKey extends Signer {
  /** Base64 of its 32 public bytes. */
  publicKey: string;
}

/** What a next keyset says otherwise than the one before. */
export interface KeyChange {
  /** Instant, ISO 8601 in UTC. */
  expires: string;
  /** Head keys that join. */
  newHeads: readonly HeldKey[];
  /** Head keys of the one before that stay, by id or its first 8 characters or more. */
  keptHeads: readonly string[] | 'all';
  /** Root keys that join. */
  newRoots: readonly HeldKey[];
  /** Root keys that leave, by id or its first 8 characters or more. */
  droppedRoots: readonly string[];
  /** How many root keys it takes from then on; as before where nothing is said. */
  threshold?: number;
}

export const publicKeysOf = (keys: readonly HeldKey[]): PublicKeys =>
  Object.fromEntries(keys.map(({ keyid, publicKey }) => [keyid, publicKey]));
