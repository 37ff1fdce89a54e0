import { exceptionKinds } from '../../schemas/approvals.ts';
import { areas } from '../../schemas/setting.ts';
import { decisions, type ExceptionFlag } from '../edit/new-exception.ts';

/** One question of the form, and the flag of `proviso new exception` it answers. */
export interface FormField {
  flag: ExceptionFlag | 'customer';
  /** The heading of the answer: unlike every other. */
  label: string;
  description: string;
  kind: 'line' | 'lines' | 'choice';
  options?: readonly string[];
  needed?: boolean;
}

const answers = ['keep', 'drop', 'ask', 'block'];

/** In the order of the form. An answer that is not given and that its decision needs is asked for in a comment. */
export const formFields: readonly FormField[] = [
  {
    flag: 'customer',
    label: 'Customer',
    description: 'The id (the name of its file) or the account.',
    kind: 'line',
    needed: true,
  },
  {
    flag: 'need',
    label: 'What they need',
    description: 'The outcome in plain words, not the requested build.',
    kind: 'lines',
    needed: true,
  },
  { flag: 'used-by', label: 'Who will use it', description: 'Who, and how often.', kind: 'line', needed: true },
  {
    flag: 'needed-by',
    label: 'Needed by',
    description: 'A day as YYYY-MM-DD; without it the first day.',
    kind: 'line',
  },
  {
    flag: 'worth',
    label: 'What it is worth',
    description: 'The deal that depends on it, such as: 84000.00 USD year',
    kind: 'line',
    needed: true,
  },
  {
    flag: 'demand',
    label: 'Who else wants it',
    description: 'Customers or prospects, with commas between; empty for nobody.',
    kind: 'line',
  },
  {
    flag: 'decision',
    label: 'Decision',
    description:
      'configuration: the product can do it already. feature: it becomes part of the product for everybody. service: work that is sold. promise: terms only. no: refused, and why.',
    kind: 'choice',
    options: decisions,
    needed: true,
  },
  {
    flag: 'because',
    label: 'Why this decision',
    description: 'One sentence that still makes sense in a year.',
    kind: 'lines',
    needed: true,
  },
  {
    flag: 'kind',
    label: 'Kind',
    description: 'What sort of wish it is.',
    kind: 'choice',
    options: exceptionKinds,
    needed: true,
  },
  {
    flag: 'area',
    label: 'Area',
    description: 'Only where it is not clear from what it sets.',
    kind: 'choice',
    options: areas,
  },
  { flag: 'set', label: 'Settings to set', description: 'configuration: one a line, such as: seats=60', kind: 'lines' },
  {
    flag: 'add',
    label: 'Settings to add to',
    description: 'configuration: one a line, such as: seats=50',
    kind: 'lines',
  },
  {
    flag: 'access',
    label: 'Access',
    description: 'configuration: one rule a line, such as: exportReports approver=admin group=finance',
    kind: 'lines',
  },
  {
    flag: 'lowers',
    label: 'Is it meant to be less than now?',
    description: 'configuration: only where it takes something away on purpose.',
    kind: 'choice',
    options: ['yes'],
  },
  {
    flag: 'term',
    label: 'Terms',
    description: 'promise: one a line, such as: support.firstResponseHours=4',
    kind: 'lines',
  },
  { flag: 'starts', label: 'First day', description: 'configuration, promise: YYYY-MM-DD', kind: 'line' },
  { flag: 'expires', label: 'Last day', description: 'configuration, promise: YYYY-MM-DD, or: contract', kind: 'line' },
  {
    flag: 'on-upgrade',
    label: 'On an upgrade',
    description: 'configuration, promise: what becomes of it.',
    kind: 'choice',
    options: answers,
  },
  {
    flag: 'on-downgrade',
    label: 'On a downgrade',
    description: 'configuration, promise: what becomes of it.',
    kind: 'choice',
    options: answers,
  },
  {
    flag: 'on-lapse',
    label: 'On a lapse',
    description: 'configuration, promise: what becomes of it.',
    kind: 'choice',
    options: answers,
  },
  { flag: 'tracking', label: 'Where it is planned', description: 'feature: an id or a link.', kind: 'line' },
  { flag: 'settings', label: 'Settings it brings', description: 'feature: names, with commas between.', kind: 'line' },
  { flag: 'price', label: 'Price', description: 'service: such as: 6000.00 USD', kind: 'line' },
  { flag: 'ends', label: 'Ends', description: 'service: its last day.', kind: 'line' },
  { flag: 'offer', label: 'What was offered instead', description: 'no', kind: 'line' },
  { flag: 'refuses', label: 'What is refused', description: 'no: settings and actions, one a line.', kind: 'lines' },
  { flag: 'owner', label: 'Owner', description: 'Who keeps it true.', kind: 'line', needed: true },
  { flag: 'handled-by', label: 'Handled by', description: 'Who answers when it breaks.', kind: 'line', needed: true },
  {
    flag: 'lives-in',
    label: 'Lives in',
    description: 'manual needs a runbook; a configuration lives in config.',
    kind: 'choice',
    options: ['config', 'code', 'manual'],
  },
  { flag: 'runbook', label: 'Runbook', description: 'How it is done by hand: a link.', kind: 'line' },
  {
    flag: 'build-hours',
    label: 'Hours to build',
    description: 'A number; 0 where nothing is built.',
    kind: 'line',
    needed: true,
  },
  { flag: 'hours-per-month', label: 'Hours a month', description: 'Upkeep: a number.', kind: 'line', needed: true },
];

const types = { line: 'input', lines: 'textarea', choice: 'dropdown' } as const;

/** Lets people find the issues that hold the form; GitHub gives it only where the repository has such a label. */
const FORM_LABEL = 'exception';

/** The issue form as GitHub reads it. Whoever opens the issue is who asked, and can so not approve it. */
export const exceptionForm = (): string => `name: Ask for an exception
description: Something for one customer that the menu does not have. Becomes a pull request with the record in the customer's file.
title: 'Exception: '
labels: [${FORM_LABEL}]
body:
${formFields.map(fieldText).join('')}`;

const fieldText = ({
  flag,
  label,
  description,
  kind,
  options,
  needed = false,
}: FormField): string => `  - type: ${types[kind]}
    id: ${flag}
    attributes:
      label: ${text(label)}
      description: ${text(description)}
${options ? `      options: [${options.map(text).join(', ')}]\n` : ''}${needed ? '    validations:\n      required: true\n' : ''}`;

/** Quoted, because a form is read as YAML 1.1, to which `no` and `yes` are no texts. */
const text = (words: string): string => `'${words.replaceAll("'", "''")}'`;
