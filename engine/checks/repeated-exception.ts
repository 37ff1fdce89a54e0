import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import { needKey, openException, subjectKey } from '../register/questions/open-exception.ts';
import { registerOf } from '../register/register.ts';
import { list } from '../report/list.ts';
import { grouped, plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { effectsOf } from './facts/effects-of.ts';
import { isOpen } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'repeated-exception',
  summary:
    'several customers have the same exception, or ask for the same in other words: it wants to be a plan setting or an add-on',
  scope: 'standing',
  severity: 'warning',
  options: {
    same: { kind: 'count', default: 3, description: 'From how many customers on with the same value.' },
    near: { kind: 'count', default: 5, description: 'From how many customers on with other values of one setting.' },
    need: { kind: 'count', default: 3, description: 'From how many customers on with the same need in words.' },
  },
  example: {
    before: {
      'customers/globex.yaml': 'exceptions: [{ id: EX-7, set: { sessionHours: 8 } }]',
      'customers/initech.yaml': 'exceptions: [{ id: EX-8, set: { sessionHours: 8 } }]',
    },
    finds: { 'customers/acme.yaml': 'exceptions: [{ set: { sessionHours: 8 }, need: Shifts sign in anew. }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { sessionHours: 12 }, need: Shifts sign in anew. }]' },
  },
  *find(change, options) {
    const membersOf = groupsIn(change);
    const told = new Set<string>();
    // A group is told once, at the first record of it: that names the others.
    const tell = (group: string, customer: Entry<Customer>, from: number): string | undefined => {
      const members = membersOf(group);
      if (members.size < from || told.has(group)) return undefined;
      told.add(group);
      return namesOf(members, customer.id);
    };
    const count = (group: string): string => plural(membersOf(group).size, 'customer');
    for (const customer of change.standing)
      for (const [index, exception] of (customer.data.exceptions ?? []).entries()) {
        if (!isOpen(exception, customer, change.at)) continue;
        const found = effectsOf(exception).flatMap(({ key, kind, subject, words }) => {
          const same = tell(key, customer, options.same);
          if (same !== undefined) return [`${count(key)} have an exception for ${words}: ${same}`];
          const near = told.has(key) ? undefined : tell(subjectKey(kind, subject), customer, options.near);
          return near === undefined
            ? []
            : [
                `${count(subjectKey(kind, subject))} have an exception on ${subject}, each with a value of its own: ${near}`,
              ];
        });
        for (const message of found)
          yield {
            at: placeIn(customer, 'exceptions', index),
            message,
            help: 'make it a setting of their plan, or an add-on that sales can sell without asking; then end the exceptions',
          };
        const need = needKey(exception.need);
        const isTold = effectsOf(exception).some(
          ({ key, kind, subject }) => told.has(key) || told.has(subjectKey(kind, subject)),
        );
        const wanting = isTold ? undefined : tell(need, customer, options.need);
        if (wanting !== undefined)
          yield {
            at: placeIn(customer, 'exceptions', index, 'need'),
            message: `${count(need)} need the same, and got it in different ways: ${wanting}`,
            help: 'answer it once for all of them: a plan setting, an add-on or a feature',
          };
      }
  },
});

/** The customer and a few others; of thousands nobody reads all. */
function namesOf(members: ReadonlySet<string>, id: string): string {
  const shown = [id];
  for (const other of members) {
    if (shown.length === 6) break;
    if (other !== id) shown.push(other);
  }
  const rest = members.size - shown.length;
  return list(rest > 0 ? [...shown, `${grouped(rest)} more`] : shown);
}

/** Who has an exception of a group that is in force or still to come. */
function groupsIn({ head, at }: CheckedChange): (group: string) => ReadonlySet<string> {
  const register = registerOf(head.model.customers);
  const groups = new Map<string, Set<string>>();
  return (group) => {
    const known =
      groups.get(group) ??
      new Set(
        register.find(openException, group).flatMap(({ customer, value: until }) => (until >= at ? [customer] : [])),
      );
    groups.set(group, known);
    return known;
  };
}
