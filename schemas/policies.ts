/** `policies/*.yaml`: rules as data, read by people who know no TypeScript. */
import { z } from 'zod';
import { currency, key, money, percent, planRef, pricePeriod, text, textLike } from './scalars.ts';
import type { SettingFields } from './setting-fields.ts';
import { plainTerms } from './terms.ts';

const price = z.strictObject({ amount: money, currency: currency.optional(), per: pricePeriod });
const planName = textLike(/^[a-z][a-z0-9-]*(@[1-9][0-9]*)?$/, 'a plan like studio (every version) or studio@2').meta({
  description: 'A plan; without a version, every version of it.',
});

/** What sales may sell without asking. */
export const menuOf = (fields: SettingFields) => {
  const { billing, support } = plainTerms(fields);
  const addOn = z
    .strictObject({
      label: text.optional(),
      description: text.optional(),
      plans: z.array(planName).meta({ description: 'The plans it is sold with.' }),
      sets: fields.values.optional(),
      adds: fields.adds.optional().meta({ description: 'What one of it adds to a limit.' }),
      terms: z.strictObject({ billing: billing.optional(), support: support.optional() }).optional(),
      min: z.number().min(0).optional(),
      max: z.number().min(0).optional(),
      step: z.number().positive().optional(),
      dependsOn: z.array(key).optional().meta({ description: 'Counts only while these count.' }),
      excludes: z.array(key).optional().meta({ description: 'Never at the same time as these.' }),
      price: price.optional(),
    })
    .meta({ title: 'Add-on' });
  return z
    .strictObject({
      addOns: z.record(key, addOn).optional(),
      services: z
        .record(key, z.strictObject({ label: text.optional(), description: text.optional(), price }))
        .optional(),
      terms: z
        .strictObject({
          discount: z.strictObject({ percentUpTo: percent, monthsUpTo: z.int().min(1).optional() }).optional(),
          paymentTerms: z.array(text).optional(),
        })
        .optional()
        .meta({ description: 'Inside these bounds nobody needs to approve.' }),
    })
    .meta({ title: 'Menu', description: 'What sales may sell without asking.' });
};

const days = z.union([z.int().min(0), z.literal('never')]);

/** The stages of an account; a stage only takes. */
export const lifecycleOf = (fields: SettingFields) => {
  const set = fields.values
    .optional()
    .meta({ description: 'What the stage takes; it never gives more than there was.' });
  const plain = z.strictObject({ set }).optional();
  return z
    .strictObject({
      stages: z
        .strictObject({
          trial: plain,
          pilot: plain,
          active: plain,
          grace: z
            .strictObject({ days, set })
            .optional()
            .meta({ description: 'After a manual contract without successor.' }),
          pastDue: z
            .strictObject({ card: days.optional(), invoice: days.optional(), manual: days.optional(), set })
            .optional()
            .meta({ description: 'Days until suspended, by payment method; a method not named: never.' }),
          suspended: z.strictObject({ days: days.optional(), set }).optional(),
          lapsed: z.strictObject({ plan: planRef, set }).optional(),
          closed: plain,
        })
        .meta({ description: 'In this order; a stage may be left out.' }),
    })
    .meta({ title: 'Lifecycle' });
};

export const roles = z
  .strictObject({
    roles: z.record(
      key,
      z
        .strictObject({ label: text.optional(), description: text.optional(), may: z.array(key) })
        .meta({ title: 'Role' }),
    ),
  })
  .meta({ title: 'Roles', description: 'The base roles everybody has, and what they let one do.' });

/** Details that are asked only when a setting, a plan or a term needs them. */
export const onboardingOf = (fields: SettingFields) => {
  const is = z.union([z.string(), z.number(), z.boolean()]);
  return z
    .strictObject({
      details: z.record(
        key,
        z
          .strictObject({
            label: text.optional(),
            description: text.optional(),
            type: z.enum(['text', 'email', 'url', 'phone', 'number', 'day', 'yesNo']),
            when: z
              .union([
                z.strictObject({ setting: fields.name, is }),
                z.strictObject({ term: text, is }),
                z.strictObject({ plan: z.union([planName, z.array(planName)]) }),
              ])
              .optional()
              .meta({ description: 'Asked only then; without it, always.' }),
          })
          .meta({ title: 'Detail' }),
      ),
    })
    .meta({ title: 'Onboarding' });
};

export const publish = z
  .strictObject({
    language: z.literal(1).meta({ description: 'The version of this language.' }),
    environments: z.record(
      textLike(/^[a-z][a-z0-9-]*$/, 'a name like production'),
      z
        .strictObject({
          store: text.optional().meta({ description: 'Where releases go, such as `file:./.proviso/store`.' }),
          verify: z
            .enum(['none', 'github', 'file'])
            .optional()
            .meta({ description: 'Where the approvals of what is published are looked up; `none` is for trying out.' }),
          approvals: text.optional().meta({ description: 'With `verify: file`: the file of approvals.' }),
          signed: z
            .boolean()
            .optional()
            .meta({ description: 'Whether releases are signed; without it, everywhere but in `local`.' }),
          blast: z
            .strictObject({ customers: z.int().min(0).optional(), percent: z.number().min(0).max(100).optional() })
            .optional(),
        })
        .meta({ title: 'Environment' }),
    ),
  })
  .meta({ title: 'Publish' });

export type Menu = z.infer<ReturnType<typeof menuOf>>;
export type MenuAddOn = NonNullable<Menu['addOns']>[string];
export type Lifecycle = z.infer<ReturnType<typeof lifecycleOf>>;
export type Roles = z.infer<typeof roles>;
export type Onboarding = z.infer<ReturnType<typeof onboardingOf>>;
export type Publish = z.infer<typeof publish>;
