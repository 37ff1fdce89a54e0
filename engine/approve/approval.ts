/** The words of approvals: what needs one, who gave one, and whether that is enough. */
import type { Day } from '../../runtime/terms/timeline.ts';

/** One effect of a change that a line of the policy holds against somebody's approval. */
export interface Item {
  /** sha256 of everything below, as canonical JSON, 64 hex digits. */
  id: string;
  /** `change`: an effective value; `record`: an exception as such; `edit`: something shared; `blast`: how many; `machinery`: a file. */
  kind: 'change' | 'record' | 'edit' | 'blast' | 'machinery';
  class: string;
  /** Why the policy asks: its `because`. */
  because: string;
  customer?: string;
  /** To whom of the product the customer's terms go, where the change says so anew. */
  account?: string;
  /** `settings.seats`, `account`, `services.migration`, `exceptions.EX-0031`, `plans/studio@2.yaml price.amount`, `policies/menu.yaml`. */
  path: string;
  from: unknown;
  to: unknown;
  effective?: Day | null;
  until?: Day;
  /** Of the exception that does it. */
  exception?: string;
  reason?: string;
  owner?: string;
  askedBy?: string;
  /** Who else owns it or asked for it: whoever the record named before the change, or names in its stead. */
  parties?: { owner?: readonly string[]; askedBy?: readonly string[] };
  expires?: Day | 'contract';
  /** Money at stake, held against an approver's limit. */
  amount?: { amount: string; currency?: string };
  /** sha256 of the line and its class: unrelated edits of the policy keep approvals. */
  ruleHash: string;
}

/** A person or machine of the place where approvals are given. */
export interface Account {
  /** Stays with the person when the login changes, and is never given to somebody else. */
  id: number;
  login: string;
  type: 'User' | 'Bot' | 'Organization' | 'Mannequin';
}

export type ReviewState = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';

/** A review as it was given, from GitHub or from a file. */
export interface GivenReview {
  id: number;
  /** null: the account is gone. */
  user: Account | null;
  state: ReviewState;
  /** It speaks of this class alone, as a file can say; without it, of all of them. */
  class?: string;
  body: string;
  /** ISO instant. */
  submittedAt: string;
  /** null: never edited; undefined: nobody can tell. */
  lastEditedAt?: string | null;
  /** An approval dated later than the moment it is read, as a file can say: nobody has given it yet. */
  isAhead?: true;
  /**
   * By class, the subject of the head the review was given on, worked out again against the base of now.
   * Absent where that head cannot be read any more.
   */
  seen?: Readonly<Record<string, string>>;
}

/** Who wrote a change, in every role in which one can. */
export interface Authorship {
  /** Author of the pull request, authors, committers and co-authors of its commits, who pushed last. */
  people: readonly Account[];
  /** E-mails of commits that belong to nobody known; also names by which commits without an account are known. */
  unknown: readonly string[];
  /** E-mails of all commits, known or not: an approver may be known by one of them. */
  emails: readonly string[];
}

/** What one class must approve of a change, and how far that is. */
export interface ApprovalNeed {
  class: string;
  label?: string;
  /** sha256 over the class and its items, 64 hex digits: what an approval is given to. */
  subject: string;
  /** How many different people. */
  needs: number;
  /** The approval must hold the line `approve <subject>`. */
  code: boolean;
  because: readonly string[];
  items: readonly Item[];
  /** Logins of those whose approval would count. */
  mayApprove: readonly string[];
  given: readonly { login: string; id: number; at: string; review: number }[];
  /** Approvals that speak of the class and do not count, and why, in words. */
  ignored: readonly { login: string; why: string }[];
  /** Those who may approve and asked for changes. */
  refusedBy: readonly string[];
  satisfied: boolean;
}
