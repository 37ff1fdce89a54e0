import { addDays, forEver, nextDay } from '../../runtime/terms/days.ts';
import type { Day, Stage } from '../../runtime/terms/timeline.ts';
import type { Status } from '../../schemas/customer.ts';
import type { ReportFault } from './fault.ts';
import type { Lifecycle } from './prepare-world.ts';

type Runs = number | 'never';

export const lastDayOf = (status: Status): Day => (status.until as Day | undefined) ?? forEver;

/** What a status has become on a day; `pastDueDays` is what the policy gives the payment method it began with. */
export function stageOf(status: Status, day: Day, lifecycle: Lifecycle, pastDueDays: Runs): Stage {
  let stage: Stage = status.stage;
  let from = status.since;
  if (stage === 'pastDue' && pastDueDays !== 'never') {
    const then = lifecycle.has('suspended') ? 'suspended' : lifecycle.has('lapsed') ? 'lapsed' : stage;
    from = addDays(from, pastDueDays);
    if (day < from) return stage;
    stage = then;
  }
  if (stage === 'suspended' && lifecycle.suspendedDays !== 'never' && lifecycle.has('lapsed'))
    return day < addDays(from, lifecycle.suspendedDays) ? stage : 'lapsed';
  return stage;
}

/** Every day on which these statuses may begin, turn into the next stage, or be over. */
export function statusDays(statuses: readonly Status[], lifecycle: Lifecycle): Day[] {
  return statuses.flatMap((status) => {
    const begins = status.stage === 'pastDue' ? [0, ...lifecycle.everyPastDue] : [0];
    const turns = begins.flatMap((days) =>
      lifecycle.suspendedDays === 'never' ? [days] : [days, days + lifecycle.suspendedDays],
    );
    const days = turns.map((after) => addDays(status.since, after));
    return status.until === undefined ? days : [...days, nextDay(status.until)];
  });
}

/** Reports statuses that overlap, end before they begin, or close an account for a while only. */
export function checkStatuses(statuses: readonly Status[], report: ReportFault): void {
  if (statuses.length === 0) return;
  const ordered: { status: Status; index: number }[] = [];
  for (const [index, status] of statuses.entries()) ordered.push({ status, index });
  ordered.sort((a, b) =>
    a.status.since < b.status.since ? -1 : a.status.since > b.status.since ? 1 : a.index - b.index,
  );
  ordered.forEach(({ status, index }, position) => {
    if (status.until !== undefined && status.until < status.since)
      report(
        ['statuses', index, 'until'],
        'ends-before-start',
        `the status ends ${status.until}, before it begins, ${status.since}`,
      );
    if (status.stage === 'closed' && status.until !== undefined)
      report(['statuses', index, 'until'], 'closed-with-end', 'a closed account stays closed', {
        help: 'remove `until`; an account that comes back is a new customer',
      });
    const next = ordered[position + 1];
    if (next && lastDayOf(status) >= next.status.since)
      report(
        ['statuses', next.index, 'since'],
        'statuses-overlap',
        `status ${next.status.stage} begins ${next.status.since}, but ${status.stage} of ${status.since} ${status.until ? `lasts until ${status.until}` : 'has no end'}`,
        {
          help: 'end the earlier status with `until`: statuses do not overlap',
          related: { message: `${status.stage} begins here`, at: ['statuses', index] },
        },
      );
  });
}
