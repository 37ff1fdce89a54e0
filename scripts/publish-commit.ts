import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import type { Diff } from '../engine/diff/diff.ts';
import { foldersMadeLinks } from '../engine/io/folders-made-links.ts';
import { dirtyPaths } from '../engine/io/git.ts';
import { keepOutOfGit } from '../engine/io/keep-out-of-git.ts';
import { releasePaths } from '../engine/io/rooms.ts';
import { staleSchemasOf } from '../engine/io/stale-schemas-of.ts';
import { beforeRefreshes } from '../engine/publish/before-refreshes.ts';
import { type Proven, proveRelease } from '../engine/publish/prove-release.ts';
import { type PublishResult, type PublishTools, publish } from '../engine/publish/publish.ts';
import { STABLE } from '../engine/publish/read-stable.ts';
import { recentCustomers } from '../engine/publish/recent-customers.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { CanaryShare, Head } from '../runtime/snapshot/head.ts';
import type { Context } from './command.ts';
import { compareRepositories, isWorldBroken } from './compare-repositories.ts';
import type { CompiledCommit } from './compile-commit.ts';
import { gitHubOf } from './github/pull-requests.ts';
import { openRepository } from './open-repository.ts';
import { refuseUnknownEnvironment } from './refuse-unknown-environment.ts';
import { lineOf, releaseTools, targetOf, withStore } from './release-tools.ts';
import { type ApprovalPlaces, proveTools } from './verify-tools.ts';

export interface PublishAttempt {
  commit: CompiledCommit;
  diagnostics: readonly Diagnostic[];
  /** Absent when the commit has errors: nothing was tried. */
  result?: PublishResult;
  /** What was verified of it, where approvals are. */
  verified?: Proven['verified'];
  /** The checksum of what it changes since the release in force, where that was found out. */
  checksum?: string;
  /** Whether GitHub was asked about it, so that it may want to hear what came of it. */
  isOnGitHub: boolean;
}

/** What lies uncommitted in the working tree: never part of a release. */
export interface Pending {
  /** Files that are not committed. */
  pending: readonly string[];
  /** What they would change, if they were. */
  pendingDiff?: Diff;
}

export interface PublishOptions {
  /** Do everything but write. */
  dryRun?: boolean;
  /** The checksum, or its first digits, of what changes since the release in force: nothing else is published. */
  expect?: string;

  /** A canary: for these readers alone. */
  share?: Pick<CanaryShare, 'percent' | 'readers'>;
  places?: ApprovalPlaces;
  /** Goes on from this head, whatever the store holds. */
  takeOver?: PublishTools['takeOver'];
}

/** Publishes a commit that has been compiled, unless something is wrong with it or nobody approved it. */
export async function publishCommit(
  context: Context,
  commit: CompiledCommit,
  { dryRun = false, expect, share, places = gitHubOf(context), takeOver }: PublishOptions = {},
): Promise<PublishAttempt> {
  const written = commit.model.world.publish?.data.environments;
  refuseUnknownEnvironment(context.environment, written && Object.keys(written));
  const diagnostics = [...commit.diagnostics, ...(await staleSchemasOf(context.root, commit.commit))];
  if (diagnostics.some(isError)) return { commit, diagnostics, isOnGitHub: false };
  const { environment, channel } = context;
  const target = await targetOf(context);
  let isOnGitHub = false;
  const pulls = () => {
    isOnGitHub = true;
    return places.pulls();
  };
  const tools = proveTools(context, target.repo, { ...places, pulls });
  let proof: Proven | undefined;
  // A canary is proven from what everybody has, so that it may become that by one swap.
  const from = share ? { ...context, channel: STABLE } : context;
  const line = await lineOf(from);
  const result = await withStore(context, async (store) =>
    publish(
      {
        ...(await releaseTools(context, store)),
        ...(takeOver && { takeOver }),
        ...(share && { stable: await releaseTools(from, store) }),
        assemble: () => commit.snapshot,
        async prove(current) {
          const request = {
            repo: target.repo,
            env: environment,
            channel,
            commit: commit.commit,
            expect,
            isRehearsal: dryRun,
          };
          const recent = () => recentCustomers(store, { ...line, now: context.now() });
          if (current) await refuseMoved(context.root, current.payload.commit);
          const madeAt = async (head: Head) => Date.parse((await beforeRefreshes(store, line, head)).payload.issuedAt);
          const proven = await proveRelease({ ...tools, recent, madeAt }, request, current);
          context.progress('');
          if (proven.outcome === 'proven') proof = proven;
          return proven;
        },
      },
      { ...target, commit: commit.commit, policyDigest: commit.model.world.digest, evidence: 'none', share, dryRun },
    ),
  );
  context.progress('');
  if (result.outcome === 'published') keepOutOfGit(context.root, await context.storeUrl());
  return { commit, diagnostics, result, verified: proof?.verified, checksum: proof?.checksum, isOnGitHub };
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

/** What is judged by the rules of another folder than the published one is not judged. */
async function refuseMoved(root: string, published: string): Promise<void> {
  const [link] = await foldersMadeLinks(root, published, 'HEAD');
  if (link === undefined) return;
  throw new UsageError(
    `${link} was a folder when ${published.slice(0, 12)} was published from it or beside it, and is a symbolic link now`,
    'bring the folder back: what a link leads to has other rules, and nobody may be let in by them',
  );
}
