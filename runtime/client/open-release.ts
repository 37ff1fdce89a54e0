import type { Catalogue } from '../../schemas/catalogue.ts';
import type { Settings } from '../../schemas/setting.ts';
import { acceptHead, type Rejection } from '../snapshot/accept-head.ts';
import { findCustomer } from '../snapshot/find.ts';
import type { HeadPayload } from '../snapshot/head.ts';
import type { Keyset } from '../snapshot/keyset.ts';
import { type GetObjects, readObject, SnapshotError, sha256 } from '../snapshot/object.ts';
import { readRelease } from '../snapshot/release.ts';
import type { ReadStore } from '../stores/store.ts';
import type { PlanLeaf, Timeline } from '../terms/timeline.ts';
import { TermsError } from './terms-error.ts';

/** The format of releases this code reads; a head says which it needs. */
const READER = 1;

/** One release and what was read of it so far. A newer release is another one: what is answered never mixes two. */
export interface OpenRelease {
  readonly head: HeadPayload;
  readonly settings: Settings;
  /** By id or account id; undefined when the release has no such file. */
  timeline(idOrAccount: string): Promise<Timeline | undefined>;
  /** @throws TermsError (`unknownPlan`) */
  plan(ref: string): Promise<PlanLeaf>;
}

/** A head that was taken, and what is trusted from then on. */
export interface TakenHead {
  payload: HeadPayload;
  hash: string;
  trust: Keyset | 'unsigned';
}

/** What a reader holds every head of its place against. */
export interface ReaderOf {
  environment: string;
  channel: string;
  /** Asked once there is a head to trust. @throws TermsError */
  trust(): Keyset | 'unsigned';
  now: number;
}

/**
 * The head in force in a place; the one that was taken last where nothing newer is there.
 *
 * @throws TermsError when there is none that this reader may take, SnapshotError when it cannot be read.
 */
export async function readHead(
  store: Pick<ReadStore, 'get' | 'getHead'>,
  reader: ReaderOf,
  last?: TakenHead,
): Promise<TakenHead> {
  const { environment: env, channel, now } = reader;
  const at = await store.getHead(env, channel);
  if (!at) throw new TermsError('notPublished', `nothing is published for ${env}/${channel} yet`);
  const best = last && { epoch: last.payload.epoch, n: last.payload.n, hash: last.hash };
  const expected = { env, channel, trust: last?.trust ?? reader.trust(), reader: READER, now, ...(best && { best }) };
  const answer = await acceptHead(at.envelope, expected, (hashes) => store.get(hashes));
  if (answer.verdict !== 'refuse') return { ...answer.head, trust: answer.trust };
  if (last && (answer.reason === 'older' || answer.reason === 'fork')) return last;
  if (answer.reason === 'form') throw new SnapshotError('form', sha256(at.envelope), answer.message);
  throw new TermsError(codes[answer.reason] ?? 'untrusted', answer.message);
}

const codes: Readonly<Partial<Record<Rejection, TermsError['code']>>> = {
  otherPlace: 'otherPlace',
  needsNewerReader: 'needsNewerReader',
};

/** Opens the release a head names; the rest is read when it is asked for, every object verified. @throws SnapshotError */
export async function openRelease(get: GetObjects, head: HeadPayload): Promise<OpenRelease> {
  const release = await readRelease(get, head.root);
  const { settings } = (await readObject(get, release.catalogue)) as Catalogue;
  return {
    head,
    settings,
    timeline: remember(async (idOrAccount) => {
      const entry = await findCustomer(get, release, idOrAccount);
      return entry && ((await readObject(get, entry.leaf)) as Timeline);
    }),
    plan: remember(async (ref) => {
      const plan = Object.hasOwn(release.plans, ref) ? release.plans[ref] : undefined;
      if (plan) return (await readObject(get, plan)) as PlanLeaf;
      const known = Object.keys(release.plans).join(', ');
      throw new TermsError('unknownPlan', `release ${head.n} has no plan ${ref} (it has ${known})`);
    }),
  };
}

/** Reads each key once, for many who ask at one time too. What failed is read again, and what is not there: of such names there is no end. */
function remember<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const readings = new Map<string, Promise<T>>();
  return (key) => {
    const known = readings.get(key);
    if (known) return known;
    const reading = read(key);
    readings.set(key, reading);
    const forget = (): void => void readings.delete(key);
    reading.then((found) => found === undefined && forget(), forget);
    return reading;
  };
}
