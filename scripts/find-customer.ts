import { nearest } from '../engine/did-you-mean.ts';
import type { Model } from '../engine/model.ts';
import { accountName } from '../engine/register/questions/account-name.ts';
import { registerOf } from '../engine/register/register.ts';
import { UsageError } from '../engine/usage-error.ts';

/** The id of the customer a user named by its id or by its account. Throws `UsageError` when there is none. */
export function findCustomer(model: Model, named: string): string {
  if (model.customers.has(named)) return named;
  for (const { customer } of registerOf(model.customers).find(accountName, named.toLowerCase()))
    if (model.customers.get(customer)?.data.account === named) return customer;
  const meant = nearest(named, model.customers.keys());
  throw new UsageError(
    `there is no customer ${named}`,
    meant
      ? `did you mean ${meant}?`
      : 'customers are the files under customers/; accounts without a file have only their plan',
  );
}
