import { z } from 'zod';
import { exceptionOf } from './exception.ts';
import { day, key, money, orUnset, planRef, recordId, text } from './scalars.ts';
import type { SettingFields } from './setting-fields.ts';
import { amendableTerms, amendedRenewal, plainTerms, promise, renewal } from './terms.ts';

/** `customers/…/<id>.yaml`: one shape from the five-line account to the 700-person contract. */
export const customerOf = (fields: SettingFields) => {
  const { billing, support } = amendableTerms(fields);
  const plain = plainTerms(fields);
  const terms = { billing: billing.optional(), support: support.optional() };

  const accountAmendment = z
    .strictObject({
      on: day,
      because: text.optional(),
      plan: planRef.optional(),
      quantities: fields.amendedQuantities.optional(),
      ...terms,
    })
    .meta({ title: 'Amendment', description: 'What changes on that day; everything else stays.' });

  const contractAmendment = z
    .strictObject({
      on: day,
      because: text.optional(),
      plan: planRef.optional(),
      ends: orUnset(day).optional(),
      renewal: orUnset(amendedRenewal).optional(),
      quantities: fields.amendedQuantities.optional(),
      ...terms,
      promises: orUnset(z.array(promise)).optional(),
    })
    .meta({ title: 'Amendment', description: 'What changes on that day; everything else of the contract stays.' });

  const trial = z
    .strictObject({
      kind: z.enum(['trial', 'pilot']),
      plan: planRef,
      starts: day,
      ends: day,
      groups: z.array(text).optional().meta({ description: 'Who takes part; no effect on settings.' }),
      quantities: fields.quantities.optional(),
      billing: plain.billing.optional(),
      support: plain.support.optional(),
    })
    .meta({ title: 'Trial' });

  const contract = z
    .strictObject({
      id: recordId,
      plan: planRef,
      signed: day.optional(),
      starts: day,
      ends: day.optional().meta({ description: 'The last day; without it, month to month.' }),
      renewal: renewal.optional(),
      quantities: fields.quantities.optional(),
      ...terms,
      promises: z.array(promise).optional(),
      amendments: z.array(contractAmendment).optional(),
    })
    .meta({ title: 'Contract' });

  const status = z
    .strictObject({
      stage: z.enum(['pastDue', 'suspended', 'closed']),
      since: day,
      until: day.optional().meta({ description: 'The last day of the status, whatever it has become by then.' }),
      because: text.optional(),
    })
    .meta({ title: 'Status', description: 'Only what dates cannot tell.' });

  return z
    .strictObject({
      name: text.meta({ description: 'The company, as people call it.' }),
      account: text.optional().meta({ description: "The product's own id, where it is not the file name." }),
      aliases: z
        .array(text)
        .optional()
        .meta({ description: 'Other names; the scanner looks for them in product source.' }),
      domains: z.array(text).optional().meta({ description: 'Web and e-mail domains of the company.' }),
      externalIds: z
        .record(z.string(), text)
        .optional()
        .meta({ description: 'Its ids in other systems, such as `stripe`.' }),
      accountOwner: text.optional().meta({ description: 'Who of ours looks after them.' }),
      plan: planRef.meta({
        description: 'The base plan: what applies while neither a trial nor a contract is in force.',
      }),
      staysOn: planRef.optional().meta({
        description: 'A plan that `becomes` another: this customer keeps it as base plan.',
      }),
      quantities: fields.quantities.optional().meta({ description: 'Totals, including what the plan includes.' }),
      ...terms,
      details: z
        .record(key, z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .meta({ description: 'Answers to `policies/onboarding.yaml`.' }),
      amendments: z.array(accountAmendment).optional(),
      trials: z.array(trial).optional(),
      contracts: z
        .array(contract)
        .optional()
        .meta({ description: 'They do not overlap; a renewal is the next entry.' }),
      statuses: z.array(status).optional(),
      addOns: z
        .array(
          z.strictObject({
            id: key,
            quantity: z.number().positive().optional(),
            starts: day.optional(),
            ends: day.optional(),
          }),
        )
        .optional()
        .meta({ description: 'From the menu: no exception needed.' }),
      services: z.array(z.strictObject({ id: key, on: day.optional(), price: money.optional() })).optional(),
      access: z
        .strictObject({
          groups: z
            .array(z.strictObject({ name: text, roles: z.array(key).optional(), may: z.array(key).optional() }))
            .optional(),
        })
        .optional()
        .meta({ description: 'A second layer on the base roles.' }),
      exceptions: z.array(exceptionOf(fields)).optional(),
    })
    .meta({ title: 'Customer terms', description: 'Everything agreed with one customer.' });
};

export type Customer = z.infer<ReturnType<typeof customerOf>>;
export type Contract = NonNullable<Customer['contracts']>[number];
export type ContractAmendment = NonNullable<Contract['amendments']>[number];
export type AccountAmendment = NonNullable<Customer['amendments']>[number];
export type Trial = NonNullable<Customer['trials']>[number];
export type Status = NonNullable<Customer['statuses']>[number];
export type AddOn = NonNullable<Customer['addOns']>[number];
