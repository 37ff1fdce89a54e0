import { compareTrees, newObjects } from '../../runtime/snapshot/compare.ts';
import { type Head, headSchema } from '../../runtime/snapshot/head.ts';
import { type GetObjects, SnapshotError } from '../../runtime/snapshot/object.ts';
import { readRelease, type Snapshot } from '../../runtime/snapshot/release.ts';
import type { Tally, WriteStore } from '../../runtime/stores/store.ts';
import { plural } from '../report/plural.ts';
import { type Refused, refuse } from './outcome.ts';
import type { Standing } from './read-standing.ts';
import { lackingIn, storeObjects } from './store-objects.ts';
import { type Lost, type SwapTools, swapHead, type Target } from './swap-head.ts';
import { vanishedCustomers } from './vanished.ts';

/** What the first commit is to the second; `unknown` when one of them is not in this clone. */
export type Ancestry = 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown';

export interface PublishTools extends SwapTools {
  ancestry(first: string, second: string): Promise<Ancestry>;
  /** The release of the commit that is published; called at most once. */
  assemble(): Snapshot | Promise<Snapshot>;
  /** Proves that everything since the release in force was approved; without it, `evidence` of the request says why. */
  prove?(current: Head | undefined): Promise<Proof | Refused>;
  /** One line that replaces the last one. */
  progress?(line: string): void;
}

/** What a head says of approvals: the hash of the object that proves them, or the word that says why there is none. */
export interface Proof {
  outcome: 'proven';
  evidence: string;
  /** What has that hash. */
  object?: Uint8Array;
}

export interface PublishRequest extends Target {
  commit: string;
  policyDigest: string;
  /** Hash of what proves the approvals, or `bootstrap` or `none`. */
  evidence: string;
  /** Do everything but write. */
  dryRun?: boolean;
}

/** `unchanged`: this commit is in force already, with the same content. */
export interface Published {
  outcome: 'published' | 'unchanged';
  release: number;
  root: string;
  commit: string;
  customers: number;
  /** What the store had not held before. */
  written: Tally;
  /** What its head says of approvals; absent where it is unchanged. */
  evidence?: string;
}

/** What a release would be that nobody asked to write. */
export interface Planned extends Omit<Published, 'outcome'> {
  outcome: 'planned';
}

/** A release of a newer commit is in force; this one has nothing to add. */
export interface Superseded {
  outcome: 'superseded';
  release: number;
  commit: string;
}

/** A rollback is in force, and this commit has nothing newer than what was rolled back. */
export interface Held {
  outcome: 'held';
  release: number;
  /** A commit that builds on this one may be published. */
  hold: string;
}

export type PublishResult = Published | Planned | Superseded | Held | Refused | Lost;

/**
 * Publishes a commit. Every step may be repeated: objects first, durable before anything names them, the head last and
 * only if nobody moved it. Killed anywhere, the old release stays in force, complete; running it again finishes.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function publish(tools: PublishTools, request: PublishRequest): Promise<PublishResult> {
  const { store } = tools;
  const { commit, policyDigest, dryRun = false, ...target } = request;
  const written: Tally = { objects: 0, bytes: 0 };
  let snapshot: Snapshot | undefined;

  const result = await swapHead<Published | Planned | Superseded | Held | Refused>(tools, target, async (standing) => {
    const { current, stored } = standing;
    const stopped = current && (await placeCommit(tools, current, commit));
    if (stopped) return { stop: stopped };
    snapshot ??= await tools.assemble();
    const { root, count } = snapshot;
    const isInForce =
      stored?.payload.commit === commit && stored.payload.root === root && stored.hash === current?.hash;
    if (isInForce && stored.payload.epoch === epochOf(tools))
      return { stop: { outcome: 'unchanged', release: stored.payload.n, root, commit, customers: count, written } };
    const held = current && (await placeAfterRollback(tools, current, commit));
    if (held) return { stop: held };
    if (count === 0)
      return {
        stop: refuse(
          'empty',
          'there is not one customer in this release',
          'an empty release is never published; check that the customers folder is there and complete',
        ),
      };
    const proof = (await tools.prove?.(current)) ?? { outcome: 'proven', evidence: request.evidence };
    if (proof.outcome === 'refused') return { stop: proof };
    const { evidence } = proof;
    const missing = await prepare(store, standing, snapshot);
    if ('outcome' in missing) return { stop: missing };
    if (proof.object) missing.objects.set(evidence, proof.object);
    if (dryRun) {
      const release = (current?.payload.n ?? 0) + 1;
      const lacking = tallyOf(missing.objects);
      return { stop: { outcome: 'planned', release, root, commit, customers: count, written: lacking, evidence } };
    }
    const { objects, bytes } = tallyOf(missing.objects);
    await storeObjects(store, missing.objects, (stored) =>
      tools.progress?.(`stored ${stored} of ${plural(objects, 'object')}`),
    );
    written.objects += objects;
    written.bytes += bytes;
    return { next: { kind: 'publish', root, count, commit, policyDigest, evidence, schema: headSchema } };
  });

  if (result.outcome !== 'swapped') return result;
  const { n, root, count, evidence } = result.head.payload;
  return { outcome: 'published', release: n, root, commit, customers: count, written, evidence };
}

/** The same content signed with newer keys is another release: readers learn of the keys by it. */
const epochOf = ({ signing }: PublishTools): number => signing?.keysets.at(-1)?.payload.version ?? 0;

