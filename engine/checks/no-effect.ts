import { sameValue } from '../../runtime/terms/favour.ts';
import { valueText } from '../report/value-text.ts';
import { defineCheck } from './check.ts';
import { compareWithout } from './facts/compare-without.ts';
import { exceptionLives } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'no-effect',
  summary: 'an exception gives what the customer has anyway, on all its days',
  scope: 'change',
  severity: 'warning',
  options: {},
  example: {
    finds: { 'customers/acme.yaml': 'plan: enterprise@1\nexceptions: [{ set: { sso: true } }]' },
    ignores: { 'customers/acme.yaml': 'plan: studio@2\nexceptions: [{ set: { sso: true } }]' },
  },
  *find(change) {
    for (const { customer, index, pointer } of change.exceptions) {
      const life = exceptionLives(change, customer).find((one) => one.index === index);
      if (!life) continue;
      const { exception } = life;
      const days = compareWithout(change, life);
      if (days.length === 0) continue;
      if (exception.decision === 'promise') {
        if (days.every(({ sameTerms }) => sameTerms))
          yield {
            at: placeIn(customer, ...pointer, 'terms'),
            message: `${exception.id} promises what is agreed anyway, on all its days`,
            help: 'leave it out: one record less to keep true',
          };
        continue;
      }
      for (const part of ['set', 'add'] as const)
        for (const key of Object.keys(exception[part] ?? {})) {
          const isSame = days.every((stretch) => sameValue(stretch.with[key], stretch.without[key]));
          if (!isSame) continue;
          yield {
            at: placeIn(customer, ...pointer, part, key),
            message: `${exception.id} gives ${key} ${valueText(days[0]?.with[key])}, which the customer has anyway on all its days (${[...new Set(days.map(({ plan }) => plan))].join(', ')})`,
            help: 'leave it out: one record less to keep true',
          };
        }
    }
  },
});
