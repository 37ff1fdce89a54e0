import { isOver } from '../../runtime/snapshot/follows-canary.ts';
import type { Head, HeadPayload } from '../../runtime/snapshot/head.ts';
import { isHash } from '../../runtime/snapshot/object.ts';
import { type CanaryTools, noCanary, readCanary } from './canary-tools.ts';
import { findMissing } from './find-missing.ts';
import { type Refused, refuse } from './outcome.ts';
import { placeAfterRollback, placeCommit, short } from './place-commit.ts';
import type { Published } from './publish.ts';
import { noStable, STABLE } from './read-stable.ts';
import { type Lost, type NextHead, swapHead, type Target } from './swap-head.ts';

export interface PromoteRequest extends Target {
  /** Do everything but write. */
  dryRun?: boolean;
}

/** `unchanged`: everybody has it already. */
export interface Promoted extends Omit<Published, 'outcome' | 'written' | 'canary'> {
  outcome: 'published' | 'unchanged' | 'planned';
  /** The number of the canary; no reader follows it any more. */
  canary: number;
}

/**
 * Puts a canary in force for everybody, without compiling: its approvals are proven from what everybody has. `channel` of
 * the request is that of the canary. First comes the release for everybody, then the canary is ended; killed between the
 * two, running it again finishes.
 *
 * @throws StoreError when the store cannot be used.
 */
export async function promote(
  tools: CanaryTools,
  { dryRun = false, ...target }: PromoteRequest,
): Promise<Promoted | Refused | Lost> {
  let number = 0;
  const result = await swapHead<Promoted | Refused>(
    tools.stable,
    { ...target, channel: STABLE },
    async ({ current }) => {
      const canary = await readCanary(tools, target);
      if ('outcome' in canary) return { stop: canary };
      if (!current) return { stop: noStable(target.env) };
      const isDone = isSame(canary, current.payload) && (canary.canary !== undefined || canary.kind === 'promote');
      if (isDone) return { stop: told('unchanged', current.payload, canary.n) };
      const stopped = await whyNot(tools, canary, current, target);
      if (stopped) return { stop: stopped };
      if (dryRun) return { stop: told('planned', { ...canary, n: current.payload.n + 1 }, canary.n) };
      number = canary.n;
      return { next: promotionOf(canary) };
    },
  );
  const promoted = result.outcome === 'swapped' ? told('published', result.head.payload, number) : result;
  if (promoted.outcome === 'refused' || promoted.outcome === 'lost' || dryRun) return promoted;
  const ended = await swapHead<{ outcome: 'ended' }>(tools.canary, target, async ({ current }) =>
    // Somebody may have published another one since; that one goes on.
    current?.payload.canary && isSame(current.payload, promoted)
      ? { next: promotionOf(current.payload) }
      : { stop: { outcome: 'ended' } },
  );
  return ended.outcome === 'swapped' || ended.outcome === 'ended' ? promoted : ended;
}

const isSame = (canary: HeadPayload, other: Pick<HeadPayload, 'root' | 'commit'>): boolean =>
  canary.root === other.root && canary.commit === other.commit;

/** Of a canary in either channel; without the share nobody follows it. */
const promotionOf = (canary: HeadPayload): NextHead => {
  const { root, count, commit, policyDigest, compiler, evidence, schema, folder } = canary;
  return { kind: 'promote', root, count, commit, policyDigest, compiler, evidence, schema, folder };
};

const told = (
  outcome: Promoted['outcome'],
  { n: release, root, commit, count: customers, evidence }: HeadPayload,
  canary: number,
): Promoted => ({ outcome, release, root, commit, customers, evidence, canary });

/** Why a canary may not come into force for everybody. */
async function whyNot(
  tools: CanaryTools,
  canary: HeadPayload,
  stable: Head,
  target: Target,
): Promise<Refused | undefined> {
  if (!canary.canary) return noCanary(target, canary);
  if (!isOver(canary, stable.payload)) return overtaken(canary, stable);
  const placed =
    (await placeCommit(tools, stable, canary.commit)) ?? (await placeAfterRollback(tools, stable, canary.commit));
  if (placed) return placed.outcome === 'refused' ? placed : overtaken(canary, stable);
  const { store } = tools.stable;
  const missing = await findMissing(store, canary.root);
  if (missing) return damaged(canary, missing.message);
  const { evidence } = canary;
  if (!isHash(evidence) || (await store.has([evidence])).has(evidence)) return undefined;
  return damaged(canary, `what proves its approvals, object ${evidence}, is missing from the store`);
}

const overtaken = (canary: HeadPayload, { payload }: Head): Refused =>
  refuse(
    'canary',
    `the canary, release ${canary.n} of commit ${short(canary.commit)}, is not over release ${payload.n} of commit ${short(payload.commit)}, which everybody has`,
    'publish it again with a share, which proves its approvals from there, or end it with `proviso abort`',
  );

const damaged = ({ n }: HeadPayload, why: string): Refused =>
  refuse(
    'damaged',
    `canary ${n} cannot be put in force for everybody: ${why}`,
    'publish it again: it writes what is missing',
  );
