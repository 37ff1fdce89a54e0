import { exceptionId } from '../register/questions/exception-id.ts';
import { registerOf } from '../register/register.ts';
import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';
import { sameNeed, sameText } from './facts/plain-words.ts';

export const check = defineCheck({
  name: 'id-reused',
  summary: 'an id of an exception or of a closed customer now stands for something else',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    before: { 'customers/globex.yaml': 'exceptions: [{ id: EX-7, set: { sessionHours: 8 } }]' },
    finds: {
      'customers/globex.yaml': 'exceptions: []',
      'customers/acme.yaml': 'exceptions: [{ id: EX-7, set: { sso: true } }]',
    },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ id: EX-9, set: { sso: true } }]' },
  },
  *find(change) {
    const added = change.exceptions.filter(({ before }) => !before);
    const { customers } = change.base.model;
    for (const { customer, pointer, after } of added) {
      const [known] = registerOf(customers).find(exceptionId, after.id.toLowerCase());
      const first = known && customers.get(known.customer);
      if (!first) continue;
      yield {
        at: placeIn(customer, ...pointer, 'id'),
        message: `${after.id} is the id of a record of ${first.id}; an id is never given again, nor taken along`,
        help: 'give this record an id of its own, and leave the other where it was',
        related: { message: `${after.id} was here`, at: placeIn(first, 'exceptions', known.value) },
      };
    }
    for (const { customer, pointer, before, after } of change.exceptions) {
      const isOther =
        before &&
        sameNeed(before.need) !== sameNeed(after.need) &&
        (before.askedOn !== after.askedOn || before.askedBy !== after.askedBy);
      if (!isOther) continue;
      yield {
        at: placeIn(customer, ...pointer, 'id'),
        message: `${after.id} stood for another ask until now: “${before.need}”`,
        help: 'bring the record back as it was, and write the new ask as a record with an id of its own',
      };
    }
    for (const { id, before, after } of change.customers) {
      const wasClosed = before?.data.statuses?.at(-1)?.stage === 'closed';
      if (!before || !after || !wasClosed || sameText(before.data.name) === sameText(after.data.name)) continue;
      if (after.data.statuses?.at(-1)?.stage === 'closed') continue;
      yield {
        at: placeIn(after, 'name'),
        message: `${id} was ${before.data.name}, who is closed; an id is never given again`,
        help: 'give the new customer a file name of its own, and leave the closed one as it was',
      };
    }
  },
});
