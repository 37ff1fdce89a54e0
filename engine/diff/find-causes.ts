import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Entry, World } from '../model.ts';
import { describeEdit, pathOf } from './describe-edit.ts';
import { describeOwnEdit } from './describe-own-edit.ts';
import type { Cause, Change } from './diff.ts';
import { exposureTo, isPrice } from './exposure-to.ts';
import { type Edit, isSameFile } from './find-edits.ts';
import type { Subject } from './origin-of.ts';

/** A customer with what was found out about it. An absent side: it was not there, or is gone. */
export interface Found {
  id: string;
  before?: Subject;
  after?: Subject;
  changes: readonly Change[];
}

/** A customer's own file as a cause. */
export const ownPath = ({ before, after }: Pick<Found, 'before' | 'after'>): string =>
  ((after ?? before) as { entry: Entry<Customer> }).entry.document.path;

/** Whether the path of a cause is a customer's own file. */
export const isOwn = (path: string): boolean => path.startsWith('customers/');

/** Every edit as a cause, with whom it reaches on any day and whom something shields from it. */
export function findCauses(
  edits: readonly Edit[],
  found: readonly Found[],
  base: World,
  head: World,
  at: Day,
): Cause[] {
  const shared = edits.map((edit): Cause => {
    const reached = whomReached(pathOf(edit), found);
    return {
      path: pathOf(edit),
      change: describeEdit(edit, base.settings, head.settings),
      ...reached,
      ...whomExposed(edit, found, new Set(reached.customers), at),
    };
  });
  const own = found.flatMap((one): Cause[] => {
    const { before, after } = one;
    if (isSameFile(before?.entry, after?.entry)) return [];
    const change = describeOwnEdit(before?.entry.data, after?.entry.data);
    return [{ path: ownPath(one), change, ...whomReached(ownPath(one), [one]), shielded: [] }];
  });
  const width = ({ customers, listPrice = [] }: Cause) => Math.max(customers.length, listPrice.length);
  return [...shared.sort((a, b) => width(b) - width(a) || (a.path < b.path ? -1 : 1)), ...own];
}

type Reached = Pick<Cause, 'customers' | 'past' | 'gives' | 'takes'>;

function whomReached(path: string, found: readonly Found[]): Reached {
  const caused = found.flatMap(({ id, changes }) => {
    const by = changes.filter(({ causes }) => causes.includes(path));
    return by.length > 0 ? [{ id, now: by.filter(({ past }) => !past) }] : [];
  });
  const there = caused.filter(({ now }) => now.length > 0);
  const only = caused.filter(({ now }) => now.length === 0);
  const count = (direction: Change['direction']) =>
    there.filter(({ now }) => now.some((change) => change.direction === direction)).length;
  return {
    customers: caused.map(({ id }) => id),
    ...(only.length > 0 && { past: only.map(({ id }) => id) }),
    gives: count('gives'),
    takes: count('takes'),
  };
}

/** Who came or is gone in the same change is not shielded: there is nothing to compare. */
function whomExposed(
  edit: Edit,
  found: readonly Found[],
  reached: ReadonlySet<string>,
  at: Day,
): Pick<Cause, 'shielded' | 'shieldedBy' | 'listPrice' | 'moves'> {
  const shielded: string[] = [];
  const shieldedBy: Record<string, string> = {};
  const listPrice: string[] = [];
  for (const { id, before, after } of found) {
    if (!before || !after || reached.has(id)) continue;
    // What covers it today tells most; who had to do with it only once is shielded as well. A list price is of today.
    const exposure = exposureTo(edit, after, at) ?? (isPrice(edit) ? undefined : exposureTo(edit, after, sinceEver));
    if (!exposure) continue;
    if (exposure.agreed === false) listPrice.push(id);
    else {
      shielded.push(id);
      const covered = exposure.agreed ? 'a price of its own' : exposure.covered;
      if (covered) shieldedBy[id] = covered;
    }
  }
  return {
    shielded,
    ...(Object.keys(shieldedBy).length > 0 && { shieldedBy }),
    ...(isPrice(edit) && { listPrice }),
    ...(edit.room === 'plan' && edit.steps[0] === 'becomes' && { moves: true as const }),
  };
}
