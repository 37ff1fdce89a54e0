/** A pull request as the place where it was opened tells it. */
import type { Account, GivenReview } from '../approve/approval.ts';

export interface PullRequest {
  number: number;
  title: string;
  body: string;
  /** null: the account is gone. */
  author: Account | null;
  state: 'open' | 'closed';
  isDraft: boolean;
  /** ISO instant; null: not merged. */
  mergedAt: string | null;
  /** What it became on the base branch; before the merge GitHub's trial merge, which proves nothing. */
  mergeCommit: string | null;
  /** `repository` is `owner/name`; null where a fork was deleted. */
  base: Side & { repository: string };
  head: Side & { repository: string | null };
  labels: readonly string[];
  /** Logins of those who are asked to review and have not yet. */
  asked: readonly string[];
  url: string;
}

interface Side {
  /** The branch. */
  ref: string;
  /** Full commit id; of the base as it was when somebody last pushed, not its tip of now. */
  commit: string;
}

/** A review and the commit it was given on; null where nobody knows it. */
export interface SubmittedReview extends Omit<GivenReview, 'seen'> {
  commit: string | null;
}
