import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { HeldKey } from '../../engine/keys/key-change.ts';
import { publicKeysOf } from '../../engine/keys/key-change.ts';
import { type HeadPayload, headType } from '../../runtime/snapshot/head.ts';
import { type KeysetPayload, keysetType } from '../../runtime/snapshot/keyset.ts';
import { sha256 } from '../../runtime/snapshot/object.ts';
import { testKey } from '../fixtures/signing/test-key.ts';

/*
 * Envelopes as anybody may make them, right and wrong. Nothing of the reader makes them: they are spelled here a second
 * time, so that a mistake in how it writes is none in how it is tested.
 */

const privateKeys = new Map<string, KeyObject>();

function privateKeyOf(name: string): KeyObject {
  const known = privateKeys.get(name);
  if (known) return known;
  const der = Buffer.from(`302e020100300506032b657004220420${sha256(`proviso test key: ${name}`)}`, 'hex');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  privateKeys.set(name, key);
  return key;
}

/** The signature of a test key over what the envelope says is signed. */
export function signAs(name: string, type: string, bytes: Uint8Array): { keyid: string; sig: string } {
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${bytes.length} `), bytes]);
  return { keyid: testKey(name).keyid, sig: sign(null, message, privateKeyOf(name)).toString('base64') };
}

export interface Made {
  hash: string;
  bytes: Buffer;
}

/** An envelope around a payload, signed by these test keys; `outer` says otherwise than it is. */
export function seal(type: string, payload: object | string, signers: readonly string[], outer: object = {}): Made {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signatures = signers.map((name) => signAs(name, type, bytes));
  const envelope = { payloadType: type, payload: bytes.toString('base64'), signatures, ...outer };
  return named(Buffer.from(JSON.stringify(envelope)));
}

export const named = (bytes: Buffer): Made => ({ hash: sha256(bytes), bytes });

const keysOf = (names: readonly string[]): Record<string, string> =>
  publicKeysOf(names.map((name): HeldKey => testKey(name)));

export interface KeysetWords {
  version: number;
  prev: Made | null;
  roots?: readonly string[];
  threshold?: number;
  heads?: readonly string[];
  /** Who signs; default: all of its roots. */
  by?: readonly string[];
  more?: Partial<Record<keyof KeysetPayload | 'later', unknown>>;
  outer?: object;
}

/** A keyset; keys are named, not given. */
export function keyset({
  version,
  prev,
  roots = ['root a', 'root b'],
  threshold = 1,
  heads = [`head ${version}`],
  by = roots,
  more,
  outer,
}: KeysetWords): Made {
  const payload = {
    v: 1,
    repo: 'acme/terms',
    version,
    prev: prev?.hash ?? null,
    expires: '2027-01-01T00:00:00.000Z',
    rootKeys: keysOf(roots),
    rootThreshold: threshold,
    headKeys: keysOf(heads),
    ...more,
  };
  return seal(keysetType, payload, by, outer);
}

export const usualHead: Omit<HeadPayload, 'keyset'> = {
  v: 1,
  repo: 'acme/terms',
  env: 'production',
  channel: 'stable',
  epoch: 1,
  n: 7,
  prev: sha256('head 6'),
  kind: 'publish',
  root: sha256('root'),
  count: 412,
  commit: '4f1c2ab0c0ffee',
  policyDigest: sha256('policy'),
  evidence: sha256('evidence'),
  schema: { writes: 1, minReader: 1 },
  issuedAt: '2026-06-03T00:00:00.000Z',
  staleAfter: '2026-06-04T00:00:00.000Z',
};

/** A head of a keyset's epoch, signed by these (default: the head key of that version); `more` says otherwise. */
export function head(
  { of, epoch = 1, by = [`head ${epoch}`] }: { of: Made | undefined; epoch?: number; by?: readonly string[] },
  more: Readonly<Record<string, unknown>> = {},
  outer?: object,
): Made {
  return seal(headType, { ...usualHead, epoch, ...(of && { keyset: of.hash }), ...more }, by, outer);
}
