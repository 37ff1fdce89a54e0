import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { foldersMadeLinks } from '../engine/io/folders-made-links.ts';
import { keepOutOfGit } from '../engine/io/keep-out-of-git.ts';
import { ownReleases } from '../engine/io/own-releases.ts';
import { staleSchemasOf } from '../engine/io/stale-schemas-of.ts';
import { beforeRefreshes } from '../engine/publish/before-refreshes.ts';
import { type Proven, proveRelease } from '../engine/publish/prove-release.ts';
import {
  type Assembled,
  type Faulty,
  type PublishResult,
  type PublishTools,
  publish,
} from '../engine/publish/publish.ts';
import { STABLE } from '../engine/publish/read-stable.ts';
import type { Standing } from '../engine/publish/read-standing.ts';
import { recentCustomers } from '../engine/publish/recent-customers.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { CanaryShare, Head } from '../runtime/snapshot/head.ts';
import type { Context } from './command.ts';
import { compileCommit, type Followed, isTold } from './compile-commit.ts';
import { followedBy } from './followed-by.ts';
import { gitHubOf } from './github/pull-requests.ts';
import type { OpenedCommit } from './open-for-release.ts';
import { refuseUnknownEnvironment } from './refuse-unknown-environment.ts';
import { lineOf, releaseTools, targetOf, withStore } from './release-tools.ts';
import { type ApprovalPlaces, proveTools } from './verify-tools.ts';
import { version } from './version.ts';

export interface PublishAttempt {
  commit: OpenedCommit;
  /** Every error; else what is told of plans and policies, and of customers whose files are others than in the release before. */
  diagnostics: readonly Diagnostic[];
  /** Absent when the commit has errors: nothing is published. */
  result?: Exclude<PublishResult, Faulty>;
  /** What was verified of it, where approvals are. */
  verified?: Proven['verified'];
  /** The checksum of what it changes since the release in force, where that was found out. */
  checksum?: string;
  /** Whether GitHub was asked about it, so that it may want to hear what came of it. */
  isOnGitHub: boolean;
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

/** Compiles and publishes a commit that has been read, unless something is wrong with it or nobody approved it. */
export async function publishCommit(
  context: Context,
  commit: OpenedCommit,
  { dryRun = false, expect, share, places = gitHubOf(context), takeOver }: PublishOptions = {},
): Promise<PublishAttempt> {
  const written = commit.model.world.publish?.data.environments;
  refuseUnknownEnvironment(context.environment, written && Object.keys(written));
  const stale = await staleSchemasOf(context.root, commit.commit, version());
  const read = [...commit.diagnostics, ...stale];
  if (read.some(isError)) {
    const all = await compileCommit(context, commit);
    return { commit, diagnostics: [...all.diagnostics, ...stale], isOnGitHub: false };
  }
  let diagnostics = read.filter((each) => isTold(each, new Set()));
  const { environment, channel } = context;
  const { folder, ...madeOf } = commit.madeOf;
  const target = { ...(await targetOf(context)), ...(folder !== undefined && { folder }) };
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
  const own = await ownReleases(context.root, { env: environment, channel: from.channel });
  const result = await withStore(context, async (store) => {
    const releasing = await releaseTools(context, store);
    let followed: Followed | undefined;
    const assemble = async (standing?: Standing): Promise<Assembled> => {
      followed = standing
        ? followedBy(store, standing, commit.madeOf, { ...releasing, ...own })
        : followed && { commit: followed.commit };
      const compiled = await compileCommit(context, commit, followed);
      diagnostics = [...compiled.diagnostics, ...stale];
      return diagnostics.some(isError) ? { outcome: 'faulty' } : compiled.snapshot;
    };
    return publish(
      {
        ...releasing,
        ...(takeOver && { takeOver }),
        ...(share && { stable: await releaseTools(from, store) }),
        assemble,
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
      { ...target, commit: commit.commit, ...madeOf, evidence: 'none', share, dryRun },
    );
  });
  context.progress('');
  if (result.outcome === 'faulty') return { commit, diagnostics, isOnGitHub: false };
  const { outcome } = result;
  if (outcome === 'published') keepOutOfGit(context.root, await context.storeUrl());
  if (!share && (outcome === 'published' || outcome === 'unchanged'))
    own.remember({ root: result.root, commit: commit.commit, ...commit.madeOf });
  return { commit, diagnostics, result, verified: proof?.verified, checksum: proof?.checksum, isOnGitHub };
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
