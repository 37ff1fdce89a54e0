import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import { isOver } from '../../runtime/snapshot/follows-canary.ts';
import { type CanaryShare, type Head, type HeadPayload, headSchema } from '../../runtime/snapshot/head.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import type { Tally } from '../../runtime/stores/store.ts';
import { plural } from '../report/plural.ts';
import { objectsToWrite } from './objects-to-write.ts';
import { type Refused, refuse } from './outcome.ts';
import {
  type AncestryTools,
  type Held,
  placeAfterRollback,
  placeCommit,
  type Superseded,
  short,
} from './place-commit.ts';
import { readStable } from './read-stable.ts';
import type { Standing, StandingTools } from './read-standing.ts';
import { storeObjects } from './store-objects.ts';
import { type Lost, type NextHead, type SwapTools, swapHead, type Target, withoutKey } from './swap-head.ts';

export interface PublishTools extends SwapTools, AncestryTools {
  /** How what is in force for everybody is read: a canary is proven from it, and followed only while it is. */
  stable?: StandingTools;
  /**
   * The release of the commit that is published, or that the commit has errors. It may be made from the release it follows;
   * asked for without one, it is made from nothing: the store does not have what it would have to rely on.
   */
  assemble(from?: Standing): Assembled | Promise<Assembled>;
  /** Proves that everything since the release in force was approved; without it, `evidence` of the request says why. */
  prove?(current: Head | undefined): Promise<Proof | Refused>;
  /** One line that replaces the last one. */
  progress?(line: string): void;
}

/** What `assemble` says where the commit has errors, which it tells itself. */
export interface Faulty {
  outcome: 'faulty';
}

export type Assembled = Snapshot | Faulty;

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
  /** What compiled the commit, by name and version. */
  compiler?: string;
  /** Hash of what proves the approvals, or `bootstrap` or `none`. */
  evidence: string;
  /** Publishes a canary: for these readers alone, over what is in force for everybody. */
  share?: Pick<CanaryShare, 'percent' | 'readers'>;
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
  /** Who follows it, where it is a canary. */
  canary?: CanaryShare;
}

/** What a release would be that nobody asked to write. */
export interface Planned extends Omit<Published, 'outcome'> {
  outcome: 'planned';
}

type Stop = Published | Planned | Superseded | Held | Faulty | Refused;

export type PublishResult = Stop | Lost;

