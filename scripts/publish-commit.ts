import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { didYouMean } from '../engine/did-you-mean.ts';
import type { Diff } from '../engine/diff/diff.ts';
import { dirtyPaths } from '../engine/io/git.ts';
import { keepOutOfGit } from '../engine/io/keep-out-of-git.ts';
import { releasePaths } from '../engine/io/rooms.ts';
import { staleSchemasOf } from '../engine/io/stale-schemas-of.ts';
import { type PublishResult, publish } from '../engine/publish/publish.ts';
import { list } from '../engine/report/list.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import { compareRepositories, isWorldBroken } from './compare-repositories.ts';
import type { CompiledCommit } from './compile-commit.ts';
import { openRepository } from './open-repository.ts';
import { releaseTools, targetOf, withStore } from './release-tools.ts';

export interface PublishAttempt {
  commit: CompiledCommit;
  diagnostics: readonly Diagnostic[];
  /** Absent when the commit has errors: nothing was tried. */
  result?: PublishResult;
}

/** What lies uncommitted in the working tree: never part of a release. */
export interface Pending {
  /** Files that are not committed. */
  pending: readonly string[];
  /** What they would change, if they were. */
  pendingDiff?: Diff;
}

/** Publishes a commit that has been compiled, unless something is wrong with it. */
export async function publishCommit(context: Context, commit: CompiledCommit): Promise<PublishAttempt> {
  refuseUnverified(context, commit);
  const diagnostics = [...commit.diagnostics, ...(await staleSchemasOf(context.root, commit.commit))];
  if (diagnostics.some(isError)) return { commit, diagnostics };
  const result = await withStore(context, async (store) =>
    publish(
      { ...releaseTools(context, store), assemble: () => commit.snapshot },
      {
        ...(await targetOf(context)),
        commit: commit.commit,
        policyDigest: commit.model.world.digest,
        evidence: 'none',
      },
    ),
  );
  if (result.outcome === 'published') keepOutOfGit(context.root, await context.storeUrl());
  return { commit, diagnostics, result };
}

/** What the working tree holds beside HEAD, and what it would change. */
export async function pendingEdits(context: Context): Promise<Pending> {
  const pending = await dirtyPaths(context.root, releasePaths);
  if (pending.length === 0) return { pending };
  const [base, tree] = [await openRepository(context, { ref: 'HEAD' }), await openRepository(context)];
  if (isWorldBroken(base) || isWorldBroken(tree)) return { pending };
  const { diff } = compareRepositories({ ...base, name: 'HEAD' }, { ...tree, name: 'working tree' }, context.at.day);
  return { pending, pendingDiff: diff };
}

/** An environment nobody wrote down is a mistake in typing; one that asks for verified approvals never gets a release without. */
function refuseUnverified({ environment }: Context, { model }: CompiledCommit): void {
  const environments = model.world.publish?.data.environments;
  if (!environments) return;
  const policy = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
  if (!policy && environment !== 'local')
    throw new UsageError(
      `policies/publish.yaml has no environment ${environment}${didYouMean(environment, Object.keys(environments))}`,
      `it has ${list(Object.keys(environments))}`,
    );
  if (policy?.verify === 'github')
    throw new UsageError(
      `environment ${environment} asks for approvals verified on GitHub, which is not yet supported`,
      'publish to an environment with `verify: none` in policies/publish.yaml',
    );
}
