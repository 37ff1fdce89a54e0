import { exceptionWording, wordingOf } from '../register/questions/exception-wording.ts';
import { registerOf } from '../register/register.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';

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
    const { customers } = change.base.model;
    for (const { customer, pointer, after } of added) {
      const models = registerOf(customers)
        .find(exceptionWording, wordingOf(after))
        .map(({ customer: other, value: [index, id] }) => ({ other, index, id }))
        // The same id elsewhere is a record that moved: another check speaks of that.
        .filter(({ other, id }) => other !== customer.id && id !== after.id);
      const model = models[0];
      const origin = model && customers.get(model.other);
      if (!origin) continue;
      const isNew = !customers.has(customer.id);
      yield {
        at: placeIn(customer, ...pointer),
        message: `${after.id} is ${model.id} of ${model.other} word for word${isNew ? ', in a new customer' : ''}`,
        help: 'write down what this customer needs and why, or leave it out; what several need is a plan setting or an add-on',
        related: { message: `${model.id} is here`, at: placeIn(origin, 'exceptions', model.index) },
      };
    }
  },
});
