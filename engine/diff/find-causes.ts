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

/** What was found out about a customer: of thousands, neither file nor timeline is kept. */
export interface Found {
  id: string;
  /** The customer's own file, of the head where it is there. */
  own: string;
  /** Its own edit in words, where its file says something else. */
  edited?: string;
  changes: readonly Change[];
  /** How it stands to edits of what is shared that do not reach it. */
  exposures: ReadonlyMap<Edit, Exposure>;
}

/** Both sides of a customer; one that is absent was not there, or is gone. */
export interface Sides {
  before?: Subject;
  after?: Subject;
}

/** A customer's own file as a cause. */
export const ownPath = ({ before, after }: Sides): string =>
  ((after ?? before) as { entry: Entry<Customer> }).entry.document.path;

/** A customer's own edit in words, where its file says something else. */
export const ownEdit = ({ before, after }: Sides): string | undefined =>
  isSameFile(before?.entry, after?.entry) ? undefined : describeOwnEdit(before?.entry.data, after?.entry.data);

/** How a customer stands to the edits that do not reach it. Who came or is gone is not shielded: there is nothing to compare. */
export function exposuresOf(
  edits: readonly Edit[],
  { before, after }: Sides,
  changes: readonly Change[],
  at: Day,
): Map<Edit, Exposure> {
  const exposures = new Map<Edit, Exposure>();
  if (!before || !after) return exposures;
  for (const edit of edits) {
    if (changes.some(({ causes }) => causes.includes(pathOf(edit)))) continue;
    // What covers it today tells most; who had to do with it only once is shielded as well. A list price is of today.
    const exposure = exposureTo(edit, after, at) ?? (isPrice(edit) ? undefined : exposureTo(edit, after, sinceEver));
    if (exposure) exposures.set(edit, exposure);
  }
  return exposures;
}

/** Whether the path of a cause is a customer's own file. */
export const isOwn = (path: string): boolean => path.startsWith('customers/');

/** Every edit as a cause, with whom it reaches on any day and whom something shields from it. */
export function findCauses(edits: readonly Edit[], found: readonly Found[], base: World, head: World): Cause[] {
  const shared = edits.map(
    (edit): Cause => ({
      path: pathOf(edit),
      change: describeEdit(edit, base.settings, head.settings),
      ...whomReached(pathOf(edit), found),
      ...whomExposed(edit, found),
    }),
  );
  const own = found.flatMap((one): Cause[] =>
    one.edited === undefined
      ? []
      : [{ path: one.own, change: one.edited, ...whomReached(one.own, [one]), shielded: [] }],
  );
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

function whomExposed(
  edit: Edit,
  found: readonly Found[],
): Pick<Cause, 'shielded' | 'shieldedBy' | 'listPrice' | 'moves'> {
  const shielded: string[] = [];
  const shieldedBy: Record<string, string> = {};
  const listPrice: string[] = [];
  for (const { id, exposures } of found) {
    const exposure = exposures.get(edit);
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
