import { acceptHead } from '../../runtime/snapshot/accept-head.ts';
import { compareOrder, type Head, type HeadPayload, headSchema } from '../../runtime/snapshot/head.ts';
import type { Keyset } from '../../runtime/snapshot/keyset.ts';
import { type GetObjects, SnapshotError } from '../../runtime/snapshot/object.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { checkObjects } from './check-objects.ts';
import { driftOf } from './drift.ts';
import { type ExaminedHead, examineHeads } from './examine-heads.ts';
import { newestRemembered } from './newest-remembered.ts';
import type { Place } from './place.ts';
import { failed, ok, type ProofLine, unprovable } from './proof-line.ts';
import { type ApprovalTools, proveApprovals } from './prove-approvals.ts';
import { type Besides, proveOrigin } from './prove-origin.ts';
import type { Signing } from './signing.ts';
import type { Witness } from './witness.ts';

/** A commit as it comes out today, or why it cannot be had here. */
export type Recompiled = { snapshot: Snapshot; policyDigest: string } | { because: string; isWrong?: boolean };

export interface VerifyReleaseTools extends ApprovalTools {
  store: Pick<WriteStore, 'get' | 'history' | 'places'>;
  signing?: Signing;
  witness?: Pick<Witness, 'read'>;
  recompile(payload: HeadPayload): Promise<Recompiled>;
  now(): Date;
  progress?(line: string): void;
}

export interface Verification {
  /** Absent where the head cannot be read. */
  release?: number;
  kind?: string;
  root?: string;
  commit?: string;
  proofs: readonly ProofLine[];
}

/**
 * Proves of a release, of the one in force where none is named, that store, git and approvals say the same: that we signed
 * it, and every head before it; that its commit compiles to it; that every object of it is there; that what it brings back
 * or refreshes is what it says; that it was approved. Undefined where there is no such release.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function verifyRelease(
  tools: VerifyReleaseTools,
  place: Place,
  release?: number,
): Promise<Verification | undefined> {
  const { store, signing, progress = () => {} } = tools;
  const heads: ExaminedHead[] = [];
  for await (const head of examineHeads(store, place, signing)) {
    if (heads.length % 1_000 === 999) progress(`read ${plural(heads.length + 1, 'head')}`);
    // Only one of them is asked for by its bytes.
    heads.push(heads.length === 0 || head.head?.payload.n === release ? head : { ...head, envelope: new Uint8Array() });
  }
  if (heads.length === 0) return undefined;
  const index = release === undefined ? 0 : heads.findIndex(({ head }) => head?.payload.n === release);
  const history = proveHistory(heads, signing);
  if (index < 0) return history.result === 'failed' ? { proofs: [history] } : undefined;
  const examined = heads[index] as ExaminedHead;
  const { head } = examined;
  if (!head) return { proofs: [failed('signature', `the head in force is none of ours: ${examined.fault}`), history] };

  const get: GetObjects = (hashes) => store.get(hashes);
  const { payload } = head;
  const before = heads.slice(index + 1);
  const proofs = [await proveSignature(tools, examined, head, place, get), history];
  if (release === undefined) proofs.push(...(await proveWitness(tools, head)));
  progress(`compiling commit ${payload.commit.slice(0, 12)}`);
  const recompiled = await tools.recompile(payload);
  proofs.push(await proveContent(get, payload, recompiled));
  const compiled = 'snapshot' in recompiled ? recompiled.snapshot : undefined;
  proofs.push(await proveObjects(get, payload.root, compiled, progress));
  const besides = besidesOf(tools, place);
  proofs.push(...(await proveOrigin(payload, before.filter(isOurs).flatMap(payloadOf), besides)));
  proofs.push(await proveApprovals(tools, get, head, before, besides));
  const { n, kind, root, commit } = payload;
  return { release: n, kind, root, commit, proofs };
}

/** The heads of the other channels of an environment that are ours: a canary and what everybody has prove each other. */
function besidesOf({ store, signing }: VerifyReleaseTools, place: Place): Besides {
  const known = new Map<string, Promise<HeadPayload[]>>();
  const read = async (channel: string): Promise<HeadPayload[]> => {
    const heads: HeadPayload[] = [];
    for await (const each of examineHeads(store, { ...place, channel }, signing))
      if (isOurs(each)) heads.push(...payloadOf(each));
    return heads;
  };
  const of = (channel: string): Promise<HeadPayload[]> => {
    const reading = known.get(channel) ?? read(channel);
    known.set(channel, reading);
    return reading;
  };
  const channels = async () =>
    (await store.places()).flatMap(({ env, channel }) =>
      env === place.env && channel !== place.channel ? [channel] : [],
    );
  return { of, all: async () => (await Promise.all((await channels()).map(of))).flat() };
}

const payloadOf = ({ head }: ExaminedHead): HeadPayload[] => (head ? [head.payload] : []);

const isOurs = ({ head, because, fault }: ExaminedHead): boolean =>
  head !== undefined && because === undefined && fault === undefined;

