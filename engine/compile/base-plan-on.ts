import { becoming, type Movable, type PlanFrom, planOn } from '../../runtime/terms/becoming.ts';
import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Pointer } from '../document.ts';
import { inOrder } from './contract-course.ts';

/** A base plan as the file says it. */
export interface SaidPlan {
  from: Day;
  plan: string;
  at: Pointer;
}

/** Every base plan the file says, by its first day: on top, and in amendments of the account. */
export const saidPlans = ({ plan, amendments = [] }: Pick<Customer, 'plan' | 'amendments'>): SaidPlan[] => [
  { from: sinceEver, plan, at: ['plan'] },
  ...inOrder(amendments).flatMap(({ amendment, at }) =>
    amendment.plan === undefined ? [] : [{ from: amendment.on, plan: amendment.plan, at: ['amendments', at, 'plan'] }],
  ),
];

/** The base plan of a day, and where the file says the one it comes from. */
export function basePlanOn(customer: Customer, plans: Movable, day: Day): PlanFrom & { at: Pointer } {
  const said = saidPlans(customer).findLast(({ from }) => from <= day) as SaidPlan;
  return { ...planOn(becoming(said.plan, plans, customer.staysOn), day), at: said.at };
}
