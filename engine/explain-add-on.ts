import { forEver, sinceEver } from '../runtime/terms/days.ts';
import type { Day } from '../runtime/terms/timeline.ts';
import type { Customer } from '../schemas/customer.ts';
import { type BoughtAddOn, boughtAddOns, countingAddOns, isSoldWith } from './compile/add-ons.ts';
import type { Entry, World } from './model.ts';

export interface ExplainedAddOn {
  id: string;
  quantity: number;
  /** `inactive`: paid for on that day, and counting for nothing; `because` says why. */
  state: 'counts' | 'inactive' | 'notStarted' | 'ended';
  because?: string;
  starts?: Day;
  ends?: Day;
  path: string;
  line: number;
}

/** Every add-on of a customer with what it is on a day, with the plan the product has then. */
export function explainAddOns(
  { data, document }: Entry<Customer>,
  world: World,
  plan: string,
  day: Day,
): ExplainedAddOn[] {
  const bought = boughtAddOns(data.addOns ?? [], { addOns: new Map(Object.entries(world.menu?.data.addOns ?? {})) });
  const counting = countingAddOns(bought, plan, day);
  return bought.map((one) => {
    const { id, quantity = 1, starts, ends } = one.addOn;
    const { path, start } = document.locate(['addOns', one.index], 'key');
    return {
      id,
      quantity,
      ...stateOf(one, counting, plan, day),
      ...(starts && { starts }),
      ...(ends && { ends }),
      path,
      line: start.line,
    };
  });
}

function stateOf(
  one: BoughtAddOn,
  counting: readonly BoughtAddOn[],
  plan: string,
  day: Day,
): Pick<ExplainedAddOn, 'state' | 'because'> {
  const { starts = sinceEver, ends = forEver } = one.addOn;
  if (day < starts) return { state: 'notStarted' };
  if (day > ends) return { state: 'ended' };
  if (counting.includes(one)) return { state: 'counts' };
  if (!isSoldWith(one.sold, plan)) return { state: 'inactive', because: `not sold with ${plan}` };
  const missing = one.sold.dependsOn?.filter((id) => !counting.some(({ addOn }) => addOn.id === id)) ?? [];
  return { state: 'inactive', because: `needs ${missing.join(', ')}` };
}
