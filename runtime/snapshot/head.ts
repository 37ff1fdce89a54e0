import { canonicalJson } from './canonical-json.ts';
import {
  type Opened,
  openEnvelope,
  type Signature,
  type Signer,
  sealEnvelope,
  signAll,
  unreadable,
} from './envelope.ts';
import { isInstant } from './is-instant.ts';
import { isHash, sha256 } from './object.ts';

/*
 * The head says which release is in force. It is an envelope, signed by a head key of the keyset it names; for trying out
 * it may be unsigned, and a reader who was given keys refuses it then.
 */

export const headType = 'application/vnd.proviso.head+json';
export const maxHeadBytes = 16_384;

/** The format of objects and heads this code writes, and the oldest reader that understands it. */
export const headSchema = { writes: 1, minReader: 1 } as const;

export type HeadKind = (typeof headKinds)[number];
/** `promote` and `abort` end a canary: the first puts it in force for everybody, the second for nobody. */
const headKinds = ['publish', 'rollback', 'refresh', 'promote', 'abort'] as const;

/** Who follows a canary: a share of the readers by a hash of their names, and readers by name. */
export interface CanaryShare {
  /** 0 to 100. */
  percent: number;
  readers?: readonly string[];
  /** The root that is in force for everybody else; once another is, nobody follows the canary any more. */
  over: string;
}

export interface HeadPayload {
  v: 1;
  /** Heads of another repository, environment or channel are refused. */
  repo: string;
  env: string;
  channel: string;
  /** Version of the keyset it is signed with; a higher one outranks every `n`. 0 where nobody signs. */
  epoch: number;
  /** Hash of that keyset, an object of the store; absent where nobody signs. */
  keyset?: string;
  /** The release's number: 1, 2, 3 … without gap within a store's life. */
  n: number;
  /** Hash of the head before, null for the first. */
  prev: string | null;
  kind: HeadKind;
  root: string;
  /** Customers in the release. */
  count: number;
  /** The commit the release was compiled from. */
  commit: string;
  policyDigest: string;
  /** What compiled it, by name and version: another may write the same terms in other bytes. */
  compiler?: string;
  /** Hash of what proves the approvals, or the word that says why there is none (`bootstrap`, `none`). */
  evidence: string;
  /** As `headSchema` of the code that wrote it. */
  schema: { writes: number; minReader: number };
  /** Instants, ISO 8601 in UTC; readers call their data stale after the second. */
  issuedAt: string;
  staleAfter: string;
  /** After a rollback: only a commit that builds on this one may be published next. */
  releaseHold?: string;
  /** On a canary channel: who follows it. Absent on others, and once it was promoted or aborted. */
  canary?: CanaryShare;
  /** The folder of the repository the terms lie in; absent at its top. */
  folder?: string;
}

export interface Head {
  payload: HeadPayload;
  /** sha256 of the envelope's bytes. */
  hash: string;
}

/** The envelope of a head as nobody signs it, or with signatures over its bytes. @throws RangeError above `maxHeadBytes`. */
export function encodeHead(
  payload: HeadPayload,
  signatures: readonly Signature[] = [],
): { envelope: Uint8Array; hash: string } {
  const envelope = sealEnvelope(headType, bytesOf(payload), signatures);
  if (envelope.length > maxHeadBytes)
    throw new RangeError(`a head of ${envelope.length} bytes is larger than ${maxHeadBytes}`);
  return { envelope, hash: sha256(envelope) };
}

/** The envelope of a head, signed. @throws RangeError above `maxHeadBytes`. */
export const signHead = async (
  payload: HeadPayload,
  signers: readonly Signer[],
): Promise<{ envelope: Uint8Array; hash: string }> =>
  encodeHead(payload, await signAll(headType, bytesOf(payload), signers));

const bytesOf = (payload: HeadPayload): Uint8Array => Buffer.from(canonicalJson(payload));

/** Reads an envelope that may come from anybody, whoever signed it. @throws SnapshotError that says what is wrong with it. */
export const decodeHead = (envelope: Uint8Array): Head => openHead(envelope).head;

/** The same, with what its signatures are over. */
export function openHead(envelope: Uint8Array): { head: Head; opened: Opened } {
  const opened = openEnvelope(headType, envelope, maxHeadBytes, 'head');
  const { payload } = opened;
  if (payload.v !== 1)
    throw unreadable(envelope, 'head', 'it is not of version 1; a newer Proviso may have written it');
  const wrong = wrongField(payload);
  if (wrong) throw unreadable(envelope, 'head', `\`${wrong}\` is missing or not as it should be`);
  return { head: { payload: payload as unknown as HeadPayload, hash: sha256(envelope) }, opened };
}

/** Below zero when `a` comes before `b`, zero when they stand at one place: by epoch, then by number. */
export const compareOrder = (a: Pick<HeadPayload, 'epoch' | 'n'>, b: Pick<HeadPayload, 'epoch' | 'n'>): number =>
  a.epoch - b.epoch || a.n - b.n;

type Json = Readonly<Record<string, unknown>>;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isShare = (value: unknown): boolean => {
  const { percent, readers, over } = (value ?? {}) as Json;
  const isPercent = typeof percent === 'number' && percent >= 0 && percent <= 100;
  return isPercent && isHash(over) && (readers === undefined || (Array.isArray(readers) && readers.every(isText)));
};

const fields: Readonly<Record<Exclude<keyof HeadPayload, 'v'>, (value: unknown) => boolean>> = {
  repo: isText,
  env: isText,
  channel: isText,
  epoch: isCount,
  n: (value) => isCount(value) && value !== 0,
  prev: (value) => value === null || isHash(value),
  keyset: (value) => value === undefined || isHash(value),
  kind: (value) => headKinds.some((kind) => kind === value),
  root: isHash,
  count: isCount,
  commit: isText,
  policyDigest: isText,
  compiler: (value) => value === undefined || isText(value),
  evidence: isText,
  schema: (value) => {
    const { writes, minReader } = (value ?? {}) as Json;
    return isCount(writes) && isCount(minReader);
  },
  issuedAt: isInstant,
  staleAfter: isInstant,
  releaseHold: (value) => value === undefined || isText(value),
  canary: (value) => value === undefined || isShare(value),
  folder: (value) => value === undefined || isText(value),
};

const wrongField = (payload: Json): string | undefined =>
  Object.entries(fields).find(([field, isRight]) => !isRight(payload[field]))?.[0];
