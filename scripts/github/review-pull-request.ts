import type { GivenReview } from '../../engine/approve/approval.ts';
import { findItems } from '../../engine/approve/find-items.ts';
import { subjectsOf } from '../../engine/approve/subjects-of.ts';
import { fetchCommits } from '../../engine/io/fetch-commits.ts';
import { mergeCommits } from '../../engine/io/merge-commits.ts';
import type { PullRequest, SubmittedReview } from '../../engine/review/pull-request.ts';
import type { Review } from '../../engine/review/review.ts';
import { reviewChange } from '../../engine/review/review-change.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { Context } from '../command.ts';
import { compareMerged } from '../compare-merged.ts';
import type { Named } from '../compare-repositories.ts';
import { openCommit } from '../open-tree.ts';
import type { AtGitHub } from './open-github.ts';

export interface ReviewedPull {
  review: Review;
  /** Files of what the merge would be; code frames are cut from them. */
  sources: Pick<Named, 'filesAt'>;
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
  const base: Named = { ...(await openCommit(context, tip)), name: pull.base.ref };
  const whole = await compareMerged(
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
        : await compareMerged(context, base, commit, await mergeCommits(root, tip, commit));
    if (then.isSound) seen.set(commit, Object.fromEntries(subjectsOf(findItems(then.change))));
  }
  const said = reviews.map(({ commit, ...review }): GivenReview => ({ ...review, seen: seen.get(commit ?? '') }));
  const review = reviewChange(whole.change, { faults: whole.faults, reviews: said, authorship });
  return { review, sources: whole.sources, reviews };
}
