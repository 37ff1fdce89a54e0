import { previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Contract, Customer } from '../../schemas/customer.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import { UsageError } from '../usage-error.ts';
import { carryQuantities } from './carry-quantities.ts';
import { type Hypothesis, writtenRecord } from './hypothesis.ts';
import { standingOn } from './standing.ts';

interface Bought {
  at: Day;
  /** Without it, only quantities change. */
  plan?: string | undefined;
  quantities?: Readonly<Record<string, number>> | undefined;
}

/**
 * A change of plan or quantities as somebody would write it: an amendment of the contract in force, else of the account.
 * A trial that is the stage ends the day before where the account moves to a free plan, because it would hide it.
 */
export function supposePlan(
  customer: Customer,
  { at, plan, quantities = {} }: Bought,
  world: PreparedWorld,
): Hypothesis {
  const { ground, contract, trial, purchase } = standingOn(customer, world, at);
  const leaf = plan === undefined ? undefined : world.plans.get(plan);
  if (plan !== undefined && !leaf) throw new UsageError(`there is no plan ${plan}`);
  const bought = leaf && leaf.plan !== purchase.plan ? carryQuantities(purchase, leaf, quantities, world) : quantities;
  const amendment = {
    on: at,
    ...(plan !== undefined && { plan }),
    ...((leaf !== undefined || Object.keys(bought).length > 0) && { quantities: bought }),
  };
  const { contract: course } = ground;
  if (contract && ground.kind === 'contract' && course) {
    const contracts = (customer.contracts ?? []).map(
      (each, index): Contract =>
        index === course.index ? { ...each, amendments: [...(each.amendments ?? []), amendment] } : each,
    );
    return {
      customer: { ...customer, contracts },
      written: [writtenRecord(`amendment of contract ${course.id}`, amendment)],
    };
  }
  const amended = {
    customer: { ...customer, amendments: [...(customer.amendments ?? []), amendment] },
    written: [writtenRecord('amendment of the account', amendment)],
  };
  return trial?.full && (leaf?.free ?? false) ? endTrial(amended, trial.trial.starts, at) : amended;
}

/** Lets a trial end the day before; one that would start on the day is left out. */
export function endTrial({ customer, written }: Hypothesis, starts: Day, at: Day): Hypothesis {
  const eve = previousDay(at);
  const trials = (customer.trials ?? []).flatMap((trial) =>
    trial.starts !== starts ? [trial] : starts < at ? [{ ...trial, ends: eve < trial.ends ? eve : trial.ends }] : [],
  );
  const what = starts < at ? `the trial of ${starts} ends ${eve}` : `the trial of ${starts} does not start`;
  return { customer: { ...customer, trials }, written: [...written, what] };
}
