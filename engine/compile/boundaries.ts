import { forEver, nextDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { AccountState } from './account-course.ts';
import type { ContractCourse } from './contract-course.ts';
import type { ExceptionCourse } from './exception-course.ts';
import type { Ground } from './ground.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Records } from './records.ts';
import { statusDays } from './status-course.ts';
import { leavingDays } from './terms-tree.ts';

interface Life {
  customer: Records;
  account: readonly AccountState[];
  courses: readonly ContractCourse[];
  ground: readonly Ground[];
  exceptions: readonly ExceptionCourse[];
}

/** Every day on which something of a customer may change, in order; what proves equal is merged later. */
export function boundariesOf({ customer, account, courses, ground, exceptions }: Life, world: PreparedWorld): Day[] {
  const first: (Day | undefined)[] = [];
  const last: (Day | undefined)[] = [];
  for (const state of account) addAgreed(state, first, last);
  for (const { from } of account[0]?.fallBack ?? []) first.push(from);
  for (const { states } of courses) for (const state of states) addAgreed(state, first, last);
  for (const { from } of ground) first.push(from);
  for (const { starts, ends, billing } of customer.trials) {
    first.push(starts);
    last.push(ends);
    addLeaving(last, billing);
  }
  for (const { id, starts, ends } of customer.addOns) {
    first.push(starts);
    last.push(ends);
    addLeaving(last, world.addOns.get(id)?.terms?.billing);
  }
  for (const { starts, lastDay, terms } of exceptions) {
    first.push(starts);
    last.push(lastDay);
    addLeaving(last, terms?.billing);
  }
  for (const day of statusDays(customer.statuses, world.lifecycle)) first.push(day);
  for (const day of world.planLastDays) last.push(day);
  return inOrder(first, last);
}

/** First days and those after last ones, as far as they can be written: each once, in order. */
function inOrder(first: readonly (Day | undefined)[], last: readonly (Day | undefined)[]): Day[] {
  const days = new Set<Day>();
  for (const day of first) if (day !== undefined && day !== sinceEver && day < forEver) days.add(day);
  for (const day of last) {
    const next = day === undefined || day >= forEver ? forEver : nextDay(day);
    if (next < forEver) days.add(next);
  }
  return [...days].sort();
}

/** What an account or a contract agrees from a day on, and what of it leaves by itself. */
function addAgreed(
  { from, layers }: Pick<AccountState, 'from' | 'layers'>,
  first: (Day | undefined)[],
  last: (Day | undefined)[],
): void {
  first.push(from);
  for (const { billing } of layers) addLeaving(last, billing);
}

function addLeaving(last: (Day | undefined)[], billing: unknown): void {
  for (const day of leavingDays(billing)) last.push(day);
}
