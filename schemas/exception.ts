import { z } from 'zod';
import { exceptionKinds } from './approvals.ts';
import { currency, day, key, money, recordId, text } from './scalars.ts';
import { areas } from './setting.ts';
import type { SettingFields } from './setting-fields.ts';
import { plainTerms } from './terms.ts';

const answer = z.enum(['keep', 'drop', 'ask', 'block']);

const asked = {
  id: recordId.meta({ description: 'Unique in the repository, never reused, never removed.' }),
  need: text.meta({ description: 'The outcome in plain words, not the requested build.' }),
  kind: z.enum(exceptionKinds),
  area: z
    .enum(areas)
    .optional()
    .meta({ description: 'The place it touches; derived from what it sets where that says it.' }),
  askedBy: text,
  askedOn: day,
  neededBy: day,
  worth: z.strictObject({ amount: money, currency, per: z.enum(['month', 'quarter', 'year', 'once']) }),
  demand: z.array(text).meta({ description: 'Others who want the same: customer ids or names of prospects.' }),
  usedBy: text.meta({ description: 'Who uses it, and how often.' }),
  because: text,
  owner: text.meta({ description: 'Who keeps it true.' }),
  handledBy: text.meta({ description: 'Who answers when it breaks.' }),
  livesIn: z.enum(['config', 'code', 'manual']).meta({ description: 'Where it lives; `manual` needs a runbook.' }),
  runbook: text.optional(),
  buildHours: z.number().min(0).optional(),
  hoursPerMonth: z.number().min(0).meta({ description: 'Upkeep.' }),
};

const breakGlass = z
  .strictObject({
    because: text.meta({ description: 'Why it could not wait for the usual approvals.' }),
    on: day.meta({ description: 'The day it was made; it lasts three days at most, this one included.' }),
    closed: z
      .strictObject({ on: day, because: text })
      .optional()
      .meta({ description: 'What became of it, under the usual approvals; releases wait for this once it is over.' }),
  })
  .meta({
    title: 'Break glass',
    description:
      'Made in an emergency, in a change of customers only: one approval of the class `breakGlass` is enough for three days. Closing it asks for every approval it would have needed.',
  });

const lasting = {
  starts: day,
  expires: z
    .union([day, z.literal('contract')])
    .meta({ description: 'The last day, or `contract`: as long as the contract in force on `starts`.' }),
  onUpgrade: answer,
  onDowngrade: answer,
  onLapse: answer,
  breakGlass: breakGlass.optional(),
};

export const accessRule = z
  .strictObject({
    action: key,
    approver: key.optional().meta({ description: 'The role that approves it.' }),
    only: z.array(key).optional().meta({ description: 'The only roles that may.' }),
    group: text.optional().meta({ description: 'For one group; without it, for everybody.' }),
  })
  .meta({ title: 'Access rule' });

/** The record of a special ask, whatever was decided. */
export const exceptionOf = (fields: SettingFields) => {
  const { billing, support } = plainTerms(fields);
  return z.discriminatedUnion('decision', [
    z
      .strictObject({
        ...asked,
        decision: z.literal('configuration'),
        set: fields.values.optional(),
        add: fields.adds.optional().meta({ description: 'Adds to a limit instead of setting it.' }),
        access: z.array(accessRule).optional(),
        lowers: z.boolean().optional().meta({ description: 'It is meant to be less than what it covers.' }),
        ...lasting,
      })
      .meta({ title: 'Configuration', description: 'Sets, adds to, or tightens something the product already has.' }),
    z
      .strictObject({
        ...asked,
        decision: z.literal('feature'),
        tracking: text.optional(),
        settings: z.array(fields.name).optional(),
      })
      .meta({ title: 'Feature', description: 'Becomes part of the product, for any plan.' }),
    z
      .strictObject({
        ...asked,
        decision: z.literal('service'),
        price: z.strictObject({ amount: money, currency }).optional(),
        ends: day.optional(),
      })
      .meta({ title: 'Service', description: 'Work that is sold, leaving nothing in the product.' }),
    z
      .strictObject({
        ...asked,
        decision: z.literal('promise'),
        terms: z.strictObject({ billing: billing.optional(), support: support.optional() }),
        ...lasting,
      })
      .meta({ title: 'Promise', description: 'Changes terms, never settings.' }),
    z
      .strictObject({
        ...asked,
        decision: z.literal('no'),
        offer: text.optional().meta({ description: 'What was offered instead.' }),
        refuses: z
          .strictObject({ settings: z.array(fields.name).optional(), actions: z.array(key).optional() })
          .optional(),
      })
      .meta({ title: 'No', description: 'Refused; the record stays, and blocks.' }),
  ]);
};

export type Exception = z.infer<ReturnType<typeof exceptionOf>>;
export type Configuration = Extract<Exception, { decision: 'configuration' }>;
export type PromiseException = Extract<Exception, { decision: 'promise' }>;
/** Exceptions that take effect over time. */
export type Lasting = Configuration | PromiseException;
