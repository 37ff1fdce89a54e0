import type { Item } from '../../approve/approval.ts';
import type { Change, Diff } from '../../diff/diff.ts';
import { orderByMatter, spread } from '../order-by-matter.ts';

/** Items that say the same of different customers. */
export interface ItemGroup {
  /** The first of them: all but the customer is the same for all. */
  item: Item;
  /** Ids, in the order of the items; none where no customer is meant. */
  customers: readonly string[];
  count: number;
  takes: boolean;
}

/** Items of one class, those that say the same together, by what matters: takes under a contract, takes, most money, largest. */
export function groupItems(items: readonly Item[], diff: Diff): ItemGroup[] {
  const changes = changesBy(diff);
  const groups = new Map<string, { item: Item; customers: string[]; count: number; takes: boolean; bound: boolean }>();
  for (const item of items) {
    const change = changes.get(keyOf(item.customer, item));
    const takes = change?.direction === 'takes';
    const bound = change !== undefined && isUnderContract(change);
    const { id: _, customer, ruleHash: __, ...rest } = item;
    const shape = JSON.stringify([rest, takes, bound]);
    const group = groups.get(shape) ?? { item, customers: [], count: 0, takes, bound };
    if (customer !== undefined) group.customers.push(customer);
    group.count += 1;
    groups.set(shape, group);
  }
  return orderByMatter([...groups.values()], {
    familyOf: ({ item: { kind, path }, takes }) =>
      `${kind} ${kind === 'record' || kind === 'machinery' ? '' : familyOf(path)} ${takes}`,
    weightOf: ({ item: { from, to, amount }, takes, bound, count }) => [
      Number(takes && bound),
      Number(takes),
      Number(amount?.amount ?? 0),
      ...spread(from, to, count),
    ],
  });
}

/** Edits of many plans are of one family where they edit the same thing. */
const familyOf = (path: string): string => path.replace(/^\S+\.yaml /, '');

const isUnderContract = ({ path, origin: { before, after } }: Change): boolean =>
  path.startsWith('terms.contract') ||
  [before, after].some(
    (origin) =>
      origin?.kind === 'contract' ||
      (origin?.kind === 'quantity' && origin.id !== 'account' && !origin.id?.startsWith('trial')),
  );

const keyOf = (
  customer: string | undefined,
  { path, from, to, effective, until }: Pick<Item, 'path' | 'from' | 'to' | 'effective' | 'until'>,
): string => JSON.stringify([customer, path, from ?? null, to ?? null, effective ?? null, until ?? null]);

function changesBy({ customers }: Diff): Map<string, Change> {
  const found = new Map<string, Change>();
  for (const { customer, changes } of customers)
    for (const change of changes) found.set(keyOf(customer, change), change);
  return found;
}
