import { canonicalJson } from './canonical-json.ts';
import { isHash, SnapshotError, sha256 } from './object.ts';

/*
 * The head says which release is in force. It is a DSSE envelope: `payload` is base64 of JSON, and signatures are over
 * exactly those bytes. Nobody signs yet; the form leaves the room.
 */

export const headType = 'application/vnd.proviso.head+json';
export const maxHeadBytes = 16_384;

/** The format of objects and heads this code writes, and the oldest reader that understands it. */
export const headSchema = { writes: 1, minReader: 1 } as const;

export interface HeadPayload {
  v: 1;
  /** Heads of another repository, environment or channel are refused. */
  repo: string;
  env: string;
  channel: string;
  /** Version of the keys it is signed with; a higher one outranks every `n`. */
  epoch: number;
  /** The release's number: 1, 2, 3 … without gap within a store's life. */
  n: number;
  /** Hash of the head before, null for the first. */
  prev: string | null;
  kind: 'publish' | 'rollback' | 'refresh';
  root: string;
  /** Customers in the release. */
  count: number;
  /** The commit the release was compiled from. */
  commit: string;
  policyDigest: string;
  /** Hash of what proves the approvals, or the word that says why there is none (`bootstrap`, `none`). */
  evidence: string;
  /** As `headSchema` of the code that wrote it. */
  schema: { writes: number; minReader: number };
  /** Instants, ISO 8601 in UTC; readers call their data stale after the second. */
  issuedAt: string;
  staleAfter: string;
  /** After a rollback: only a commit that builds on this one may be published next. */
  releaseHold?: string;
}

export interface Head {
  payload: HeadPayload;
  /** sha256 of the envelope's bytes. */
  hash: string;
}

/** The envelope of a head. @throws RangeError above `maxHeadBytes`. */
export function encodeHead(payload: HeadPayload): { envelope: Uint8Array; hash: string } {
  const body = Buffer.from(canonicalJson(payload)).toString('base64');
  const envelope = Buffer.from(canonicalJson({ payloadType: headType, payload: body, signatures: [] }));
  if (envelope.length > maxHeadBytes)
    throw new RangeError(`a head of ${envelope.length} bytes is larger than ${maxHeadBytes}`);
  return { envelope, hash: sha256(envelope) };
}

/** Reads an envelope that may come from anybody. @throws SnapshotError that says what is wrong with it. */
export function decodeHead(envelope: Uint8Array): Head {
  const hash = sha256(envelope);
  const fail = (what: string): never => {
    throw new SnapshotError('form', hash, `head ${hash} cannot be understood: ${what}`);
  };
  if (envelope.length > maxHeadBytes) return fail(`it is larger than ${maxHeadBytes} bytes`);
  const outer = parseJson(envelope);
  if (outer?.payloadType !== headType) return fail(`it is not of type ${headType}`);
  if (typeof outer.payload !== 'string' || !Array.isArray(outer.signatures)) return fail('it is no signed envelope');
  const payload = parseJson(Buffer.from(outer.payload, 'base64'));
  if (!payload) return fail('its payload is not JSON');
  if (payload.v !== 1) return fail('it is not of version 1; a newer Proviso may have written it');
  const wrong = wrongField(payload);
  if (wrong) return fail(`\`${wrong}\` is missing or not as it should be`);
  return { payload: payload as unknown as HeadPayload, hash };
}

/** Below zero when `a` comes before `b`, zero when they stand at one place: by epoch, then by number. */
export const compareOrder = (a: Pick<HeadPayload, 'epoch' | 'n'>, b: Pick<HeadPayload, 'epoch' | 'n'>): number =>
  a.epoch - b.epoch || a.n - b.n;

type Json = Readonly<Record<string, unknown>>;

function parseJson(bytes: Uint8Array): Json | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isInstant = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));

const fields: Readonly<Record<Exclude<keyof HeadPayload, 'v'>, (value: unknown) => boolean>> = {
  repo: isText,
  env: isText,
  channel: isText,
  epoch: isCount,
  n: (value) => isCount(value) && value !== 0,
  prev: (value) => value === null || isHash(value),
  kind: (value) => value === 'publish' || value === 'rollback' || value === 'refresh',
  root: isHash,
  count: isCount,
  commit: isText,
  policyDigest: isText,
  evidence: isText,
  schema: (value) => {
    const { writes, minReader } = (value ?? {}) as Json;
    return isCount(writes) && isCount(minReader);
  },
  issuedAt: isInstant,
  staleAfter: isInstant,
  releaseHold: (value) => value === undefined || isText(value),
};

const wrongField = (payload: Json): string | undefined =>
  Object.entries(fields).find(([field, isRight]) => !isRight(payload[field]))?.[0];
