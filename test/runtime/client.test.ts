import { beforeEach, describe, expect, test } from 'vitest';
import { type CustomerView, openTerms, type Terms } from '../../runtime/index.ts';
import { openFileStore } from '../../runtime/stores/file.ts';
import { company, publishCompany, settings as published } from '../fixtures/release/published-company.ts';
import { temporaryFolder } from '../temporary-repository.ts';

type Company = typeof published;
let terms: Terms<Company>;

const clock = { now: 0 };

beforeEach(async () => {
  clock.now = Date.parse('2026-06-02T23:59:59Z');
  const folder = temporaryFolder();
  await publishCompany(openFileStore(folder), 'c1');
  terms = await openTerms<Company>({ follow: false, store: `file:${folder}`, now: () => clock.now });
});

const customer = async (id: string): Promise<CustomerView<Company>> => {
  const view = await terms.customer(id);
  if (!view) throw new Error(`no ${id}`);
  return view;
};

describe('a customer', () => {
  test('has settings, terms and access', async () => {
    const { freshness, ...view } = await customer('special');
    expect({ ...freshness }).toEqual({
      release: 1,
      source: 'store',
      age: expect.any(Number),
      lastAnswer: expect.any(Number),
      state: 'fresh',
      isClockBehind: false,
    });
    expect(JSON.parse(JSON.stringify(view))).toEqual({
      customer: 'special',
      account: 'special',
      release: 1,
      plan: 'studio@2',
      stage: 'active',
      settings: {
        seats: 12,
        apiCalls: 400,
        storageGb: 1,
        sso: false,
        exports: true,
        region: 'us',
        greeting: 'Hello',
        formats: ['csv'],
      },
      values: {
        seats: 12,
        apiCalls: 400,
        storageGb: 1,
        sso: false,
        exports: true,
        region: 'us',
        greeting: 'Hello',
        formats: ['csv'],
      },
      terms: { billing: { method: 'card' }, support: { firstResponseHours: 24 }, contract: null },
      access: { groups: [], rules: [{ action: 'exportReports', approver: 'admin', exception: 'EX-1' }] },
    });
  });

  test('reads unlimited as Infinity, and as the word among the values as published', async () => {
    const { settings, values } = await customer('harbor');
    expect([settings.apiCalls, values.apiCalls]).toEqual([Number.POSITIVE_INFINITY, 'unlimited']);
    expect(1_000_000 < settings.apiCalls).toBe(true);
  });

  test('is found by the product’s own account id', async () => {
    for (const name of ['acc_77', 'quarry-labs']) {
      const { customer: file, account } = await customer(name);
      expect([file, account]).toEqual(['quarry-labs', 'acc_77']);
    }
  });

  test.each(['nobody', '', 'Quarry Labs', 'constructor', '../bare', 'BARE'])('named %j is not there', async (id) => {
    expect(await terms.customer(id)).toBeUndefined();
  });

  test('names the release it was read from', () => {
    expect(terms.release).toEqual({
      n: 1,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      commit: 'c1',
      issuedAt: '2026-06-03T00:00:00.000Z',
      channel: 'stable',
    });
  });
});

describe('time', () => {
  const shown = ({ plan, stage, settings }: CustomerView<Company>) => [plan, stage, settings.seats, settings.exports];
  const trial = ['team@1', 'trial', 20, false];
  const contract = ['enterprise@1', 'active', 40, true];

  test('passes by itself: the clock alone takes a trial to its contract', async () => {
    expect(shown(await customer('quarry-labs'))).toEqual(trial);
    clock.now = Date.parse('2026-06-03T00:00:00Z');
    expect(shown(await customer('quarry-labs'))).toEqual(contract);
  });

  test.each<[string | Date, unknown[]]>([
    ['2026-06-02', trial],
    ['2026-06-03', contract],
    [new Date('2026-06-02T23:59:59.999Z'), trial],
    [new Date('2026-06-03T00:00:00+00:00'), contract],
    [new Date('2026-06-03T01:00:00+02:00'), trial],
    ['2027-06-02', contract],
    ['2027-06-03', ['starter@1', 'active', 3, true]],
    ['1999-12-31', ['starter@1', 'active', 3, true]],
    [new Date(-62_200_000_000_000), ['starter@1', 'active', 3, true]],
    [new Date(8.64e15), ['starter@1', 'active', 3, true]],
  ])('is asked for by at(%o)', async (moment, expected) => {
    const now = await customer('quarry-labs');
    expect(shown(now.at(moment))).toEqual(expected);
    expect(shown(now.at('2026-06-02').at(moment))).toEqual(expected);
  });

  test.each(['tomorrow', '2026-6-3', '2026-02-31', '2026-13-01', '2026-06-03T00:00:00Z', ''])(
    'refuses %j, which is no day',
    async (moment) => {
      const view = await customer('bare');
      expect(() => view.at(moment)).toThrow(
        new RangeError(`"${moment}" is not a day like 2026-06-03; an instant is a Date`),
      );
    },
  );

  test('refuses a Date that is none', async () => {
    const view = await customer('bare');
    expect(() => view.at(new Date('never'))).toThrow(RangeError);
  });
});

describe('what the catalogue says', () => {
  test('is that of the release, with its setting', async () => {
    const view = await customer('bare');
    expect(view.describe('storageGb')).toEqual(published.storageGb);
    for (const key of ['nothing', 'constructor', '__proto__'])
      expect(() => view.describe(key as 'seats')).toThrow(new RangeError(`no setting is named ${key}`));
  });
});

describe('explain', () => {
  test('names the layers of a setting, and the one that gives its value', async () => {
    const view = (await customer('special')).at('2026-07-01');
    const plan = { kind: 'plan', id: 'studio@2', set: { seats: 5, apiCalls: 400 } };
    const asked = { kind: 'exception', id: 'EX-1', set: { seats: 12 }, at: '/exceptions/0', until: '2026-12-31' };
    expect(view.explain('seats')).toEqual({ value: 12, layer: asked, layers: [plan, asked] });
    expect(view.explain('apiCalls')).toEqual({ value: 400, layer: plan, layers: [plan] });
    expect(view.at('2027-01-01').explain('seats')).toEqual({ value: 5, layer: plan, layers: [plan] });
  });

  test('has no layer for a default', async () => {
    expect((await customer('bare')).explain('greeting')).toEqual({ value: 'Hello', layers: [] });
  });

  test('shows a stage that took', async () => {
    const { value, layer } = (await customer('quarry-labs')).at('2026-06-01').explain('exports');
    expect([value, layer]).toEqual([false, { kind: 'stage', id: 'trial', take: { exports: false } }]);
  });

  test('refuses what is no setting', async () => {
    const view = await customer('bare');
    expect(() => view.explain('nothing' as 'seats')).toThrow('no setting is named nothing');
  });
});

test('every file of the company can be read', async () => {
  for (const path of Object.keys(company).filter((each) => each.startsWith('customers/')))
    expect((await customer(path.slice('customers/'.length, -'.yaml'.length))).release).toBe(1);
});
