import { onDay } from '../../runtime/terms/at.ts';
import { addDays, previousDay } from '../../runtime/terms/days.ts';
import type { Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import { UsageError } from '../usage-error.ts';
import { type Hypothesis, writtenRecord } from './hypothesis.ts';
import { nextPlan } from './next-plan.ts';
import type { Supposed } from './simulation.ts';
import { standingOn } from './standing.ts';
import { endContract, supposeLapse } from './suppose-lapse.ts';
import { supposePlan } from './suppose-plan.ts';
import { supposeNoStatus, supposeStatus, supposeUnpaid } from './suppose-status.ts';

/** A trial without a stated end, in days. */
const TRIAL_DAYS = 30;

/**
 * The customer's file as it would read if this came to pass: records in the shapes the language has, and nothing else.
 * `timeline` is what the file says now. Throws `UsageError` for what cannot happen to this customer.
 */
export function suppose(customer: Customer, timeline: Timeline, supposed: Supposed, world: PreparedWorld): Hypothesis {
  const { at, plan, quantities, stage, event, since } = supposed;
  const { method } = onDay(timeline, previousDay(at)).terms.billing;
  if (event === 'lapse') return supposeLapse(customer, at, method, world);
  if (event !== undefined) {
    const now = onDay(timeline, at).plan;
    const next = plan ?? nextPlan(world, now, event);
    checkDirection(now, next, event, world);
    return supposePlan(customer, { at, plan: next, quantities }, world);
  }
  switch (stage) {
    case undefined:
      return supposePlan(customer, { at, plan, quantities }, world);
    case 'trial':
    case 'pilot':
      return supposeTrial(customer, stage, supposed);
    case 'active':
      return supposeActive(customer, timeline, supposed);
    case 'grace':
      return supposeGrace(customer, supposed, world);
    case 'lapsed':
      return supposeUnpaid(customer, at, method, world);
    case 'pastDue':
    case 'suspended':
    case 'closed':
      return supposeStatus(customer, { stage, since: since ?? at }, at);
  }
}

function checkDirection(now: string, next: string, event: 'upgrade' | 'downgrade', world: PreparedWorld): void {
  const from = world.plans.get(now)?.rank ?? 0;
  const to = world.plans.get(next)?.rank;
  if (to === undefined) throw new UsageError(`there is no plan ${next}`);
  if (event === 'upgrade' ? to > from : to < from) return;
  const where = to === from ? `has the rank of ${now}` : `ranks ${to > from ? 'above' : 'below'} ${now}`;
  throw new UsageError(`${next} ${where}, so this is no ${event}`, 'leave out --event to see what that plan does');
}

function supposeTrial(customer: Customer, kind: 'trial' | 'pilot', { at, plan, quantities }: Supposed): Hypothesis {
  if (plan === undefined) throw new UsageError(`a ${kind} is of a plan`, 'say which one: --plan <plan>');
  const ends = addDays(at, TRIAL_DAYS - 1);
  const trial = { kind, plan, starts: at, ends, ...(quantities && { quantities }) };
  const others = (customer.trials ?? []).flatMap((other) => {
    if (other.ends < at) return [other];
    return other.starts < at ? [{ ...other, ends: previousDay(at) }] : [];
  });
  return { customer: { ...customer, trials: [...others, trial] }, written: [writtenRecord('trial', trial)] };
}

function supposeActive(customer: Customer, timeline: Timeline, { at }: Supposed): Hypothesis {
  const { stage } = onDay(timeline, at);
  const paid = supposeNoStatus(customer, at);
  if (paid.written.length > 0 || stage === 'active') return paid;
  throw new UsageError(
    `the stage on ${at} is ${stage}, which dates bring and no status`,
    'say which plan makes it active: --plan <plan>',
  );
}

function supposeGrace(customer: Customer, { at }: Supposed, world: PreparedWorld): Hypothesis {
  const { graceDays } = world.lifecycle;
  const { contract } = standingOn(customer, world, previousDay(at)).ground;
  const ended = graceDays !== 0 && contract ? endContract(customer, contract, previousDay(at), at) : undefined;
  if (ended) return ended;
  throw new UsageError(
    graceDays === 0
      ? 'policies/lifecycle.yaml has no stage grace'
      : `no contract is in force on ${previousDay(at)}, and grace follows a contract`,
  );
}
