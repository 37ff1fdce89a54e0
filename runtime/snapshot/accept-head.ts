import { signersAmong } from './envelope.ts';
import { followKeysets } from './follow-keysets.ts';
import { compareOrder, type Head, type HeadPayload, headType, openHead } from './head.ts';
import type { Keyset } from './keyset.ts';
import { type GetObjects, SnapshotError } from './object.ts';

/** What a reader holds a head against. */
export interface Expected {
  env: string;
  channel: string;
  /** The newest keyset it trusts; `unsigned` takes a head from anybody who can write to the store, and is for trying out. */
  trust: Keyset | 'unsigned';
  /** The newest format it understands. */
  reader: number;
  /** The newest head it ever served. */
  best?: Pick<HeadPayload, 'epoch' | 'n'> & { hash: string };
  /** Milliseconds since 1970. */
  now: number;
}

/** `same`: it is the head that was served last. */
export interface Accepted {
  verdict: 'accept' | 'same';
  head: Head;
  /** What to trust from now on: the keyset of this head. */
  trust: Keyset | 'unsigned';
  alarms: readonly Alarm[];
}

export interface Rejected {
  verdict: 'refuse';
  reason: Rejection;
  message: string;
}

export type Rejection =
  /** It cannot be read, or is larger than a head may be. */
  | 'form'
  /** Nobody signed it. */
  | 'unsigned'
  /** The keyset it names is missing, or does not follow from the trusted one. */
  | 'keyset'
  /** It is signed with keys that were replaced. */
  | 'oldKeys'
  /** No head key of its keyset signed it. */
  | 'signature'
  /** Of another repository, environment or channel. */
  | 'otherPlace'
  | 'needsNewerReader'
  /** It comes before one that was served. */
  | 'older'
  /** It stands at the place of the one that was served, and is another. */
  | 'fork';

/** Nothing to refuse it for, and to be told to somebody: a clock is wrong, or nobody publishes any more. */
export type Alarm = 'clock' | 'stale' | 'keysetExpired';

/** Clocks of two machines may differ by so much. */
const CLOCK_SKEW = 5 * 60 * 1000;

/**
 * Whether a reader may take a head, from whomever it came. Reads the keysets it does not know by way of `get`.
 *
 * @throws what `get` throws: a store that cannot be read says nothing about the head.
 */
export async function acceptHead(
  envelope: Uint8Array,
  expected: Expected,
  get: GetObjects,
): Promise<Accepted | Rejected> {
  let read: ReturnType<typeof openHead>;
  try {
    read = openHead(envelope);
  } catch (error) {
    return refusalOf('form', error);
  }
  const { head, opened } = read;
  const { payload } = head;
  const { trust, best } = expected;
  let keys: Accepted['trust'] = trust;
  if (trust !== 'unsigned') {
    const known = await keysetOf(payload, trust, get);
    if ('verdict' in known) return known;
    keys = known;
    if (signersAmong(headType, opened, known.payload.headKeys).size === 0)
      return refuse('signature', `release ${payload.n} is not signed by a head key of keyset ${known.payload.version}`);
    if (payload.repo !== known.payload.repo)
      return refuse('otherPlace', `release ${payload.n} is of ${payload.repo} where ${known.payload.repo} belongs`);
  }
  if (payload.env !== expected.env || payload.channel !== expected.channel)
    return refuse(
      'otherPlace',
      `the store holds a release for ${payload.env}/${payload.channel} where ${expected.env}/${expected.channel} belongs`,
    );
  if (payload.schema.minReader > expected.reader)
    return refuse(
      'needsNewerReader',
      `release ${payload.n} needs a newer reader (${payload.schema.minReader}, this is ${expected.reader})`,
    );
  const order = best ? compareOrder(payload, best) : 1;
  if (order < 0)
    return refuse('older', `release ${payload.n} comes before release ${best?.n}, which was served already`);
  if (order === 0 && head.hash !== best?.hash)
    return refuse('fork', `there are two different releases ${payload.n}; the one that was served first stays`);
  return { verdict: order === 0 ? 'same' : 'accept', head, trust: keys, alarms: alarmsOf(payload, keys, expected.now) };
}

/** The keyset a head names, if it follows from the trusted one. */
async function keysetOf(payload: HeadPayload, trust: Keyset, get: GetObjects): Promise<Keyset | Rejected> {
  const { version } = trust.payload;
  if (payload.keyset === undefined) return refuse('unsigned', `release ${payload.n} is not signed`);
  if (payload.epoch < version)
    return refuse(
      'oldKeys',
      `release ${payload.n} is signed with keyset ${payload.epoch}, which keyset ${version} has replaced`,
    );
  try {
    const keyset = (await followKeysets(get, trust, payload.keyset)).at(-1) ?? trust;
    if (keyset.payload.version === payload.epoch) return keyset;
    return refuse('keyset', `release ${payload.n} names keyset ${keyset.payload.version} and says ${payload.epoch}`);
  } catch (error) {
    return refusalOf('keyset', error);
  }
}

function alarmsOf(payload: HeadPayload, trust: Keyset | 'unsigned', now: number): Alarm[] {
  const alarms: Alarm[] = [];
  if (Date.parse(payload.issuedAt) > now + CLOCK_SKEW) alarms.push('clock');
  if (Date.parse(payload.staleAfter) < now) alarms.push('stale');
  if (trust !== 'unsigned' && Date.parse(trust.payload.expires) < now) alarms.push('keysetExpired');
  return alarms;
}

const refuse = (reason: Rejection, message: string): Rejected => ({ verdict: 'refuse', reason, message });

function refusalOf(reason: Rejection, error: unknown): Rejected {
  if (error instanceof SnapshotError) return refuse(reason, error.message);
  throw error;
}
