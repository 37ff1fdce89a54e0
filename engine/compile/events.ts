import { previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import { type Answer, type ExceptionCourse, isActive } from './exception-course.ts';
import type { ReportFault } from './fault.ts';
import { lapsedPurchase, type Moment } from './moment.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Records } from './records.ts';

/** A stretch of full trials, each starting the day after the one before it ends. */
export interface TrialStretch {
  /** The first day a trial is the stage, and the first day of that trial: it may have only added until then. */
  from: Day;
  begun: Day;
  /** What exceptions older than the stretch go on comparing with. */
  planBefore: string;
}

/** A day's moment, with the stretch of trials it lies in. */
export type Stretched = Moment & { stretch: TrialStretch | undefined };

/** What a boundary means for one exception that was in force on the day before; undefined: nothing to ask. */
type Event = (course: ExceptionCourse) => Answer | undefined;

/** The stretch a day lies in, coming from the day before it; none unless a trial is the stage. */
export function stretchOf(now: Moment, before: Stretched | undefined, world: PreparedWorld): TrialStretch | undefined {
  if (!now.trial?.full) return undefined;
  if (before?.stretch) return before.stretch;
  const lapsesNow = now.ground.kind === 'lapsed' && now.ground.from === now.day;
  const planBefore = lapsesNow || !before ? lapsedPurchase(now.account, now.day, world).plan : before.purchase.plan;
  return { from: now.day, begun: now.trial.trial.starts, planBefore };
}

/**
 * What happens on the first day of `now`, coming from `before`. A lapse wins over a change of plan; the start of a
 * trial is no event; its end asks older exceptions about the plans around it, and those started in it about its own.
 */
export function eventAt(before: Stretched, now: Stretched, world: PreparedWorld): Event {
  const entered = endsOf(now).some((end) => !endsOf(before).includes(end));
  if (entered) return () => 'onLapse';
  const sameTrial = before.stretch !== undefined && before.stretch === now.stretch;
  if (sameTrial && (before.statusStage === 'lapsed') === (now.statusStage === 'lapsed')) return () => undefined;
  const trialEnds = before.stretch && !now.trial && !now.contract;
  const since = now.ground.kind === 'lapsed' ? now.ground.from : before.stretch?.begun;
  const rank = (moment: Stretched, starts: Day) => world.plans.get(planSeen(moment, starts))?.rank ?? 0;
  return ({ starts }) => {
    if (trialEnds && since !== undefined && starts >= since) return 'onLapse';
    const change = rank(now, starts) - rank(before, starts);
    return change === 0 ? undefined : change > 0 ? 'onUpgrade' : 'onDowngrade';
  };
}

/** The ways out an account is in: lapsed by dates (a trial may lie over it), lapsed or closed by a status. */
function endsOf({ ground, statusStage }: Moment): string[] {
  const ends = ground.kind === 'lapsed' ? ['lapsed'] : [];
  return statusStage === 'lapsed' || statusStage === 'closed' ? [...ends, statusStage] : ends;
}

/** Exceptions older than a trial go on seeing the plan before it. */
const planSeen = ({ stretch, statusStage, purchase }: Stretched, starts: Day): string =>
  stretch && statusStage !== 'lapsed' && starts < stretch.from ? stretch.planBefore : purchase.plan;

/** Asks every exception in force on the day before what the event does to it, and drops those that say so. */
export function applyEvent(
  event: Event,
  now: Moment,
  courses: readonly ExceptionCourse[],
  customer: Records,
  report: ReportFault,
): void {
  const eve = previousDay(now.day);
  for (const course of courses) {
    if (!isActive(course, eve) || course.lastDay === eve) continue;
    const answer = event(course);
    if (!answer) continue;
    const said = course.exception[answer];
    if (said === 'keep') continue;
    const writer = said === 'drop' ? undefined : writtenOn(customer, now.day);
    if (writer)
      report(
        ['exceptions', course.index, answer],
        'answer-needed',
        `${course.exception.id} says \`${said}\` for ${wording[answer]}, and ${writer.what} brings one on ${now.day} (${now.purchase.plan})`,
        {
          help: `write \`${answer}: keep\` or \`${answer}: drop\``,
          related: { message: `${writer.what} is here`, at: writer.at },
        },
      );
    course.droppedOn = now.day;
    course.droppedBy = answer;
  }
}

const wording: Record<Answer, string> = { onUpgrade: 'an upgrade', onDowngrade: 'a downgrade', onLapse: 'a lapse' };

/** What the file itself writes down for a day: a contract, an amendment or a status that starts then. */
function writtenOn(customer: Records, day: Day): { what: string; at: (string | number)[] } | undefined {
  for (const [index, contract] of customer.contracts.entries()) {
    if (contract.starts === day) return { what: `contract ${contract.id}`, at: ['contracts', index] };
    const at = contract.amendments?.findIndex(({ on }) => on === day) ?? -1;
    if (at >= 0) return { what: `the amendment of ${contract.id}`, at: ['contracts', index, 'amendments', at] };
  }
  const amendment = customer.amendments.findIndex(({ on }) => on === day);
  if (amendment >= 0) return { what: 'the amendment of the account', at: ['amendments', amendment] };
  const status = customer.statuses.findIndex(({ since }) => since === day);
  if (status >= 0) return { what: `the status ${customer.statuses[status]?.stage}`, at: ['statuses', status] };
  return undefined;
}
