import { decodeHead } from '../../runtime/snapshot/head.ts';
import { type GetObjects, isHash, SnapshotError } from '../../runtime/snapshot/object.ts';
import type { StorePlace, Tally, WriteStore } from '../../runtime/stores/store.ts';
import { plural } from '../report/plural.ts';
import { findMissing } from './find-missing.ts';
import { type KeepPolicy, type KeptHeads, keptHeads } from './kept-heads.ts';
import { keysetsFrom } from './keysets-from.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Place } from './place.ts';
import type { Signing } from './signing.ts';
import { verifyPublished } from './verify-published.ts';
import { walkRelease } from './walk-release.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What can always be brought back, unless somebody says otherwise. */
export const keepRoots = 50;
export const keepFor = 30 * DAY;
/** What is younger may belong to a publish that is not done, which gives up after an hour. */
const GRACE = 7 * DAY;

export interface GarbageTools {
  store: WriteStore;
  signing?: Signing;
  now(): Date;
  progress?(line: string): void;
}

export interface GarbageRequest extends Place {
  /** Every place the caller knows to be there: one that the store does not list stops everything. */
  known?: readonly StorePlace[];
  /** Default: 50 contents, and whatever was in force in the last 30 days. */
  roots?: number;
  forMs?: number;
  /** Numbers of releases of this place that are kept beside. */
  pinned?: ReadonlySet<number>;
  /** Say what would go, and remove nothing. */
  dryRun?: boolean;
}

/** What is kept of a place: `dropped` releases cannot be brought back any more, `incomplete` ones could not before. */
export interface KeptPlace extends StorePlace {
  heads: number;
  kept: number;
  dropped: number;
  incomplete: number;
}

/** `planned`: `removed` is what only dropped releases need; leftovers of publishes that failed come on top. */
export interface Collected {
  outcome: 'swept' | 'planned';
  places: readonly KeptPlace[];
  /** Objects that are needed. */
  needed: number;
  removed: Tally;
}

interface Marked {
  keep: Set<string>;
  places: KeptPlace[];
  dropped: readonly string[];
  tokens: ReadonlyMap<string, string | undefined>;
}

const maxTries = 8;
const nameOf = ({ env, channel }: StorePlace): string => `${env}/${channel}`;

