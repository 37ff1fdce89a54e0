import { identity } from '../../register/questions/identity.ts';
import { registerOf } from '../../register/register.ts';
import type { CheckedChange } from '../checked-change.ts';
import { identitiesOf } from './identities-of.ts';

/** What a new customer's file shares with another customer, there, closed or gone. */
export interface SharedIdentity {
  words: string;
  other: string;
}

/** By the id of each new customer. */
export function sharedIdentities({ customers, base, head }: CheckedChange): Map<string, SharedIdentity[]> {
  const added = customers.flatMap(({ before, after }) => (after && !before ? [after] : []));
  const shared = new Map<string, SharedIdentity[]>();
  const registers = [base, head].map(({ model }) => registerOf(model.customers));
  for (const customer of added) {
    const found = identitiesOf(customer).flatMap(({ key, words }) => {
      const owners = registers.flatMap((register) => register.find(identity, key));
      const other = owners.find((owner) => owner.customer !== customer.id)?.customer;
      return other === undefined ? [] : [{ words, other }];
    });
    if (found.length > 0) shared.set(customer.id, found);
  }
  return shared;
}
