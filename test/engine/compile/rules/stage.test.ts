import { later, trial, year } from '../../../oracle/sample-days.ts';
import { customer, withStages } from '../../../oracle/sample-world.ts';
import { planAndStage, prove, setting } from './prove.ts';

const none = { ...year, renewal: { kind: 'none' } };
const monthly = { ...year, ends: undefined, renewal: undefined };
const isAt = (days: Record<string, string>) => ({ see: planAndStage, days });

prove('a contract', [
  {
    says: 'the first segment is the base plan, active',
    not: 'the first contract reaches back before its start',
    who: customer('studio@1', { contracts: [year] }),
    ...isAt({ '2020-01-01': 'studio@1 active', '2026-01-31': 'studio@1 active' }),
  },
  {
    says: 'contract in force → active; a start counts from its day, an end is the last day included',
    not: 'the end is the first day without it',
    who: customer('studio@1', { contracts: [year] }),
    ...isAt({ '2026-02-01': 'enterprise@1 active', '2026-03-31': 'enterprise@1 active' }),
  },
  {
    says: 'without an end it goes on month to month',
    not: 'it ends with its month',
    who: customer('studio@1', { contracts: [monthly] }),
    ...isAt({ '2026-03-01': 'enterprise@1 active', '2030-01-01': 'enterprise@1 active' }),
  },
  {
    says: 'contracts count by their dates',
    not: 'by their place in the file',
    who: customer('studio@1', { contracts: [later, year] }),
    ...isAt({
      '2026-03-31': 'enterprise@1 active',
      '2026-04-15': 'starter@1 lapsed',
      '2026-05-01': 'enterprise@1 active',
    }),
  },
  {
    says: '`none`: base plan the next day, no grace',
    not: 'every end has grace',
    who: customer('studio@1', { contracts: [none] }),
    ...isAt({ '2026-03-31': 'enterprise@1 active', '2026-04-01': 'studio@1 active' }),
  },
  {
    says: 'an early end by amendment: base plan the next day, no grace',
    not: 'the written end still counts, or has grace',
    who: customer('studio@1', {
      contracts: [{ ...year, amendments: [{ on: '2026-02-10', ends: '2026-02-20', renewal: { kind: 'none' } }] }],
    }),
    ...isAt({ '2026-02-20': 'enterprise@1 active', '2026-02-21': 'studio@1 active', '2026-04-01': 'studio@1 active' }),
  },
  {
    says: 'an amended end counts for grace too',
    not: 'grace runs from the end as first written',
    who: customer('studio@1', { contracts: [{ ...year, amendments: [{ on: '2026-02-10', ends: '2026-04-10' }] }] }),
    ...isAt({
      '2026-04-10': 'enterprise@1 active',
      '2026-04-11': 'enterprise@1 grace',
      '2026-04-25': 'starter@1 lapsed',
    }),
  },
  {
    says: 'an amendment takes the end away (`unset`)',
    not: 'an end can only be moved',
    who: customer('studio@1', {
      contracts: [{ ...year, amendments: [{ on: '2026-02-10', ends: 'unset', renewal: 'unset' }] }],
    }),
    ...isAt({ '2026-04-01': 'enterprise@1 active', '2029-01-01': 'enterprise@1 active' }),
  },
  {
    says: '`auto` goes on',
    not: 'it ends with its first term, or has grace',
    who: customer('studio@1', { contracts: [{ ...year, renewal: { kind: 'auto', months: 1 } }] }),
    ...isAt({ '2026-04-01': 'enterprise@1 active', '2029-01-01': 'enterprise@1 active' }),
  },
  {
    says: 'a next entry ends the rolling the day before',
    not: 'at the end of the rolled month',
    who: customer('studio@1', {
      contracts: [
        { ...year, renewal: { kind: 'auto' } },
        { ...later, plan: 'studio@2' },
      ],
    }),
    ...isAt({ '2026-04-30': 'enterprise@1 active', '2026-05-01': 'studio@2 active' }),
  },
  {
    says: 'an amendment of a rolled contract may end it',
    not: 'it can only be ended by a next entry',
    who: customer('studio@1', {
      contracts: [
        {
          ...year,
          renewal: { kind: 'auto' },
          amendments: [{ on: '2026-05-01', ends: '2026-05-31', renewal: { kind: 'manual' } }],
        },
      ],
    }),
    ...isAt({
      '2026-05-31': 'enterprise@1 active',
      '2026-06-01': 'enterprise@1 grace',
      '2026-06-15': 'starter@1 lapsed',
    }),
  },
]);