/**
 * Removes the objects that no release needs which can still be brought back, in any environment and channel the store
 * holds, whoever publishes there. Heads are never removed, nor what proves approvals and signatures. Readers and
 * publishers may go on meanwhile.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function collectGarbage(tools: GarbageTools, request: GarbageRequest): Promise<Collected | Refused> {
  const { store, now } = tools;
  const started = now();
  let marked: Marked | undefined;
  for (let tries = 0; tries < maxTries && !marked; tries += 1) {
    const found = await markAll(tools, request, started);
    if ('outcome' in found) return found;
    // A head that moved meanwhile may need what was not marked for it.
    if (request.dryRun || (await moved(store, found.tokens)).length === 0) marked = found;
  }
  if (!marked)
    return refuse('busy', 'heads moved the whole time while it was looked at what they need', 'run it again later');
  const { places, keep } = marked;
  const told = { places, needed: keep.size };
  if (request.dryRun) return { outcome: 'planned', ...told, removed: await onlyIn(store, marked.dropped, keep) };
  tools.progress?.('sweeping');
  const removed = await store.sweep(keep, new Date(started.getTime() - GRACE));
  for (const place of await moved(store, marked.tokens)) {
    const at = await store.getHead(place.env, place.channel);
    const lost = at && (await findMissing(store, decodeHead(at.envelope).payload.root));
    if (lost)
      return refuse(
        'damaged',
        `what was published to ${nameOf(place)} meanwhile lacks something: ${lost.message}`,
        'publish it again at once: what is missing is written anew',
      );
  }
  return { outcome: 'swept', ...told, removed };
}

/** Everything that must stay. */
async function markAll(
  { store, signing, progress = () => {} }: GarbageTools,
  { known = [], roots = keepRoots, forMs = keepFor, pinned, ...own }: GarbageRequest,
  now: Date,
): Promise<Marked | Refused> {
  const listed = await store.places();
  const names = new Set(listed.map(nameOf));
  for (const place of known)
    if (!names.has(nameOf(place)) && (await store.getHead(place.env, place.channel)))
      return refuse(
        'unlisted',
        `the store holds ${nameOf(place)} and does not list it`,
        'report this: nothing was removed',
      );
  const keep = new Set<string>();
  const tokens = new Map<string, string | undefined>();
  const found: { place: StorePlace; heads: KeptHeads }[] = [];
  for (const place of listed) {
    const isOwn = nameOf(place) === nameOf(own);
    const at = await store.getHead(place.env, place.channel);
    if (at && isOwn) {
      const verified = verifyPublished(at.envelope, signing, own);
      if ('outcome' in verified) return verified;
    }
    tokens.set(nameOf(place), at?.token);
    const policy: KeepPolicy = { roots, since: now.getTime() - forMs, ...(isOwn && pinned && { pinned }) };
    try {
      found.push({ place, heads: await keptHeads(store, place, policy) });
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      return refuse(
        'damaged',
        `nothing was removed: ${error.message}`,
        '`proviso verify` tells what is wrong; bring it back from a backup',
      );
    }
  }
  const get: GetObjects = (hashes) => store.get(hashes);
  // What is in force is whole, or nothing is removed; after that, what others lack was lost before.
  for (const { place, heads } of found) {
    const [newest] = heads.kept;
    progress(`looking at what ${nameOf(place)} needs`);
    const fault = newest && (await mark(get, newest.payload.root, keep));
    if (fault)
      return refuse(
        'damaged',
        `nothing was removed: release ${newest.payload.n} of ${nameOf(place)} is in force and not whole: ${fault.message}`,
        '`proviso verify` names what is damaged; publish or bring it back from a backup',
      );
  }
  const places: KeptPlace[] = [];
  for (const { place, heads } of found) {
    const incomplete = new Set<string>();
    for (const { payload } of heads.kept) if (await mark(get, payload.root, keep)) incomplete.add(payload.root);
    for (const hash of heads.evidence) if (isHash(hash)) keep.add(hash);
    for (const hash of await keysetsFrom(get, heads.keysets)) keep.add(hash);
    const { kept, dropped } = heads;
    places.push({
      ...place,
      heads: kept.length + dropped.length,
      kept: kept.length,
      dropped: dropped.length,
      incomplete: incomplete.size,
    });
    progress(`${nameOf(place)}: ${plural(keep.size, 'object')} so far`);
  }
  const dropped = [...new Set(found.flatMap(({ heads }) => heads.dropped.map(({ payload }) => payload.root)))];
  return { keep, places, dropped, tokens };
}

/** Adds every object of a release; gives what is wrong with one that leads to others. */
async function mark(get: GetObjects, root: string, keep: Set<string>): Promise<SnapshotError | undefined> {
  let wrong: SnapshotError | undefined;
  for await (const { hash, fault } of walkRelease(get, root, { reads: false, known: keep })) {
    if (fault) wrong ??= fault;
    // What is damaged is kept as well, for people to look at; but what was missing may yet be found below another.
    if (fault?.reason !== 'missing') keep.add(hash);
  }
  return wrong;
}

/** Places whose head is another than it was, new ones included. */
async function moved(store: WriteStore, tokens: ReadonlyMap<string, string | undefined>): Promise<StorePlace[]> {
  const found: StorePlace[] = [];
  for (const place of await store.places())
    if ((await store.getHead(place.env, place.channel))?.token !== tokens.get(nameOf(place))) found.push(place);
  return found;
}

/** What is there, and of these releases alone. */
async function onlyIn(store: WriteStore, roots: readonly string[], keep: ReadonlySet<string>): Promise<Tally> {
  const seen = new Set<string>();
  const tally = { objects: 0, bytes: 0 };
  const known = { has: (hash: string): boolean => keep.has(hash) || seen.has(hash) };
  for (const root of roots)
    for await (const { hash, bytes } of walkRelease((hashes) => store.get(hashes), root, { reads: true, known })) {
      if (!bytes || known.has(hash)) continue;
      seen.add(hash);
      tally.objects += 1;
      tally.bytes += bytes.length;
    }
  return tally;
}
