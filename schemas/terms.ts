/** What is agreed, not what the product does: billing and support terms, wherever they are written. */
import { z } from 'zod';
import { day, email, money, orUnset, percent, text, textLike } from './scalars.ts';
import type { SettingFields } from './setting-fields.ts';

const paymentTerms = textLike(/^(net[0-9]{1,3}|dueOnReceipt)$/, 'payment terms like net30, or dueOnReceipt').meta({
  description: 'Days until an invoice is due: `net30`, or `dueOnReceipt`.',
});

const discount = z.strictObject({ percent: percent.optional(), amount: money.optional(), until: day.optional() }).meta({
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

const responseHours = z
  .union([
    z.number().positive(),
    z.record(textLike(/^(severity[1-9]|other)$/, 'severity1, severity2, … or other'), z.number().positive()),
  ])
  .meta({ description: 'Hours to the first answer; one number, or by severity.' });

/** Terms that can be taken away again with `unset`. */
export const amendableTerms = (fields: SettingFields) => ({
  billing: z
    .strictObject({
      method: orUnset(z.enum(['card', 'invoice', 'manual'])).optional(),
      interval: orUnset(z.enum(['month', 'quarter', 'year'])).optional(),
      paymentTerms: orUnset(paymentTerms).optional(),
      purchaseOrder: text.optional(),
      unitPrices: orUnset(fields.amendedPrices)
        .optional()
        .meta({ description: "Agreed price of a unit, per the period of the plan's price." }),
      discount: orUnset(discount).optional(),
      credits: orUnset(z.array(credit)).optional(),
      usage: orUnset(z.enum(['postpaid', 'prepaid'])).optional(),
      commitments: orUnset(commitments(fields)).optional(),
      tax: orUnset(z.strictObject({ rate: percent })).optional(),
    })
    .meta({ title: 'Billing', description: 'How and when they pay.' }),
  support: z
    .strictObject({
      firstResponseHours: orUnset(responseHours).optional(),
      hours: text.optional().meta({ description: 'When support answers, such as `24x7`.' }),
      channel: text.optional(),
      contacts: orUnset(z.array(email)).optional(),
      slaCredits: orUnset(z.array(slaCredit)).optional(),
    })
    .meta({ title: 'Support', description: 'What support promises.' }),
});

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
