import { describe, expect, it } from 'vitest';
import {
  parseAccess,
  parseAmounts,
  parseMoney,
  parseNumber,
  parseSettings,
  parseTerms,
} from '../../../engine/edit/parse-words.ts';
import { choice, defineSettings, feature, limit, list, text } from '../../../schemas/setting.ts';

const described = { description: 'x', area: 'access' } as const;
const settings = defineSettings({
  seats: limit({ ...described, unit: 'seat', default: 3, favours: 'more' }),
  hours: limit({ ...described, unit: 'hour', default: 1, favours: 'more', fractional: true }),
  sso: feature({ ...described, default: false }),
  region: choice({ ...described, of: ['us', 'eu'], default: 'us' }),
  greeting: text({ ...described, default: '' }),
  formats: list({ ...described, default: [] }),
});

describe('settings', () => {
  it.each([
    ['seats=60', { seats: 60 }],
    ['seats=unlimited', { seats: 'unlimited' }],
    ['hours=0.5', { hours: 0.5 }],
    ['sso=true', { sso: true }],
    ['sso=false', { sso: false }],
    ['region=eu', { region: 'eu' }],
    ['greeting=1.10', { greeting: '1.10' }],
    ['greeting=a=b', { greeting: 'a=b' }],
    ['greeting=', { greeting: '' }],
    ['formats=csv, xlsx', { formats: ['csv', 'xlsx'] }],
    ['formats=', { formats: [] }],
  ])('%s', (words, values) => {
    expect(parseSettings([words], 'set', settings)).toEqual(values);
  });

  it.each([
    ['seat=5', 'there is no setting seat; did you mean seats?'],
    ['toString=5', 'there is no setting toString'],
    ['seats', '--set is written setting=value, not "seats"'],
    ['=5', '--set is written setting=value, not "=5"'],
    ['seats=many', 'seats is a limit: it is a number or unlimited, not "many"'],
    ['seats=1,000', 'seats is a limit: it is a number or unlimited, not "1,000"'],
    ['seats=1e3', 'seats is a limit: it is a number or unlimited, not "1e3"'],
    ['seats=', 'seats is a limit: it is a number or unlimited, not ""'],
    ['sso=yes', 'sso is a feature: it is true or false, not "yes"'],
    ['region=eu1', 'region is one of us, eu, not "eu1"; did you mean eu?'],
  ])('%s is refused: %s', (words, message) => {
    expect(() => parseSettings([words], 'set', settings)).toThrow(message);
  });

  it('may be said once each', () => {
    expect(() => parseSettings(['seats=5', 'seats=6'], 'set', settings)).toThrow('--set says seats twice');
  });

  it('that are added to are limits', () => {
    expect(parseAmounts(['seats=50', 'hours=0.5'], 'add', settings)).toEqual({ seats: 50, hours: 0.5 });
    expect(() => parseAmounts(['sso=1'], 'add', settings)).toThrow('sso is a feature, and has no number');
    expect(() => parseAmounts(['seats=unlimited'], 'add', settings)).toThrow('--add takes a number such as 5');
  });
});

describe('money', () => {
  it.each([
    ['49.00 USD month', { amount: '49.00', currency: 'USD', per: 'month' }],
    ['84000 usd a year', { amount: '84000', currency: 'USD', per: 'year' }],
    ['6000.00 EUR', { amount: '6000.00', currency: 'EUR' }],
    ['9.00  USD  per seat', { amount: '9.00', currency: 'USD', per: 'seat' }],
  ])('%s', (words, money) => {
    expect(parseMoney(words, 'price')).toEqual(money);
  });

  it.each(['49.00', '$49', '49 dollars', 'USD 49.00 a', ''])('%j is refused', (words) => {
    expect(() => parseMoney(words, 'price')).toThrow('--price is an amount, its currency and how often');
  });
});

describe('access', () => {
  it.each([
    ['inviteTeammates only=admin', { action: 'inviteTeammates', only: ['admin'] }],
    ['inviteTeammates only=admin,manager', { action: 'inviteTeammates', only: ['admin', 'manager'] }],
    ['exportReports approver=admin group=finance', { action: 'exportReports', approver: 'admin', group: 'finance' }],
    [
      'exportReports group="ground crew" approver=admin',
      { action: 'exportReports', group: 'ground crew', approver: 'admin' },
    ],
  ])('%s', (words, rule) => {
    expect(parseAccess(words)).toEqual(rule);
  });

  it('says what it does not know', () => {
    expect(() => parseAccess('x approvr=admin')).toThrow('did you mean approver?');
    expect(() => parseAccess('x admin')).toThrow('--access is written');
  });
});

describe('terms', () => {
  it.each<[string[], unknown]>([
    [['support.firstResponseHours=4'], { support: { firstResponseHours: 4 } }],
    [
      ['support.firstResponseHours.severity1=1', 'support.firstResponseHours.other=8'],
      { support: { firstResponseHours: { severity1: 1, other: 8 } } },
    ],
    [
      ['billing.discount.percent=12', 'billing.paymentTerms=net60'],
      { billing: { discount: { percent: '12' }, paymentTerms: 'net60' } },
    ],
    [['billing.purchaseOrder=4500091377'], { billing: { purchaseOrder: '4500091377' } }],
    [['support.contacts=a@x.example,b@x.example'], { support: { contacts: ['a@x.example', 'b@x.example'] } }],
    [['support.firstResponseHours=unset'], { support: { firstResponseHours: 'unset' } }],
    [
      ['support.slaCredits=[{ uptimeBelow: "99.9", percent: "5" }]'],
      { support: { slaCredits: [{ uptimeBelow: '99.9', percent: '5' }] } },
    ],
  ])('%j', (words, terms) => {
    expect(parseTerms(words)).toEqual(terms);
  });

  it.each([
    [['seats=5'], 'a term begins with billing or support, not seats'],
    [['support.firstResponseHour=4'], 'there is no term support.firstResponseHour; did you mean firstResponseHours?'],
    [['support=4'], 'there is no term support'],
    [['support.firstResponseHours.=4'], 'there is no term support.firstResponseHours.'],
    [['support.slaCredits=[{'], '--term support.slaCredits cannot be read'],
    [['support.hours=a', 'support.hours=b'], '--term says support.hours twice'],
    [['support.firstResponseHours=4', 'support.firstResponseHours.other=8'], 'and also what it is part of'],
    [['support.firstResponseHours.other=8', 'support.firstResponseHours=4'], 'twice'],
  ])('%j is refused', (words, message) => {
    expect(() => parseTerms(words)).toThrow(message);
  });
});

it('a number is written as the language writes it', () => {
  expect([parseNumber('5', 'x'), parseNumber(' 0.5 ', 'x')]).toEqual([5, 0.5]);
  for (const words of ['', 'x', '1e3', '0x1', 'Infinity', '12345678901234567890'])
    expect(() => parseNumber(words, 'x')).toThrow('--x takes a number such as 5');
});
