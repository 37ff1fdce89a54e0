import { forEver, sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { AddOn } from '../../schemas/customer.ts';
import type { MenuAddOn } from '../../schemas/policies.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { ReportFault } from './fault.ts';
import type { PreparedWorld } from './prepare-world.ts';

/** An add-on of a customer that counts on a day. */
export interface CountingAddOn {
  index: number;
  addOn: AddOn;
  sold: MenuAddOn;
  quantity: number;
}

/** A menu name without a version means every version. */
export const isSoldWith = (sold: MenuAddOn, plan: string): boolean =>
  sold.plans.some((name) => name === plan || name === plan.slice(0, plan.indexOf('@')));

/** The add-ons that count with a plan on a day: sold with it, and everything they depend on counts too. */
export function countingAddOns(addOns: readonly AddOn[], plan: string, day: Day, world: PreparedWorld): CountingAddOn[] {
  let counting = addOns.flatMap((addOn, index): CountingAddOn[] => {
    const sold = world.addOns.get(addOn.id);
    const inForce = (addOn.starts ?? sinceEver) <= day && day <= (addOn.ends ?? forEver);
    return sold && inForce && isSoldWith(sold, plan) ? [{ index, addOn, sold, quantity: addOn.quantity ?? 1 }] : [];
  });
  for (;;) {
    const ids = new Set(counting.map(({ addOn }) => addOn.id));
    const kept = counting.filter(({ sold }) => (sold.dependsOn ?? []).every((id) => ids.has(id)));
    if (kept.length === counting.length) return counting;
    counting = kept;
  }
}

/** Reports add-ons that cannot stand beside each other on a day. */
export function checkTogether(counting: readonly CountingAddOn[], day: Day, report: ReportFault): void {
  const setters = new Map<string, CountingAddOn>();
  for (const later of counting) {
    const here = ['addOns', later.index];
    for (const key of Object.keys(later.sold.sets ?? {})) {
      const earlier = setters.get(key);
      if (earlier)
        report(here, 'add-ons-set-twice', `${later.addOn.id} and ${earlier.addOn.id} both set ${key} on ${day}`, {
          help: 'end one of the two, or sell only one',
          related: { message: `${earlier.addOn.id} is here`, at: ['addOns', earlier.index] },
        });
      setters.set(key, later);
    }
    for (const earlier of counting) {
      if (earlier.index >= later.index) continue;
      if (later.sold.excludes?.includes(earlier.addOn.id) || earlier.sold.excludes?.includes(later.addOn.id))
        report(here, 'add-ons-exclude', `${later.addOn.id} and ${earlier.addOn.id} exclude each other, and both count on ${day}`, {
          help: 'end one of the two before the other starts',
          related: { message: `${earlier.addOn.id} is here`, at: ['addOns', earlier.index] },
        });
    }
  }
}

/** Reports what can be said of add-ons without knowing the plan: ids, dates, quantities, the same one twice. */
export function checkAddOns(addOns: readonly AddOn[], world: PreparedWorld, report: ReportFault): void {
  addOns.forEach((addOn, index) => {
    const here = ['addOns', index];
    const sold = world.addOns.get(addOn.id);
    if (!sold) {
      report([...here, 'id'], 'unknown-add-on', `no add-on named ${addOn.id} is on the menu${didYouMean(addOn.id, world.addOns.keys())}`);
      return;
    }
    if (addOn.starts !== undefined && addOn.ends !== undefined && addOn.ends < addOn.starts)
      report([...here, 'ends'], 'ends-before-start', `${addOn.id} ends ${addOn.ends}, before it starts, ${addOn.starts}`);
    if (addOn.quantity !== undefined) checkQuantity(addOn, sold, [...here, 'quantity'], report);
    else if (sold.min !== undefined && sold.min > 1)
      report(here, 'add-on-quantity', `${addOn.id} is sold from ${sold.min}; without a quantity it is 1`);
    addOns.slice(0, index).forEach((other, position) => {
      if (other.id !== addOn.id || !overlap(other, addOn)) return;
      report(here, 'add-on-twice', `${addOn.id} is there twice at one time`, {
        help: 'use `quantity`, or end the first before the second starts',
        related: { message: 'the first is here', at: ['addOns', position] },
      });
    });
  });
}

function checkQuantity(addOn: AddOn, sold: MenuAddOn, here: (string | number)[], report: ReportFault): void {
  const quantity = addOn.quantity as number;
  const from = sold.min ?? 1;
  const steps = (quantity - from) / (sold.step ?? 1);
  if (!sold.adds) report(here, 'add-on-quantity', `${addOn.id} adds nothing that could be counted; it has no quantity`);
  else if (quantity < from) report(here, 'add-on-quantity', `${addOn.id} is sold from ${from}, not ${quantity}`);
  else if (sold.max !== undefined && quantity > sold.max) report(here, 'add-on-quantity', `${addOn.id} is sold up to ${sold.max}, not ${quantity}`);
  else if (!Number.isInteger(steps))
    report(here, 'add-on-quantity', `${addOn.id} is sold in steps of ${sold.step ?? 1} from ${from}; ${quantity} is between two`);
}

const overlap = (a: AddOn, b: AddOn): boolean =>
  (a.starts ?? sinceEver) <= (b.ends ?? forEver) && (b.starts ?? sinceEver) <= (a.ends ?? forEver);
