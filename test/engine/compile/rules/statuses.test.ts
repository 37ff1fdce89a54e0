import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages } from '../../../oracle/sample-world.ts';
import { planAndStage, prove, type Seen, setting, support } from './prove.ts';

const owing = { stage: 'pastDue', since: '2026-03-01', until: '2026-12-31' };
const closed = { stage: 'closed', since: '2026-03-01' };
const invoiced = { billing: { method: 'invoice' } };
const stageOnly = ({ stage }: Seen) => stage;

prove('a status over time', [
  {
    says: '`pastDue` becomes `suspended` and then `lapsed` by itself after the policy’s days, for card customers too',
    not: 'it waits for somebody, or card customers fall at once',
    who: customer('studio@1', { statuses: [owing] }),
    see: planAndStage,
    days: {
      '2026-02-28': 'studio@1 active',
      '2026-03-01': 'studio@1 pastDue',
      '2026-03-10': 'studio@1 pastDue',
      '2026-03-11': 'studio@1 suspended',
      '2026-04-09': 'studio@1 suspended',
      '2026-04-10': 'starter@1 lapsed',
    },
  },
  {
    says: '`until` is the last day of the status whatever it has become; the next day dates alone decide',
    not: '`until` ends only the stage that was written',
    who: customer('studio@1', { statuses: [owing] }),
    see: planAndStage,
    days: { '2026-12-31': 'starter@1 lapsed', '2027-01-01': 'studio@1 active' },
  },
  {
    says: 'a status of one day is one on it',
    not: 'on none',
    who: customer('studio@1', { statuses: [{ ...owing, until: '2026-03-01' }] }),
    see: stageOnly,
    days: { '2026-02-28': 'active', '2026-03-01': 'pastDue', '2026-03-02': 'active' },
  },
  {
    says: 'a status without end goes on',
    not: 'it ends with the days of its stage',
    who: customer('studio@1', { statuses: [{ ...owing, until: undefined }] }),
    see: planAndStage,
    days: { '2029-01-01': 'starter@1 lapsed' },
  },
  {
    says: '`pastDue`: days by payment method',
    not: 'one number for everybody',
    who: customer('studio@1', { ...invoiced, statuses: [owing] }),
    see: stageOnly,
    days: { '2026-03-30': 'pastDue', '2026-03-31': 'suspended', '2026-04-29': 'suspended', '2026-04-30': 'lapsed' },
  },
  {
    says: 'the method on the day it began',
    not: 'the method of today',
    who: customer('studio@1', {
      ...invoiced,
      statuses: [owing],
      amendments: [{ on: '2026-03-02', billing: { method: 'card' } }],
    }),
    see: stageOnly,
    days: { '2026-03-30': 'pastDue', '2026-03-31': 'suspended' },
  },
  {
    says: 'the method as it is amended on that very day',
    not: 'as it was the day before',
    who: customer('studio@1', {
      ...invoiced,
      statuses: [owing],
      amendments: [{ on: '2026-03-01', billing: { method: 'card' } }],
    }),
    see: stageOnly,
    days: { '2026-03-10': 'pastDue', '2026-03-11': 'suspended' },
  },
  {
    says: 'the method is that of the terms: contract before account before plan',
    not: 'the account’s own',
    who: customer('studio@1', {
      contracts: [{ ...year, billing: { method: 'invoice' } }],
      billing: { method: 'card' },
      statuses: [owing],
    }),
    see: stageOnly,
    days: { '2026-03-30': 'pastDue', '2026-03-31': 'suspended' },
  },
  {
    says: 'a method not named: never',
    not: 'the days of another, or none',
    who: customer('studio@1', { billing: { method: 'manual' }, statuses: [owing] }),
    see: stageOnly,
    days: { '2026-12-31': 'pastDue' },
  },
  {
    says: 'a method named `never` does not run out',
    not: 'as a number of days',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-12-31': 'pastDue' },
    where: withStages({ pastDue: { card: 'never', invoice: 3 } }),
  },
  {
    says: 'a written `suspended` runs out the same way',
    not: 'only one that was reached by time',
    who: customer('studio@1', { statuses: [{ ...owing, stage: 'suspended' }] }),
    see: planAndStage,
    days: { '2026-03-30': 'studio@1 suspended', '2026-03-31': 'starter@1 lapsed' },
  },
  {
    says: '`days: never` where it should not',
    not: 'it lapses at once',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-03-11': 'suspended', '2026-12-31': 'suspended' },
    where: withStages({ suspended: { days: 'never' } }),
  },
  {
    says: 'a policy without days of `suspended` never runs out',
    not: 'after 0 days',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-03-11': 'suspended', '2026-12-31': 'suspended' },
    where: withStages({ suspended: { set: { apiCalls: 0 } } }),
  },
  {
    says: '`pastDue` of 0 days is suspended at once',
    not: 'after a day',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-02-28': 'active', '2026-03-01': 'suspended' },
    where: withStages({ pastDue: { card: 0 } }),
  },
  {
    says: 'stages may be left out: without `suspended` it lapses',
    not: 'it stays past due',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-03-10': 'pastDue', '2026-03-11': 'lapsed', '2026-12-31': 'lapsed' },
    where: withStages({ suspended: undefined }),
  },
  {
    says: 'stages may be left out: without `lapsed` it stays suspended',
    not: 'it is over',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-03-11': 'suspended', '2026-12-31': 'suspended' },
    where: withStages({ lapsed: undefined }),
  },
  {
    says: 'stages may be left out: without both it stays past due',
    not: 'it is over',
    who: customer('studio@1', { statuses: [owing] }),
    see: stageOnly,
    days: { '2026-03-11': 'pastDue', '2026-12-31': 'pastDue' },
    where: withStages({ suspended: undefined, lapsed: undefined }),
  },
  {
    says: 'closed is a last one without end',
    not: 'it runs out',
    who: customer('studio@1', { statuses: [closed] }),
    see: planAndStage,
    days: { '2026-02-28': 'studio@1 active', '2026-03-01': 'studio@1 closed', '2030-01-01': 'studio@1 closed' },
  },
]);

