/** What a review of a change comes to: one value, worded by every reporter. */
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { ApprovalNeed } from '../approve/approval.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Diff } from '../diff/diff.ts';

/** An exception that the change adds, alters or ends. */
export interface ReviewedException {
  customer: string;
  /** The company's name. */
  name: string;
  change: 'added' | 'changed' | 'removed';
  /** The record as the head has it; as the base had it where it is removed. */
  record: Exception;
  /** What it does, on one line: `sets { seats: 60 }`. */
  does: string;
  path: string;
  line: number;
}

/** `approved`: may be merged; `needsApproval`: somebody still has to look; `blocked`: something is wrong with it. */
export type ReviewVerdict = 'approved' | 'needsApproval' | 'blocked';

export interface Review {
  repo: string;
  /** What people call the two sides. */
  base: string;
  head: string;
  at: Day;
  verdict: ReviewVerdict;
  approvals: readonly ApprovalNeed[];
  exceptions: readonly ReviewedException[];
  diff: Diff;
  /** Everything that is wrong or remarkable: files, dates, checks. */
  diagnostics: readonly Diagnostic[];
}
