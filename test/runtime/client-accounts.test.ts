import { beforeEach, describe, expect, test } from 'vitest';
import { type Account, openTerms, type Terms, TermsError } from '../../runtime/index.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { replaced } from '../fixtures/diff/small-company.ts';
import { MemoryStore } from '../fixtures/release/memory-store.ts';
import { company, publishCompany, type settings } from '../fixtures/release/published-company.ts';
import { temporaryFolder } from '../temporary-repository.ts';

type Company = typeof settings;
let open: (day: string) => Promise<Terms<Company>>;

beforeEach(async () => {
  const store = `file:${temporaryFolder()}`;
  await publishCompany(openFileStore(store.slice('file:'.length)), 'c1');
  open = (day) => openTerms<Company>({ follow: false, store, now: () => Date.parse(day) });
});

const TODAY = '2026-07-01';

const failure = async (asked: Account<Company>): Promise<unknown> => {
  const terms = await open(TODAY);
  let error: unknown;
  try {
    terms.account(asked);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(TermsError);
  const { code, message } = error as TermsError;
  return [code, message];
};

describe('an account without a file', () => {
  test('has its plan, what it bought, and the plan’s standard terms', async () => {
    const terms = await open(TODAY);
    const {
      explain,
      at,
      freshness,
      values: _,
      ...view
    } = await terms.account({
      account: 'u_1',
      plan: 'studio@2',
      quantities: { seats: 7, storageGb: 2.5 },
    });
    expect(freshness.release).toBe(1);
    expect(JSON.parse(JSON.stringify(view))).toEqual({
      customer: 'u_1',
      account: 'u_1',
      release: 1,
      plan: 'studio@2',
      stage: 'active',
      settings: {
        seats: 7,
        apiCalls: 400,
        storageGb: 2.5,
        sso: false,
        exports: true,
        region: 'us',
        greeting: 'Hello',
        formats: ['csv'],
      },
      terms: { billing: { method: 'card' }, support: { firstResponseHours: 24 }, contract: null },
      access: { groups: [], rules: [] },
    });
    const bought = { kind: 'quantity', id: 'account', set: { seats: 7, storageGb: 2.5 } };
    expect(explain('seats')).toMatchObject({ value: 7, layer: bought });
    expect(at('2036-01-01').settings.seats).toBe(7);
  });

  test('has what the plan includes where it bought nothing', async () => {
    const terms = await open(TODAY);
    const seatsOf = async (asked: Omit<Account<Company>, 'account'>) =>
      (await terms.account({ account: 'u_1', ...asked })).settings.seats;
    expect(await seatsOf({ plan: 'studio@2' })).toBe(5);
    expect(await seatsOf({ plan: 'studio@2', quantities: { seats: undefined } })).toBe(5);
    expect(await seatsOf({ plan: 'starter@1' })).toBe(3);
  });

  test.each<[string, number, string]>([
    ['seats', 4, 'studio@2 already includes 5 seats; a quantity is the total and cannot be below that'],
    ['seats', 5, 'studio@2 sells at least 6 seats'],
    ['seats', 51, 'studio@2 sells at most 50 seats'],
    ['seats', 7.5, 'it is not a whole number'],
    ['seats', Number.NaN, 'it is not a number'],
    ['storageGb', Number.POSITIVE_INFINITY, 'it is not a number'],
    ['seats', '7' as unknown as number, 'it is not a number'],
    ['seats', -1, 'studio@2 already includes 5 seats; a quantity is the total and cannot be below that'],
    ['apiCalls', 1000, 'studio@2 does not sell apiCalls by the unit'],
    ['sso', 1, 'studio@2 does not sell sso by the unit'],
    ['seatz', 7, 'studio@2 does not sell seatz by the unit'],
    ['constructor', 7, 'studio@2 does not sell constructor by the unit'],
  ])('cannot buy %s: %s', async (key, quantity, why) => {
    expect(await failure({ account: 'u_1', plan: 'studio@2', quantities: { [key]: quantity } })).toEqual([
      'badQuantity',
      `${key}: ${quantity} cannot be bought: ${why}`,
    ]);
  });

  test.each(['studio@3', 'studio', '', 'constructor'])('cannot have the plan %j', async (plan) => {
    expect(await failure({ account: 'u_1', plan })).toEqual([
      'unknownPlan',
      `release 1 has no plan ${plan} (it has enterprise@1, starter@1, studio@2, team@1)`,
    ]);
  });

  test('must say its plan', async () => {
    expect(await failure({ account: 'u_1' })).toEqual(['planMissing', 'u_1 has no file; say its plan']);
  });
});

describe('an account with a file', () => {
  test.each<[string, string, number, string]>([
    ['counts on the base plan', 'bare', 7, TODAY],
    ['counts below add-ons', 'adding', 7 + 5, TODAY],
    ['counts when the add-on has ended', 'adding', 7, '2027-01-01'],
    ['does not count where the file says how many', 'buying', 9, TODAY],
    ['does not count where an exception sets it', 'special', 12, TODAY],
    ['counts when the exception has expired', 'special', 7, '2027-01-01'],
    ['counts below an exception that adds', 'more', 7 + 10, TODAY],
    ['does not count under a contract', 'harbor', 100, TODAY],
    ['counts on the base plan after the contract', 'harbor', 7, '2027-01-01'],
    ['does not count where the base plan sells none', 'quarry-labs', 3, '2026-05-01'],
    ['does not count under a trial', 'quarry-labs', 20, '2026-06-01'],
    ['counts before the plan changes', 'moving', 7, TODAY],
  ])('what the caller bought %s (%s has %i)', async (_, account, seats, day) => {
    const quantities = { seats: 7 };
    expect((await (await open(day)).account({ account, quantities })).settings.seats).toBe(seats);
    const early = await (await open('2026-03-01')).account({ account, quantities });
    expect(early.at(day).settings.seats).toBe(seats);
  });

  test('is told what it cannot buy today', async () => {
    const asked = { account: 'bare', quantities: { seats: 51 } };
    expect(await failure(asked)).toEqual([
      'badQuantity',
      'seats: 51 cannot be bought: studio@2 sells at most 50 seats',
    ]);
  });

  test('is not asked about what does not count today', async () => {
    const terms = await open(TODAY);
    const view = await terms.account({ account: 'harbor', quantities: { seats: 51 } });
    expect([view.settings.seats, view.at('2027-01-01').settings.seats]).toEqual([100, 5]);
  });

  test('keeps to what a later plan includes where that is more', async () => {
    const view = await (await open(TODAY)).account({ account: 'moving', quantities: { seats: 7 } });
    expect([view.settings.seats, view.at('2027-01-01').plan, view.at('2027-01-01').settings.seats]).toEqual([
      7,
      'team@1',
      20,
    ]);
  });

  test('is found by the product’s own id, and keeps the file’s plan', async () => {
    const view = await (await open(TODAY)).account({ account: 'acc_77', plan: 'studio@2' });
    expect([view.customer, view.plan, view.settings.seats, view.drift]).toEqual([
      'quarry-labs',
      'enterprise@1',
      40,
      { plan: 'studio@2' },
    ]);
  });

  test('drifts from the caller’s plan only where the file says another', async () => {
    const terms = await open(TODAY);
    const view = await terms.account({ account: 'harbor', plan: 'studio@2' });
    expect([view.drift, view.at('2027-01-01').drift]).toEqual([{ plan: 'studio@2' }, undefined]);
    expect(await terms.account({ account: 'harbor', plan: 'enterprise@1' })).not.toHaveProperty('drift');
    expect(await terms.account({ account: 'harbor' })).not.toHaveProperty('drift');
    expect(await terms.account({ account: 'harbor', plan: 'gone@9' })).toHaveProperty('drift', { plan: 'gone@9' });
  });

  test('is the same customer as without quantities', async () => {
    const terms = await open(TODAY);
    const [asked, read] = [await terms.account({ account: 'special' }), await terms.customer('special')];
    expect(JSON.stringify(asked)).toBe(JSON.stringify(read));
  });
});

describe('an account that is asked again', () => {
  const seats = (terms: Terms<Company>, asked: Account<Company>): number => terms.account(asked).settings.seats;

  test('is handed out as it was folded, until what is said of it is another', async () => {
    const terms = await open(TODAY);
    const first = terms.account({ account: 'u_1', plan: 'studio@2', quantities: { seats: 9 } });
    expect(terms.account({ account: 'u_1', plan: 'studio@2', quantities: { seats: 9 } })).toBe(first);
    expect(terms.snapshot().account({ account: 'u_1', plan: 'studio@2', quantities: { seats: 9 } })).toBe(first);
    expect([
      seats(terms, { account: 'u_1', plan: 'studio@2', quantities: { seats: 10 } }),
      seats(terms, { account: 'u_1', plan: 'studio@2' }),
      seats(terms, { account: 'u_1', plan: 'team@1' }),
      terms.account({ account: 'u_2', plan: 'studio@2', quantities: { seats: 9 } }).customer,
    ]).toEqual([10, 5, 20, 'u_2']);
    const text = { seats: '9' } as unknown as { seats: number };
    expect(() => terms.account({ account: 'u_1', plan: 'studio@2', quantities: text })).toThrow(TermsError);
  });

  test('has what it has on the day it is asked', async () => {
    const store = new MemoryStore();
    await publishCompany(store, 'c1', {
      ...company,
      'plans/studio@2.yaml': `${company['plans/studio@2.yaml']}becomes: { plan: team@1, on: 2026-08-01 }\n`,
    });
    let now = Date.parse(TODAY);
    const terms = await openTerms<Company>({ follow: false, store, now: () => now });
    const account = { account: 'u_1', plan: 'studio@2' };
    expect(seats(terms, account)).toBe(5);
    now = Date.parse('2026-08-01');
    expect(seats(terms, account)).toBe(20);
    await publishCompany(store, 'c2', replaced(company, 'plans/studio@2.yaml', 'seats: 5', 'seats: 6'));
    await terms.refresh();
    expect(seats(terms, account)).toBe(6);
  });
});