prove('two stages at once', [
  {
    says: 'the more serious of both stages is shown: the status over grace, and lapsed by dates over past due',
    not: 'a status always wins',
    who: customer('studio@1', { ...invoiced, contracts: [year], statuses: [{ ...owing, since: '2026-04-05' }] }),
    see: planAndStage,
    days: {
      '2026-04-04': 'enterprise@1 grace',
      '2026-04-05': 'enterprise@1 pastDue',
      '2026-04-15': 'starter@1 lapsed',
      '2026-05-05': 'starter@1 lapsed',
    },
  },
  {
    says: 'both take effect; a stage reached by time replaces the one before it',
    not: 'only the one shown takes, or every one passed through goes on taking',
    who: customer('studio@1', {
      contracts: [year],
      statuses: [{ ...owing, since: '2026-04-01', until: '2026-04-20' }],
    }),
    see: setting('sso', 'delay', 'apiCalls'),
    days: {
      '2026-03-31': [true, 5, 'unlimited'],
      '2026-04-05': [false, 90, 'unlimited'],
      '2026-04-06': [true, 90, 0],
      '2026-04-15': [false, 60, 0],
      '2026-04-21': [false, 60, 100],
    },
    where: withStages({ pastDue: { invoice: 5, set: { sso: false } } }),
  },
  {
    says: 'the plan follows the more serious',
    not: 'the plan is always that of the dates',
    who: customer('studio@1', { contracts: [year], statuses: [{ stage: 'suspended', since: '2026-03-01' }] }),
    see: planAndStage,
    days: {
      '2026-03-30': 'enterprise@1 suspended',
      '2026-03-31': 'starter@1 lapsed',
      '2026-04-01': 'starter@1 lapsed',
    },
  },
  {
    says: 'in `closed` the plan is the one without it',
    not: 'the free plan',
    who: customer('studio@1', { contracts: [year], statuses: [closed] }),
    see: planAndStage,
    days: {
      '2026-03-01': 'enterprise@1 closed',
      '2026-04-14': 'enterprise@1 closed',
      '2026-04-15': 'starter@1 closed',
    },
  },
  {
    says: 'lapsed by dates and by a status at once takes as one',
    not: 'not at all',
    who: customer('studio@1', { contracts: [year], statuses: [{ stage: 'suspended', since: '2026-03-20' }] }),
    see: ({ stage, settings }) => [stage, settings.retention],
    days: { '2026-04-14': ['suspended', 365], '2026-04-15': ['lapsed', 50], '2026-04-19': ['lapsed', 50] },
    where: withStages({ lapsed: { plan: 'starter@1', set: { retention: 50 } } }),
  },
  {
    says: 'a status over a trial is shown, and the trial’s stage goes on taking',
    not: 'the status ends the trial',
    who: customer('starter@1', {
      trials: [trial],
      statuses: [{ stage: 'suspended', since: '2026-02-10', until: '2026-02-20' }],
    }),
    see: ({ plan, stage, settings }) => [plan, stage, settings.retention, settings.apiCalls],
    days: { '2026-02-09': ['pilot@1', 'trial', 45, 500], '2026-02-10': ['pilot@1', 'suspended', 45, 0] },
  },
]);

