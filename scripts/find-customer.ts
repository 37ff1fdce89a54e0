import { nearest } from '../engine/did-you-mean.ts';
import type { Model } from '../engine/model.ts';
import { customerKnownAs } from '../engine/register/customer-known-as.ts';
import { UsageError } from '../engine/usage-error.ts';

/** The id of the customer a user named by its id or by its account. Throws `UsageError` when there is none. */
export function findCustomer(model: Model, named: string): string {
  const found = customerKnownAs(model.customers, named);
  if (found) return found.id;
  const meant = nearest(named, model.customers.keys());
  throw new UsageError(
    `there is no customer ${named}`,
    meant
      ? `did you mean ${meant}?`
      : 'customers are the files under customers/; accounts without a file have only their plan',
  );
}
