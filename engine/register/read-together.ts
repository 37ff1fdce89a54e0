import { KnownCustomers } from './known-customers.ts';
import type { Customers } from './register.ts';

/** Before many are asked for one after the other: reads at once those of them whose files have not been read. */
export function readTogether(customers: Customers, ids: Iterable<string>): void {
  if (customers instanceof KnownCustomers) customers.read(ids);
}
