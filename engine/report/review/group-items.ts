import type { Item } from '../../approve/approval.ts';
import type { Change, Diff } from '../../diff/diff.ts';
import { orderByMatter, spread } from '../order-by-matter.ts';
import type { Stretch } from './word-days.ts';

/** Items that say the same of different customers. */
export interface ItemGroup {
  /** The first of them: all but customer and days is the same for all. */
  item: Item;
  /** Ids, in the order of the items; none where no customer is meant. */
  customers: readonly string[];
  count: number;
  takes: boolean;
  /** When it holds for each; none for what has no days. */
  days: readonly Stretch[];
}

/** So many lines are read one by one; where there are more, what is the same but for its days is told as one. */
export const FEW = 12;

type Group = ItemGroup & { customers: string[]; days: Stretch[]; bound: boolean; past: boolean };

/** Items of one class, those that say the same together, by what matters: takes under a contract, takes, most money, largest. */
export function groupItems(items: readonly Item[], diff: Diff): ItemGroup[] {
  const exact = grouped(items, diff, true);
  return orderByMatter(exact.length <= FEW ? exact : grouped(items, diff, false), {
    familyOf: ({ item: { kind, path }, takes }) =>
      `${kind} ${kind === 'record' || kind === 'machinery' ? '' : familyOf(path)} ${takes}`,
    weightOf: ({ item: { from, to, amount }, takes, bound, past, count }) => [
      Number(takes && bound),
      Number(takes),
      Number(!past),
      Number(amount?.amount ?? 0),
      ...spread(from, to, count),
    ],
  });
}

function grouped(items: readonly Item[], diff: Diff, byDays: boolean): Group[] {
  const changes = changesBy(diff);
  const groups = new Map<string, Group>();
  for (const item of items) {
    const change = changes.get(keyOf(item.customer, item));
    const takes = change?.direction === 'takes';
    const bound = change !== undefined && isUnderContract(change);
    const { id: _, customer, effective, until, ruleHash: __, ...rest } = item;
    const past = until !== undefined && until < diff.at;
    const shape = JSON.stringify([rest, takes, bound, past, ...(byDays ? [effective ?? null, until ?? null] : [])]);
    const group = groups.get(shape) ?? { item, customers: [], days: [], count: 0, takes, bound, past };
    if (customer !== undefined && group.customers.at(-1) !== customer) group.customers.push(customer);
    if (effective !== undefined)
      group.days.push({
        ...(customer !== undefined && { customer }),
        effective,
        ...(until !== undefined && { until }),
      });
    group.count += 1;
    groups.set(shape, group);
  }
  return [...groups.values()];
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
