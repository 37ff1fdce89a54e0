import { exceptionOwner, ownerKey } from '../register/questions/exception-owner.ts';
import { registerOf } from '../register/register.ts';
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
    const { personOf, namesOf } = peopleOf(change);
    const register = registerOf(change.head.model.customers);
    const ownedBy = (person: string) =>
      namesOf(person)
        .flatMap((name) => register.find(exceptionOwner, name))
        .filter(({ value: until }) => until >= change.at)
        .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
    const told = new Set<string>();
    for (const customer of change.standing)
      for (const [index, exception] of (customer.data.exceptions ?? []).entries()) {
        const person = personOf(exception.owner);
        if (person === undefined || told.has(person) || !isOpen(exception, customer, change.at)) continue;
        told.add(person);
        const theirs = ownedBy(person);
        if (theirs.length <= most) continue;
        yield {
          at: placeIn(customer, 'exceptions', index, 'owner'),
          message: `${exception.owner} owns ${plural(theirs.length, 'exception')} at ${list([...new Set(theirs.map(({ customer: id }) => id))], 5)}; ${most} is the most for one person`,
          help: 'let a team own them, or share them out',
        };
      }
  },
});

interface People {
  /** Who is meant by an owner, where it is a person: an e-mail address, or somebody who may approve. */
  personOf(owner: string): string | undefined;
  /** Every owner by which a person is meant. */
  namesOf(person: string): readonly string[];
}

function peopleOf({ base }: CheckedChange): People {
  const known = new Map<string, string>();
  for (const { id, login, name, emails = [] } of base.model.world.approvers?.data.people ?? [])
    for (const word of [login, ...(name === undefined ? [] : [name]), ...emails])
      known.set(word.toLowerCase(), String(id));
  return {
    personOf: (owner) => known.get(ownerKey(owner)) ?? (owner.includes('@') ? ownerKey(owner) : undefined),
    namesOf(person) {
      const names = [...known].flatMap(([name, id]) => (id === person ? [name] : []));
      return names.length > 0 ? names : [person];
    },
  };
}
