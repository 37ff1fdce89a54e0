import { trial } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages, world } from '../../../oracle/sample-world.ts';
import { prove, setting } from './prove.ts';

const seats = (more: object) => exception('EX-1', { set: { seats: 2 }, starts: '2026-01-01', ...more });
const staged = withStages({ trial: { set: { seats: 8 } }, active: { set: { seats: 1 } } });
const selling = { ...world, menu: { addOns: { ...world.menu.addOns } } };
selling.menu.addOns.team = { plans: ['studio', 'pilot'], sets: { seats: 40 } };
selling.menu.addOns.table = { plans: ['studio', 'pilot'], adds: { seats: 4 } };

prove('the order of a setting', [
  {
    says: 'default → plan',
    not: 'the default where it is better',
    who: customer('starter@1', { amendments: [{ on: '2026-02-01', plan: 'studio@1' }] }),
    see: setting('seats', 'delay', 'sso', 'region', 'uptime', 'formats'),
    days: {
      '2026-01-31': [3, 60, false, 'us', 'basic', ['csv']],
      '2026-02-01': [5, 30, false, 'us', 'basic', ['csv']],
    },
  },
  {
    says: 'plan → quantities',
    not: 'the plan’s value is a cap',
    who: customer('studio@1', { quantities: { seats: 7 } }),
    see: setting('seats'),
    days: { '2026-02-01': 7 },
  },
  {
    says: 'plan → stage trial → quantities → add-ons → exceptions → the other stages',
    not: 'any two of them the other way round',
    who: customer('starter@1', {
      trials: [{ ...trial, quantities: { seats: 11 } }],
      addOns: [{ id: 'table', starts: '2026-02-05' }],
      exceptions: [exception('EX-1', { add: { seats: 100 }, starts: '2026-02-10' })],
      statuses: [{ stage: 'closed', since: '2026-02-20' }],
    }),
    see: setting('seats'),
    days: { '2026-02-01': 11, '2026-02-05': 15, '2026-02-10': 115, '2026-02-20': 50 },
    where: { ...selling, lifecycle: { stages: { ...staged.lifecycle.stages, closed: { set: { seats: 50 } } } } },
  },
  {
    says: 'stage trial is followed by an add-on that sets',
    not: 'the stage takes from the add-on',
    who: customer('starter@1', { trials: [trial], addOns: [{ id: 'team' }] }),
    see: setting('seats'),
    days: { '2026-02-01': 40 },
    where: { ...selling, lifecycle: staged.lifecycle },
  },
  {
    says: 'quantities → add-ons: an add-on replaces what was bought',
    not: 'the larger of both',
    who: customer('studio@1', { quantities: { seats: 50 }, addOns: [{ id: 'team' }] }),
    see: setting('seats'),
    days: { '2026-02-01': 40 },
    where: selling,
  },
  {
    says: 'add-ons: sets before adds',
    not: 'in the order of the file',
    who: customer('studio@1', { addOns: [{ id: 'table' }, { id: 'team' }] }),
    see: setting('seats'),
    days: { '2026-02-01': 44 },
    where: selling,
  },
  {
    says: 'add-ons → exceptions: an exception that sets replaces them',
    not: 'the add-on is added to the exception',
    who: customer('studio@1', { addOns: [{ id: 'table' }], exceptions: [seats({})] }),
    see: setting('seats'),
    days: { '2026-02-01': 2 },
    where: selling,
  },
  {
    says: 'exceptions → the other stages: stage `active` takes from everything',
    not: 'only from the plan',
    who: customer('studio@1', { exceptions: [seats({})] }),
    see: setting('seats'),
    days: { '2026-02-01': 1 },
    where: staged,
  },
]);

const nothing = { days: { '2026-01-31': [400, 30, 5], '2026-02-01': [400, 30, 5] } };

prove('what steps do', [
  {
    says: 'a stage only takes',
    not: 'it sets',
    who: customer('studio@1'),
    see: setting('apiCalls', 'delay', 'seats'),
    ...nothing,
    where: withStages({ active: { set: { apiCalls: 9999, delay: 1, seats: 'unlimited' } } }),
  },
  {
    says: 'it takes only from settings that have an order',
    not: 'from every one it names',
    who: customer('enterprise@1', { exceptions: [exception('EX-1', { set: { formats: ['pdf'] } })] }),
    see: setting('region', 'formats'),
    days: { '2026-02-01': ['eu', ['pdf']] },
    where: withStages({ active: { set: { region: 'us', formats: ['csv'] } } }),
  },
  {
    says: 'it takes from an ordered choice, a feature and a limit of either favour',
    not: 'a smaller number is always less',
    who: customer('pilot@1', { exceptions: [exception('EX-1', { set: { uptime: 'best' }, area: 'support' })] }),
    see: setting('uptime', 'sso', 'delay', 'seats'),
    days: { '2026-02-01': ['high', false, 70, 8] },
    where: withStages({ active: { set: { uptime: 'high', sso: false, delay: 70, seats: 8 } } }),
  },
  {
    says: 'adding to `unlimited` stays unlimited',
    not: 'it becomes a number',
    who: customer('enterprise@1', { addOns: [{ id: 'calls' }], exceptions: [exception('EX-1')] }),
    see: setting('apiCalls'),
    days: { '2026-02-01': 'unlimited' },
  },
  {
    says: 'a stage takes from `unlimited`',
    not: '`unlimited` is no number to compare with',
    who: customer('enterprise@1'),
    see: setting('apiCalls'),
    days: { '2026-02-01': 20 },
    where: withStages({ active: { set: { apiCalls: 20 } } }),
  },
  {
    says: 'an exception adds to what the add-ons made of it',
    not: 'to the plan’s value',
    who: customer('studio@1', { addOns: [{ id: 'calls', quantity: 3 }], exceptions: [exception('EX-1')] }),
    see: setting('apiCalls'),
    days: { '2026-02-01': 551 },
  },
  {
    says: 'an exception may be less than what it covers',
    not: 'the better of both counts',
    who: customer('studio@1', { exceptions: [seats({})] }),
    see: setting('seats'),
    days: { '2026-02-01': 2 },
  },
  {
    says: 'a `promise`, a `feature`, a `service` and a `no` set nothing',
    not: 'what they name counts',
    who: customer('studio@1', {
      exceptions: [
        exception('EX-1', { decision: 'promise', terms: { support: { hours: '9to5' } } }),
        { id: 'EX-2', decision: 'feature', settings: ['sso'], area: 'access' },
        { id: 'EX-3', decision: 'service', price: { amount: '1.00', currency: 'USD' }, area: 'access' },
        { id: 'EX-4', decision: 'no', refuses: { settings: ['sso'] }, area: 'access' },
      ],
    }),
    see: setting('sso', 'seats'),
    days: { '2026-02-01': [false, 5] },
  },
]);
