/** Where pull requests and what was said about them are looked up, as far as publishing asks. */

import type { Authorship } from '../approve/approval.ts';
import type { PullRequest, SubmittedReview } from '../review/pull-request.ts';

/** A pull request a commit belongs to. */
export type CommitPull = Pick<PullRequest, 'number' | 'body' | 'mergedAt' | 'mergeCommit'> & {
  base: Pick<PullRequest['base'], 'ref'>;
  /** What was reviewed: it stays as it was when the pull request was merged. */
  head: Pick<PullRequest['head'], 'commit'>;
};

/**
 * All of it, to the last page, or an error: what cannot be read is never taken for nothing.
 * Accounts are those of the place; who merged a pull request by a button is not an author of it.
 */
export interface PullRequestSource {
  /** Every pull request the place says the commit belongs to, merged or not. */
  mergedFor(commit: string): Promise<readonly CommitPull[]>;
  reviewsOf(pull: number): Promise<readonly SubmittedReview[]>;
  /** Who opened it, wrote its commits and pushed last. */
  authorshipOf(pull: number): Promise<Authorship>;
  /** Brings the head of a pull request and commits that its reviews were given on to where trees are read, as far as they can be had. */
  fetch?(pull: number, commits: readonly string[]): Promise<void>;
  /** Who wrote one commit: author, committer unless it is the place itself, co-authors. */
  authorsOf(commit: string): Promise<Authorship>;
}
