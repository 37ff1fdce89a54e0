import { createHash } from 'node:crypto';
import type { CustomerView } from '../../client/customer-view.ts';
import { type Flag, flagOf } from './flag.ts';

/** Every setting of a customer. */
export interface FlagSet {
  flags: readonly Flag[];
  /** Of everything a client keeps. The number of the release is no part of it, since most releases change nothing for most. */
  digest: string;
}

/** Many ask for the same customer, and readers hand out one view to all of them. */
const known = new WeakMap<CustomerView, FlagSet>();

export function flagSetOf(view: CustomerView): FlagSet {
  const found = known.get(view);
  if (found) return found;
  const flags = Object.keys(view.settings).flatMap((key) => flagOf(view, key) ?? []);
  const { customer, plan, stage, freshness } = view;
  const set = { flags, digest: digestOf([customer, plan, stage, freshness.state === 'stale', flags]) };
  known.set(view, set);
  return set;
}

/** A short name of a value that can be written as JSON, safe in headers and addresses. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
