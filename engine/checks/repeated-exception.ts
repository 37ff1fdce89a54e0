import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import type { CheckedChange } from './checked-change.ts';
import { effectsOf } from './facts/effects-of.ts';
import { isOpen } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';
import { sameNeed } from './facts/plain-words.ts';

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
    const groups = groupsOf(change);
    for (const customer of change.standing)
      for (const [index, exception] of (customer.data.exceptions ?? []).entries()) {
        if (!isOpen(exception, customer, change.at)) continue;
        const said = new Set<string>();
        for (const { key, kind, subject, words } of effectsOf(exception)) {
          const others = (group: string): string[] => [...(groups.get(group) ?? [])].filter((id) => id !== customer.id);
          const [same, near] = [others(key), others(`${kind} ${subject}`)];
          const isSame = same.length + 1 >= options.same;
          if (!isSame && near.length + 1 < options.near) continue;
          said.add(key);
          yield {
            at: placeIn(customer, 'exceptions', index),
            message: isSame
              ? `${plural(same.length + 1, 'customer')} have an exception for ${words}: ${list([customer.id, ...same])}`
              : `${plural(near.length + 1, 'customer')} have an exception on ${subject}, each with a value of its own: ${list([customer.id, ...near])}`,
            help: 'make it a setting of their plan, or an add-on that sales can sell without asking; then end the exceptions',
          };
        }
        const wanting = [...(groups.get(`need ${sameNeed(exception.need)}`) ?? [])].filter((id) => id !== customer.id);
        if (said.size > 0 || wanting.length + 1 < options.need) continue;
        yield {
          at: placeIn(customer, 'exceptions', index, 'need'),
          message: `${plural(wanting.length + 1, 'customer')} need the same, and got it in different ways: ${list([customer.id, ...wanting])}`,
          help: 'answer it once for all of them: a plan setting, an add-on or a feature',
        };
      }
  },
});

/** Who has what, over everybody, in one pass. */
function groupsOf(change: CheckedChange): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  const add = (key: string, { id }: Entry<Customer>) => {
    const group = groups.get(key);
    if (group) group.add(id);
    else groups.set(key, new Set([id]));
  };
  for (const customer of change.head.model.customers.values())
    for (const exception of customer.data.exceptions ?? []) {
      if (!isOpen(exception, customer, change.at)) continue;
      add(`need ${sameNeed(exception.need)}`, customer);
      for (const { key, kind, subject } of effectsOf(exception)) {
        add(key, customer);
        add(`${kind} ${subject}`, customer);
      }
    }
  return groups;
}