prove('grace', [
  {
    says: 'after a `manual` contract → grace for the policy’s days, then lapsed',
    not: 'grace counts from the last day, or its last day is the first of the lapse',
    who: customer('studio@1', { contracts: [year] }),
    ...isAt({
      '2026-04-01': 'enterprise@1 grace',
      '2026-04-14': 'enterprise@1 grace',
      '2026-04-15': 'starter@1 lapsed',
      '2029-01-01': 'starter@1 lapsed',
    }),
  },
  {
    says: 'no grace where the successor starts the next day',
    not: 'one day of grace between them',
    who: customer('studio@1', { contracts: [year, { ...later, starts: '2026-04-01' }] }),
    ...isAt({ '2026-03-31': 'enterprise@1 active', '2026-04-01': 'enterprise@1 active' }),
  },
  {
    says: 'grace until that successor',
    not: 'for all of the policy’s days',
    who: customer('studio@1', { contracts: [year, { ...later, starts: '2026-04-05', plan: 'studio@2' }] }),
    ...isAt({ '2026-04-04': 'enterprise@1 grace', '2026-04-05': 'studio@2 active' }),
  },
  {
    says: 'grace of 0 days is none',
    not: 'at least a day',
    who: customer('studio@1', { contracts: [year] }),
    ...isAt({ '2026-04-01': 'starter@1 lapsed' }),
    where: withStages({ grace: { days: 0 } }),
  },
  {
    says: 'a policy without grace goes straight to the lapse',
    not: 'straight to the base plan',
    who: customer('studio@1', { contracts: [year] }),
    ...isAt({ '2026-03-31': 'enterprise@1 active', '2026-04-01': 'starter@1 lapsed' }),
    where: withStages({ grace: undefined }),
  },
  {
    says: 'grace of `never` goes on until somebody decides',
    not: 'never begins',
    who: customer('studio@1', { contracts: [year, later] }),
    ...isAt({
      '2026-04-01': 'enterprise@1 grace',
      '2026-04-30': 'enterprise@1 grace',
      '2026-05-01': 'enterprise@1 active',
    }),
    where: withStages({ grace: { days: 'never' } }),
  },
  {
    says: 'plan and quantities stay those of the contract in grace',
    not: 'the account’s',
    who: customer('studio@1', { contracts: [{ ...year, quantities: { seats: 44 } }], quantities: { seats: 9 } }),
    see: setting('seats'),
    days: { '2026-03-31': 44, '2026-04-14': 44, '2026-04-15': 3 },
  },
]);

