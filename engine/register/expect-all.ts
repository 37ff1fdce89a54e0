import { KnownCustomers } from './known-customers.ts';
import type { Customers } from './register.ts';

/** Says in which order many customers are going to be asked for, where they still have to be read. */
export function expectAll(customers: Customers, ids: readonly string[]): void {
  if (customers instanceof KnownCustomers) customers.expect(ids);
}
