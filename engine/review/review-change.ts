import type { Authorship, GivenReview } from '../approve/approval.ts';
import { findItems } from '../approve/find-items.ts';
import { verdictOf } from '../approve/verdict-of.ts';
import { runChecks } from '../checks/run-checks.ts';
import { type Diagnostic, isError, topOf } from '../diagnostic.ts';
import type { ChangeSet } from './change-set.ts';
import type { Review } from './review.ts';
import { reviewedExceptions } from './reviewed-exceptions.ts';

export interface ReviewedBy {
  /** What is wrong with the head's files and days. */
  faults: readonly Diagnostic[];
  reviews: readonly GivenReview[];
  authorship: Authorship;
  /** Customers whom releases of the last 24 hours have changed, where that is known. */
  recent?: ReadonlySet<string>;
}

/**
 * Everything there is to say about a change: what it does, what the checks find, what needs whose approval and who gave
 * it. Checks, lines and approvers are those of the base: nobody is judged by rules he brought along.
 */
export function reviewChange(change: ChangeSet, { faults, reviews, authorship, recent }: ReviewedBy): Review {
  const { base, head, diff, repo, at } = change;
  const approvals = verdictOf(findItems(change), base.model.world, reviews, authorship);
  const diagnostics = [
    ...faults,
    ...diff.diagnostics,
    ...withoutPolicy(change),
    ...runChecks(change, recent && { recent: { customers: recent } }),
  ];
  const verdict = diagnostics.some(isError)
    ? 'blocked'
    : approvals.every(({ satisfied }) => satisfied)
      ? 'approved'
      : 'needsApproval';
  return {
    repo,
    base: base.name,
    head: head.name,
    at,
    verdict,
    approvals,
    exceptions: reviewedExceptions(change),
    diff,
    diagnostics,
  };
}

/** Rules that are not there ask for nothing, which is worth a note; rules that cannot be read stop everything. */
function withoutPolicy({ base }: ChangeSet): Diagnostic[] {
  const { approvals, unread } = base.model.world;
  const broken = ['approvals', 'approvers', 'checks']
    .map((name) => `policies/${name}.yaml`)
    .filter((path) => unread.has(path));
  if (broken.length > 0)
    return broken.map((path) => ({
      rule: 'policy-unreadable',
      severity: 'error',
      message: `${base.name} has a ${path} that cannot be read, and by its rules this change must be judged`,
      at: topOf(path),
      help: 'mend the file on the base first, in a change of its own',
    }));
  if (approvals) return [];
  return [
    {
      rule: 'no-approval-policy',
      severity: 'note',
      message: `${base.name} has no policies/approvals.yaml, so nothing of this change asks for an approval`,
      at: topOf('policies/approvals.yaml'),
      help: 'write down what needs whose approval; policies/README.md shows how',
    },
  ];
}
