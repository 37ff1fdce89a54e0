import type { GivenReview } from '../engine/approve/approval.ts';
import { findItems } from '../engine/approve/find-items.ts';
import { subjectsOf } from '../engine/approve/subjects-of.ts';
import { type Diagnostic, topOf } from '../engine/diagnostic.ts';
import { changedFiles } from '../engine/io/changed-files.ts';
import { fetchCommits } from '../engine/io/fetch-commits.ts';
import { repositoryName } from '../engine/io/git.ts';
import { type Merge, mergeCommits } from '../engine/io/merge-commits.ts';
import { type ChangedFile, type ChangeSet, changeSetOf } from '../engine/review/change-set.ts';
import type { PullRequest, SubmittedReview } from '../engine/review/pull-request.ts';
import type { Review } from '../engine/review/review.ts';
import { reviewChange } from '../engine/review/review-change.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import { isWorldBroken, type Named, sideOf } from './compare-repositories.ts';
import type { AtGitHub } from './open-github.ts';
import { openRepository } from './open-repository.ts';

export interface ReviewedPull {
  review: Review;
  /** Files of what the merge would be; code frames are cut from them. */
  files: Named['files'];
  reviews: readonly SubmittedReview[];
}

/**
 * Reviews what the base branch would become, were the pull request merged now: the tip of the base against our own merge of the head into it.
 * Both are read as git objects; nothing of a pull request is ever checked out or run. Rules and approvers are those of the base.
 */
export async function reviewPullRequest(
  context: Pick<Context, 'root' | 'at' | 'progress'>,
  { github, credentials }: AtGitHub,
  pull: PullRequest,
): Promise<ReviewedPull> {
  const { root } = context;
  context.progress('reading reviews …');
  const [tip, reviews, authorship] = await Promise.all([
    github.tipOf(pull.base.ref),
    github.reviewsOf(pull.number),
    github.authorshipOf(pull.number),
  ]);
  context.progress('fetching both sides …');
  const approved = reviews.flatMap(({ state, commit }) => (state === 'APPROVED' && commit ? [commit] : []));
  const given = [...new Set(approved)].filter((one) => one !== pull.head.commit);
  const missing = await fetchCommits(
    root,
    [
      { commit: tip, ref: `refs/heads/${pull.base.ref}` },
      { commit: pull.head.commit, ref: `refs/pull/${pull.number}/head` },
      ...given.map((commit) => ({ commit })),
    ],
    credentials,
  );
  for (const commit of [tip, pull.head.commit])
    if (missing.has(commit)) throw new UsageError(`origin does not have the commit ${commit}`, 'run it again');

  context.progress('comparing …');
  const base: Named = { ...(await openRepository(context, { ref: tip })), name: pull.base.ref };
  const whole = await changeOf(
    context,
    base,
    `pull request ${pull.number}`,
    await mergeCommits(root, tip, pull.head.commit),
  );
  const seen = new Map<string, Readonly<Record<string, string>>>();
  for (const commit of [pull.head.commit, ...given]) {
    if (missing.has(commit)) continue;
    const then =
      commit === pull.head.commit
        ? whole
        : await changeOf(context, base, commit, await mergeCommits(root, tip, commit));
    if (then.isSound) seen.set(commit, Object.fromEntries(subjectsOf(findItems(then.change))));
  }
  const said = reviews.map(({ commit, ...review }): GivenReview => ({ ...review, seen: seen.get(commit ?? '') }));
  const review = reviewChange(whole.change, { faults: whole.faults, reviews: said, authorship });
  return { review, files: whole.files, reviews };
}

interface Compared {
  change: ChangeSet;
  faults: readonly Diagnostic[];
  files: Named['files'];
  /** What it does can be told; else the change is an empty one, and the faults say why. */
  isSound: boolean;
}

async function changeOf(
  context: Pick<Context, 'root' | 'at'>,
  base: Named,
  name: string,
  merge: Merge,
): Promise<Compared> {
  const { root, at } = context;
  const about = { repo: await repositoryName(root), at: at.day };
  const nothing = (faults: readonly Diagnostic[], files: readonly ChangedFile[], sources = base.files): Compared => ({
    change: changeSetOf(sideOf(base), { ...sideOf(base), name }, { ...about, files }),
    faults,
    files: sources,
    isSound: false,
  });
  if (!('commit' in merge)) return nothing(notMerged(merge, base.name), []);
  const head: Named = { ...(await openRepository(context, { ref: merge.commit })), name };
  const files = await changedFiles(root, base.commit ?? '', merge.commit);
  if (isWorldBroken(head)) return nothing(head.diagnostics, files, head.files);
  const change = changeSetOf(sideOf(base), sideOf(head), { ...about, files });
  const faults = [...head.diagnostics, ...change.head.compiled.diagnostics];
  return { change, faults, files: head.files, isSound: true };
}

function notMerged(merge: Exclude<Merge, { commit: string }>, base: string): Diagnostic[] {
  const help = `merge ${base} into the branch, settle what both sides say, and push`;
  if ('unrelated' in merge)
    return [
      {
        rule: 'merge-conflict',
        severity: 'error',
        message: `the branch has no history in common with ${base}`,
        at: topOf('.'),
        help: `begin a branch from ${base}`,
      },
    ];
  return merge.conflicts.map((path) => ({
    rule: 'merge-conflict',
    severity: 'error',
    message: `${path} was changed here and on ${base} in ways that contradict each other`,
    at: topOf(path),
    help,
  }));
}