function tallyOf(objects: ReadonlyMap<string, Uint8Array>): Tally {
  let bytes = 0;
  for (const object of objects.values()) bytes += object.length;
  return { objects: objects.size, bytes };
}

/** Undefined when the commit is what is published or comes after it. */
async function placeCommit(
  { ancestry }: PublishTools,
  { payload }: Head,
  commit: string,
): Promise<Superseded | Refused | undefined> {
  const relation = payload.commit === commit ? 'same' : await ancestry(payload.commit, commit);
  if (relation === 'descendant') return { outcome: 'superseded', release: payload.n, commit: payload.commit };
  if (relation === 'diverged' || relation === 'unknown') return offTheLine(relation, payload.commit, commit);
  return undefined;
}

/** After a rollback only a commit that builds on the one rolled back may be published. */
async function placeAfterRollback(
  { ancestry }: PublishTools,
  { payload }: Head,
  commit: string,
): Promise<Held | Refused | undefined> {
  const hold = payload.releaseHold;
  if (hold === undefined) return undefined;
  const relation = hold === commit ? 'same' : await ancestry(hold, commit);
  if (relation === 'ancestor') return undefined;
  if (relation === 'diverged' || relation === 'unknown') return offTheLine(relation, hold, commit);
  return { outcome: 'held', release: payload.n, hold };
}

const short = (commit: string): string => commit.slice(0, 12);

const offTheLine = (relation: 'diverged' | 'unknown', published: string, commit: string): Refused =>
  relation === 'diverged'
    ? refuse(
        'diverged',
        `commit ${short(commit)} does not contain ${short(published)}, which was published`,
        'history was rewritten, or this is another branch; publish from the main branch, and bring the published commit back into it with a merge',
      )
    : refuse(
        'unknownCommit',
        `commit ${short(published)}, which was published, is not in this clone`,
        'fetch the whole history first: `git fetch --unshallow`, or fetch the main branch',
      );

/** What the store lacks of a release, or why it may not follow the one in force. */
async function prepare(
  store: WriteStore,
  { current, stored }: Standing,
  snapshot: Snapshot,
): Promise<{ objects: Map<string, Uint8Array> } | Refused> {
  let wanted: Iterable<string> = snapshot.objects.keys();
  if (current) {
    const get = memoryFirst(snapshot, store);
    try {
      const before = await readRelease(get, current.payload.root);
      const after = await readRelease(get, snapshot.root);
      const vanished = await vanishedCustomers(get, (await compareTrees(get, before, after)).removed);
      if (vanished) return vanished;
      // What a store that has gone back in time still holds of it, only the store can say.
      if (stored?.hash === current.hash) wanted = await newObjects(get, before, after);
    } catch (error) {
      if (!(error instanceof SnapshotError)) throw error;
      // A store that has gone back in time lacks what came after.
      if (stored?.hash === current.hash)
        return refuse(
          'damaged',
          `the published release ${current.payload.n} cannot be read: ${error.message}`,
          'restore the store from a backup, or publish into a new one',
        );
    }
  }
  const hashes = [...wanted];
  const lacking = await lackingIn(store, hashes);
  return { objects: new Map(lacking.map((hash) => [hash, snapshot.objects.get(hash) as Uint8Array])) };
}

/** Objects of the new release come from memory, only those of the old one are read. */
const memoryFirst =
  ({ objects }: Snapshot, store: WriteStore): GetObjects =>
  async (hashes) => {
    const found = new Map<string, Uint8Array>();
    const rest: string[] = [];
    for (const hash of hashes) {
      const bytes = objects.get(hash);
      if (bytes) found.set(hash, bytes);
      else rest.push(hash);
    }
    if (rest.length > 0) for (const [hash, bytes] of await store.get(rest)) found.set(hash, bytes);
    return found;
  };
