import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { inOrder, type TermsLayer } from './contract-course.ts';
import type { ReportFault } from './fault.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { amendPurchase, checkPlanChange, checkPurchase, firstPurchase, type Purchase } from './purchase.ts';

/** The account as it stands from one day on, whatever trial or contract lies over it. */
export interface AccountState {
  from: Day;
  purchase: Purchase;
  layers: readonly TermsLayer[];
}

/** Follows the account through its amendments. */
export function accountCourse(customer: Customer, world: PreparedWorld, report: ReportFault): AccountState[] {
  let purchase = firstPurchase('account', customer, sinceEver, []);
  let layers: TermsLayer[] = [
    { kind: 'account', id: 'account', since: sinceEver, at: [], billing: customer.billing, support: customer.support },
  ];
  checkPurchase(world, purchase, customer, [], report);
  const states: AccountState[] = [{ from: sinceEver, purchase, layers }];
  for (const { amendment, at } of inOrder(customer.amendments ?? [])) {
    const pointer = ['amendments', at];
    checkPlanChange(purchase, amendment, pointer, report);
    purchase = amendPurchase(purchase, amendment, amendment.on, pointer);
    checkPurchase(world, purchase, amendment, pointer, report);
    const { billing, support } = amendment;
    if (billing || support)
      layers = [...layers, { kind: 'account', id: 'account', since: amendment.on, at: pointer, billing, support }];
    states.push({ from: amendment.on, purchase, layers });
  }
  return states;
}
