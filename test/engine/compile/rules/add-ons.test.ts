import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, world } from '../../../oracle/sample-world.ts';
import { prove, setting, support } from './prove.ts';

const chained = { ...world, menu: { addOns: { ...world.menu.addOns } } };
chained.menu.addOns.plus = { plans: ['studio'], adds: { apiCalls: 5 }, dependsOn: ['priority'] };
chained.menu.addOns.never = { plans: ['studio'], adds: { apiCalls: 7 }, dependsOn: ['calls', 'eu'] };
chained.menu.addOns.free = { plans: ['studio'], adds: { apiCalls: 3 }, dependsOn: [] };

prove('an add-on', [
  {
    says: 'counts from `starts` to `ends`, both days included',
    not: 'the last day is left out',
    who: customer('studio@1', { addOns: [{ id: 'calls', starts: '2026-02-01', ends: '2026-02-10' }] }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 400, '2026-02-01': 450, '2026-02-10': 450, '2026-02-11': 400 },
  },
  {
    says: 'of one day counts on it',
    not: 'on none',
    who: customer('studio@1', { addOns: [{ id: 'calls', starts: '2026-02-01', ends: '2026-02-01' }] }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 400, '2026-02-01': 450, '2026-02-02': 400 },
  },
  {
    says: 'without `starts` and `ends` it counts always',
    not: 'from the first date of the file',
    who: customer('studio@1', { addOns: [{ id: 'calls' }] }),
    see: setting('apiCalls'),
    days: { '2020-01-01': 450, '2030-01-01': 450 },
  },
  {
    says: '`quantity` (default 1)',
    not: 'a quantity counts once',
    who: customer('studio@1', {
      addOns: [
        { id: 'calls', ends: '2026-01-31' },
        { id: 'calls', quantity: 9, starts: '2026-02-01' },
      ],
    }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 450, '2026-02-01': 850 },
  },
  {
    says: 'counts in segments whose plan the menu sells it with, and again when the plan does',
    not: 'once bought it counts, or once inactive it is gone',
    who: customer('studio@1', {
      addOns: [{ id: 'calls' }],
      amendments: [
        { on: '2026-02-01', plan: 'studio@2' },
        { on: '2026-03-01', plan: 'studio@1' },
      ],
    }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 450, '2026-02-01': 100, '2026-03-01': 450 },
  },
  {
    says: 'a menu name without version means every version',
    not: 'the latest, or the first',
    who: customer('studio@1', { addOns: [{ id: 'eu' }], amendments: [{ on: '2026-02-01', plan: 'studio@2' }] }),
    see: ({ settings, held }) => [settings.region, held],
    days: { '2026-01-31': ['eu', []], '2026-02-01': ['eu', ['retention']] },
  },
  {
    says: 'a menu name with a version means that one',
    not: 'every version of the plan',
    who: customer('studio@2', { addOns: [{ id: 'calls' }], amendments: [{ on: '2026-02-01', plan: 'studio@1' }] }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 100, '2026-02-01': 450 },
  },
  {
    says: 'counts with the contract’s plan while that is in force, grace included',
    not: 'with the base plan',
    who: customer('starter@1', { addOns: [{ id: 'eu' }], contracts: [{ ...year, plan: 'studio@1' }] }),
    see: setting('region'),
    days: { '2026-01-31': 'us', '2026-02-01': 'eu', '2026-04-14': 'eu' },
  },
  {
    says: 'counts with the plan of a trial that is the stage',
    not: 'with the base plan under it',
    who: customer('starter@1', { addOns: [{ id: 'moreRows' }], trials: [{ ...trial, kind: 'pilot' }] }),
    see: setting('retention'),
    days: { '2026-01-31': 30, '2026-02-01': 70 },
  },
  {
    says: 'counts only while what it depends on counts',
    not: 'while that is in the file',
    who: customer('studio@1', {
      addOns: [{ id: 'priority' }, { id: 'calls', starts: '2026-02-01', ends: '2026-02-20' }],
    }),
    see: support('firstResponseHours'),
    days: { '2026-01-31': undefined, '2026-02-01': 4, '2026-02-20': 4, '2026-02-21': undefined },
  },
  {
    says: 'and while what that depends on counts, in any order of the file',
    not: 'one step is looked at',
    who: customer('studio@1', { addOns: [{ id: 'plus' }, { id: 'priority' }, { id: 'calls', starts: '2026-02-01' }] }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 400, '2026-02-01': 455 },
    where: chained,
  },
  {
    says: 'and while everything it depends on counts',
    not: 'any of it',
    who: customer('studio@1', { addOns: [{ id: 'never' }, { id: 'calls' }, { id: 'eu', starts: '2026-02-01' }] }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 450, '2026-02-01': 457 },
    where: chained,
  },
  {
    says: 'one that depends on nothing counts by itself',
    not: 'an empty list is never met',
    who: customer('studio@1', { addOns: [{ id: 'free' }] }),
    see: setting('apiCalls'),
    days: { '2026-02-01': 403 },
    where: chained,
  },
  {
    says: 'needs no exception, and what it depends on is inactive with another plan',
    not: 'it counts while it is paid for',
    who: customer('studio@1', {
      addOns: [{ id: 'priority' }, { id: 'calls' }],
      amendments: [{ on: '2026-02-01', plan: 'studio@2' }],
    }),
    see: support('firstResponseHours'),
    days: { '2026-01-31': 4, '2026-02-01': undefined },
  },
  {
    says: 'two that add both add',
    not: 'the larger counts',
    who: customer('studio@1', { addOns: [{ id: 'calls' }, { id: 'free' }] }),
    see: setting('apiCalls'),
    days: { '2026-02-01': 453 },
    where: chained,
  },
]);
