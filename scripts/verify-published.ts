import { isError } from '../engine/diagnostic.ts';
import { GitHubError } from '../engine/io/github/github-error.ts';
import { hasCommit } from '../engine/io/has-commit.ts';
import { folderInRepository } from '../engine/io/place-in-git.ts';
import type { ApprovalTools, ProvenAgain } from '../engine/publish/prove-approvals.ts';
import { type Recompiled, type Verification, verifyRelease } from '../engine/publish/verify-release.ts';
import { plural } from '../engine/report/plural.ts';
import { UsageError } from '../engine/usage-error.ts';
import { evidenceOfRange } from '../engine/verify/evidence-of-range.ts';
import { verifyRange } from '../engine/verify/verify-range.ts';
import type { HeadPayload } from '../runtime/snapshot/head.ts';
import { dayOf } from '../runtime/terms/days.ts';
import type { Context } from './command.ts';
import { compileCommit } from './compile-commit.ts';
import { gitHubOf } from './github/pull-requests.ts';
import { openForRelease } from './open-for-release.ts';
import { readPolicy } from './read-policy.ts';
import { releaseTools, targetOf, withStore } from './release-tools.ts';
import { proveTools } from './verify-tools.ts';

/** Proves what can be proven of a release from this clone. `approvals`: a file of them, instead of the one the environment names. */
export async function verifyPublished(
  context: Context,
  release: number | undefined,
  approvals: string | undefined,
): Promise<Verification | undefined> {
  const place = await targetOf(context);
  return withStore(context, async (store) => {
    const verification = await verifyRelease(
      {
        ...(await releaseTools(context, store)),
        ...(await approvalTools(context, place.repo, approvals)),
        recompile: (payload) => recompile(context, payload),
        progress: context.progress,
      },
      place,
      release,
    );
    context.progress('');
    return verification;
  });
}

async function recompile(context: Context, { commit, folder }: HeadPayload): Promise<Recompiled> {
  const { root } = context;
  if (!(await hasCommit(root, commit)))
    return { because: `commit ${commit.slice(0, 12)} is not in this clone; fetch the whole history` };
  const here = (await folderInRepository(root)).replace(/\/$/, '');
  if (folder !== undefined && folder.replace(/\/$/, '') !== here)
    return { because: `its terms lie in the folder ${folder} of commit ${commit.slice(0, 12)}; name it with --root` };
  const opened = await openForRelease(context, commit, { isProof: true });
  const { snapshot, diagnostics } = await compileCommit(context, opened);
  const errors = diagnostics.filter(isError).length;
  if (errors === 0) return { snapshot, policyDigest: opened.model.world.digest };
  return { because: `commit ${commit.slice(0, 12)} has ${plural(errors, 'error')}, and is no release`, isWrong: true };
}

async function approvalTools(context: Context, repo: string, approvals: string | undefined): Promise<ApprovalTools> {
  const { root, progress } = context;
  const places = { ...gitHubOf(context), approvals };
  return {
    policy: async (commit) =>
      (await hasCommit(root, commit)) ? { publish: await readPolicy(root, commit, 'publish') } : undefined,
    proveAgain: (evidence, policy, { since, until }) =>
      unlessUnknown(async () => {
        const { from, to, expected: expect } = evidence;
        for (const commit of [from, to])
          if (!(await hasCommit(root, commit)))
            return { outcome: 'unknown', because: `commit ${commit.slice(0, 12)} is not in this clone` };
        const { verifyTools } = proveTools({ root, progress, now: () => until }, repo, { ...places, until });
        const range = await verifyRange(await verifyTools(policy, since), { from, to, today: dayOf(until), expect });
        return range.outcome === 'verified'
          ? { outcome: 'verified', evidence: evidenceOfRange(evidence, range) }
          : { outcome: 'unapproved', message: range.message };
      }),
  };
}

/** What cannot be asked says nothing against what was published. */
async function unlessUnknown(prove: () => Promise<ProvenAgain>): Promise<ProvenAgain> {
  try {
    return await prove();
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof GitHubError)) throw error;
    return { outcome: 'unknown', because: error.message };
  }
}
