import { defineCheck } from './check.ts';
import { identitiesOf } from './facts/identities-of.ts';
import { placeIn } from './facts/place-in.ts';
import { isPlaceholder } from './facts/plain-words.ts';

export const check = defineCheck({
  name: 'one-buyer-feature',
  summary: 'a feature is to be built for one buyer: nobody else is named who wants it',
  scope: 'change',
  severity: 'warning',
  options: {
    others: { kind: 'count', default: 1, description: 'How many others must want it.' },
  },
  example: {
    finds: { 'customers/acme.yaml': 'exceptions: [{ decision: feature, demand: [acme] }]' },
    ignores: { 'customers/acme.yaml': 'exceptions: [{ decision: feature, demand: [globex] }]' },
  },
  *find(change, { others }) {
    for (const { customer, pointer, after } of change.exceptions) {
      if (after.decision !== 'feature') continue;
      const own = new Set(identitiesOf(customer).map(({ key }) => key.slice(key.indexOf(' ') + 1)));
      const wanting = new Set(
        after.demand.map((name) => name.trim().toLowerCase()).filter((name) => !own.has(name) && !isPlaceholder(name)),
      );
      if (wanting.size >= others) continue;
      yield {
        at: placeIn(customer, ...pointer, 'demand'),
        message: `${after.id} is a feature for ${wanting.size === 0 ? 'one buyer: nobody else is named' : 'too few buyers'}`,
        help: 'name under `demand` who else wants it; for one buyer sell a service, promise something, or say no',
      };
    }
  },
});