/**
 * Publishes a commit. Every step may be repeated: objects first, durable before anything names them, the head last and
 * only if nobody moved it. Killed anywhere, the old release stays in force, complete; running it again finishes.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function publish(tools: PublishTools, request: PublishRequest): Promise<PublishResult> {
  const { store } = tools;
  const { commit, policyDigest, compiler, share, dryRun = false, ...target } = request;
  const written: Tally = { objects: 0, bytes: 0 };
  let snapshot: Snapshot | undefined;

  const decide = async (standing: Standing): Promise<{ next: NextHead; news: readonly string[] } | { stop: Stop }> => {
    const base: Standing | Refused = share ? await readStable(tools.stable ?? tools, target) : standing;
    if ('outcome' in base) return { stop: base };
    const { current, stored } = base;
    const stopped = current && (await placeCommit(tools, current, commit));
    if (stopped) return { stop: stopped };
    const made = await assembleOver(tools, base, snapshot);
    if ('outcome' in made) return { stop: made };
    snapshot = made;
    const { root, count } = snapshot;
    const canary = share && stored && { ...share, over: stored.payload.root };
    const next = { root, commit, epoch: epochOf(tools), canary, releaseHold: canary && current?.payload.releaseHold };
    const same = inForceAlready(standing, next) ?? (share && stored && forEverybody(standing.current, stored, next));
    if (same && 'outcome' in same) return { stop: same };
    if (same)
      return { stop: { outcome: 'unchanged', release: same.payload.n, root, commit, customers: count, written } };
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
    const missing = await objectsToWrite(store, base, snapshot);
    if (missing.outcome === 'lacking') {
      const assembled = await tools.assemble();
      if ('outcome' in assembled) return { stop: assembled };
      snapshot = assembled;
      return decide(standing);
    }
    if (missing.outcome === 'refused') return { stop: missing };
    const objects = wanted(snapshot, missing.hashes, proof);
    if (dryRun) {
      const release = (standing.current?.payload.n ?? 0) + 1;
      const planned = { release, root, commit, customers: count, written: tallyOf(objects), evidence };
      return { stop: { outcome: 'planned', ...planned, ...(canary && { canary }) } };
    }
    const unable = withoutKey(tools.signing);
    if (unable) return { stop: unable };
    const { length } = missing.hashes;
    const added = await storeObjects(store, objects, (done) =>
      tools.progress?.(`stored ${done} of ${plural(proof.object ? length + 1 : length, 'object')}`),
    );
    written.objects += added.objects;
    written.bytes += added.bytes;
    return {
      next: {
        kind: 'publish',
        root,
        count,
        commit,
        policyDigest,
        ...(compiler !== undefined && { compiler }),
        evidence,
        schema: headSchema,
        ...(canary && { canary }),
        ...(next.releaseHold !== undefined && { releaseHold: next.releaseHold }),
      },
      news: missing.news,
    };
  };

  const result = await swapHead<Stop>(tools, target, decide);
  if (result.outcome !== 'swapped') return result;
  const { n, root, count, evidence, canary } = result.head.payload;
  const published = { release: n, root, commit, customers: count, written, evidence };
  return { outcome: 'published', ...published, ...(canary && { canary }) };
}

/** The release of the commit, as made before where that still holds all that is new: others may have published since. */
async function assembleOver(
  { assemble }: PublishTools,
  base: Standing,
  known: Snapshot | undefined,
): Promise<Assembled> {
  if (known && isMadeFrom(base, known)) return known;
  const made = await assemble(base);
  return 'outcome' in made || isMadeFrom(base, made) ? made : assemble();
}

const isMadeFrom = ({ current, stored }: Standing, { over }: Snapshot): boolean =>
  over === undefined || (over === stored?.payload.root && stored.hash === current?.hash);

type NextRelease = Pick<HeadPayload, 'root' | 'commit' | 'epoch' | 'canary' | 'releaseHold'>;

/** What is in force, where it is the next release to the letter; a hold and a share only count for a canary. */
function inForceAlready({ current, stored }: Standing, next: NextRelease): Head | undefined {
  if (!stored || stored.hash !== current?.hash) return undefined;
  const { root, commit, epoch, canary, releaseHold } = stored.payload;
  const isSame = root === next.root && commit === next.commit && epoch === next.epoch;
  const isSameCanary =
    !next.canary || (releaseHold === next.releaseHold && canonicalJson(canary ?? null) === canonicalJson(next.canary));
  return isSame && isSameCanary ? stored : undefined;
}

/** What is in force for everybody needs no canary; one of something else is not ended by that in silence. */
function forEverybody(
  canary: Head | undefined,
  stable: Head,
  { root, commit }: NextRelease,
): Head | Refused | undefined {
  if (stable.payload.root !== root || stable.payload.commit !== commit) return undefined;
  if (!canary || !isOver(canary.payload, stable.payload)) return stable;
  return refuse(
    'canary',
    `everybody has commit ${short(commit)}, and a canary of ${short(canary.payload.commit)} is out`,
    'end the canary with `proviso abort`',
  );
}

/** The same content signed with newer keys is another release: readers learn of the keys by it. */
const epochOf = ({ signing }: PublishTools): number => signing?.keysets.at(-1)?.payload.version ?? 0;

/** What is written, each read when its turn comes. */
function* wanted(
  { objects }: Snapshot,
  hashes: readonly string[],
  { evidence, object }: Proof,
): Generator<[hash: string, bytes: Uint8Array]> {
  for (const hash of hashes) yield [hash, objects.get(hash) as Uint8Array];
  if (object) yield [evidence, object];
}

function tallyOf(objects: Iterable<readonly [hash: string, bytes: Uint8Array]>): Tally {
  const tally: Tally = { objects: 0, bytes: 0 };
  for (const [, { length }] of objects) {
    tally.objects += 1;
    tally.bytes += length;
  }
  return tally;
}
