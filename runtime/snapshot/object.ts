import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { pieces } from './pieces.ts';

/** No object is larger, so that nobody can make a reader load without end. */
export const maxObjectBytes = 1_048_576;

/** Names an object and says how much to read: `hash` is sha256 in lower-case hex, `size` is in bytes. */
export interface ObjectRef {
  hash: string;
  size: number;
}

/** The objects of a release in the making, bytes by hash: in memory, or wherever there is room for many. */
export interface Objects extends ReadonlyMap<string, Uint8Array> {
  /** Adds one that is not there yet. */
  set(hash: string, bytes: Uint8Array): unknown;
}

/** Reads objects by hash; what the store does not have is absent from the answer. The bytes are not yet trusted. */
export type GetObjects = (hashes: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;

/** A release cannot be read as it was written: an object is missing or its bytes are not those its hash names. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly reason: 'missing' | 'size' | 'hash' | 'form';
  /** The object's hash; for a head, the hash of its envelope. */
  readonly object: string;

  constructor(reason: SnapshotError['reason'], object: string, message: string) {
    super(message);
    this.reason = reason;
    this.object = object;
  }
}

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

const room = pieces();

/** The object that holds a JSON value, and its name. @throws RangeError above `maxObjectBytes`. */
export function encodeObject(value: unknown): { ref: ObjectRef; bytes: Uint8Array } {
  const text = canonicalJson(value);
  const length = Buffer.byteLength(text);
  if (length > maxObjectBytes)
    throw new RangeError(`an object of ${length} bytes is larger than the ${maxObjectBytes} a release may hold`);
  const bytes = room(length);
  bytes.write(text);
  return { ref: { hash: sha256(bytes), size: bytes.length }, bytes };
}

/** Adds a value's object to those collected so far; one that is there already is kept as it is. */
export function addObject(objects: Objects, value: unknown): ObjectRef {
  const { ref, bytes } = encodeObject(value);
  if (!objects.has(ref.hash)) objects.set(ref.hash, bytes);
  return ref;
}

/** @throws SnapshotError unless these are exactly the bytes the reference names. */
export function verifyObject(ref: ObjectRef, bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) throw new SnapshotError('missing', ref.hash, `object ${ref.hash} is missing from the store`);
  if (bytes.length !== ref.size)
    throw new SnapshotError(
      'size',
      ref.hash,
      `object ${ref.hash} is damaged: it has ${bytes.length} bytes instead of ${ref.size}`,
    );
  if (sha256(bytes) !== ref.hash)
    throw new SnapshotError('hash', ref.hash, `object ${ref.hash} is damaged: its content has another hash`);
  return bytes;
}

/** The verified bytes of every reference. @throws SnapshotError naming the first object that is missing or damaged. */
export async function readObjects(get: GetObjects, refs: readonly ObjectRef[]): Promise<Map<string, Uint8Array>> {
  const found = await get(refs.map((ref) => ref.hash));
  return new Map(refs.map((ref) => [ref.hash, verifyObject(ref, found.get(ref.hash))]));
}

/** One verified object as the JSON value it holds. @throws SnapshotError when it is missing or damaged. */
export async function readObject(get: GetObjects, ref: ObjectRef): Promise<unknown> {
  const bytes = (await readObjects(get, [ref])).get(ref.hash);
  return parseObject(ref.hash, bytes as Uint8Array);
}

/** The JSON value of verified bytes. @throws SnapshotError when they are not JSON. */
export function parseObject(hash: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
  } catch {
    throw badForm(hash, 'it is not JSON');
  }
}

/** The error for an object whose bytes are right and whose content no version of this reader wrote. */
export const badForm = (hash: string, what: string): SnapshotError =>
  new SnapshotError('form', hash, `object ${hash} cannot be understood: ${what}`);

const hexHash = /^[0-9a-f]{64}$/;

export const isHash = (value: unknown): value is string => typeof value === 'string' && hexHash.test(value);

export const isSize = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= maxObjectBytes;
