/** `policies/approvals.yaml` and `policies/approvers.yaml`: what needs whose approval, and who that is. */
import { z } from 'zod';
import { currency, email, key, money, text, textLike } from './scalars.ts';
import { areas } from './setting.ts';
import type { SettingFields } from './setting-fields.ts';

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)]);

const decimal = textLike(/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/, 'a number or a quoted decimal like "20"');

/** What a value is held against. */
const bound = z
  .union([
    z.number(),
    decimal,
    z.strictObject({ timesPlan: z.number().positive() }).meta({
      description:
        'Times what the customer has before the change: the quantity bought, else what the plan gives. A new customer is held against its base plan, a term against the standard of the plan it will have, a unit price against the list price.',
    }),
    z.literal('standard').meta({ description: 'What the plan of those days gives everybody: its standard term.' }),
  ])
  .meta({ title: 'Bound' });

export const exceptionKinds = [
  'legal',
  'security',
  'workflow',
  'reporting',
  'branding',
  'commercial',
  'support',
  'hosting',
] as const;

export const decisionNames = ['configuration', 'feature', 'service', 'promise', 'no'] as const;

/** Shared files whose edit is worth a look even where it changes nobody today. */
export const sharedRooms = ['plans', 'menu', 'lifecycle', 'roles', 'onboarding', 'settings'] as const;

const whenOf = (fields: SettingFields) =>
  z
    .strictObject({
      setting: oneOrMore(fields.name).optional().meta({
        description: 'The value of one of these settings changes; with `edits`, a shared file that names one.',
      }),
      term: oneOrMore(text).optional().meta({
        description:
          'One of these terms changes, or anything below it: `billing.discount.percent`, `support`, `contract.renewal`.',
      }),
      access: z.literal(true).optional().meta({ description: 'A group or a rule of access changes.' }),
      action: oneOrMore(key).optional().meta({ description: 'A rule of access on one of these actions changes.' }),
      service: z
        .union([z.literal(true), oneOrMore(key)])
        .optional()
        .meta({
          description: 'A priced service is sold or its price changes; `true` is any of them.',
        }),
      account: z.literal(true).optional().meta({ description: 'The terms go to another account of the product.' }),
      plan: oneOrMore(text).optional().meta({
        description:
          'The customer comes to this plan (`studio`, `studio@2`); beside a setting, a term or access: has it on a day of the change; with `edits`: the plan is edited.',
      }),
      area: oneOrMore(z.enum(areas)).optional().meta({ description: 'Where a setting, a term or an exception lies.' }),
      kind: oneOrMore(z.enum(exceptionKinds)).optional().meta({
        description: 'An exception of this kind does it, or its record is added, altered or removed.',
      }),
      decision: oneOrMore(z.enum(decisionNames)).optional().meta({
        description: 'An exception so decided does it, or its record is added, altered or removed.',
      }),
      direction: z.enum(['gives', 'takes']).optional().meta({ description: 'The customer gains, or loses, by it.' }),
      above: bound.optional().meta({ description: 'The new value is more than this; `unlimited` is more than all.' }),
      below: bound.optional().meta({ description: 'The new value is less than this.' }),
      is: oneOrMore(z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .meta({
          description: 'The new value is one of these, or is a list that holds one.',
        }),
      outsideMenu: z.literal(true).optional().meta({
        description:
          'The new value comes neither from the plan, a quantity, an add-on or the lifecycle, nor lies within the bounds of the menu.',
      }),
      underContract: z
        .literal(true)
        .optional()
        .meta({ description: 'Before the change, a contract is in force on a day of it.' }),
      past: z
        .literal(true)
        .optional()
        .meta({ description: 'It changes days of a customer that are over, and no others.' }),
      customers: z
        .strictObject({ above: z.int().min(0) })
        .optional()
        .meta({
          description: 'More than so many customers have a change of which all the rest holds: one question for all.',
        }),
      percent: z
        .strictObject({ above: z.number().min(0).max(100) })
        .optional()
        .meta({
          description: 'The same, as a part of the customers there are before the change.',
        }),
      edits: oneOrMore(z.enum(sharedRooms)).optional().meta({
        description: 'A shared file is edited, also where that changes nothing for anybody, such as a list price.',
      }),
      machinery: z.literal(true).optional().meta({
        description:
          'Policies, schemas, code or workflows change: every file but those of customers and plans, `docs/`, `test/` and `*.md` outside `policies/`.',
      }),
    })
    .meta({
      title: 'When',
      description:
        'All of it must hold. What the menu sells is asked for only where it counts customers, or takes something.',
    });

/** What needs whose approval. */
export const approvalsOf = (fields: SettingFields) =>
  z
    .strictObject({
      currency: currency.optional().meta({ description: 'Of the approvers’ limits.' }),
      classes: z.record(
        key.meta({
          description:
            'A name of your own; `breakGlass` is the class of what is made in an emergency and closed within three days.',
        }),
        z
          .strictObject({
            label: text.optional(),
            needs: z.int().min(1).meta({ description: 'How many different people.' }),
            code: z.boolean().optional().meta({
              description: 'The approval must hold the line with the subject that the report offers to copy.',
            }),
          })
          .meta({ title: 'Class' }),
      ),
      lines: z.array(
        z
          .strictObject({ when: whenOf(fields), class: key, because: text })
          .meta({ title: 'Approval line', description: 'What changes so needs the class, because of that.' }),
      ),
    })
    .meta({ title: 'Approvals', description: 'What needs whose approval.' });

/** Who may approve what. */
export const approvers = z
  .strictObject({
    people: z.array(
      z
        .strictObject({
          id: z.int().min(1).meta({ description: 'The numeric user id; a login can be given to somebody else.' }),
          login: text,
          name: text.optional(),
          emails: z.array(email).optional().meta({ description: 'By which exceptions and commits name this person.' }),
          teams: z.array(text).optional().meta({ description: 'Owners of exceptions this person is part of.' }),
          classes: z.array(key),
          limit: money.optional().meta({
            description:
              'The most that any exception they approve may be worth a year, in the currency of the approvals; without it: no limit.',
          }),
        })
        .meta({ title: 'Approver' }),
    ),
  })
  .meta({ title: 'Approvers', description: 'Who may approve what.' });

/** Which checks run and with which numbers; what each check takes is for the engine to say. */
export const checks = z
  .record(
    textLike(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'the name of a check like expires-soon'),
    z.record(key, z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).meta({ title: 'Check' }),
  )
  .meta({ title: 'Checks', description: 'Which checks run, how serious what they find is, and with which numbers.' });

export type Approvals = z.infer<ReturnType<typeof approvalsOf>>;
export type ApprovalClass = Approvals['classes'][string];
export type ApprovalLine = Approvals['lines'][number];
export type ApprovalWhen = ApprovalLine['when'];
export type Approvers = z.infer<typeof approvers>;
export type Approver = Approvers['people'][number];
export type Checks = z.infer<typeof checks>;
