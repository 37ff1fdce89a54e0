import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import { accountName } from './questions/account-name.ts';
import { type Customers, registerOf } from './register.ts';

/** The customer of this id, or else of this account. */
export function customerKnownAs(customers: Customers, named: string): Entry<Customer> | undefined {
  const found = customers.get(named);
  if (found) return found;
  for (const { customer } of registerOf(customers).find(accountName, named.toLowerCase())) {
    const entry = customers.get(customer);
    if (entry?.data.account === named) return entry;
  }
  return undefined;
}
