import { defineCheck } from './check.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'build-hours-missing',
  summary: 'a new exception does not say how many hours it takes to build',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, buildHours: null }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, buildHours: 0 }]' },
  },
  *find(change) {
    for (const { customer, pointer, before, after } of change.exceptions)
      if (!before && after.buildHours === undefined)
        yield {
          at: placeIn(customer, ...pointer, 'id'),
          message: `${after.id} does not say how long it takes to build`,
          help: 'write `buildHours`, 0 where a setting is all it takes: the price of an exception is part of its record',
        };
  },
});
