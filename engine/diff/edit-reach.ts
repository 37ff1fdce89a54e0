import type { Customer } from '../../schemas/customer.ts';
import type { World } from '../model.ts';
import type { Edit } from './find-edits.ts';

/** Which effective values an edit can change: all, none, or those at a path and below. */
export type Reach = 'everything' | 'nothing' | { path: string };

export const isReached = (reach: Reach, path: string): boolean =>
  typeof reach === 'object' ? path === reach.path || path.startsWith(`${reach.path}.`) : reach === 'everything';

/**
 * Settings never influence each other, so most edits reach one path. What decides stages, plans or which records count
 * (ranks, days, what an add-on is sold with, the payment method that overdue days go by) can reach everything.
 */
export function reachOf({ room, steps }: Edit): Reach {
  const [first, second, third, ...rest] = steps;
  switch (room) {
    case 'plan':
      if (first === undefined || first === 'rank' || first === 'becomes') return 'everything';
      if (first === 'price' && second === 'free') return 'everything';
      // What a plan sells decides whether a quantity goes on when another plan becomes it.
      if (first === 'price' && second === 'units' && rest[0] !== 'amount')
        return third === undefined ? 'everything' : { path: `settings.${third}` };
      if (first === 'settings') return { path: `settings.${second}` };
      return first === 'standardTerms' ? termReach(second, third) : 'nothing';
    case 'menu':
      if (first !== 'addOns') return 'nothing';
      if (third === undefined || third === 'plans' || third === 'dependsOn') return 'everything';
      if (third === 'sets' || third === 'adds') return { path: `settings.${rest[0]}` };
      return third === 'terms' ? termReach(rest[0], rest[1]) : 'nothing';
    case 'lifecycle':
      return third === 'set' && rest[0] !== undefined ? { path: `settings.${rest[0]}` } : 'everything';
    case 'settings':
      return second === undefined || effective.has(second) ? { path: `settings.${first}` } : 'nothing';
    default:
      return 'nothing';
  }
}

/** The fields of a setting that decide a value; the others are words, or judge what may be written. */
const effective: ReadonlySet<string> = new Set(['default', 'favours', 'onEnd']);

const termReach = (part: string | undefined, key: string | undefined): Reach =>
  part === 'billing' && key === 'method' ? 'everything' : { path: `terms.${part}.${key}` };

/** What of a customer's file decides which edits may concern it. */
export interface Ties {
  plans: ReadonlySet<string>;
  addOns: ReadonlySet<string>;
  hasContracts: boolean;
  hasStatuses: boolean;
}

/** The ties of a customer, as its file was and as it is; what its plans become in any of the worlds included. */
export function tiesOf(files: readonly Customer[], worlds: readonly World[]): Ties {
  return {
    plans: comeTo(files.flatMap(plansNamed), worlds),
    addOns: new Set(files.flatMap(({ addOns = [] }) => addOns.map(({ id }) => id))),
    hasContracts: files.some(({ contracts = [] }) => contracts.length > 0),
    hasStatuses: files.some(({ statuses = [] }) => statuses.length > 0),
  };
}

/** Every plan a customer's file names, on any day. */
export const plansNamed = ({ plan, amendments = [], trials = [], contracts = [] }: Customer): string[] => [
  plan,
  ...[...amendments, ...trials, ...contracts, ...contracts.flatMap((contract) => contract.amendments ?? [])].flatMap(
    (entry) => entry.plan ?? [],
  ),
];

/** Plans, and every plan they may become. */
export function comeTo(plans: Iterable<string>, worlds: readonly World[]): Set<string> {
  const all = new Set(plans);
  // What is added while it is gone through is gone through as well.
  for (const plan of all)
    for (const world of worlds) {
      const next = world.plans.get(plan)?.data.becomes?.plan;
      if (next !== undefined) all.add(next);
    }
  return all;
}

/** False only where the edit cannot make a difference to the customer. */
export function mayConcern({ room, id, steps }: Edit, ties: Ties, worlds: readonly World[]): boolean {
  if (room === 'plan') return ties.plans.has(id) || comeTo(worlds.flatMap(fallBackOf), worlds).has(id);
  if (room === 'menu') return steps[1] !== undefined && ties.addOns.has(steps[1]);
  const isOfDays = room === 'lifecycle' && steps[2] !== undefined && steps[2] !== 'set';
  if (!isOfDays) return true;
  return ties.hasStatuses || (ties.hasContracts && (steps[1] === 'grace' || steps[1] === 'lapsed'));
}

/** The plan customers have whose contract has lapsed, where that is another. */
export const fallBackOf = ({ lifecycle }: World): string[] => {
  const plan = lifecycle?.data.stages.lapsed?.plan;
  return plan === undefined ? [] : [plan];
};
