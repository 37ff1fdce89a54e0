import { z } from 'zod';
import { currency, day, key, money, planRef, pricePeriod, text } from './scalars.ts';
import type { SettingFields } from './setting-fields.ts';
import { plainTerms } from './terms.ts';

const priceOf = (fields: SettingFields) =>
  z
    .strictObject({
      free: z.literal(true).optional().meta({ description: 'The plan costs nothing; the only way to say so.' }),
      contactSales: z.literal(true).optional(),
      formula: text.optional().meta({ description: 'A price in words, such as `1% of volume, at most $99`.' }),
      currency: currency.optional(),
      per: pricePeriod.optional().meta({ description: 'What every amount below is for.' }),
      amount: money.optional(),
      units: fields.units
        .optional()
        .meta({ description: 'Settings sold by the unit above what the plan includes; this makes quantities legal.' }),
      usage: fields.usage.optional().meta({ description: 'Overage above a limit.' }),
      periods: z
        .strictObject({
          month: z.number().positive().optional(),
          quarter: z.number().positive().optional(),
          year: z.number().positive().optional(),
        })
        .optional()
        .meta({ description: 'Billing periods and what they cost, in multiples of `per`.' }),
      oneTime: z.record(key, money).optional(),
    })
    .meta({ title: 'Price', description: 'An amount, or `free: true`, `contactSales: true`, `formula: "…"`.' });

const becomes = z
  .strictObject({
    plan: planRef,
    on: day.meta({ description: 'The first day they have the other plan.' }),
  })
  .meta({ title: 'Becomes', description: 'Another plan from a day on, for base plans.' });

/** `plans/<name>@<version>.yaml` */
export const planOf = (fields: SettingFields) =>
  z
    .strictObject({
      name: text,
      rank: z
        .int()
        .min(0)
        .meta({ description: 'Order of plans: higher is an upgrade, lower a downgrade, equal neither.' }),
      sold: z
        .boolean()
        .optional()
        .meta({ description: '`false` = grandfathered: who has it keeps it, nobody new gets it. Without it: `true`.' }),
      settings: fields.values.optional().meta({ description: 'What differs from the day-one defaults.' }),
      price: priceOf(fields),
      standardTerms: z.strictObject(partialTerms(fields)).optional(),
      becomes: becomes
        .optional()
        .meta({ description: 'Moves everybody who has the plan as base plan; contracts and trials never.' }),
    })
    .meta({ title: 'Plan', description: 'A plan version: what it includes and costs.' });

const partialTerms = (fields: SettingFields) => {
  const { billing, support } = plainTerms(fields);
  return { billing: billing.optional(), support: support.optional() };
};

export type Plan = z.infer<ReturnType<typeof planOf>>;
