import { expect, it } from 'vitest';
import type { Run } from '../../../engine/diff/compare-timelines.ts';
import { directionOf } from '../../../engine/diff/direction-of.ts';
import { company, settings } from '../../fixtures/diff/small-company.ts';
import { yamlModel } from '../../fixtures/yaml-model.ts';

const { world } = await yamlModel(company, {
  ...settings,
  backups: {
    kind: 'choice',
    of: ['daily', 'hourly'],
    favours: ['daily', 'hourly'],
    area: 'hosting',
    default: 'daily',
    description: 'B.',
  },
  badge: { kind: 'feature', favours: false, area: 'onboarding', default: true, description: 'B.' },
});

/** A difference of one path; `beside` is what else is in force. */
function run(path: string, from: unknown, to: unknown, beside: Record<string, unknown> = {}): Run {
  const leaves = (value: unknown) =>
    new Map(Object.entries({ plan: 'studio@2', ...beside, ...(value !== null && { [path]: value }) }));
  return { path, from, to, start: '2026-01-01', end: '2027-01-01', before: leaves(from), after: leaves(to) };
}

it.each([
  ['gives', run('settings.seats', 5, 6)],
  ['takes', run('settings.seats', 'unlimited', 6)],
  ['takes', run('settings.delay', 5, 60)],
  ['gives', run('settings.sso', false, true)],
  ['gives', run('settings.badge', true, false)],
  ['gives', run('settings.backups', 'daily', 'hourly')],
  ['neutral', run('settings.region', 'us', 'eu')],
  ['neutral', run('settings.seats', null, 3)],
  ['gives', run('settings.seats', null, 4)],
  ['takes', run('settings.seats', 4, null)],
  ['neutral', run('settings.unknown', 1, 2)],
  ['gives', run('plan', 'starter@1', 'studio@2')],
  ['takes', run('plan', 'enterprise@1', 'studio@2')],
  ['neutral', run('plan', null, 'studio@2')],
  ['takes', run('stage', 'active', 'pastDue')],
  ['takes', run('stage', 'suspended', 'closed')],
  ['gives', run('stage', 'lapsed', 'active')],
  ['neutral', run('stage', 'trial', 'active')],
  ['gives', run('terms.billing.paymentTerms', 'net15', 'net30')],
  ['takes', run('terms.billing.paymentTerms', 'net15', 'dueOnReceipt')],
  ['gives', run('terms.billing.paymentTerms', null, 'net30')],
  ['gives', run('terms.billing.discount.percent', null, '12')],
  ['takes', run('terms.billing.discount.percent', '12', '9.5')],
  ['neutral', run('terms.billing.discount.percent', '12', null, { 'terms.billing.discount.amount': '5.00' })],
  ['gives', run('terms.billing.credits', null, [{ amount: '15.00' }])],
  ['takes', run('terms.billing.credits', [{ amount: '15.00' }], [{ amount: '9.00' }])],
  ['takes', run('terms.billing.unitPrices.seats', '7.00', '8.00')],
  ['gives', run('terms.billing.unitPrices.seats', null, '8.00')],
  ['takes', run('terms.billing.unitPrices.seats', '8.00', null)],
  ['neutral', run('terms.billing.unitPrices.apiCalls', null, '8.00')],
  ['neutral', run('terms.billing.method', 'card', 'invoice')],
  ['gives', run('terms.support.firstResponseHours', 24, 4)],
  ['gives', run('terms.support.firstResponseHours.severity1', null, 4, { 'terms.support.firstResponseHours': 24 })],
  ['neutral', run('terms.support.firstResponseHours', 24, null, { 'terms.support.firstResponseHours.severity1': 4 })],
  ['takes', run('terms.support.firstResponseHours.other', 8, null)],
  ['gives', run('terms.support.slaCredits', null, [{ uptimeBelow: '99', percent: '10' }])],
  ['gives', run('terms.contract.promises', null, [{ what: 'a review' }])],
  ['gives', run('terms.contract.renewal.maxIncreasePercent', null, '3')],
  ['takes', run('terms.contract.renewal.maxIncreasePercent', '3', '5')],
  ['neutral', run('terms.contract.ends', '2026-12-31', '2027-12-31')],
  ['takes', run('access.rules.exportReports', null, { only: ['admin'] })],
  ['gives', run('access.rules.exportReports', { only: ['admin'] }, null)],
  ['neutral', run('access.rules.exportReports', { only: ['admin'] }, { approver: 'admin' })],
  ['gives', run('access.groups.finance', null, true)],
  ['gives', run('access.groups.finance.may', ['pay'], ['pay', 'see'])],
  ['takes', run('access.groups.finance.may', ['pay'], null)],
  ['neutral', run('access.groups.finance.may', ['pay'], ['see'])],
] as const)('%s: $path $from → $to', (direction, difference) => {
  const { path, from, to } = difference;
  expect([path, from, to, directionOf(difference, world, world)]).toEqual([path, from, to, direction]);
});
