import type { Setting } from '../../../../schemas/setting.ts';
import { later, trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages, world } from '../../../oracle/sample-world.ts';
import type { AddOn } from '../../../oracle/world.ts';
import { prove, type Seen } from './prove.ts';

const region = ({ settings, held }: Seen) => [settings.region, held.includes('region')];
const retention = ({ settings, held }: Seen) => [settings.retention, held.includes('retention')];
const formats = ({ settings, held }: Seen) => [settings.formats, held.includes('formats')];
const short = (id: string, set: object, starts: string, expires: string) =>
  exception(id, { set: set as never, starts, expires });

const selling = { ...world, plans: { ...world.plans } };
selling.plans['rows@1'] = {
  name: 'Rows',
  rank: 20,
  settings: { seats: 4 },
  price: { currency: 'USD', per: 'month', amount: '1.00', units: { retention: { amount: '0.10' } } },
};

prove('what is held', [
  {
    says: 'when the giver ends, the value is held, through a lapse too',
    not: 'the fall-back names it',
    who: customer('studio@1', { contracts: [year] }),
    see: ({ settings, held }) => [settings.region, settings.retention, held],
    days: {
      '2026-01-31': ['us', 90, []],
      '2026-04-14': ['eu', 365, []],
      '2026-04-15': ['eu', 365, ['region', 'retention']],
      '2029-01-01': ['eu', 365, ['region', 'retention']],
    },
  },
  {
    says: '`hold` is the default of area `hosting` only',
    not: 'everything is held, or only what says so',
    who: customer('studio@1', { contracts: [year] }),
    see: ({ settings, held }) => [settings.sso, settings.seats, held.length],
    days: { '2026-04-15': [false, 3, 2] },
  },
  {
    says: '`release` lets go in area `hosting`',
    not: 'the area decides alone',
    who: customer('studio@1', { contracts: [year] }),
    see: region,
    days: { '2026-04-15': ['us', false] },
    where: {
      ...world,
      settings: { ...world.settings, region: { ...(world.settings.region as Setting), onEnd: 'release' } },
    },
  },
  {
    says: 'an exception gives: what it set is held when it expires, under the plan it covered',
    not: 'the plan beneath it names the setting',
    who: customer('enterprise@1', { exceptions: [short('EX-1', { region: 'ap' }, '2026-02-01', '2026-02-10')] }),
    see: region,
    days: { '2026-01-31': ['eu', false], '2026-02-10': ['ap', false], '2026-02-11': ['ap', true] },
  },
  {
    says: 'an add-on gives',
    not: 'only plans and exceptions do',
    who: customer('studio@1', { addOns: [{ id: 'eu', ends: '2026-02-10' }] }),
    see: region,
    days: { '2026-02-10': ['eu', false], '2026-02-11': ['eu', true] },
  },
  {
    says: 'an add-on that adds gives the whole value',
    not: 'its addition alone is held, or added again',
    who: customer('studio@1', { addOns: [{ id: 'moreRows', ends: '2026-02-10' }] }),
    see: retention,
    days: { '2026-02-10': [100, false], '2026-02-11': [100, true] },
  },
  {
    says: 'a quantity gives, and an amendment takes it away',
    not: 'only what has an end can end',
    who: customer('rows@1', {
      quantities: { retention: 70 },
      amendments: [{ on: '2026-02-10', quantities: { retention: 'unset' } }],
    }),
    see: retention,
    days: { '2026-02-09': [70, false], '2026-02-10': [70, true] },
    where: selling,
  },
  {
    says: 'never a default',
    not: 'what nobody gave is held',
    who: customer('starter@1', { amendments: [{ on: '2026-02-01', plan: 'studio@1' }] }),
    see: retention,
    days: { '2026-01-31': [30, false], '2026-02-01': [90, false] },
  },
  {
    says: 'never a stage: where stage `trial` took from the plan, nothing is held',
    not: 'the plan’s value, or what the stage left, is held',
    who: customer('starter@1', { trials: [trial] }),
    see: retention,
    days: { '2026-02-28': [45, false], '2026-03-01': [30, false] },
  },
  {
    says: 'where it took nothing the plan gave',
    not: 'a trial gives nothing',
    who: customer('starter@1', { trials: [{ ...trial, kind: 'pilot' }] }),
    see: retention,
    days: { '2026-02-28': [60, false], '2026-03-01': [60, true] },
  },
  {
    says: 'what a trial that only adds gave is held too',
    not: 'only what the stage’s plan gave',
    who: customer('studio@2', { trials: [{ ...trial, quantities: { seats: 11 } }] }),
    see: retention,
    days: { '2026-02-28': [60, false], '2026-03-01': [60, true] },
  },
  {
    says: 'unless what would apply equals it',
    not: 'it is held all the same',
    who: customer('enterprise@1', { exceptions: [short('EX-1', { region: 'eu' }, '2026-02-01', '2026-02-10')] }),
    see: region,
    days: { '2026-02-11': ['eu', false] },
  },
  {
    says: 'equal lists are equal',
    not: 'only the same list is',
    who: customer('starter@1', { exceptions: [short('EX-1', { formats: ['csv'] }, '2026-02-01', '2026-02-10')] }),
    see: formats,
    days: { '2026-02-11': [['csv'], false] },
  },
  {
    says: 'a list is held, having no order',
    not: 'a longer list is more favourable',
    who: customer('starter@1', { exceptions: [short('EX-1', { formats: [] }, '2026-02-01', '2026-02-10')] }),
    see: formats,
    days: { '2026-02-11': [[], true] },
  },
  {
    says: 'or is more favourable',
    not: 'the held value counts whatever it is',
    who: customer('studio@1', { exceptions: [short('EX-1', { retention: 10 }, '2026-02-01', '2026-02-10')] }),
    see: retention,
    days: { '2026-02-10': [10, false], '2026-02-11': [90, false] },
  },
  {
    says: 'what something else covers on its last day is not what is given',
    not: 'every giver that ends is held',
    who: customer('studio@1', {
      addOns: [{ id: 'eu', ends: '2026-02-10' }],
      exceptions: [short('EX-1', { region: 'ap' }, '2026-02-01', '2026-03-10')],
    }),
    see: region,
    days: { '2026-02-11': ['ap', false], '2026-03-11': ['ap', true] },
  },
]);

