/** Where pull requests and what was said about them are looked up, as far as publishing asks. */
import type { Authorship, GivenReview } from './approval.ts';

/** A pull request a commit belongs to. */
export interface CommitPull {
  number: number;
  /** Its description. */
  body: string;
  /** ISO instant; null: not merged. */
  mergedAt: string | null;
  /** What it became on the branch it was merged into. */
  mergeCommit: string | null;
  /** The branch it was merged into. */
  base: { ref: string };
}

/** A review and the commit it is said to be given on, which a force-push of the same patch may move. */
export type ReviewOnCommit = Omit<GivenReview, 'seen'> & { commit: string | null };

/**
 * All of it, to the last page, or an error: what cannot be read is never taken for nothing.
 * Accounts are those of the place; who merged a pull request by a button is not an author of it.
 */
export interface PullRequestSource {
  /** Every pull request the place says the commit belongs to, merged or not. */
  mergedFor(commit: string): Promise<readonly CommitPull[]>;
  reviewsOf(pull: number): Promise<readonly ReviewOnCommit[]>;
  /** Who opened it, wrote its commits and pushed last. */
  authorshipOf(pull: number): Promise<Authorship>;
  /** Who wrote one commit: author, committer unless it is the place itself, co-authors. */
  authorsOf(commit: string): Promise<Authorship>;
}
