import { formFields } from '../../engine/request/exception-form.ts';

export type Filled = Readonly<Partial<Record<string, string>>>;

/** The body of an issue as GitHub writes it from the form; what is not given was left empty. */
export const fillForm = (answers: Filled): string =>
  formFields.map(({ flag, label }) => `### ${label}\n\n${answers[flag] ?? '_No response_'}`).join('\n\n');

export const moreSeatsAsked: Filled = {
  customer: 'acme',
  need: 'Everybody of the workshop signs in for a month.',
  'used-by': 'the workshop, daily',
  worth: '500.00 USD year',
  decision: 'configuration',
  because: 'They pay for it.',
  kind: 'commercial',
  set: 'seats=60',
  starts: '2026-07-01',
  expires: '2026-07-31',
  'on-upgrade': 'drop',
  'on-downgrade': 'drop',
  'on-lapse': 'drop',
  owner: 'team-sales',
  'handled-by': 'support',
  'build-hours': '0',
  'hours-per-month': '0',
};
