import type { Publish } from '../../schemas/policies.ts';
import type { ChangeSet } from '../review/change-set.ts';
import type { VerifiedCommit } from './verify-range.ts';

/** The class whose approval lets a change touch more customers than an environment takes at once. */
export const BULK = 'bulk';

const HANDFUL = 5;

export type BlastLimits = NonNullable<Publish['environments'][string]['blast']>;

export interface BlastRadius {
  /** Customers with other terms from now on or since a day, but those of commits that were approved as bulk. */
  touched: number;
  /** Only together with those of the last day is it too many. */
  isTogether: boolean;
  /** The most the environment takes. */
  most: number;
}

/**
 * How many customers a release changes, with those that were changed a short while ago (`recent`), where that is more than
 * the environment takes; undefined where it is not.
 * A share is held against more than a handful only: in a small company every edit touches a large share.
 */
export function tooMany(
  whole: ChangeSet,
  { customers = Number.POSITIVE_INFINITY, percent = 100 }: BlastLimits,
  recent: ReadonlySet<string>,
  verified: readonly VerifiedCommit[] = [],
): BlastRadius | undefined {
  const now = countedCustomers(whole, verified);
  const touched = now.length === 0 ? 0 : new Set([...now, ...recent]).size;
  const share = Math.max(HANDFUL, Math.floor((percent * whole.base.model.customers.size) / 100));
  const most = Math.min(customers, percent === 100 ? Number.POSITIVE_INFINITY : share);
  if (touched <= most) return undefined;
  const isTogether = now.length <= most;
  return { touched: isTogether ? touched : now.length, isTogether, most };
}

/** Customers with other terms from now on or since a day, but those of commits that were approved as bulk. */
export function countedCustomers(whole: ChangeSet, verified: readonly VerifiedCommit[]): string[] {
  const bulk = new Set(verified.flatMap((one) => (isBulk(one) ? touchedBy(one.judged.change) : [])));
  return touchedBy(whole).filter((customer) => !bulk.has(customer));
}

const touchedBy = ({ diff }: ChangeSet): string[] =>
  diff.customers.flatMap(({ customer, changes }) => (changes.some(({ past }) => !past) ? [customer] : [])) ?? [];

export const isBulk = ({ judged, ratification }: VerifiedCommit): boolean =>
  (ratification?.needs ?? judged.needs).some(({ class: name, satisfied }) => name === BULK && satisfied);
