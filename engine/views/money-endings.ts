import type { Day, Timeline } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { isTree } from '../compile/terms-tree.ts';
import type { Pointer } from '../document.ts';
import type { Entry } from '../model.ts';
import { valueText } from '../report/value-text.ts';
import type { Ending } from './ending.ts';
import { newEnding } from './new-ending.ts';

/** Discounts and credits that the terms of some day from now on hold. */
export function moneyEndings(entry: Entry<Customer>, timeline: Timeline, at: Day): Ending[] {
  const ending = newEnding(entry);
  const found = new Map<string, Ending>();
  timeline.segments.forEach(({ terms }, index) => {
    const next = timeline.segments[index + 1]?.from;
    if (next !== undefined && next !== null && next <= at) return;
    const place: Pointer = terms.contract ? contractPointer(entry, terms.contract.id) : ['billing'];
    const { discount, credits } = terms.billing;
    if (isTree(discount) && typeof discount.until === 'string') {
      const size = discount.percent === undefined ? valueText(discount.amount) : `${valueText(discount.percent)} %`;
      const one = ending(
        'discount',
        discount.until,
        discount.until,
        place,
        `the discount of ${size} ends`,
        'recurring lines are at their full price',
      );
      found.set(`discount ${one.last} ${size}`, one);
    }
    for (const credit of Array.isArray(credits) ? credits : [])
      if (isTree(credit) && typeof credit.until === 'string') {
        const what = `a credit of ${valueText(credit.amount)} ends${credit.reason === undefined ? '' : ` (${valueText(credit.reason)})`}`;
        const one = ending(
          'credit',
          `${credit.until}-${valueText(credit.amount)}`,
          credit.until,
          place,
          what,
          'what is left of it is gone',
        );
        found.set(`credit ${what} ${one.last}`, one);
      }
  });
  return [...found.values()];
}

function contractPointer(entry: Entry<Customer>, id: string): Pointer {
  const index = entry.data.contracts?.findIndex((contract) => contract.id === id) ?? -1;
  return index < 0 ? ['billing'] : ['contracts', index, 'billing'];
}
