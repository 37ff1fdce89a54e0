import { driftOf } from '../engine/publish/drift.ts';
import { type InForce, inForceIn } from '../engine/publish/in-force-in.ts';
import type { Status } from '../engine/report/status-text.ts';
import { UsageError } from '../engine/usage-error.ts';
import { isOver } from '../runtime/snapshot/follows-canary.ts';
import type { WriteStore } from '../runtime/stores/store.ts';
import { CANARY } from './canary-tools.ts';
import type { Context } from './command.ts';
import { type CompiledCommit, compileCommit } from './compile-commit.ts';
import { openSigning } from './open-signing.ts';
import { refuseUnpublished } from './refuse-unpublished.ts';
import { releaseTools, targetOf, withStore } from './release-tools.ts';

/** What is in force, held against a commit. Whoever looks needs no key to sign with. */
export async function readStatus(
  context: Context,
  ref: string,
): Promise<{ status: Status; repository: CompiledCommit }> {
  return withStore(context, async (store) => {
    const looking = {
      ...context,
      variables: { ...context.variables, PROVISO_HEAD_KEY: '', PROVISO_HEAD_KEY_FILE: '' },
    };
    const tools = { ...(await releaseTools(looking, store)), ...(await signingOf(looking)) };
    const place = await targetOf(context);
    const { instant } = context.at;
    const inForce = await inForceIn(tools, place, instant);
    if (!inForce) {
      await refuseUnpublished(context);
      throw new UsageError(
        `nothing is published for ${context.environment}/${context.channel} yet`,
        'publish first: `proviso publish`',
      );
    }
    const { witness: _, ...withoutWitness } = tools;
    const canary =
      context.channel === CANARY ? undefined : await inForceIn(withoutWitness, { ...place, channel: CANARY }, instant);
    const repository = await compileCommit(context, ref);
    return {
      status: { ...told(inForce), ...canaryOf(canary, inForce), ...(await driftFrom(store, inForce, repository)) },
      repository,
    };
  });
}

async function signingOf(
  context: Context,
): Promise<{ signing?: NonNullable<Awaited<ReturnType<typeof openSigning>>> }> {
  const signing = await openSigning(context);
  return signing ? { signing } : {};
}

function told({ head, unverifiable, keyset, ageMs, isStale: stale, behind }: InForce) {
  const age = Math.floor(ageMs / 1000);
  const { n: release, root, commit, kind, issuedAt, staleAfter, releaseHold } = head.payload;
  return {
    release,
    root,
    commit,
    kind,
    issuedAt,
    staleAfter,
    ...(releaseHold && { releaseHold }),
    age,
    stale,
    ...(unverifiable !== undefined && { unverifiable }),
    ...(keyset && { keyset }),
    ...(behind && { behind: behind.n }),
  };
}

function canaryOf(canary: InForce | undefined, inForce: InForce): Pick<Status, 'canary'> {
  if (!canary?.head.payload.canary) return {};
  const { payload } = canary.head;
  const { percent, readers = [] } = canary.head.payload.canary;
  const { isStale: stale, unverifiable } = canary;
  const isEnded = !isOver(payload, inForce.head.payload);
  const more = { ...(unverifiable !== undefined && { unverifiable }), ...(isEnded && { overtaken: true as const }) };
  return { canary: { release: payload.n, commit: payload.commit, percent, readers, stale, ...more } };
}

async function driftFrom(
  store: WriteStore,
  { head }: InForce,
  { commit: comparedWith, snapshot }: CompiledCommit,
): Promise<Pick<Status, 'drift' | 'changed' | 'comparedWith'>> {
  const { root } = head.payload;
  const changed = await driftOf((hashes) => store.get(hashes), root, snapshot);
  return { drift: root !== snapshot.root, changed, comparedWith };
}
