import { addDays, previousDay } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Contract, Customer } from '../../schemas/customer.ts';
import type { ContractCourse } from '../compile/contract-course.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import { type Hypothesis, writtenRecord } from './hypothesis.ts';
import { standingOn } from './standing.ts';
import { endTrial } from './suppose-plan.ts';
import { supposeUnpaid } from './suppose-status.ts';

/**
 * A lapse on that day: the contract or the trial in force on the day before ends and nothing follows it; an account with
 * neither stops paying.
 */
export function supposeLapse(customer: Customer, at: Day, method: unknown, world: PreparedWorld): Hypothesis {
  const { ground, trial } = standingOn(customer, world, previousDay(at));
  if (trial?.full) return withoutFollowers(customer, at);
  const { graceDays } = world.lifecycle;
  const { contract } = ground;
  const ended =
    contract &&
    graceDays !== 'never' &&
    world.lifecycle.has('lapsed') &&
    endContract(customer, contract, addDays(at, -graceDays - 1), at);
  return ended || supposeUnpaid(customer, at, method, world);
}

/** The contract in force ends that day by hand, and its grace runs out; absent where it has not begun by then. */
export function endContract(customer: Customer, course: ContractCourse, ends: Day, at: Day): Hypothesis | undefined {
  if (ends < course.starts) return undefined;
  const { customer: alone, written } = withoutFollowers(customer, at);
  const stated = course.states.findLast(({ from }) => from <= ends)?.terms;
  if (stated?.ends === ends && stated.renewal?.kind === 'manual') return { customer: alone, written };
  const amendment = { on: ends, ends, renewal: { kind: 'manual' as const } };
  const contracts = (customer.contracts ?? []).flatMap((contract, index): Contract[] => {
    if (index !== course.index) return contract.starts < at ? [contract] : [];
    return [{ ...contract, amendments: [...(contract.amendments ?? []).filter(({ on }) => on <= ends), amendment] }];
  });
  return {
    customer: { ...alone, contracts },
    written: [...written, writtenRecord(`amendment of contract ${course.id}`, amendment)],
  };
}

/** Without what would go on or begin on that day or later beside what lapses: trials end, contracts do not start. */
function withoutFollowers(customer: Customer, at: Day): Hypothesis {
  const { contracts = [], trials = [] } = customer;
  const goes = ({ starts }: { starts: Day }) => starts >= at;
  const coming = contracts.filter(goes);
  const kept: Hypothesis = {
    customer:
      coming.length > 0 ? { ...customer, contracts: contracts.filter((contract) => !goes(contract)) } : customer,
    written: coming.map(({ id, starts }) => `contract ${id} does not start on ${starts}`),
  };
  return trials.filter(({ ends }) => ends >= at).reduce((without, { starts }) => endTrial(without, starts, at), kept);
}
