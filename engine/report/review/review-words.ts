import type { Exception } from '../../../schemas/exception.ts';
import type { ApprovalNeed } from '../../approve/approval.ts';
import { isOpen } from '../../approve/break-glass.ts';
import { emergencyLastDay } from '../../approve/emergency-last-day.ts';
import { isError } from '../../diagnostic.ts';
import type { Review, ReviewedException } from '../../review/review.ts';
import { list } from '../list.ts';
import { grouped, plural } from '../plural.ts';

/** How a reporter keeps text of files and people from meaning anything where it prints. */
export type Escape = (text: string) => string;

const PEOPLE = 12;

/** What a class is called. */
export const nameOf = ({ label, class: id }: ApprovalNeed): string => label ?? id;

export const waitingFor = ({ approvals }: Review): ApprovalNeed[] => approvals.filter(({ satisfied }) => !satisfied);

/** What a review comes to, in one line. */
export function wordVerdict(review: Review, escape: Escape): string {
  const { verdict, approvals, diagnostics } = review;
  const names = (needs: readonly ApprovalNeed[]) => list(needs.map((need) => escape(nameOf(need))));
  if (verdict === 'approved')
    return approvals.length > 0 ? `Approved by ${names(approvals)}` : 'Nobody needs to approve this';
  if (verdict === 'needsApproval') return `Needs approval by ${names(waitingFor(review))}`;
  const errors = diagnostics.filter(isError).length;
  const refused = [...new Set(approvals.flatMap(({ refusedBy }) => refusedBy))].map(escape);
  const why = [
    ...(errors > 0 ? [`${plural(errors, 'error')} to mend`] : []),
    ...(refused.length > 0 ? [`${list(refused)} asked for changes`] : []),
  ];
  return why.length > 0 ? `Blocked: ${why.join('; ')}` : 'Blocked';
}

const left = ({ mayApprove, given }: ApprovalNeed): string[] => {
  const done = new Set(given.map(({ login }) => login));
  return mayApprove.filter((login) => !done.has(login));
};

const missing = ({ needs, given }: ApprovalNeed): number => Math.max(1, needs - given.length);

/** Whether enough people are left who may approve. */
const isPossible = (need: ApprovalNeed): boolean => left(need).length >= missing(need);

/** Who may still approve: `fin-ola or fin-max`; `2 different people of a, b and c`. */
export function wordApprovers(need: ApprovalNeed, escape: Escape): string {
  const logins = left(need).map((login, index) => (index < PEOPLE ? escape(login) : login));
  const count = missing(need);
  if (logins.length === 0) return 'nobody who is left may approve it';
  if (!isPossible(need)) return `${plural(count, 'person', 'people')}, of whom only ${list(logins, PEOPLE)} may`;
  return count > 1 ? `${grouped(count)} different people of ${list(logins, PEOPLE)}` : list(logins, PEOPLE, 'or');
}

/** Who approved so far; `''` where nobody did. */
export const wordGiven = ({ given }: ApprovalNeed, escape: Escape): string =>
  list(
    given.map(({ login, at }) => `${escape(login)} on ${escape(at.slice(0, 10))}`),
    PEOPLE,
  );

/** Others who want the same decide whether it is a favour or a feature. */
export const wordDemand = ({ demand }: Exception, escape: Escape): string =>
  demand.length === 0 ? 'one buyer so far' : `a pattern: ${list(demand.map(escape), 8)} want the same`;

export const wordWorth = ({ worth: { amount, currency, per } }: Exception): string =>
  `${currency} ${amount} ${per === 'once' ? 'once' : `a ${per}`}`;

export function wordUpkeep({ owner, handledBy, hoursPerMonth, buildHours }: Exception, escape: Escape): string {
  const hours =
    hoursPerMonth === 0 ? 'no upkeep' : `${hoursPerMonth} ${hoursPerMonth === 1 ? 'hour' : 'hours'} a month`;
  const build = buildHours ? `, ${buildHours} ${buildHours === 1 ? 'hour' : 'hours'} to build` : '';
  return `${escape(owner)} keeps it true (${hours}${build}), ${escape(handledBy)} answers when it breaks`;
}

export function wordUntil(record: Exception): string {
  if ('expires' in record) return record.expires === 'contract' ? 'as long as the contract' : `until ${record.expires}`;
  if (record.decision === 'service') return record.ends ? `until ${record.ends}` : 'once';
  return record.decision === 'no' ? 'for good' : 'from its release on, for everybody who gets it';
}

/** What has to happen until the change is with the customers, in order; sentences. */
export function nextSteps(review: Review, escape: Escape): string[] {
  const { verdict, diagnostics, approvals } = review;
  const errors = diagnostics.filter(isError).length;
  const refused = [...new Set(approvals.flatMap(({ refusedBy }) => refusedBy))].map(escape);
  const steps = [
    ...(errors > 0 ? [`Mend what is wrong (${plural(errors, 'error')}): nothing can be merged before.`] : []),
    ...(refused.length > 0 ? [`Settle with ${list(refused)} what they asked to change.`] : []),
    ...waitingFor(review).map((need) => wordAsk(need, escape)),
  ];
  if (waitingFor(review).length > 0)
    steps.push('Nobody approves what they wrote, asked for or own; an edit asks again only for what it alters.');
  steps.push(`${verdict === 'approved' ? 'Merge' : 'Then merge'}: ${wordTiming(review)}.`);
  return [...steps, ...review.exceptions.flatMap((one) => closeEmergency(one, escape))];
}

/** Whoever opens an emergency is to know by when it has to be closed. */
function closeEmergency({ record, change }: ReviewedException, escape: Escape): string[] {
  const last = change === 'removed' || !isOpen(record) ? undefined : emergencyLastDay(record);
  if (last === undefined) return [];
  return [
    `By ${last} bring ${escape(record.id)} under the usual approvals and say so in \`breakGlass.closed\`: releases wait for it from the next day on.`,
  ];
}

function wordAsk(need: ApprovalNeed, escape: Escape): string {
  const who = `Approval by ${escape(nameOf(need))}: ${wordApprovers(need, escape)}`;
  if (!isPossible(need)) return `${who}; somebody else has to be named in policies/approvers.yaml first.`;
  return `${who}, in a review${need.code ? ' that holds the line shown with it' : ''}.`;
}

const DAYS = 4;

/** When what is merged and published takes effect. */
function wordTiming({ diff, at }: Review): string {
  const changes = diff.customers.flatMap((one) => one.changes.filter(({ past }) => !past));
  const days = [
    ...new Set(changes.flatMap(({ effective }) => (effective && effective > at ? [effective] : []))),
  ].sort();
  const isNow = changes.some(({ effective }) => effective === null || effective <= at);
  const later = list(days, DAYS);
  if (isNow && days.length > 0) return `with the next release it takes effect at once, and by itself on ${later}`;
  if (isNow) return 'with the next release it takes effect at once';
  if (days.length > 0) return `it is published with the next release and takes effect by itself on ${later}`;
  return diff.diagnostics.some(({ rule }) => rule === 'not-compared')
    ? 'what it changes can be told once everything in it can be read'
    : 'no customer’s terms change with it';
}
