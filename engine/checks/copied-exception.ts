import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { Entry } from '../model.ts';
import { defineCheck } from './check.ts';
import { effectsOf } from './facts/effects-of.ts';
import { placeIn } from './facts/place-in.ts';
import { sameText } from './facts/plain-words.ts';

export const check = defineCheck({
  name: 'copied-exception',
  summary: 'a new exception was copied from another customer, words and all',
  scope: 'change',
  severity: 'warning',
  options: {},
  example: {
    before: {
      'customers/globex.yaml':
        'exceptions: [{ id: EX-7, set: { sessionHours: 8 }, need: Shifts sign in anew., because: Their auditors ask for it. }]',
    },
    finds: {
      'customers/acme.yaml':
        'exceptions: [{ set: { sessionHours: 8 }, need: Shifts sign in anew., because: Their auditors ask for it. }]',
    },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ set: { sessionHours: 8 }, need: Nurses share one tablet a ward., because: A shift is eight hours. }]',
    },
  },
  *find(change) {
    const added = change.exceptions.filter(({ before }) => !before);
    if (added.length === 0) return;
    const known = new Map<string, { customer: Entry<Customer>; index: number; id: string }>();
    for (const customer of change.base.model.customers.values())
      for (const [index, exception] of (customer.data.exceptions ?? []).entries())
        known.set(traceOf(exception), { customer, index, id: exception.id });
    for (const { customer, pointer, after } of added) {
      const model = known.get(traceOf(after));
      // The same id elsewhere is a record that moved: another check speaks of that.
      if (!model || model.customer.id === customer.id || model.id === after.id) continue;
      const isNew = !change.base.model.customers.has(customer.id);
      yield {
        at: placeIn(customer, ...pointer),
        message: `${after.id} is ${model.id} of ${model.customer.id} word for word${isNew ? ', in a new customer' : ''}`,
        help: 'write down what this customer needs and why, or leave it out; what several need is a plan setting or an add-on',
        related: { message: `${model.id} is here`, at: placeIn(model.customer, 'exceptions', model.index) },
      };
    }
  },
});

/** Equal where need, reason and effect are the same. */
const traceOf = (exception: Exception): string =>
  [
    exception.decision,
    sameText(exception.need),
    sameText(exception.because),
    ...effectsOf(exception)
      .map(({ key }) => key)
      .sort(),
  ].join('\n');
