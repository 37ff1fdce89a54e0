import { describe, expect, it } from 'vitest';
import { faultsOf } from './model.ts';
import { later, trial, year } from './sample-days.ts';
import { customer, exception, world } from './sample-world.ts';
import type { CustomerData, Exception } from './world.ts';

describe('faults', () => {
  const set = (id: string, more: Partial<Exception> = {}) => exception(id, { set: { sso: true }, ...more });
  const rule = (id: string, group?: string) =>
    exception(id, { access: [{ action: 'exportReports', approver: 'admin', ...(group && { group }) }] });
  const promise = exception('EX-1', { decision: 'promise', terms: { support: { hours: '9to5' } } });
  const open = { ...year, ends: undefined, renewal: undefined };
  const auto = { ...year, renewal: { kind: 'auto' } };

  it.each<[string, CustomerData, string[]]>([
    ['nothing', customer('studio@1', { contracts: [year, later], trials: [trial] }), []],
    [
      'trials that overlap',
      customer('starter@1', { trials: [trial, { ...trial, starts: '2026-02-28', ends: '2026-03-05' }] }),
      ['trials-overlap'],
    ],
    [
      'contracts that overlap',
      customer('starter@1', { contracts: [year, { ...later, starts: '2026-03-31' }] }),
      ['contracts-overlap'],
    ],
    ['month to month before a next entry', customer('starter@1', { contracts: [open, later] }), ['contracts-overlap']],
    [
      'auto before its stated end',
      customer('starter@1', { contracts: [auto, { ...later, starts: '2026-03-31' }] }),
      ['contracts-overlap'],
    ],
    ['auto rolled into a next entry', customer('starter@1', { contracts: [auto, later] }), []],
    [
      'statuses that overlap',
      customer('starter@1', {
        statuses: [
          { stage: 'pastDue', since: '2026-02-01' },
          { stage: 'closed', since: '2026-03-01' },
        ],
      }),
      ['statuses-overlap'],
    ],
    [
      'two exceptions on one setting',
      customer('studio@1', { exceptions: [set('EX-1'), set('EX-2', { starts: '2026-12-31' })] }),
      ['exceptions-on-one-setting'],
    ],
    [
      'two of which one is dropped before',
      customer('studio@1', {
        exceptions: [set('EX-1', { onUpgrade: 'drop' }), set('EX-2', { starts: '2026-03-01' })],
        amendments: [{ on: '2026-03-01', plan: 'enterprise@1' }],
      }),
      [],
    ],
    ['two add-on sets', customer('studio@1', { addOns: [{ id: 'eu' }, { id: 'ap' }] }), ['add-on-sets-twice']],
    [
      'add-ons that exclude each other',
      customer('studio@1', { addOns: [{ id: 'ap' }, { id: 'calls' }, { id: 'priority' }] }),
      ['add-ons-exclude'],
    ],
    ['an add-on that never counts', customer('starter@1', { addOns: [{ id: 'eu' }] }), ['add-on-never-counts']],
    [
      'an add-on that counted once',
      customer('studio@1', { addOns: [{ id: 'eu' }], amendments: [{ on: '2026-02-01', plan: 'starter@1' }] }),
      [],
    ],
    [
      'one add-on twice at once',
      customer('studio@1', { addOns: [{ id: 'rows' }, { id: 'rows' }] }),
      ['add-on-sets-twice', 'add-on-twice-at-once'],
    ],
    [
      'an add-on quantity off the step',
      customer('studio@1', { addOns: [{ id: 'calls', quantity: 4 }] }),
      ['add-on-quantity'],
    ],
    [
      'an add-on quantity that adds nothing',
      customer('studio@1', { addOns: [{ id: 'eu', quantity: 1 }] }),
      ['add-on-quantity'],
    ],
    ['a quantity below the plan', customer('studio@1', { quantities: { seats: 4 } }), ['quantity-bounds']],
    ['a quantity above the most', customer('studio@1', { quantities: { seats: 51 } }), ['quantity-bounds']],
    ['a quantity the plan does not sell', customer('studio@2', { quantities: { seats: 7 } }), ['quantity-not-sold']],
    [
      'an amendment after the end',
      customer('starter@1', { contracts: [{ ...year, amendments: [{ on: '2026-04-01' }] }] }),
      ['amendment-after-end'],
    ],
    [
      'an amendment in rolled terms',
      customer('starter@1', { contracts: [{ ...auto, amendments: [{ on: '2026-04-01' }] }] }),
      [],
    ],
    [
      'a rolled renewal without its end',
      customer('starter@1', {
        contracts: [{ ...auto, amendments: [{ on: '2026-04-01', renewal: { kind: 'none' } }] }],
      }),
      ['rolled-renewal-without-ends'],
    ],
    [
      'an end without renewal',
      customer('starter@1', { contracts: [{ ...year, renewal: undefined }] }),
      ['renewal-beside-ends'],
    ],
    [
      'expires: contract without one',
      customer('starter@1', { exceptions: [set('EX-1', { expires: 'contract' })] }),
      ['expires-contract-without-contract'],
    ],
    [
      'expires: contract in grace',
      customer('starter@1', {
        contracts: [year],
        exceptions: [set('EX-1', { starts: '2026-04-14', expires: 'contract' })],
      }),
      [],
    ],
    [
      'two rules for one action and group',
      customer('starter@1', { exceptions: [rule('EX-1', 'ops'), rule('EX-2', 'ops')] }),
      ['access-twice'],
    ],
    [
      'a rule for all beside one for a group',
      customer('starter@1', { exceptions: [rule('EX-1', 'ops'), rule('EX-2')] }),
      ['access-twice'],
    ],
    ['rules for two groups', customer('starter@1', { exceptions: [rule('EX-1', 'ops'), rule('EX-2', 'fin')] }), []],
    [
      'a promise over a term of the contract',
      customer('starter@1', {
        contracts: [{ ...year, support: { hours: { weekdays: '9to5' } } }],
        exceptions: [promise],
      }),
      ['promise-against-contract'],
    ],
    [
      'a promise beside a contract that does not name it',
      customer('starter@1', { contracts: [year], exceptions: [promise] }),
      [],
    ],
  ])('finds %s', (_, who, expected) => expect(faultsOf(world, who)).toEqual(expected));
});
