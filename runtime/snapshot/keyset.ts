import { canonicalJson } from './canonical-json.ts';
import {
  fromBase64,
  keyIdOf,
  type Opened,
  openEnvelope,
  type PublicKeys,
  type Signer,
  sealEnvelope,
  signAll,
  signersAmong,
  unreadable,
} from './envelope.ts';
import { isInstant } from './is-instant.ts';
import { isHash, SnapshotError, sha256 } from './object.ts';

/*
 * A keyset says whose signature makes a head one of ours. Readers are given one they trust; each later one is signed by
 * the root keys of the one before and by its own, names it by hash, and lies in the store as an object. So keys change
 * without a change in what is installed anywhere.
 */

export const keysetType = 'application/vnd.proviso.keyset+json';
export const maxKeysetBytes = 65_536;
/** How many keysets a reader follows from the one it was given to the one a head names. */
export const maxKeysetSteps = 256;

export interface KeysetPayload {
  v: 1;
  /** The repository whose heads these keys sign. */
  repo: string;
  /** 1, 2, 3 …; the `epoch` of the heads its keys sign. */
  version: number;
  /** Hash of the keyset before, null for the first. */
  prev: string | null;
  /** Instant, ISO 8601 in UTC, after which readers call what they hold stale. */
  expires: string;
  /** Sign keysets; kept offline. */
  rootKeys: PublicKeys;
  /** How many root keys it takes. */
  rootThreshold: number;
  /** Sign heads; kept where releases are published. */
  headKeys: PublicKeys;
}

export interface Keyset {
  payload: KeysetPayload;
  /** sha256 of the envelope: its name among the objects of a store. */
  hash: string;
  envelope: Uint8Array;
}

/** The envelope of a keyset, signed. @throws RangeError above `maxKeysetBytes`. */
export async function signKeyset(payload: KeysetPayload, signers: readonly Signer[]): Promise<Keyset> {
  const bytes = Buffer.from(canonicalJson(payload));
  const envelope = sealEnvelope(keysetType, bytes, await signAll(keysetType, bytes, signers));
  if (envelope.length > maxKeysetBytes)
    throw new RangeError(`a keyset of ${envelope.length} bytes is larger than ${maxKeysetBytes}`);
  return decodeKeyset(envelope);
}

/** Reads a keyset; who signed it is not looked at. @throws SnapshotError (`form`). */
export function decodeKeyset(envelope: Uint8Array): Keyset {
  const { payload } = open(envelope);
  const wrong = wrongField(payload);
  if (wrong) throw unreadable(envelope, 'keyset', `\`${wrong}\` is missing or not as it should be`);
  return { payload: payload as unknown as KeysetPayload, hash: sha256(envelope), envelope };
}

/**
 * A keyset one begins to trust because somebody one trusts handed it over: it must be signed by its own roots.
 *
 * @throws SnapshotError
 */
export function readPinned(envelope: Uint8Array): Keyset {
  const keyset = decodeKeyset(envelope);
  refuseUnlessSigned(keyset, keyset);
  return keyset;
}

/**
 * Goes from a trusted keyset to one that follows it.
 *
 * @throws SnapshotError unless it is the very next, of the same repository, and signed by enough root keys of both.
 */
export function checkFollows(trusted: Keyset, next: Keyset): void {
  const [before, after] = [trusted.payload, next.payload];
  const fail = (why: string): never => {
    throw new SnapshotError(
      'form',
      next.hash,
      `keyset ${after.version} does not follow keyset ${before.version}: ${why}`,
    );
  };
  if (after.version !== before.version + 1) fail('it is not the next');
  if (after.prev !== trusted.hash) fail('it names another one before it');
  if (after.repo !== before.repo) fail(`it is of another repository, ${after.repo}`);
  refuseUnlessSigned(next, trusted);
  refuseUnlessSigned(next, next);
}

function refuseUnlessSigned(keyset: Keyset, by: Keyset): void {
  const { rootKeys, rootThreshold, version } = by.payload;
  const signers = signersAmong(keysetType, open(keyset.envelope), rootKeys);
  if (signers.size < rootThreshold)
    throw new SnapshotError(
      'form',
      keyset.hash,
      `keyset ${keyset.payload.version} is signed by ${signers.size} root keys of keyset ${version} where ${rootThreshold} are needed`,
    );
}

const open = (envelope: Uint8Array): Opened => openEnvelope(keysetType, envelope, maxKeysetBytes, 'keyset');

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isKeys = (value: unknown): value is PublicKeys =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([keyid, key]) => {
    if (typeof key !== 'string') return false;
    const bytes = fromBase64(key);
    return bytes?.length === 32 && keyIdOf(bytes) === keyid;
  });

const fields: Readonly<
  Record<keyof KeysetPayload, (value: unknown, all: Readonly<Record<string, unknown>>) => boolean>
> = {
  v: (value) => value === 1,
  repo: isText,
  version: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  prev: (value, { version }) => (version === 1 ? value === null : isHash(value)),
  expires: isInstant,
  rootKeys: isKeys,
  rootThreshold: (value, { rootKeys }) =>
    Number.isSafeInteger(value) &&
    (value as number) >= 1 &&
    isKeys(rootKeys) &&
    Object.keys(rootKeys).length >= (value as number),
  headKeys: isKeys,
};

const wrongField = (payload: Readonly<Record<string, unknown>>): string | undefined =>
  Object.entries(fields).find(([field, isRight]) => !isRight(payload[field], payload))?.[0];