function proveHistory(heads: readonly ExaminedHead[], signing: Signing | undefined): ProofLine {
  const wrong = heads.flatMap(({ hash, head, fault }) =>
    fault === undefined ? [] : [{ hash, what: `${head ? `head of release ${head.payload.n}` : 'head'}: ${fault}` }],
  );
  if (wrong.length > 0)
    return failed(
      'history',
      `${plural(wrong.length, 'head')} of ${heads.length} ${wrong.length === 1 ? 'is' : 'are'} not as it was put in force`,
      wrong,
    );
  const others = heads.filter(({ isPassedOver }) => isPassedOver).length;
  const passed = others > 0 ? `; ${plural(others, 'head')} of others among them, which a later one goes on from` : '';
  return ok(
    'history',
    `${plural(heads.length, 'head')}, ${signing ? 'signed, and ' : ''}each named by the next${passed}`,
  );
}

async function proveSignature(
  { signing, now }: VerifyReleaseTools,
  { envelope, because, fault }: ExaminedHead,
  { payload }: Head,
  { env, channel }: Place,
  get: GetObjects,
): Promise<ProofLine> {
  if (fault !== undefined) return failed('signature', fault);
  if (because !== undefined) return failed('signature', because);
  const [pinned] = signing?.keysets ?? [];
  if (!signing)
    return unprovable(
      'signature',
      'this environment takes unsigned releases: anybody who can write to the store may have written it',
    );
  if (!pinned) return unprovable('signature', 'the keys folder has no keyset');
  const expected = { env, channel, trust: pinned, reader: headSchema.minReader, now: now().getTime() };
  const answer = await acceptHead(envelope, expected, get);
  if (answer.verdict === 'refuse') return failed('signature', `a reader refuses it: ${answer.message}`);
  // Products may have been given any of them; the ones before that they need not read, the next one may.
  const lost = await damagedKeysets(signing?.keysets.slice(0, payload.epoch) ?? [], get);
  if (lost.length > 0)
    return failed('signature', `${plural(lost.length, 'keyset')} missing or damaged in the store`, lost);
  const stale = answer.alarms.includes('stale') ? `; stale since ${payload.staleAfter}` : '';
  const expired = answer.alarms.includes('keysetExpired') ? '; its keyset has expired' : '';
  return ok('signature', `signed with keyset ${payload.epoch}, which readers come to from keyset 1${stale}${expired}`);
}

async function damagedKeysets(keysets: readonly Keyset[], get: GetObjects): Promise<NonNullable<ProofLine['named']>> {
  const found = await get(keysets.map(({ hash }) => hash));
  return keysets.flatMap(({ hash, envelope, payload }) => {
    const bytes = found.get(hash);
    return bytes && Buffer.compare(bytes, envelope) === 0 ? [] : [{ hash, what: `keyset ${payload.version}` }];
  });
}

async function proveWitness({ witness, signing }: VerifyReleaseTools, { payload, hash }: Head): Promise<ProofLine[]> {
  const alarms: ProofLine[] = [];
  const warn = (message: string): void => void alarms.push(failed('witness', message));
  const known = await newestRemembered(witness, signing, payload, warn);
  if (!known) return alarms;
  const order = compareOrder(known.payload, payload);
  if (order > 0)
    return [...alarms, failed('witness', `the store has gone back in time: release ${known.payload.n} was in force`)];
  return order === 0 && known.hash !== hash
    ? [...alarms, failed('witness', `the witness in git knows another release ${payload.n}`)]
    : [...alarms, ok('witness', `the witness in git knows nothing newer (release ${known.payload.n})`)];
}

async function proveContent(get: GetObjects, payload: HeadPayload, recompiled: Recompiled): Promise<ProofLine> {
  if ('because' in recompiled)
    return recompiled.isWrong ? failed('content', recompiled.because) : unprovable('content', recompiled.because);
  const { snapshot, policyDigest } = recompiled;
  const commit = `commit ${payload.commit.slice(0, 12)}`;
  if (snapshot.root !== payload.root) {
    const customers = await customersApart(get, payload.root, snapshot);
    return failed('content', `${commit} says something else${customers && `: ${customers}`}`, [
      { hash: payload.root, what: `root of the release; the commit compiles to ${snapshot.root}` },
    ]);
  }
  if (snapshot.count !== payload.count)
    return failed(
      'content',
      `the head counts ${plural(payload.count, 'customer')}, and the release has ${snapshot.count}`,
    );
  if (policyDigest !== payload.policyDigest)
    return failed('content', `the head names other plans and policies than those of ${commit}`);
  return ok('content', `${commit} compiles to it: ${plural(snapshot.count, 'customer')}`);
}

async function customersApart(get: GetObjects, root: string, snapshot: Snapshot): Promise<string> {
  try {
    return list(await driftOf(get, root, snapshot), 20);
  } catch (error) {
    if (error instanceof SnapshotError) return '';
    throw error;
  }
}

async function proveObjects(
  get: GetObjects,
  root: string,
  compiled: Snapshot | undefined,
  progress: (line: string) => void,
): Promise<ProofLine> {
  const onRead = (objects: number): void => progress(`read ${plural(objects, 'object')}`);
  const { objects, bytes, damaged, isPartial } = await checkObjects(get, root, compiled, onRead);
  if (damaged.size === 0)
    return ok('objects', `${plural(objects, 'object')}, ${plural(bytes, 'byte')}, each with the content its name says`);
  const named = [...damaged].map(([hash, { message }]) => ({ hash, what: message }));
  const more = isPartial ? ', and what lies below cannot be seen' : '';
  return failed('objects', `${plural(damaged.size, 'object')} of ${objects} missing or damaged${more}`, named);
}
