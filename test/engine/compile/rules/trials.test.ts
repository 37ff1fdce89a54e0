import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages, world } from '../../../oracle/sample-world.ts';
import { billing, planAndStage, prove, type Seen, setting } from './prove.ts';

const pilot = { ...trial, kind: 'pilot' } as const;
const grand = { ...world, plans: { ...world.plans } };
grand.plans['grand@1'] = {
  name: 'Grand',
  rank: 50,
  settings: { seats: 2, apiCalls: 50, delay: 90, sso: false, uptime: 'high', formats: ['pdf'] },
  price: { contactSales: true, units: { seats: { amount: '1.00' } } },
};

prove('a trial that is the stage', [
  {
    says: 'a trial in force over a free base plan → trial, on its plan',
    not: 'it only adds, or its last day is left out',
    who: customer('starter@1', { trials: [trial] }),
    see: planAndStage,
    days: {
      '2026-01-31': 'starter@1 active',
      '2026-02-01': 'pilot@1 trial',
      '2026-02-28': 'pilot@1 trial',
      '2026-03-01': 'starter@1 active',
    },
  },
  {
    says: 'a trial of one day counts on it',
    not: 'its end is the first day without it',
    who: customer('starter@1', { trials: [{ ...trial, ends: '2026-02-01' }] }),
    see: planAndStage,
    days: { '2026-01-31': 'starter@1 active', '2026-02-01': 'pilot@1 trial', '2026-02-02': 'starter@1 active' },
  },
  {
    says: '`kind: pilot` → pilot',
    not: 'every trial is a trial',
    who: customer('starter@1', { trials: [pilot] }),
    see: planAndStage,
    days: { '2026-02-01': 'pilot@1 pilot' },
  },
  {
    says: 'a free plan is the one that says `free: true`',
    not: 'one that costs "0.00", or says nothing of a price',
    who: customer('enterprise@1', { trials: [trial] }),
    see: planAndStage,
    days: { '2026-02-01': 'enterprise@1 active' },
  },
  {
    says: 'plan and quantities come together from one place: the trial’s',
    not: 'the account’s quantities on the trial’s plan',
    who: customer('starter@1', { trials: [trial], quantities: { seats: 15 } }),
    see: setting('seats'),
    days: { '2026-01-31': 15, '2026-02-01': 10, '2026-03-01': 15 },
  },
  {
    says: 'it becomes the stage the day the base plan is free',
    not: 'what it is was settled when it started',
    who: customer('studio@1', { trials: [trial], amendments: [{ on: '2026-02-10', plan: 'starter@1' }] }),
    see: planAndStage,
    days: { '2026-02-09': 'studio@1 active', '2026-02-10': 'pilot@1 trial', '2026-03-01': 'starter@1 active' },
  },
  {
    says: 'over the free plan with which the account came back from a lapse',
    not: 'the lapse goes on beneath it, or the contract',
    who: customer('studio@1', {
      contracts: [year],
      amendments: [{ on: '2026-04-05', plan: 'starter@1' }],
      trials: [{ ...trial, starts: '2026-05-01', ends: '2026-05-10' }],
    }),
    see: planAndStage,
    days: { '2026-04-05': 'starter@1 active', '2026-05-01': 'pilot@1 trial', '2026-05-11': 'starter@1 active' },
  },
  {
    says: 'over the free base plan a contract ended on',
    not: 'a contract that was is one',
    who: customer('starter@1', {
      contracts: [{ ...year, renewal: { kind: 'none' } }],
      trials: [{ ...trial, starts: '2026-05-01', ends: '2026-05-10' }],
    }),
    see: planAndStage,
    days: { '2026-05-01': 'pilot@1 trial', '2026-05-11': 'starter@1 active' },
  },
  {
    says: 'its billing counts while it is the stage',
    not: 'a trial has no terms',
    who: customer('starter@1', { trials: [{ ...trial, billing: { method: 'manual' } }] }),
    see: billing('method'),
    days: { '2026-01-31': 'card', '2026-02-01': 'manual', '2026-03-01': 'card' },
  },
  {
    says: '`groups` says who takes part and has no effect on settings',
    not: 'a trial for one group gives nothing to the account',
    who: customer('starter@1', { trials: [{ ...trial, groups: ['operations'] }] }),
    see: setting('sso'),
    days: { '2026-02-01': true },
  },
  {
    says: 'stage `trial` takes after the plan and before the quantities',
    not: 'with the other stages, at the end',
    who: customer('starter@1', { trials: [{ ...trial, quantities: { seats: 11 } }] }),
    see: setting('seats', 'retention'),
    days: { '2026-02-01': [11, 45] },
    where: withStages({ trial: { set: { seats: 1, retention: 45 } } }),
  },
  {
    says: 'stage `trial` takes before add-ons and exceptions',
    not: 'after them',
    who: customer('starter@1', { trials: [trial], addOns: [{ id: 'moreRows' }], exceptions: [exception('EX-1')] }),
    see: setting('retention', 'apiCalls'),
    days: { '2026-02-01': [55, 501] },
  },
  {
    says: 'the stage `pilot` takes what the policy says of a pilot',
    not: 'of a trial',
    who: customer('starter@1', { trials: [pilot] }),
    see: setting('apiCalls', 'seats'),
    days: { '2026-02-01': [1000, 4] },
    where: withStages({ pilot: { set: { seats: 4 } } }),
  },
]);

