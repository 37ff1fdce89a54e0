import { describe, expect, test } from 'vitest';
import { type Account, openTerms, TermsError } from '../../runtime/index.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { company, publishCompany, type settings } from '../fixtures/release/published-company.ts';
import { temporaryFolder } from '../temporary-repository.ts';

type Company = typeof settings;

const team = 'plans/team@1.yaml';
const studio = 'plans/studio@2.yaml';
const files = {
  ...company,
  'plans/studio@1.yaml': `${company[studio]}becomes: { plan: studio@2, on: 2026-09-01 }\n`,
  [studio]: `${company[studio]}becomes: { plan: team@1, on: 2026-10-01 }\n`,
  [team]: (company[team] as string).replace('{ amount: "9.00" }', '{ amount: "9.00", max: 40 }'),
  'customers/stays.yaml': 'name: Stays\nplan: studio@2\nstaysOn: studio@2\n',
  'customers/old.yaml': 'name: Old\nplan: studio@1\n',
};

async function open(day: string) {
  const store = `file:${temporaryFolder()}`;
  await publishCompany(openFileStore(store.slice('file:'.length)), 'c1', files);
  return openTerms<Company>({ follow: false, store, now: () => Date.parse(day) });
}

describe('an account without a file whose plan becomes another', () => {
  test.each([
    ['2026-08-31', 'studio@1', 7, undefined],
    ['2026-09-01', 'studio@2', 7, { from: 'studio@1', on: '2026-09-01' }],
    ['2026-09-30T23:59:59.999Z', 'studio@2', 7, { from: 'studio@1', on: '2026-09-01' }],
    ['2026-10-01T00:00:00Z', 'team@1', 20, { from: 'studio@1', on: '2026-10-01' }],
  ])('has on %s the plan %s', async (day, plan, seats, moved) => {
    const view = await (await open(day)).account({ account: 'u_1', plan: 'studio@1', quantities: { seats: 7 } });
    expect([view.plan, view.settings.seats, view.moved]).toEqual([plan, seats, moved]);
  });

  test('is the same on another day of one view as at that time', async () => {
    const view = await (await open('2026-01-01')).account({
      account: 'u_1',
      plan: 'studio@2',
      quantities: { seats: 7 },
    });
    expect(view).not.toHaveProperty('moved');
    const later = view.at('2026-10-01');
    expect([later.plan, later.settings.seats, later.terms.support, later.moved]).toEqual([
      'team@1',
      20,
      {},
      { from: 'studio@2', on: '2026-10-01' },
    ]);
  });

  test('keeps what it bought where the new plan sells as many', async () => {
    const view = await (await open('2026-10-01')).account({
      account: 'u',
      plan: 'studio@2',
      quantities: { seats: 33 },
    });
    expect([view.plan, view.settings.seats]).toEqual(['team@1', 33]);
  });

  test('is not refused for what it could buy before, which counts no more', async () => {
    const asked = { account: 'u', plan: 'studio@2', quantities: { seats: 45, storageGb: 2 } };
    const view = await (await open('2026-10-01')).account(asked);
    expect([view.plan, view.settings.seats, view.settings.storageGb]).toEqual(['team@1', 20, 1]);
  });

  test('is refused what neither plan sells', async () => {
    const terms = await open('2026-10-01');
    expect(() => terms.account({ account: 'u', plan: 'studio@2', quantities: { seats: 51 } })).toThrow(
      new TermsError('badQuantity', 'seats: 51 cannot be bought: team@1 sells at most 40 seats'),
    );
  });
});

describe('an account with a file whose plan becomes another', () => {
  const ask = async (day: string, account: Account<Company>) => {
    const view = await (await open(day)).account(account);
    return [view.plan, view.settings.seats, view.drift];
  };

  test('has what the file says of that day', async () => {
    expect(await ask('2026-09-30', { account: 'bare' })).toEqual(['studio@2', 5, undefined]);
    expect(await ask('2026-10-01', { account: 'bare' })).toEqual(['team@1', 20, undefined]);
    expect(await ask('2026-10-01', { account: 'stays' })).toEqual(['studio@2', 5, undefined]);
  });

  test('does not drift from a plan that has become the one it has', async () => {
    for (const plan of ['studio@1', 'studio@2', 'team@1'])
      expect(await ask('2026-10-01', { account: 'bare', plan })).toEqual(['team@1', 20, undefined]);
    expect(await ask('2026-10-01', { account: 'stays', plan: 'studio@1' })).toEqual(['studio@2', 5, undefined]);
  });

  test('drifts from one that will only become it, and from another', async () => {
    expect(await ask('2026-08-31', { account: 'bare', plan: 'studio@1' })).toEqual([
      'studio@2',
      5,
      { plan: 'studio@1' },
    ]);
    expect(await ask('2026-10-01', { account: 'stays', plan: 'team@1' })).toEqual(['studio@2', 5, { plan: 'team@1' }]);
    expect(await ask('2026-10-01', { account: 'bare', plan: 'gone@9' })).toEqual(['team@1', 20, { plan: 'gone@9' }]);
  });

  test('keeps the caller’s quantities where the new plan sells as many, and is not refused the others', async () => {
    expect(await ask('2026-10-01', { account: 'bare', quantities: { seats: 33 } })).toEqual(['team@1', 33, undefined]);
    expect(await ask('2026-10-01', { account: 'bare', quantities: { seats: 7 } })).toEqual(['team@1', 20, undefined]);
    expect(await ask('2026-10-01', { account: 'bare', quantities: { seats: 45 } })).toEqual(['team@1', 20, undefined]);
    await expect(ask('2026-10-01', { account: 'bare', quantities: { seats: 51 } })).rejects.toThrow(TermsError);
    await expect(ask('2026-10-01', { account: 'moving', quantities: { seats: 51 } })).rejects.toThrow(TermsError);
  });

  test('may say on every day what it says without a file', async () => {
    for (const day of ['2026-08-31', '2026-09-01', '2026-10-01'])
      for (const seats of [7, 33, 45]) {
        const quantities = { seats };
        const [filed, unfiled] = [
          await ask(day, { account: 'old', quantities }),
          await ask(day, { account: 'u_1', plan: 'studio@1', quantities }),
        ];
        expect([day, seats, filed]).toEqual([day, seats, unfiled]);
      }
  });
});
