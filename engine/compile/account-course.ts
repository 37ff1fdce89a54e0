import { becoming, type PlanFrom, planOn } from '../../runtime/terms/becoming.ts';
import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { AccountAmendment } from '../../schemas/customer.ts';
import { inOrder, type TermsLayer } from './contract-course.ts';
import type { ReportFault } from './fault.ts';
import type { PreparedWorld } from './prepare-world.ts';
import {
  amendPurchase,
  checkMove,
  checkPlanChange,
  checkPurchase,
  firstPurchase,
  movePurchase,
  type Purchase,
} from './purchase.ts';
import type { Records } from './records.ts';

/** The account as it stands from one day on, whatever trial or contract lies over it. */
export interface AccountState {
  from: Day;
  purchase: Purchase;
  layers: readonly TermsLayer[];
  /** The plan the policy names for a lapse, and what it becomes; none where it names none. */
  fallBack: readonly PlanFrom[];
}

/** Follows the account through its amendments, and through what its plan becomes: of one day, the move comes first. */
export function accountCourse(customer: Records, world: PreparedWorld, report: ReportFault): AccountState[] {
  const courseOf = (plan: string) => becoming(plan, world.plans, customer.staysOn);
  const { lapsedPlan } = world.lifecycle;
  const fallBack = lapsedPlan === undefined ? [] : courseOf(lapsedPlan);
  let course = courseOf(customer.plan);
  let purchase = firstPurchase('account', customer.plan, customer.quantities, sinceEver, []);
  let layers: TermsLayer[] = [
    { kind: 'account', id: 'account', since: sinceEver, at: [], billing: customer.billing, support: customer.support },
  ];
  checkPurchase(world, purchase, customer.quantities, [], report);
  const states: AccountState[] = [{ from: sinceEver, purchase, layers, fallBack }];
  const moveUntil = (last: Day, amendment?: AccountAmendment): void => {
    const since = states.at(-1)?.from ?? sinceEver;
    for (const step of course) {
      if (step.from <= since || step.from > last) continue;
      const moved = movePurchase(purchase, step, world);
      checkMove(purchase, moved, amendment?.on === step.from ? amendment : undefined, world, report);
      purchase = moved;
      states.push({ from: step.from, purchase, layers, fallBack });
    }
  };
  for (const { amendment, at } of inOrder(customer.amendments)) {
    const pointer = ['amendments', at];
    moveUntil(amendment.on, amendment);
    const { billing, support, plan, quantities } = amendment;
    if (plan !== undefined) course = courseOf(plan);
    const said = { plan: plan === undefined ? undefined : planOn(course, amendment.on).plan, quantities };
    checkPlanChange(purchase, said, pointer, report);
    purchase = amendPurchase(purchase, said, amendment.on, pointer);
    checkPurchase(world, purchase, quantities, pointer, report);
    if (billing || support)
      layers = [...layers, { kind: 'account', id: 'account', since: amendment.on, at: pointer, billing, support }];
    states.push({ from: amendment.on, purchase, layers, fallBack });
  }
  moveUntil(forEver);
  return states;
}
