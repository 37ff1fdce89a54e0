import { addDays, forEver, nextDay, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { AccountAmendment } from '../../schemas/customer.ts';
import type { ContractCourse } from './contract-course.ts';
import type { Lifecycle } from './prepare-world.ts';

/** What a customer stands on from a day on, before trials and statuses: the account, a contract, its grace, or a lapse. */
export interface Ground {
  from: Day;
  kind: 'account' | 'contract' | 'grace' | 'lapsed';
  /** The contract in force, grace included. */
  contract: ContractCourse | undefined;
}

/** Lays contracts, grace and lapses over the account; the result has no gap. */
export function groundOf(
  courses: readonly ContractCourse[],
  amendments: readonly AccountAmendment[],
  lifecycle: Lifecycle,
): Ground[] {
  const planChanges = amendments.flatMap(({ on, plan }) => (plan === undefined ? [] : [on])).sort();
  const ground: Ground[] = [{ from: sinceEver, kind: 'account', contract: undefined }];
  courses.forEach((contract, position) => {
    ground.push({ from: contract.starts, kind: 'contract', contract });
    const next = courses[position + 1]?.starts ?? forEver;
    if (contract.lastDay === forEver) return;
    const after = nextDay(contract.lastDay);
    if (after >= next) return;
    if (contract.after === 'base plan') {
      ground.push({ from: after, kind: 'account', contract: undefined });
      return;
    }
    const returns = planChanges.find((day) => day >= after) ?? forEver;
    const before = returns < next ? returns : next;
    const { graceDays } = lifecycle;
    const lapses = graceDays === 'never' ? forEver : addDays(after, graceDays);
    if (after < before && after < lapses) ground.push({ from: after, kind: 'grace', contract });
    if (lapses < before)
      ground.push({ from: lapses, kind: lifecycle.has('lapsed') ? 'lapsed' : 'account', contract: undefined });
    if (returns < next) ground.push({ from: returns, kind: 'account', contract: undefined });
  });
  return ground;
}
