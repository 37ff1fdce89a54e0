/** What a change does to customers: the shape of a diff. */
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Compiled } from '../compile/compile-model.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Origin } from '../explain.ts';
import type { Model } from '../model.ts';

export type Direction = 'gives' | 'takes' | 'neutral';

/** One side of a comparison. Of `compiled` only the customers a change may reach need to be there. */
export interface DiffSide {
  /** What people call it: `main`, `working tree`. */
  name: string;
  model: Model;
  compiled: Compiled;
  /** Paths of files that are there and could not be read: what they say is unknown, not gone. */
  unread?: ReadonlySet<string>;
}

/** One value that differs over one stretch of days. */
export interface Change {
  /** `plan`, `stage`, `settings.seats`, `terms.billing.paymentTerms`, `access.rules.exportReports`. */
  path: string;
  /** null: there is none. */
  from: unknown;
  to: unknown;
  /** The first day of the difference; null: since ever. */
  effective: Day | null;
  /** The last day of the difference, where it has one. */
  until?: Day;
  /** The difference lies wholly before the day that is asked for: it rewrites the past. */
  past?: true;
  direction: Direction;
  /** Who gives the value; null where there is none. */
  origin: { before: Origin | null; after: Origin | null };
  /** `path` of every cause of it. */
  causes: readonly string[];
}

export interface CustomerDiff {
  customer: string;
  name: string;
  /** `closed`: a status `closed` has come, or the file is gone. */
  kind: 'added' | 'changed' | 'closed';
  /** The file is gone. */
  vanished?: true;
  changes: readonly Change[];
}

/** One edited thing and whom it reaches, on any day. */
export interface Cause {
  /** The file and the place in it: `plans/studio@2.yaml settings.seats`. */
  path: string;
  /** In words: `seats 50 → 40`. */
  change: string;
  /** Ids of customers with a value that differs because of it. */
  customers: readonly string[];
  /** Ids of customers it would reach, were it not for something above that covers it. */
  shielded: readonly string[];
  /** What covers it, by the ids in `shielded`, in words. */
  shieldedBy?: Readonly<Record<string, string>>;
  /** Those of `customers` of whom only the past differs, before the day that is asked for. */
  past?: readonly string[];
  /** For a list price: ids of customers who pay it, having agreed no price of their own. */
  listPrice?: readonly string[];
  /** It moves people to another plan: those who are shielded stay. */
  moves?: true;
  /** How many it gives something to from that day on, and how many it takes something from. */
  gives: number;
  takes: number;
}

/** Those whom a cause still reaches: not only their past. */
export function reachedNow({ customers, past = [] }: Pick<Cause, 'customers' | 'past'>): readonly string[] {
  if (past.length === 0) return customers;
  const over = new Set(past);
  return customers.filter((id) => !over.has(id));
}

export interface Diff {
  /** The day that separates the past from what is shown as a change. */
  at: Day;
  base: string;
  head: string;
  /** By id. */
  customers: readonly CustomerDiff[];
  /** Shared files first, those that reach most customers before others; then customers' own files. */
  causes: readonly Cause[];
  /** What only a comparison shows; faults of either side are not repeated. */
  diagnostics: readonly Diagnostic[];
}
