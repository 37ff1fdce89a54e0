import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { isOpen } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'owns-too-much',
  summary: 'one person keeps more exceptions true than anybody could take over: what only one knows is lost with them',
  scope: 'standing',
  severity: 'warning',
  options: {
    most: { kind: 'count', default: 12, description: 'How many exceptions one person may own, over all customers.' },
  },
  example: {
    before: {
      'policies/checks.yaml': 'owns-too-much: { most: 1 }',
      'customers/globex.yaml': 'exceptions: [{ owner: lee@product.example, set: { sessionHours: 8 } }]',
    },
    finds: { 'customers/acme.yaml': 'exceptions: [{ owner: lee@product.example, set: { sso: true } }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ owner: team-access, set: { sso: true } }]' },
  },
  *find(change, { most }) {
    const personOf = peopleOf(change);
    const owned = new Map<string, Entry<Customer>[]>();
    for (const customer of change.head.model.customers.values())
      for (const exception of customer.data.exceptions ?? []) {
        const person = personOf(exception.owner);
        if (person === undefined || !isOpen(exception, customer, change.at)) continue;
        const known = owned.get(person);
        if (known) known.push(customer);
        else owned.set(person, [customer]);
      }
    const told = new Set<string>();
    for (const customer of change.standing)
      for (const [index, exception] of (customer.data.exceptions ?? []).entries()) {
        const person = personOf(exception.owner) ?? '';
        const theirs = owned.get(person) ?? [];
        if (theirs.length <= most || told.has(person) || !isOpen(exception, customer, change.at)) continue;
        told.add(person);
        yield {
          at: placeIn(customer, 'exceptions', index, 'owner'),
          message: `${exception.owner} owns ${plural(theirs.length, 'exception')} at ${list([...new Set(theirs.map(({ id }) => id))], 5)}; ${most} is the most for one person`,
          help: 'let a team own them, or share them out',
        };
      }
  },
});

/** Who is meant by an owner, where it is a person: an e-mail address, or somebody who may approve. */
function peopleOf({ base }: CheckedChange): (owner: string) => string | undefined {
  const known = new Map<string, string>();
  for (const { id, login, name, emails = [] } of base.model.world.approvers?.data.people ?? [])
    for (const word of [login, ...(name === undefined ? [] : [name]), ...emails])
      known.set(word.toLowerCase(), String(id));
  return (owner) =>
    known.get(owner.trim().toLowerCase()) ?? (owner.includes('@') ? owner.trim().toLowerCase() : undefined);
}
