import { acceptHead, type Rejection } from '../snapshot/accept-head.ts';
import { decodeHead, type HeadPayload } from '../snapshot/head.ts';
import type { Keyset } from '../snapshot/keyset.ts';
import { type GetObjects, SnapshotError, sha256 } from '../snapshot/object.ts';
import type { ReadStore } from '../stores/store.ts';
import { TermsError } from './terms-error.ts';

/** The format of releases this code reads; a head says which it needs. */
export const READER = 1;

/** A head that was taken, and what is trusted from then on. */
export interface TakenHead {
  payload: HeadPayload;
  hash: string;
  envelope: Uint8Array;
  trust: Keyset | 'unsigned';
  /** It was kept on this machine, and the store has not been asked yet whether it is of its repository. */
  isKept?: boolean;
}

/** What a head is read from. `where`: what is said where there is none, as `PlacedStore` has it. */
export type HeadStore = Pick<ReadStore, 'getHead'> & { get: GetObjects; where?: (() => string) | undefined };

/** What a reader holds every head of its place against. */
export interface ReaderOf {
  environment: string;
  channel: string;
  /** Asked once there is a head to trust. @throws TermsError */
  trust(): Keyset | 'unsigned';
  now: number;
  /** No release with a lower number is taken from a machine that has never seen one. */
  atLeast?: number;
  /** Told why a head was not taken although there is an earlier one to go on with. */
  onRefused?(message: string, reason: 'older' | 'otherPlace'): void;
}

/**
 * The head in force in a place; the one that was taken last where nothing newer is there.
 *
 * @throws TermsError when there is none that this reader may take, SnapshotError when it cannot be read.
 */
export async function readHead(store: HeadStore, reader: ReaderOf, last?: TakenHead): Promise<TakenHead> {
  const { environment: env, channel, now, atLeast = 0 } = reader;
  const at = await store.getHead(env, channel);
  if (!at)
    throw new TermsError('notPublished', `nothing is published for ${env}/${channel} yet${store.where?.() ?? ''}`);
  const repo = last?.trust === 'unsigned' ? repoIn(at.envelope) : undefined;
  if (last && repo !== undefined && repo !== last.payload.repo) {
    // Keys tell repositories apart; without, only their names do.
    const what = `the store holds releases of ${repo}, and what was read until now is of ${last.payload.repo}`;
    reader.onRefused?.(last.isKept ? `${what}: what was kept of it on this machine is not used` : what, 'otherPlace');
    return last.isKept ? readHead({ get: store.get, getHead: async () => at }, reader) : last;
  }
  const best = last && { epoch: last.payload.epoch, n: last.payload.n, hash: last.hash };
  const expected = { env, channel, trust: last?.trust ?? reader.trust(), reader: READER, now, ...(best && { best }) };
  const answer = await acceptHead(at.envelope, expected, (hashes) => store.get(hashes));
  if (answer.verdict !== 'refuse') {
    const { n } = answer.head.payload;
    if (!last && n < atLeast)
      throw new TermsError('older', `release ${n} comes before release ${atLeast}, the least this reader takes`);
    return { ...answer.head, envelope: at.envelope, trust: answer.trust };
  }
  if (last && (answer.reason === 'older' || answer.reason === 'fork')) {
    reader.onRefused?.(answer.message, 'older');
    return last;
  }
  if (answer.reason === 'form') throw new SnapshotError('form', sha256(at.envelope), answer.message);
  throw new TermsError(codes[answer.reason] ?? 'untrusted', answer.message);
}

/** Of which repository a head is; undefined where it cannot be read, which is told elsewhere. */
function repoIn(envelope: Uint8Array): string | undefined {
  try {
    return decodeHead(envelope).payload.repo;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

const codes: Readonly<Partial<Record<Rejection, TermsError['code']>>> = {
  otherPlace: 'otherPlace',
  needsNewerReader: 'needsNewerReader',
};
