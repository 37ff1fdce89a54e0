import type { Publish } from '../../schemas/policies.ts';
import type { ChangeSet } from '../review/change-set.ts';
import type { VerifiedCommit } from './verify-range.ts';

/** The class whose approval lets a change touch more customers than an environment takes at once. */
export const BULK = 'bulk';

export type BlastLimits = NonNullable<Publish['environments'][string]['blast']>;

export interface BlastRadius {
  /** Customers with other terms from now on, but those of commits that were approved as bulk. */
  touched: number;
  /** The most the environment takes. */
  most: number;
}

/**
 * How many customers a release changes at once, where that is more than the environment takes; undefined where it is not.
 * One customer is never too many, however few there are.
 */
export function tooMany(
  whole: ChangeSet,
  { customers = Number.POSITIVE_INFINITY, percent = 100 }: BlastLimits,
  verified: readonly VerifiedCommit[] = [],
): BlastRadius | undefined {
  const bulk = new Set(verified.flatMap((one) => (isBulk(one) ? touchedBy(one.judged.change) : [])));
  const touched = touchedBy(whole).filter((customer) => !bulk.has(customer)).length;
  const share = Math.max(1, Math.floor((percent * whole.base.model.customers.size) / 100));
  const most = Math.min(customers, percent === 100 ? Number.POSITIVE_INFINITY : share);
  return touched > most ? { touched, most } : undefined;
}

const touchedBy = ({ diff }: ChangeSet): string[] =>
  diff.customers.flatMap(({ customer, changes }) => (changes.some(({ past }) => !past) ? [customer] : [])) ?? [];

const isBulk = ({ judged, ratification }: VerifiedCommit): boolean =>
  (ratification?.needs ?? judged.needs).some(({ class: name, satisfied }) => name === BULK && satisfied);