selling.plans['studio@3'] = { ...(selling.plans['rows@1'] as (typeof selling.plans)[string]), settings: { seats: 5 } };
const many = { ...year, plan: 'rows@1', renewal: { kind: 'none' }, quantities: { retention: 120 } };

const gap = (plan: string, starts = '2026-05-01') => [year, { ...later, plan, starts }];
const lost = { contracts: [{ ...year, renewal: { kind: 'none' } }] };

prove('until', [
  {
    says: 'an entry that starts on that day whose plan names the setting: a contract, with less',
    not: 'only with more',
    who: customer('starter@1', { contracts: gap('studio@1', '2026-04-01') }),
    see: ({ settings, held }) => [settings.retention, settings.region, held],
    days: { '2026-03-31': [365, 'eu', []], '2026-04-01': [90, 'eu', ['region']] },
  },
  {
    says: 'an entry whose plan does not name it does not release',
    not: 'any next entry does',
    who: customer('starter@1', { contracts: gap('studio@2') }),
    see: region,
    days: { '2026-05-01': ['eu', true] },
  },
  {
    says: 'an amendment whose plan names it',
    not: 'only a new contract',
    who: customer('studio@2', { ...lost, amendments: [{ on: '2026-04-20', plan: 'studio@1' }] }),
    see: retention,
    days: { '2026-04-19': [365, true], '2026-04-20': [90, false] },
  },
  {
    says: 'a fall-back never releases it: the base plan after an end, though amended since',
    not: 'a plan that names it does',
    who: customer('studio@2', { ...lost, amendments: [{ on: '2026-03-20', plan: 'studio@1' }] }),
    see: retention,
    days: { '2026-04-01': [365, true], '2027-04-01': [365, true] },
  },
  {
    says: 'a trial whose plan names it and whose value is the one that counts',
    not: 'a trial gives nothing for good',
    who: customer('starter@1', {
      ...lost,
      trials: [{ ...trial, kind: 'pilot', starts: '2026-05-01', ends: '2026-05-10' }],
    }),
    see: retention,
    days: { '2026-04-30': [365, true], '2026-05-01': [60, false] },
  },
  {
    says: 'not a trial from whose plan the stage took',
    not: 'a plan that names it is enough',
    who: customer('starter@1', { ...lost, trials: [{ ...trial, starts: '2026-05-01', ends: '2026-05-10' }] }),
    see: retention,
    days: { '2026-05-01': [365, true] },
  },
  {
    says: 'not a trial whose side is not the one that counts',
    not: 'its plan names it',
    who: customer('studio@1', { ...lost, trials: [{ ...trial, starts: '2026-05-01', ends: '2026-05-10' }] }),
    see: retention,
    days: { '2026-05-01': [365, true] },
  },
  ...(
    [
      ['an add-on', { addOns: [{ id: 'ap', starts: '2026-04-15' }] as AddOn[] }, 'ap'],
      ['an exception', { exceptions: [short('EX-1', { region: 'ap' }, '2026-04-15', '2026-12-31')] }, 'ap'],
    ] as const
  ).map(([what, more, value]) => ({
    says: `${what} that starts on or after that day`,
    not: 'what is held outlasts it',
    who: customer('studio@1', { ...lost, ...(more as object) }),
    see: region,
    days: { '2026-04-14': ['eu', true], '2026-04-15': [value, false] },
  })),
  {
    says: 'an exception that starts on the very day',
    not: 'only a later one',
    who: customer('studio@1', { ...lost, exceptions: [short('EX-1', { region: 'ap' }, '2026-04-01', '2026-12-31')] }),
    see: region,
    days: { '2026-03-31': ['eu', false], '2026-04-01': ['ap', false] },
  },
  {
    says: 'an add-on that started before that day does not release',
    not: 'whatever names it does',
    who: customer('studio@1', { ...lost, addOns: [{ id: 'ap', starts: '2026-03-20' }] }),
    see: region,
    days: { '2026-03-31': ['eu', false], '2026-04-01': ['eu', true] },
  },
  {
    says: 'a quantity that starts on or after that day',
    not: 'quantities name no setting',
    who: customer('rows@1', { ...lost, amendments: [{ on: '2026-04-15', quantities: { retention: 50 } }] }),
    see: retention,
    days: { '2026-04-14': [365, true], '2026-04-15': [50, false] },
    where: selling,
  },
  {
    says: 'a quantity, though an add-on that counts again covers it',
    not: 'only the last step that names it',
    who: customer('starter@1', {
      addOns: [{ id: 'rows' }],
      contracts: [many, { ...later, plan: 'studio@3', starts: '2026-04-01', quantities: { retention: 40 } }],
    }),
    see: retention,
    days: { '2026-03-31': [120, false], '2026-04-01': [100, false] },
    where: selling,
  },
  {
    says: 'not an add-on that counts again: it did not start',
    not: 'whatever becomes active names it',
    who: customer('starter@1', {
      addOns: [{ id: 'rows' }],
      contracts: [many, { ...later, plan: 'studio@3', starts: '2026-04-01' }],
    }),
    see: retention,
    days: { '2026-04-01': [120, true] },
    where: selling,
  },
  {
    says: 'or until the giver counts again: the same plan in the next entry is the same giver',
    not: 'a new contract is a new giver',
    who: customer('studio@1', { contracts: gap('enterprise@1') }),
    see: region,
    days: { '2026-04-30': ['eu', true], '2026-05-01': ['eu', false] },
  },
  {
    says: 'an inactive add-on has ended, and releases when it counts again, even with less',
    not: 'it is held on, as it had more',
    who: customer('studio@1', {
      addOns: [{ id: 'moreRows' }],
      amendments: [
        { on: '2026-02-01', plan: 'starter@1' },
        { on: '2026-03-01', plan: 'pilot@1' },
      ],
    }),
    see: retention,
    days: { '2026-01-31': [100, false], '2026-02-01': [100, true], '2026-03-01': [70, false] },
  },
  {
    says: 'what became more favourable meanwhile ends it for good',
    not: 'it is held again when that ends',
    who: customer('studio@1', {
      exceptions: [
        short('EX-1', { retention: 100 }, '2026-02-01', '2026-02-10'),
        short('EX-2', { retention: 400 }, '2026-02-20', '2026-02-25'),
        short('EX-3', { retention: 50 }, '2026-03-01', '2026-03-05'),
      ],
    }),
    see: retention,
    days: {
      '2026-02-11': [100, true],
      '2026-02-20': [400, false],
      '2026-02-26': [400, true],
      '2026-03-06': [90, false],
    },
  },
  {
    says: 'the other stages take from what is held',
    not: 'what is held is safe from them',
    who: customer('studio@1', { contracts: [year] }),
    see: retention,
    days: { '2026-04-15': [50, true] },
    where: withStages({ lapsed: { plan: 'starter@1', set: { retention: 50 } } }),
  },
]);
