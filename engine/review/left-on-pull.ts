/** What a review leaves on the pull request beside its report. Values only. */
import type { ApprovalNeed, GivenReview } from '../approve/approval.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { list } from '../report/list.ts';
import { plain } from '../report/plain.ts';
import { plural } from '../report/plural.ts';
import type { Annotation, Check } from './host-writes.ts';
import type { PullRequest, SubmittedReview } from './pull-request.ts';
import type { Review } from './review.ts';

/** The name by which a rule of the repository may demand the check. */
export const CHECK_NAME = 'proviso';

const MOST_ANNOTATIONS = 500;
const LONGEST_LABEL = 50;

const waitingFor = ({ approvals }: Review): readonly ApprovalNeed[] => approvals.filter(({ satisfied }) => !satisfied);

/** What a review comes to, in one line. */
export function verdictLine(review: Review): string {
  const errors = review.diagnostics.filter(({ severity }) => severity === 'error');
  if (review.verdict === 'blocked') return `blocked: ${plural(errors.length, 'error')}`;
  const waiting = waitingFor(review);
  if (waiting.length > 0) return `needs approval of ${list(waiting.map(({ class: name, label }) => label ?? name))}`;
  return review.approvals.length > 0 ? 'approved' : 'needs no approval';
}

const conclusions = { approved: 'success', needsApproval: 'action_required', blocked: 'failure' } as const;

/** The check at the head; `folder` is where the terms lie in the repository, such as `terms/`, or nothing. */
export function checkOf(review: Review, pull: PullRequest, summary: string, folder: string, url?: string): Check {
  return {
    name: CHECK_NAME,
    commit: pull.head.commit,
    conclusion: conclusions[review.verdict],
    title: plain(verdictLine(review)),
    summary,
    annotations: annotationsOf(review.diagnostics, folder),
    url,
  };
}

const levels = { error: 'failure', warning: 'warning', note: 'notice' } as const;
const order = ['error', 'warning', 'note'];

function annotationsOf(diagnostics: readonly Diagnostic[], folder: string): Annotation[] {
  return [...diagnostics]
    .sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity))
    .slice(0, MOST_ANNOTATIONS)
    .map(({ rule, severity, message, help, at }) => ({
      path: at.path.startsWith('../') ? at.path.slice(3) : `${folder}${at.path}`,
      startLine: at.start.line,
      endLine: at.end?.line ?? at.start.line,
      startColumn: at.start.column,
      ...(at.end && { endColumn: Math.max(at.end.column, at.start.column) }),
      level: levels[severity],
      title: rule,
      message: help ? `${plain(message)}\n${plain(help)}` : plain(message),
    }));
}

/** `proviso/blocked`, `proviso/approved`, and one for each class that still has to approve. */
export function labelsOf(review: Review): string[] {
  if (review.verdict === 'blocked') return ['proviso/blocked'];
  const waiting = waitingFor(review).map(({ class: name }) => `proviso/needs-${name}`.slice(0, LONGEST_LABEL));
  return waiting.length > 0 ? waiting : review.approvals.length > 0 ? ['proviso/approved'] : [];
}

/** Whom to ask: everybody whose approval would count, but those who have said something about this very change. */
export function reviewersOf(
  review: Review,
  pull: PullRequest,
  reviews: readonly (Pick<GivenReview, 'user'> & Pick<SubmittedReview, 'commit'>)[],
): string[] {
  if (review.verdict === 'blocked' || pull.isDraft) return [];
  const heard = new Set(
    reviews.flatMap(({ user, commit }) => (user && commit === pull.head.commit ? [user.login.toLowerCase()] : [])),
  );
  const wanted = waitingFor(review).flatMap(({ mayApprove }) => mayApprove);
  return [...new Set(wanted)].filter((login) => !heard.has(login.toLowerCase()));
}
