import { plural } from '../report/plural.ts';
import { defineCheck } from './check.ts';
import { exceptionLives } from './facts/exception-lives.ts';
import { keyIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'too-many-exceptions',
  summary: 'a customer has more exceptions in force or to come than anybody can keep true',
  scope: 'standing',
  severity: 'warning',
  options: {
    most: { kind: 'count', default: 8, description: 'How many a customer may have.' },
  },
  example: {
    before: { 'policies/checks.yaml': 'too-many-exceptions: { most: 1 }' },
    finds: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true } }, { set: { sessionHours: 8 } }]' },
    ignores: {
      'customers/acme.yaml':
        'exceptions: [{ set: { sso: true } }, { set: { sessionHours: 8 }, starts: 2026-01-01, expires: 2026-10-31 }]',
    },
  },
  *find(change, { most }) {
    for (const customer of change.standing) {
      if ((customer.data.exceptions?.length ?? 0) <= most) continue;
      const open = exceptionLives(change, customer).filter(
        ({ starts, lastDay }) => lastDay >= change.at && lastDay >= starts,
      );
      if (open.length <= most) continue;
      yield {
        at: keyIn(customer, 'exceptions'),
        message: `${customer.data.name} has ${plural(open.length, 'exception')} in force or to come; ${most} is the most`,
        help: 'end what is no longer needed, or sell them a plan that has it',
      };
    }
  },
});
