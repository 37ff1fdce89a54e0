import { isSameFile } from '../diff/find-edits.ts';
import { expectAll } from './expect-all.ts';
import type { Customers } from './register.ts';

/** Customers as what differs from something that many have in common, such as one table. */
export interface Origin {
  common: object;
  /** Ids of those who may not be as they are there. */
  changed: ReadonlySet<string>;
  /** git's ids of everybody's files, by the customer, without any of them being read. */
  oids(): Iterable<readonly [id: string, oid: string]>;
}

const origins = new WeakMap<Customers, Origin>();

/** From now on these customers are known to be like everybody's with this origin, but for the changed ones. */
export function setOrigin(customers: Customers, origin: Origin): void {
  origins.set(customers, origin);
}

/** Ids, sorted, of customers whose files do not say the same on two sides, or who are on one side alone. */
export function differing(before: Customers, after: Customers): string[] {
  if (before === after) return [];
  const [one, other] = [origins.get(before), origins.get(after)];
  const candidates = new Set(
    one && other && one.common === other.common ? [...one.changed, ...other.changed] : otherFiles(before, after),
  );
  const sorted = [...candidates].sort();
  expectAll(before, sorted);
  expectAll(after, sorted);
  return sorted.filter((id) => !isSameFile(before.get(id), after.get(id)));
}

/** Those who have not one file of the same bytes on both sides. */
function otherFiles(before: Customers, after: Customers): string[] {
  const left = new Map(oidsOf(before));
  const other: string[] = [];
  for (const [id, oid] of oidsOf(after)) {
    if (oid === '' || left.get(id) !== oid) other.push(id);
    left.delete(id);
  }
  return [...other, ...left.keys()];
}

const oidsOf = (customers: Customers): Iterable<readonly [id: string, oid: string]> =>
  origins.get(customers)?.oids() ?? [...customers].map(([id, { oid }]) => [id, oid] as const);
