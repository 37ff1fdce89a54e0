import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { SnapshotError, sha256 } from './object.ts';

/*
 * What is signed is an envelope as DSSE has it (github.com/secure-systems-lab/dsse): a type, a payload in base64, and
 * signatures over exactly the payload's bytes and the type. A reader checks bytes it has, and spells nothing anew.
 */

/** By whom, and base64 of 64 bytes of Ed25519. */
export interface Signature {
  keyid: string;
  sig: string;
}

/** Signs; the key itself may be anywhere. */
export interface Signer {
  keyid: string;
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** Base64 of the 32 bytes of each public key, by `keyIdOf`. */
export type PublicKeys = Readonly<Record<string, string>>;

export interface Opened {
  /** The JSON object that was signed. */
  payload: Readonly<Record<string, unknown>>;
  /** Its exact bytes. */
  bytes: Uint8Array;
  signatures: readonly Signature[];
}

/** The bytes of standard base64 as it is written; undefined for any other spelling: readers in all languages must agree. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** A key is named by the sha256 of its 32 bytes: nobody can give one key two names, or two keys one. */
export const keyIdOf = (publicKey: Uint8Array): string => sha256(publicKey);

export async function signAll(type: string, bytes: Uint8Array, signers: readonly Signer[]): Promise<Signature[]> {
  const message = authenticated(type, bytes);
  const signatures = await Promise.all(
    signers.map(async ({ keyid, sign }) => ({ keyid, sig: Buffer.from(await sign(message)).toString('base64') })),
  );
  return signatures.sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
}

export const sealEnvelope = (type: string, bytes: Uint8Array, signatures: readonly Signature[]): Uint8Array =>
  Buffer.from(canonicalJson({ payloadType: type, payload: Buffer.from(bytes).toString('base64'), signatures }));

/**
 * Opens an envelope that may come from anybody; whose it is, is not looked at.
 *
 * @param what for messages: `head`.
 * @throws SnapshotError (`form`) that says what is wrong with it.
 */
export function openEnvelope(type: string, envelope: Uint8Array, limit: number, what: string): Opened {
  if (envelope.length > limit) throw unreadable(envelope, what, `it is larger than ${limit} bytes`);
  const outer = parseJson(envelope);
  if (outer?.payloadType !== type) throw unreadable(envelope, what, `it is not of type ${type}`);
  const { payload: text, signatures } = outer;
  if (typeof text !== 'string' || !Array.isArray(signatures))
    throw unreadable(envelope, what, 'it is no signed envelope');
  const bytes = fromBase64(text);
  const payload = bytes && parseJson(bytes);
  if (!payload) throw unreadable(envelope, what, 'its payload is not JSON');
  return { payload, bytes, signatures: signatures.filter(isSignature) };
}

export const unreadable = (envelope: Uint8Array, what: string, why: string): SnapshotError => {
  const hash = sha256(envelope);
  return new SnapshotError('form', hash, `${what} ${hash} cannot be understood: ${why}`);
};

/** Which of these keys signed it, each counted once. */
export function signersAmong(type: string, { bytes, signatures }: Opened, keys: PublicKeys): Set<string> {
  const message = authenticated(type, bytes);
  const signers = new Set<string>();
  for (const { keyid, sig } of signatures) {
    const key = Object.hasOwn(keys, keyid) ? keys[keyid] : undefined;
    if (key === undefined || signers.has(keyid)) continue;
    const signature = fromBase64(sig);
    if (signature?.length === 64 && verify(null, message, publicKeyOf(key), signature)) signers.add(keyid);
  }
  return signers;
}

/** A reader holds every head against the same few keys, and to read a key takes a third as long as to verify with it. */
const readKeys = new Map<string, KeyObject>();
const MOST_KEYS = 64;

function publicKeyOf(base64: string): KeyObject {
  const known = readKeys.get(base64);
  if (known) return known;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(base64, 'base64').toString('base64url') },
    format: 'jwk',
  });
  if (readKeys.size === MOST_KEYS) readKeys.clear();
  readKeys.set(base64, key);
  return key;
}

/** What a signature is over: lengths stand before texts, so that no two types and payloads come to the same bytes. */
function authenticated(type: string, bytes: Uint8Array): Uint8Array {
  const kind = Buffer.from(type);
  return Buffer.concat([Buffer.from(`DSSEv1 ${kind.length} ${type} ${bytes.length} `), bytes]);
}

function parseJson(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

const isSignature = (value: unknown): value is Signature => {
  const { keyid, sig } = (value ?? {}) as Partial<Record<keyof Signature, unknown>>;
  return typeof keyid === 'string' && typeof sig === 'string';
};
