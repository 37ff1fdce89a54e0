import type { Change, CustomerDiff } from '../../diff/diff.ts';
import { tellingChanges } from '../../diff/word-diff.ts';
import { orderByMatter, spread } from '../order-by-matter.ts';

/** One effective change, and everybody for whom it is the same. */
export interface ChangeGroup {
  change: Change;
  /** Ids. */
  customers: readonly string[];
}

/** What changes for customers, where it is the same for many once; by what matters, so that none hides another. */
export function groupChanges(customers: readonly CustomerDiff[], isWanted: (change: Change) => boolean): ChangeGroup[] {
  const groups = new Map<string, { change: Change; customers: string[] }>();
  for (const one of customers)
    for (const change of tellingChanges(one)) {
      if (!isWanted(change)) continue;
      const { path, from, to, effective, until, direction } = change;
      const shape = JSON.stringify([path, from ?? null, to ?? null, effective, until, direction]);
      const group = groups.get(shape) ?? { change, customers: [] };
      if (group.customers.at(-1) !== one.customer) group.customers.push(one.customer);
      groups.set(shape, group);
    }
  return orderByMatter([...groups.values()], {
    familyOf: ({ change: { path, direction } }) => `${path} ${direction}`,
    weightOf: ({ change, customers: reached }) => [
      Number(change.direction === 'takes'),
      ...spread(change.from, change.to, reached.length),
    ],
  });
}
