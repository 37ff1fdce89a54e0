import { isMoreFavourable } from '../../runtime/terms/favour.ts';
import { valueText } from '../report/value-text.ts';
import { defineCheck } from './check.ts';
import { compareWithout, daysText } from './facts/compare-without.ts';
import { exceptionLives } from './facts/exception-lives.ts';
import { placeIn } from './facts/place-in.ts';

export const check = defineCheck({
  name: 'lowers-unsaid',
  summary: 'an exception gives less than the customer has without it, and does not say `lowers: true`',
  scope: 'change',
  severity: 'error',
  options: {},
  example: {
    finds: { 'customers/acme.yaml': 'plan: studio@2\nexceptions: [{ set: { apiCalls: 20000 } }]' },
    ignores: { 'customers/acme.yaml': 'plan: studio@2\nexceptions: [{ set: { apiCalls: 20000 }, lowers: true }]' },
  },
  *find(change) {
    const { settings } = change.head.model.world;
    for (const { customer, index, pointer, after } of change.exceptions) {
      if (after.decision !== 'configuration' || after.lowers) continue;
      const life = exceptionLives(change, customer).find((one) => one.index === index);
      if (!life) continue;
      const days = compareWithout(change, life);
      for (const part of ['set', 'add'] as const)
        for (const key of Object.keys(after[part] ?? {})) {
          const setting = settings[key];
          const lower = days.find(
            (stretch) =>
              setting &&
              isMoreFavourable(setting, stretch.without[key] ?? setting.default, stretch.with[key] ?? setting.default),
          );
          if (!lower) continue;
          yield {
            at: placeIn(customer, ...pointer, part, key),
            message: `${after.id} lowers ${key}: ${valueText(lower.with[key])} instead of ${valueText(lower.without[key])} ${daysText(lower)} (${lower.plan})`,
            help: 'write `lowers: true` if that is meant; otherwise give more than the plan does, or `add`',
          };
        }
    }
  },
});
