import { isSameFile } from '../diff/find-edits.ts';
import type { Customers } from './register.ts';

/** Customers as what differs from something that many have in common, such as one table. */
export interface Origin {
  common: object;
  /** Ids of those who may not be as they are there. */
  changed: ReadonlySet<string>;
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
  const candidates =
    one && other && one.common === other.common
      ? [...one.changed, ...other.changed]
      : [...before.keys(), ...after.keys()];
  return [...new Set(candidates)].filter((id) => !isSameFile(before.get(id), after.get(id))).sort();
}
