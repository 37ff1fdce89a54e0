import { openEnvelope, signersAmong } from '../../runtime/snapshot/envelope.ts';
import { compareOrder, decodeHead, type Head, headType, maxHeadBytes } from '../../runtime/snapshot/head.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Signing } from './signing.ts';
import type { Witness } from './witness.ts';

/** Whose heads belong in a place. */
export interface Place {
  repo: string;
  env: string;
  channel: string;
}

/** Where a publisher stands before it moves the head. */
export interface Standing {
  /** What the store says the head is, for the swap. */
  token: string | null;
  /**
   * The newest head that is known to have been in force: the store's, or the witness's where the store has gone back in
   * time. The next one comes after it, and is proven from it.
   */
  current?: Head;
  /** The store's, with the objects it names; absent where it is none of ours. */
  stored?: Head;
  /** Hash and order of whatever is the store's head: the next one names it, and has a higher number. */
  before?: { hash: string; epoch: number; n: number };
}

export interface StandingTools {
  store: Pick<WriteStore, 'getHead'>;
  /** How heads are signed; absent where nobody signs. */
  signing?: Signing;
  witness?: Pick<Witness, 'read'>;
  /** Goes on from this head, whatever the store holds: what is there may be another's. */
  takeOver?: { from: Head | undefined };
  /** Tells the person who publishes what must not go by unseen. */
  warn?(message: string): void;
}

/** Reads and verifies what is in force. What is not ours is refused, unless it is to be taken over. */
export async function readStanding(
  { store, signing, witness, takeOver, warn = () => {} }: StandingTools,
  place: Place,
): Promise<Standing | Refused> {
  const at = await store.getHead(place.env, place.channel);
  const stored = at && verifyPublished(at.envelope, signing, place);
  const token = at?.token ?? null;
  if (takeOver) {
    const before = at && orderOf(at.envelope);
    const isGoingOn = stored && !('outcome' in stored) && stored.hash === takeOver.from?.hash;
    return {
      token,
      ...(takeOver.from && { current: takeOver.from }),
      ...(isGoingOn && { stored }),
      ...(before && { before }),
    };
  }
  if (stored && 'outcome' in stored) return stored;
  const remembered = await readWitness(signing && witness, signing, place, warn);
  const isBehind = remembered && (!stored || compareOrder(remembered.payload, stored.payload) > 0);
  if (isBehind)
    warn(
      `the store has gone back in time: it holds ${stored ? `release ${stored.payload.n}` : 'no release'}, and release ${remembered.payload.n} was in force; this release will come after both`,
    );
  const current = isBehind ? remembered : stored;
  return {
    token,
    ...(current && { current }),
    ...(stored && { stored, before: { hash: stored.hash, epoch: stored.payload.epoch, n: stored.payload.n } }),
  };
}

async function readWitness(
  witness: Pick<Witness, 'read'> | undefined,
  signing: Signing | undefined,
  place: Place,
  warn: (message: string) => void,
): Promise<Head | undefined> {
  const envelope = await witness?.read();
  if (!envelope) return undefined;
  const head = verifyPublished(envelope, signing, place);
  if (!('outcome' in head)) return head;
  warn(`the witness in git is not one of ours and is passed over: ${head.message}`);
  return undefined;
}

function orderOf(envelope: Uint8Array): Standing['before'] {
  try {
    const { hash, payload } = decodeHead(envelope);
    return { hash, epoch: payload.epoch, n: payload.n };
  } catch (error) {
    if (error instanceof SnapshotError) return { hash: error.object, epoch: 0, n: 0 };
    throw error;
  }
}

/** A head as publishers trust it: readable, of this place, and signed with the keyset it names. */
export function verifyPublished(envelope: Uint8Array, signing: Signing | undefined, place: Place): Head | Refused {
  let head: Head;
  try {
    head = decodeHead(envelope);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return refuse(
      'damaged',
      `what is published cannot be read: ${error.message}`,
      `restore the store from a backup, or ${TAKE_OVER}`,
    );
  }
  return foreignPlace(head, place) ?? foreignKeys(head, envelope, signing) ?? head;
}

const TAKE_OVER = 'if it is known how it came there, go on from a release that is yours with `proviso takeover`';

function foreignPlace({ payload }: Head, place: Place): Refused | undefined {
  for (const field of ['repo', 'env', 'channel'] as const)
    if (payload[field] !== place[field] && !(field === 'repo' && (isUnnamed(payload) || isUnnamed(place))))
      return refuse(
        'foreign',
        `this store holds releases of another ${words[field]}: "${payload[field]}" instead of "${place[field]}"`,
        'check which store this environment uses; two repositories cannot share one place',
      );
  return undefined;
}

/** A repository that has not been anywhere yet has only a makeshift name; that it is the same one, its commits tell. */
const isUnnamed = ({ repo }: { repo: string }): boolean => repo.startsWith('local/');

const words = { repo: 'repository', env: 'environment', channel: 'channel' } as const;

function foreignKeys({ payload }: Head, envelope: Uint8Array, signing: Signing | undefined): Refused | undefined {
  const { n, epoch, keyset } = payload;
  if (!signing)
    return keyset === undefined
      ? undefined
      : refuse(
          'foreign',
          `release ${n} is signed, and here are no keys`,
          'publish from a commit whose keys folder holds its keysets',
        );
  const ours = signing.keysets[epoch - 1];
  if (keyset === undefined)
    return refuse('foreign', `release ${n} is not signed, and this environment takes signed ones`, TAKE_OVER);
  if (!ours && epoch > 0)
    return refuse(
      'foreign',
      `release ${n} is signed with keyset ${epoch}, and the newest here is ${signing.keysets.length}`,
      'publish from a commit whose keys folder holds that keyset',
    );
  if (ours?.hash !== keyset)
    return refuse(
      'foreign',
      `release ${n} is signed with a keyset ${epoch} that is not the one in the keys folder`,
      TAKE_OVER,
    );
  const opened = openEnvelope(headType, envelope, maxHeadBytes, 'head');
  if (signersAmong(headType, opened, ours.payload.headKeys).size > 0) return undefined;
  return refuse('foreign', `release ${n} is not signed by a head key of keyset ${epoch}`, TAKE_OVER);
}