prove('the end of grace and lapse', [
  ...(
    [
      ['the first day of grace', '2026-04-01', { '2026-04-01': 'studio@2 active' }],
      ['a day of grace', '2026-04-03', { '2026-04-02': 'enterprise@1 grace', '2026-04-03': 'studio@2 active' }],
      ['the day of the lapse', '2026-04-15', { '2026-04-14': 'enterprise@1 grace', '2026-04-15': 'studio@2 active' }],
      ['a day after the lapse', '2026-05-02', { '2026-05-01': 'starter@1 lapsed', '2026-05-02': 'studio@2 active' }],
    ] as const
  ).map(([when, on, days]) => ({
    says: `an account amendment with \`plan\` on ${when} ends it`,
    not: 'only a contract does, or only later',
    who: customer('studio@1', { contracts: [year], amendments: [{ on, plan: 'studio@2' }] }),
    ...isAt({ ...days, '2027-01-01': 'studio@2 active' }),
  })),
  {
    says: 'one with the plan it has ends it too',
    not: 'only another plan',
    who: customer('studio@1', { contracts: [year], amendments: [{ on: '2026-04-03', plan: 'studio@1' }] }),
    ...isAt({ '2026-04-02': 'enterprise@1 grace', '2026-04-03': 'studio@1 active' }),
  },
  {
    says: 'an account amendment without `plan` does not end it',
    not: 'any amendment',
    who: customer('studio@1', { contracts: [year], amendments: [{ on: '2026-04-03', quantities: { seats: 9 } }] }),
    ...isAt({ '2026-04-03': 'enterprise@1 grace', '2026-04-15': 'starter@1 lapsed' }),
  },
  {
    says: 'one on the contract’s last day does not end a grace that has not begun',
    not: 'any later change of plan',
    who: customer('studio@1', { contracts: [year], amendments: [{ on: '2026-03-31', plan: 'studio@2' }] }),
    ...isAt({ '2026-04-01': 'enterprise@1 grace', '2026-04-15': 'starter@1 lapsed' }),
  },
  {
    says: 'the next contract ends the lapse',
    not: 'a lapse lasts',
    who: customer('studio@1', { contracts: [year, later] }),
    ...isAt({ '2026-04-30': 'starter@1 lapsed', '2026-05-01': 'enterprise@1 active', '2026-07-01': 'studio@1 active' }),
  },
  {
    says: 'the first of two changes of plan ends it',
    not: 'the last one',
    who: customer('studio@1', {
      contracts: [year],
      amendments: [
        { on: '2026-04-20', plan: 'studio@1' },
        { on: '2026-04-03', plan: 'studio@2' },
      ],
    }),
    ...isAt({ '2026-04-03': 'studio@2 active', '2026-04-19': 'studio@2 active', '2026-04-20': 'studio@1 active' }),
  },
  {
    says: 'a change of plan after the next contract has begun is not the end of the lapse before it',
    not: 'it reaches back',
    who: customer('studio@1', { contracts: [year, later], amendments: [{ on: '2026-05-02', plan: 'studio@2' }] }),
    ...isAt({ '2026-04-30': 'starter@1 lapsed', '2026-05-02': 'enterprise@1 active', '2026-07-01': 'studio@2 active' }),
  },
]);

prove('lapsed', [
  {
    says: 'the plan is the base plan if it is free, with the account’s quantities',
    not: 'always the one the policy names',
    who: customer('pilot@1', { contracts: [year], quantities: { seats: 12 } }),
    see: ({ plan, stage, settings }) => [plan, stage, settings.seats],
    days: { '2026-04-15': ['pilot@1', 'lapsed', 12] },
  },
  {
    says: 'else the free plan `lifecycle.yaml` names, without the account’s quantities',
    not: 'the base plan, or the account’s quantities on the other plan',
    who: customer('studio@1', { contracts: [year], quantities: { seats: 12 } }),
    see: ({ plan, settings }) => [plan, settings.seats],
    days: { '2026-04-15': ['starter@1', 3] },
  },
  {
    says: 'the base plan is the one of that day, as amended',
    not: 'as first written',
    who: customer('studio@1', { contracts: [year], amendments: [{ on: '2026-02-10', plan: 'pilot@1' }] }),
    ...isAt({ '2026-04-15': 'pilot@1 lapsed' }),
  },
  {
    says: 'where the policy has no `lapsed`, grace ends on the base plan',
    not: 'it never ends',
    who: customer('studio@1', { contracts: [year] }),
    ...isAt({ '2026-04-14': 'enterprise@1 grace', '2026-04-15': 'studio@1 active' }),
    where: withStages({ lapsed: undefined }),
  },
  {
    says: 'a trial over it counts fully and falls back into it',
    not: 'it only adds, or ends the lapse',
    who: customer('studio@1', {
      contracts: [year],
      trials: [{ ...trial, starts: '2026-04-20', ends: '2026-04-30', quantities: { seats: 30 } }],
    }),
    see: ({ plan, stage, settings }) => [plan, stage, settings.seats],
    days: {
      '2026-04-19': ['starter@1', 'lapsed', 3],
      '2026-04-20': ['pilot@1', 'trial', 30],
      '2026-05-01': ['starter@1', 'lapsed', 3],
    },
  },
]);
