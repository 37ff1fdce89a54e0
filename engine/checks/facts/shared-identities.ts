import type { CheckedChange } from '../checked-change.ts';
import { identitiesOf } from './identities-of.ts';

/** What a new customer's file shares with another customer, there, closed or gone. */
export interface SharedIdentity {
  words: string;
  other: string;
}

/** By the id of each new customer. One pass over everybody, and none where nobody is new. */
export function sharedIdentities({ customers, base, head }: CheckedChange): Map<string, SharedIdentity[]> {
  const added = customers.flatMap(({ before, after }) => (after && !before ? [after] : []));
  const shared = new Map<string, SharedIdentity[]>();
  if (added.length === 0) return shared;
  const owners = new Map<string, string[]>();
  for (const customer of [...base.model.customers.values(), ...head.model.customers.values()])
    for (const { key } of identitiesOf(customer)) {
      const known = owners.get(key);
      if (!known) owners.set(key, [customer.id]);
      else if (!known.includes(customer.id)) known.push(customer.id);
    }
  for (const customer of added) {
    const found = identitiesOf(customer).flatMap(({ key, words }) => {
      const other = owners.get(key)?.find((id) => id !== customer.id);
      return other === undefined ? [] : [{ words, other }];
    });
    if (found.length > 0) shared.set(customer.id, found);
  }
  return shared;
}
