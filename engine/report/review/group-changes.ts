import type { Change, CustomerDiff } from '../../diff/diff.ts';
import { tellingChanges } from '../../diff/word-diff.ts';
import { orderByMatter, spread } from '../order-by-matter.ts';
import { FEW } from './group-items.ts';
import type { Stretch } from './word-days.ts';

/** One effective change, and everybody for whom it is the same, on whatever days. */
export interface ChangeGroup {
  change: Change;
  /** Ids. */
  customers: readonly string[];
  /** When it holds for each. */
  days: readonly Stretch[];
}

/**
 * What changes for customers, where it is the same for many once; by what matters, so that none hides another. Days are
 * told apart only where there is little to read.
 */
export function groupChanges(customers: readonly CustomerDiff[], isWanted: (change: Change) => boolean): ChangeGroup[] {
  const exact = grouped(customers, isWanted, true);
  return orderByMatter(exact.length <= FEW ? exact : grouped(customers, isWanted, false), {
    familyOf: ({ change: { path, direction } }) => `${path} ${direction}`,
    weightOf: ({ change, customers: reached }) => [
      Number(change.direction === 'takes'),
      ...spread(change.from, change.to, reached.length),
    ],
  });
}

function grouped(
  customers: readonly CustomerDiff[],
  isWanted: (change: Change) => boolean,
  byDays: boolean,
): ChangeGroup[] {
  const groups = new Map<string, { change: Change; customers: string[]; days: Stretch[] }>();
  for (const one of customers)
    for (const change of tellingChanges(one)) {
      if (!isWanted(change)) continue;
      const { path, from, to, effective, until, direction } = change;
      const days = byDays ? [effective, until] : [];
      const shape = JSON.stringify([path, from ?? null, to ?? null, direction, ...days]);
      const group = groups.get(shape) ?? { change, customers: [], days: [] };
      if (group.customers.at(-1) !== one.customer) group.customers.push(one.customer);
      group.days.push({ customer: one.customer, effective, ...(until !== undefined && { until }) });
      groups.set(shape, group);
    }
  return [...groups.values()];
}
