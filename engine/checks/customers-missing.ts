import { differing } from '../register/differing.ts';
import { closed } from '../register/questions/closed.ts';
import { registerOf } from '../register/register.ts';
import { list } from '../report/list.ts';
import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { isClosed } from './facts/is-closed.ts';

export const check = defineCheck({
  name: 'customers-missing',
  summary: 'there are no customers any more, or far fewer than before',
  scope: 'change',
  severity: 'error',
  options: {
    percent: {
      kind: 'percent',
      default: 10,
      description: 'How many of the customers that are not closed may be missing.',
    },
    atLeast: { kind: 'count', default: 5, description: 'Up to so many, the percentage does not matter.' },
  },
  example: {
    finds: { 'customers/acme.yaml': undefined },
    ignores: { 'customers/acme.yaml': 'statuses: [{ stage: closed, since: 2026-11-20 }]' },
  },
  *find({ base, head }, { percent, atLeast }) {
    const before = base.model.customers;
    const missing = differing(before, head.model.customers)
      .flatMap((id) => (head.model.customers.has(id) ? [] : (before.get(id) ?? [])))
      .filter((customer) => !isClosed(customer))
      .sort((one, other) => (one.document.path < other.document.path ? -1 : 1))
      .map(({ id }) => id);
    const open = missing.length > atLeast ? before.size - registerOf(before).find(closed, '').length : before.size;
    const help =
      'bring the files back: a wrong folder, an incomplete checkout or an ignored path looks like this; a customer is ended by a status `closed`';
    if (before.size > 0 && head.model.customers.size === 0)
      yield { at: 'customers', message: `there is no customer left of ${before.size}`, help };
    else if (missing.length > atLeast && missing.length * 100 > percent * open)
      yield {
        at: 'customers',
        message: `${plural(missing.length, 'customer')} of ${open} are missing: ${list(missing, 5)}`,
        help,
      };
  },
});
