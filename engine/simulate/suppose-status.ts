import { addDays, previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer, Status } from '../../schemas/customer.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import { lastDayOf } from '../compile/status-course.ts';
import { UsageError } from '../usage-error.ts';
import { type Hypothesis, writtenRecord } from './hypothesis.ts';

/**
 * A status as somebody would write it, in force on `at`: what is there when it begins ends the day before, what began
 * since is not so, and it lasts until the next one.
 */
export function supposeStatus(customer: Customer, status: Status, at: Day): Hypothesis {
  const closed = customer.statuses?.find(({ stage, since }) => stage === 'closed' && since <= at);
  if (closed && status.stage !== 'closed') throw isClosed(closed);
  if (closed) return { customer, written: [] };
  const kept = endStatuses(customer.statuses ?? [], status.since);
  const later = (customer.statuses ?? []).filter(({ since }) => since > at).sort(bySince);
  const next = status.stage === 'closed' ? undefined : later[0];
  const written = next ? { ...status, until: previousDay(next.since) } : status;
  return {
    customer: { ...customer, statuses: [...kept, written, ...(status.stage === 'closed' ? [] : later)] },
    written: [writtenRecord('status', written)],
  };
}

const bySince = (one: Status, other: Status): number => (one.since < other.since ? -1 : 1);

/** The statuses that began before a day, over by then. */
const endStatuses = (statuses: readonly Status[], day: Day): Status[] =>
  statuses
    .filter(({ since }) => since < day)
    .map((status) => (lastDayOf(status) < day ? status : { ...status, until: previousDay(day) }));

const isClosed = ({ since }: Status): UsageError =>
  new UsageError(`the account is closed since ${since}, and stays so`, 'an account that comes back is a new customer');

/** Whatever status there is on a day ended the day before: paid, or let back in. */
export function supposeNoStatus(customer: Customer, at: Day): Hypothesis {
  const running = customer.statuses?.find((status) => status.since <= at && at <= lastDayOf(status));
  if (!running) return { customer, written: [] };
  if (running.stage === 'closed') throw isClosed(running);
  const statuses = (customer.statuses ?? []).flatMap((status) => {
    if (status !== running) return [status];
    return status.since < at ? [{ ...status, until: previousDay(at) }] : [];
  });
  return {
    customer: { ...customer, statuses },
    written: [`the status ${running.stage} of ${running.since} ends ${previousDay(at)}`],
  };
}

/** A status that has run out by that day: who does not pay lapses by the policy's days. */
export function supposeUnpaid(customer: Customer, at: Day, method: unknown, world: PreparedWorld): Hypothesis {
  const { lifecycle } = world;
  if (!lifecycle.has('lapsed'))
    throw new UsageError(
      'policies/lifecycle.yaml has no stage lapsed, so nobody lapses',
      'add it: `lapsed: { plan: … }`',
    );
  const [stage, days] = lifecycle.has('suspended')
    ? (['suspended', lifecycle.suspendedDays] as const)
    : (['pastDue', lifecycle.pastDueDays(method)] as const);
  if (days === 'never')
    throw new UsageError(
      `nobody lapses by not paying: policies/lifecycle.yaml lets ${stage} last${stage === 'pastDue' ? ` for ${String(method ?? 'this payment method')}` : ''}`,
      'a contract or a trial that ends without a successor lapses: --event lapse',
    );
  return supposeStatus(customer, { stage, since: addDays(at, -days) }, at);
}
