import { describe, expect, it } from 'vitest';
import { addDays, dayOf, forEver, nextDay, previousDay, sinceEver } from '../../../../runtime/terms/days.ts';
import { compareFavour, isMoreFavourable, sameValue } from '../../../../runtime/terms/favour.ts';
import { addAmount } from '../../../../runtime/terms/fold.ts';
import type { Value } from '../../../../runtime/terms/timeline.ts';
import type { Setting } from '../../../../schemas/setting.ts';
import { world } from '../../../oracle/sample-world.ts';

const named = (key: string) => world.settings[key] as Setting;
const advert: Setting = { kind: 'feature', favours: false, default: true, area: 'access', description: 'Our name.' };

describe('the more favourable of two values', () => {
  it.each<[says: string, setting: Setting, better: Value, worse: Value]>([
    ['true of a feature', named('sso'), true, false],
    ['false of one that favours it', advert, false, true],
    ['more of a limit', named('seats'), 10, 9],
    ['unlimited of it', named('seats'), 'unlimited', 9_999_999],
    ['less of a limit that favours it', named('delay'), 9, 10],
    ['a number of it over unlimited', named('delay'), 9_999_999, 'unlimited'],
    ['the later of an order, not of the choices', named('uptime'), 'best', 'high'],
    ['and the last over the first', named('uptime'), 'high', 'basic'],
  ])('%s', (_, setting, better, worse) => {
    expect([compareFavour(setting, better, worse), compareFavour(setting, worse, better)]).toEqual([1, -1]);
    expect([isMoreFavourable(setting, better, worse), isMoreFavourable(setting, worse, better)]).toEqual([true, false]);
    expect([compareFavour(setting, better, better), isMoreFavourable(setting, worse, worse)]).toEqual([0, false]);
  });

  it.each<[says: string, setting: Setting, a: Value, b: Value]>([
    ['a choice without an order', named('region'), 'eu', 'us'],
    ['a text', { kind: 'text', default: '', area: 'access', description: 'A name.' }, 'a', 'b'],
    ['a list', named('formats'), ['csv', 'pdf'], ['csv']],
  ])('is neither of %s', (_, setting, a, b) => {
    expect([compareFavour(setting, a, b), isMoreFavourable(setting, a, b)]).toEqual([undefined, false]);
  });

  it('is neither of two that are unlimited', () =>
    expect(compareFavour(named('seats'), 'unlimited', 'unlimited')).toBe(0));
});

it.each<[a: Value | undefined, b: Value | undefined, same: boolean]>([
  [1, 1, true],
  [1, 2, false],
  ['unlimited', 'unlimited', true],
  [undefined, 1, false],
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'b'], ['a', 'c'], false],
  [['a', 'b'], ['b', 'a'], false],
  [['a'], ['a', 'b'], false],
  [['a', 'b'], ['a'], false],
  [['a'], 'a', false],
  [[], [], true],
])('%s and %s are the same value: %s', (a, b, same) => expect(sameValue(a, b)).toBe(same));

it('adds to a number, and leaves unlimited unlimited', () =>
  expect([addAmount(3, 4), addAmount('unlimited', 4)]).toEqual([7, 'unlimited']));

describe('days', () => {
  it.each<[day: string, next: string]>([
    ['2026-01-01', '2026-01-02'],
    ['2026-01-08', '2026-01-09'],
    ['2026-01-09', '2026-01-10'],
    ['2026-02-27', '2026-02-28'],
    ['2026-02-28', '2026-03-01'],
    ['2028-02-28', '2028-02-29'],
    ['2026-04-30', '2026-05-01'],
    ['2026-12-31', '2027-01-01'],
    ['9999-12-30', '9999-12-31'],
  ])('%s is followed by %s', (day, next) => {
    expect(nextDay(day)).toBe(next);
    expect(previousDay(next)).toBe(day);
  });

  it('no day follows the last one that can be written', () => {
    expect(nextDay('9999-12-31')).toBe(forEver);
    expect(addDays('9999-12-01', 60)).toBe(forEver);
    expect(forEver > '9999-12-31' && sinceEver < '0001-01-01').toBe(true);
  });

  it('are counted over the end of a month and back', () =>
    expect([addDays('2026-02-20', 14), addDays('2026-03-06', -14), addDays('2026-03-06', 0)]).toEqual([
      '2026-03-06',
      '2026-02-20',
      '2026-03-06',
    ]));

  it('are those of UTC', () => {
    expect([dayOf(0), dayOf(-1), dayOf(86_399_999), dayOf(86_400_000)]).toEqual([
      '1970-01-01',
      '1969-12-31',
      '1970-01-01',
      '1970-01-02',
    ]);
  });
});
