import type { ApprovalNeed } from '../approve/approval.ts';
import { checksumOf } from '../diff/checksum-of.ts';
import type { Diff } from '../diff/diff.ts';
import type { Review, ReviewedException, ReviewVerdict } from '../review/review.ts';

/** A review for programs; its diagnostics are added by who prints it. */
export interface ReviewJson {
  base: string;
  head: string;
  verdict: ReviewVerdict;
  approvals: Pick<ApprovalNeed, 'class' | 'subject' | 'needs' | 'because' | 'mayApprove' | 'given' | 'satisfied'>[];
  exceptions: readonly ReviewedException[];
  /** Of what changes for customers. */
  checksum: string;
  diff: Omit<Diff, 'diagnostics'>;
}

/** `{base, head, verdict, approvals: [{class, subject, needs, because, mayApprove, given, satisfied}], exceptions, checksum, diff}` */
export function reviewJson({ base, head, verdict, approvals, exceptions, diff }: Review): ReviewJson {
  const { diagnostics: _, ...shown } = diff;
  return {
    base,
    head,
    verdict,
    approvals: approvals.map(({ class: id, subject, needs, because, mayApprove, given, satisfied }) => ({
      class: id,
      subject,
      needs,
      because,
      mayApprove,
      given,
      satisfied,
    })),
    exceptions,
    checksum: checksumOf(diff),
    diff: shown,
  };
}
