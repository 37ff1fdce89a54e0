/** What is agreed, not what the product does: billing and support terms, wherever they are written. */
import { z } from 'zod';
import { day, email, money, orUnset, percent, text, textLike } from './scalars.ts';
import type { SettingFields } from './setting-fields.ts';

const paymentTerms = textLike(/^(net[0-9]{1,3}|dueOnReceipt)$/, 'payment terms like net30, or dueOnReceipt').meta({
  description: 'Days until an invoice is due: `net30`, or `dueOnReceipt`.',
});

const discountOf = (may: Removable) =>
  z.strictObject({ percent: may(percent).optional(), amount: may(money).optional(), until: may(day).optional() }).meta({
    title: 'Discount',
    description: 'A percentage or an amount off the recurring lines, to `until` (last day).',
  });

const credit = z
  .strictObject({ amount: money, on: day.optional(), until: day.optional(), reason: text.optional() })
  .meta({ title: 'Credit' });

const commitments = (fields: SettingFields) =>
  z.array(
    z
      .strictObject({
        setting: fields.name,
        quantity: z.number().min(0),
        per: z.enum(['month', 'quarter', 'year']),
        amount: money,
        overage: money.optional(),
      })
      .meta({ title: 'Commitment', description: 'Use paid ahead, and the price of a unit above it.' }),
  );

const slaCredit = z.strictObject({ uptimeBelow: percent, percent });

const responseHoursOf = (may: Removable) =>
  z
    .union([
      z.number().positive(),
      z.record(
        z.string().regex(/^(severity[1-9]|other)$/, 'severity1, severity2, … or other'),
        may(z.number().positive()),
      ),
    ])
    .meta({ description: 'Hours to the first answer; one number, or by severity.' });

/** Wraps what may be taken away again; the identity where nothing may. */
type Removable = <T extends z.ZodType>(schema: T) => z.ZodType<z.output<T> | 'unset'>;

const termsOf = (fields: SettingFields, prices: SettingFields['amendedPrices'], may: Removable) => ({
  billing: z
    .strictObject({
      method: may(z.enum(['card', 'invoice', 'manual'])).optional(),
      interval: may(z.enum(['month', 'quarter', 'year'])).optional(),
      paymentTerms: may(paymentTerms).optional(),
      purchaseOrder: text.optional(),
      unitPrices: may(prices)
        .optional()
        .meta({ description: "Agreed price of a unit, per the period of the plan's price." }),
      discount: may(discountOf(may)).optional(),
      credits: may(z.array(credit)).optional(),
      usage: may(z.enum(['postpaid', 'prepaid'])).optional(),
      commitments: may(commitments(fields)).optional(),
      tax: may(z.strictObject({ rate: percent })).optional(),
    })
    .meta({ title: 'Billing', description: 'How and when they pay.' }),
  support: z
    .strictObject({
      firstResponseHours: may(responseHoursOf(may)).optional(),
      hours: text.optional().meta({ description: 'When support answers, such as `24x7`.' }),
      channel: text.optional(),
      contacts: may(z.array(email)).optional(),
      slaCredits: may(z.array(slaCredit)).optional(),
    })
    .meta({ title: 'Support', description: 'What support promises.' }),
});

/** Terms as a plan, an add-on, a trial or a promise states them. */
export const plainTerms = (fields: SettingFields) =>
  termsOf(fields, fields.prices, (schema) => schema as unknown as ReturnType<typeof orUnset<typeof schema>>);

/** Terms of an account, a contract or an amendment: what lies below can be taken away with `unset`. */
export const amendableTerms = (fields: SettingFields) => termsOf(fields, fields.amendedPrices, orUnset);

/** The parts of the agreement that are promises in words. */
export const promise = z
  .strictObject({
    what: text,
    owner: text,
    livesIn: z.enum(['config', 'code', 'manual']).optional(),
    runbook: text.optional(),
  })
  .meta({ title: 'Promise' });

export const renewal = z
  .strictObject({
    kind: z.enum(['manual', 'auto', 'none']),
    noticeDays: z.int().min(0).optional(),
    months: z
      .int()
      .min(1)
      .optional()
      .meta({ description: "Length of each renewed term; without it, the first term's." }),
    maxIncreasePercent: percent.optional(),
  })
  .meta({
    title: 'Renewal',
    description: 'What happens after the last day: somebody decides, it goes on, or it ends.',
  });

/** A renewal as an amendment changes it: leaf by leaf. */
export const amendedRenewal = z
  .strictObject({
    kind: renewal.shape.kind.optional(),
    noticeDays: orUnset(z.int().min(0)).optional(),
    months: orUnset(z.int().min(1)).optional(),
    maxIncreasePercent: orUnset(percent).optional(),
  })
  .meta({ title: 'Renewal' });
