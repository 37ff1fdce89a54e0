import { forEver, nextDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { AccountState } from './account-course.ts';
import type { ContractCourse } from './contract-course.ts';
import type { ExceptionCourse } from './exception-course.ts';
import type { Ground } from './ground.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { statusDays } from './status-course.ts';
import { leavingDays } from './terms-tree.ts';

interface Life {
  customer: Customer;
  account: readonly AccountState[];
  courses: readonly ContractCourse[];
  ground: readonly Ground[];
  exceptions: readonly ExceptionCourse[];
}

/** Every day on which something of a customer may change, in order; what proves equal is merged later. */
export function boundariesOf({ customer, account, courses, ground, exceptions }: Life, world: PreparedWorld): Day[] {
  const days = new Set<Day>();
  const start = (day: Day | undefined): void => {
    if (day !== undefined && day !== sinceEver && day < forEver) days.add(day);
  };
  const end = (day: Day | undefined): void => {
    if (day !== undefined && day < forEver) start(nextDay(day));
  };
  const agreed = ({ from, layers }: Pick<AccountState, 'from' | 'layers'>): void => {
    start(from);
    for (const { billing } of layers) leavingDays(billing).forEach(end);
  };
  account.forEach(agreed);
  for (const { from } of account[0]?.fallBack ?? []) start(from);
  for (const { states } of courses) states.forEach(agreed);
  for (const { from } of ground) start(from);
  for (const { starts, ends, billing } of customer.trials ?? []) {
    start(starts);
    [ends, ...leavingDays(billing)].forEach(end);
  }
  for (const { id, starts, ends } of customer.addOns ?? []) {
    start(starts);
    [ends, ...leavingDays(world.addOns.get(id)?.terms?.billing)].forEach(end);
  }
  for (const { starts, lastDay, terms } of exceptions) {
    start(starts);
    [lastDay, ...leavingDays(terms?.billing)].forEach(end);
  }
  if (customer.statuses) statusDays(customer.statuses, world.lifecycle).forEach(start);
  world.planLastDays.forEach(end);
  return [...days].sort();
}