prove('lapsed and closed by a status', [
  {
    says: 'in `lapsed` the plan is the base plan if it is free, with its quantities',
    not: 'the contract’s goes on, or the free plan of the policy',
    who: customer('pilot@1', {
      quantities: { seats: 12 },
      contracts: [year],
      statuses: [{ ...owing, stage: 'suspended' }],
    }),
    see: ({ plan, settings }) => [plan, settings.seats],
    days: { '2026-03-30': ['enterprise@1', 20], '2026-03-31': ['pilot@1', 12] },
  },
  {
    says: 'terms, add-on terms included, are what they would be without the status',
    not: 'the terms of the plan of the lapse',
    who: customer('studio@1', { statuses: [owing], addOns: [{ id: 'calls' }, { id: 'priority' }] }),
    see: ({ support, billing, settings }) => [support, billing, settings.apiCalls],
    days: {
      '2026-04-09': [{ channel: 'chat', firstResponseHours: 4 }, { method: 'card', interval: 'month' }, 0],
      '2026-04-10': [{ channel: 'chat', firstResponseHours: 4 }, { method: 'card', interval: 'month' }, 100],
    },
  },
  {
    says: 'terms are what they would be without the status: the contract’s, its grace’s, those of the plan its lapse gives',
    not: 'a status changes the agreement',
    who: customer('studio@1', {
      contracts: [{ ...year, support: { channel: 'phone' } }],
      statuses: [
        { stage: 'suspended', since: '2026-02-10', until: '2026-03-20' },
        { ...closed, since: '2026-03-25' },
      ],
    }),
    see: support('channel'),
    days: { '2026-03-12': 'phone', '2026-03-25': 'phone', '2026-04-14': 'phone', '2026-04-15': 'email' },
  },
  {
    says: 'only `promise` exceptions that the lapse dropped are gone',
    not: 'every promise goes, or none',
    who: customer('studio@1', {
      statuses: [owing],
      exceptions: [
        exception('EX-1', { decision: 'promise', terms: { support: { hours: '9to5' } }, onLapse: 'drop' }),
        exception('EX-2', { decision: 'promise', terms: { support: { contacts: ['a@b.example'] } }, onLapse: 'keep' }),
      ],
    }),
    see: support('hours', 'contacts'),
    days: { '2026-04-09': ['9to5', ['a@b.example']], '2026-04-10': [undefined, ['a@b.example']] },
  },
  {
    says: 'a trial that only adds has nothing to add to in `lapsed`',
    not: 'it adds to the free plan',
    who: customer('studio@1', { statuses: [owing], trials: [{ ...trial, starts: '2026-04-01', ends: '2026-04-30' }] }),
    see: setting('seats'),
    days: { '2026-04-09': 10, '2026-04-10': 3 },
  },
  {
    says: 'in `closed` everything else stays, taken from by the stage',
    not: 'the settings are those of the free plan',
    who: customer('studio@1', { statuses: [closed], quantities: { seats: 9 } }),
    see: setting('seats', 'apiCalls', 'retention'),
    days: { '2026-02-28': [9, 400, 90], '2026-03-01': [9, 0, 90] },
  },
  {
    says: 'statuses count one after the other',
    not: 'the first in the file, or the last',
    who: customer('studio@1', {
      statuses: [
        { stage: 'suspended', since: '2026-03-10', until: '2026-03-12' },
        { stage: 'pastDue', since: '2026-03-01', until: '2026-03-05' },
        { stage: 'closed', since: '2026-03-13' },
      ],
    }),
    see: stageOnly,
    days: {
      '2026-03-05': 'pastDue',
      '2026-03-06': 'active',
      '2026-03-10': 'suspended',
      '2026-03-12': 'suspended',
      '2026-03-13': 'closed',
    },
  },
]);
