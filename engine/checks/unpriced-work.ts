import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'unpriced-work',
  summary: 'a service has no price or no end',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: { 'customers/acme.yaml': 'exceptions: [{ decision: service, price: { amount: "900.00", currency: USD } }]' },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ decision: service, price: { amount: "900.00", currency: USD }, ends: 2027-02-28 }]',
    },
  },
  *find(change) {
    for (const { customer, pointer, after } of change.exceptions) {
      if (after.decision !== 'service') continue;
      const missing = [...(after.price ? [] : ['price']), ...(after.ends === undefined ? ['end'] : [])];
      if (missing.length === 0) continue;
      yield {
        at: placeIn(customer, ...pointer, 'decision'),
        message: `${after.id} is a service without ${missing.map((word) => (word === 'end' ? 'an end' : 'a price')).join(' and without ')}`,
        help: 'write `price: { amount, currency }` and `ends`; work without a price is a gift, work without an end is a job',
      };
    }
  },
});
