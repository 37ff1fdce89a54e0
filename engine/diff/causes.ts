import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Entry, World } from '../model.ts';
import { describeEdit, pathOf } from './describe-edit.ts';
import { describeOwnEdit } from './describe-own-edit.ts';
import type { Cause, Change } from './diff.ts';
import { type Exposure, exposureTo, isPrice } from './exposure-to.ts';
import { type Edit, isSameFile } from './find-edits.ts';
import type { Subject } from './origin-of.ts';

/** Both sides of a customer; one that is absent was not there, or is gone. */
export interface Sides {
  before?: Subject;
  after?: Subject;
}

/** A customer's own file as a cause. */
export const ownPath = ({ before, after }: Sides): string =>
  ((after ?? before) as { entry: Entry<Customer> }).entry.document.path;

/** Whether the path of a cause is a customer's own file. */
export const isOwn = (path: string): boolean => path.startsWith('customers/');

/** Causes as one customer after the other is looked at; of a customer nothing is held but its id. */
export interface Causes {
  note(id: string, sides: Sides, changes: readonly Change[], at: Day): void;
  /** Every edit as a cause, with whom it reaches on any day and whom something shields from it. */
  all(): Cause[];
}

export function startCauses(edits: readonly Edit[], base: World, head: World): Causes {
  const shared = edits.map((edit) => ({ edit, path: pathOf(edit), reach: startReach(), exposed: startExposed(edit) }));
  const own: Cause[] = [];
  return {
    note(id, { before, after }, changes, at) {
      for (const { edit, path, reach, exposed } of shared) {
        const by = changes.filter(({ causes }) => causes.includes(path));
        if (by.length > 0) reach.add(id, by);
        // Who came or is gone is not shielded: there is nothing to compare.
        else if (before && after) exposed.add(id, exposureOf(edit, after, at));
      }
      if (isSameFile(before?.entry, after?.entry)) return;
      const path = ownPath({ before, after });
      const reach = startReach();
      const by = changes.filter(({ causes }) => causes.includes(path));
      if (by.length > 0) reach.add(id, by);
      const change = describeOwnEdit(before?.entry.data, after?.entry.data);
      own.push({ path, change, ...reach.all(), shielded: [] });
    },
    all() {
      const found = shared.map(
        ({ edit, path, reach, exposed }): Cause => ({
          path,
          change: describeEdit(edit, base.settings, head.settings),
          ...reach.all(),
          ...exposed.all(),
        }),
      );
      const width = ({ customers, listPrice = [] }: Cause) => Math.max(customers.length, listPrice.length);
      return [...found.sort((a, b) => width(b) - width(a) || (a.path < b.path ? -1 : 1)), ...own];
    },
  };
}

/** What covers a customer today tells most; who had to do with the edit only once is shielded as well. A list price is of today. */
const exposureOf = (edit: Edit, after: Subject, at: Day): Exposure | undefined =>
  exposureTo(edit, after, at) ?? (isPrice(edit) ? undefined : exposureTo(edit, after, sinceEver));

type Reached = Pick<Cause, 'customers' | 'past' | 'gives' | 'takes'>;

function startReach(): { add(id: string, by: readonly Change[]): void; all(): Reached } {
  const customers: string[] = [];
  const past: string[] = [];
  let [gives, takes] = [0, 0];
  return {
    add(id, by) {
      const now = by.filter((change) => !change.past);
      customers.push(id);
      if (now.length === 0) past.push(id);
      if (now.some(({ direction }) => direction === 'gives')) gives += 1;
      if (now.some(({ direction }) => direction === 'takes')) takes += 1;
    },
    all: () => ({ customers, ...(past.length > 0 && { past }), gives, takes }),
  };
}

type Exposed = Pick<Cause, 'shielded' | 'shieldedBy' | 'listPrice' | 'moves'>;

function startExposed(edit: Edit): { add(id: string, exposure: Exposure | undefined): void; all(): Exposed } {
  const shielded: string[] = [];
  const shieldedBy: Record<string, string> = {};
  const listPrice: string[] = [];
  return {
    add(id, exposure) {
      if (!exposure) return;
      if (exposure.agreed === false) {
        listPrice.push(id);
        return;
      }
      shielded.push(id);
      const covered = exposure.agreed ? 'a price of its own' : exposure.covered;
      if (covered) shieldedBy[id] = covered;
    },
    all: () => ({
      shielded,
      ...(Object.keys(shieldedBy).length > 0 && { shieldedBy }),
      ...(isPrice(edit) && { listPrice }),
      ...(edit.room === 'plan' && edit.steps[0] === 'becomes' && { moves: true as const }),
    }),
  };
}