const parts = ({ plan, stage, settings }: Seen) => [plan, stage, settings.seats, settings.apiCalls];

prove('a trial that only adds', [
  {
    says: 'a trial over a paid base plan only adds: plan and stage stay',
    not: 'it is the stage wherever there is no contract',
    who: customer('studio@1', { trials: [trial] }),
    see: parts,
    days: { '2026-02-01': ['studio@1', 'active', 10, 1000], '2026-03-01': ['studio@1', 'active', 5, 400] },
  },
  {
    says: 'a trial over a contract only adds, over a free base plan too',
    not: 'the base plan decides',
    who: customer('starter@1', { contracts: [{ ...year, plan: 'studio@1' }], trials: [trial] }),
    see: parts,
    days: { '2026-02-01': ['studio@1', 'active', 10, 1000] },
  },
  {
    says: 'a trial in grace only adds; where grace ends under it, it is the stage',
    not: 'grace is no contract any more',
    who: customer('starter@1', { contracts: [year], trials: [{ ...trial, starts: '2026-04-02', ends: '2026-04-20' }] }),
    see: planAndStage,
    days: { '2026-04-14': 'enterprise@1 grace', '2026-04-15': 'pilot@1 trial', '2026-04-21': 'starter@1 lapsed' },
  },
  {
    says: 'it adds from its first to its last day',
    not: 'the last day is left out',
    who: customer('studio@1', { trials: [trial] }),
    see: setting('sso'),
    days: { '2026-01-31': false, '2026-02-01': true, '2026-02-28': true, '2026-03-01': false },
  },
  {
    says: 'each setting is the more favourable of both sides',
    not: 'the trial’s, where its plan names one',
    who: customer('studio@1', { trials: [{ ...trial, plan: 'grand@1' }] }),
    see: setting('seats', 'apiCalls', 'delay', 'sso', 'uptime'),
    days: { '2026-02-01': [5, 400, 30, false, 'high'] },
    where: grand,
  },
  {
    says: 'a side is default, plan and quantities: a default can be the better side',
    not: 'only what a plan names counts',
    who: customer('grand@1', { trials: [{ ...trial, plan: 'studio@2' }] }),
    see: setting('seats', 'apiCalls', 'delay', 'uptime'),
    days: { '2026-01-31': [2, 50, 90, 'high'], '2026-02-01': [6, 100, 60, 'high'] },
    where: grand,
  },
  {
    says: 'the more favourable of both totals of a quantity',
    not: 'their sum, or the trial’s',
    who: customer('studio@1', {
      quantities: { seats: 12 },
      trials: [
        { ...trial, quantities: { seats: 15 } },
        { ...trial, quantities: { seats: 11 }, starts: '2026-03-01', ends: '2026-03-31' },
      ],
    }),
    see: setting('seats'),
    days: { '2026-01-31': 12, '2026-02-01': 15, '2026-03-01': 12 },
  },
  {
    says: 'without an order: the contract’s',
    not: 'the trial’s, as the later one',
    who: customer('studio@1', { trials: [{ ...trial, plan: 'enterprise@1' }] }),
    see: setting('region', 'formats', 'seats'),
    days: { '2026-02-01': ['us', ['csv'], 20] },
  },
  {
    says: 'a stage `trial` that is none takes nothing',
    not: 'a trial takes wherever it is',
    who: customer('studio@1', { trials: [trial] }),
    see: setting('apiCalls', 'retention'),
    days: { '2026-02-01': [1000, 90] },
  },
  {
    says: 'then add-ons and exceptions fold on that',
    not: 'they fold on the contract’s side before the two are compared',
    who: customer('studio@1', { trials: [trial], addOns: [{ id: 'calls' }], exceptions: [exception('EX-1')] }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 451, '2026-02-01': 1051 },
  },
  {
    says: 'the plan stays the contract’s for add-ons',
    not: 'what is sold with the trial’s plan counts too',
    who: customer('studio@2', {
      trials: [{ ...trial, plan: 'studio@1' }],
      addOns: [{ id: 'calls' }],
      amendments: [{ on: '2026-04-01', plan: 'studio@1' }],
    }),
    see: setting('apiCalls'),
    days: { '2026-02-01': 400, '2026-04-01': 450 },
  },
  {
    says: 'terms stay those without the trial: its billing does not count',
    not: 'its billing lies over the account’s',
    who: customer('studio@1', { trials: [{ ...trial, billing: { method: 'manual', paymentTerms: 'net30' } }] }),
    see: billing('method', 'paymentTerms'),
    days: { '2026-02-01': ['card', undefined] },
  },
]);
