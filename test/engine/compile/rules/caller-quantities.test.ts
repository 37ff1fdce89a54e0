import { describe, expect, it } from 'vitest';
import { planLeafOf } from '../../../../engine/compile/prepare-world.ts';
import { groundOf, viewOn } from '../../../../runtime/client/view-on.ts';
import { onDay } from '../../../../runtime/terms/at.ts';
import { fold, foldAccount, quantityProblem, withQuantities } from '../../../../runtime/terms/fold.ts';
import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages, world } from '../../../oracle/sample-world.ts';
import type { CustomerData, World } from '../../../oracle/world.ts';
import { compileSample } from './prove.ts';

const sold = { seats: { amount: '1.00' }, retention: { amount: '1.00' }, apiCalls: { amount: '1.00' } };
const selling: World = { ...world, plans: { ...world.plans }, menu: { addOns: { ...world.menu.addOns } } };
for (const name of ['starter@1', 'studio@1']) {
  const plan = world.plans[name] as World['plans'][string];
  selling.plans[name] = { ...plan, price: { ...plan.price, units: sold } };
}
selling.menu.addOns = { ...selling.menu.addOns, table: { plans: ['studio'], adds: { seats: 4 } } };
const none = { ...year, renewal: { kind: 'none' } };

/** What a product gets on a day that asks for an account with what it bought. */
function bought(who: CustomerData, day: string, quantities: Record<string, number>, where = selling) {
  const { compiled, prepared } = compileSample(who, where);
  expect(compiled.diagnostics).toEqual([]);
  const segment = onDay(compiled.timeline as never, day);
  const layers = withQuantities(prepared.settings, segment, quantities);
  return { open: segment.open ?? [], settings: fold(prepared.settings, layers), layers };
}

describe('settings an account may bring quantities of itself', () => {
  const all = ['seats', 'retention', 'apiCalls'];
  it.each<[says: string, who: CustomerData, day: string, open: string[]]>([
    ['those the base plan sells', customer('studio@1'), '2026-02-01', all],
    ['none where it sells none', customer('studio@2'), '2026-02-01', []],
    [
      'not those the file gives a quantity',
      customer('studio@1', { quantities: { seats: 7 } }),
      '2026-02-01',
      ['retention', 'apiCalls'],
    ],
    ['not under a contract', customer('studio@1', { contracts: [year] }), '2026-02-01', []],
    ['after it, on the base plan again', customer('studio@1', { contracts: [none] }), '2026-04-01', all],
    ['not in a lapse to the policy’s plan', customer('studio@1', { contracts: [year] }), '2026-04-15', []],
    ['in a lapse to the free base plan', customer('starter@1', { contracts: [year] }), '2026-04-15', all],
    ['not under a trial that is the stage', customer('starter@1', { trials: [trial] }), '2026-02-01', []],
    ['under one that only adds', customer('studio@1', { trials: [trial] }), '2026-02-01', all],
    [
      'not those an exception sets',
      customer('studio@1', { exceptions: [exception('EX-1', { set: { seats: 9 } })] }),
      '2026-02-01',
      ['retention', 'apiCalls'],
    ],
    [
      'once it has expired',
      customer('studio@1', { exceptions: [exception('EX-1', { set: { seats: 9 }, expires: '2026-01-31' })] }),
      '2026-02-01',
      all,
    ],
    [
      'those an exception adds to',
      customer('studio@1', { exceptions: [exception('EX-1', { add: { seats: 1 } })] }),
      '2026-02-01',
      all,
    ],
  ])('%s', (_, who, day, open) => expect(bought(who, day, {}).open).toEqual(open));
});

describe('the caller’s quantities', () => {
  it.each<[says: string, who: CustomerData, day: string, key: string, quantity: number, value: unknown, where?: World]>(
    [
      ['count with the base plan', customer('studio@1'), '2026-02-01', 'seats', 9, 9],
      [
        'not where the file gives a quantity',
        customer('studio@1', { quantities: { seats: 7 } }),
        '2026-02-01',
        'seats',
        9,
        7,
      ],
      ['not where a contract is in force', customer('studio@1', { contracts: [year] }), '2026-02-01', 'seats', 90, 20],
      [
        'not where an exception sets',
        customer('studio@1', { exceptions: [exception('EX-1', { set: { seats: 6 } })] }),
        '2026-02-01',
        'seats',
        9,
        6,
      ],
      [
        'below an exception that adds',
        customer('studio@1', { exceptions: [exception('EX-1')] }),
        '2026-02-01',
        'apiCalls',
        500,
        501,
      ],
      ['below an add-on that adds', customer('studio@1', { addOns: [{ id: 'table' }] }), '2026-02-01', 'seats', 9, 13],
      [
        'below an add-on that sets',
        customer('studio@1', { addOns: [{ id: 'rows' }] }),
        '2026-02-01',
        'retention',
        95,
        100,
      ],
      [
        'below the stages',
        customer('studio@1', { statuses: [{ stage: 'closed', since: '2026-01-01' }] }),
        '2026-02-01',
        'apiCalls',
        500,
        0,
      ],
      [
        'below stage `active`',
        customer('studio@1'),
        '2026-02-01',
        'seats',
        9,
        8,
        { ...selling, lifecycle: withStages({ active: { set: { seats: 8 } } }).lifecycle },
      ],
      [
        'a trial that only adds counts where it is the more favourable',
        customer('studio@1', { trials: [trial] }),
        '2026-02-01',
        'seats',
        7,
        10,
      ],
      ['and the quantity where that is', customer('studio@1', { trials: [trial] }), '2026-02-01', 'seats', 12, 12],
      [
        'a trial’s quantity as well',
        customer('studio@1', { trials: [{ ...trial, quantities: { seats: 15 } }] }),
        '2026-02-01',
        'seats',
        12,
        15,
      ],
      [
        'or less than the caller’s',
        customer('studio@1', { trials: [{ ...trial, quantities: { seats: 15 } }] }),
        '2026-02-01',
        'seats',
        20,
        20,
      ],
      [
        'then add-ons on the better of both',
        customer('studio@1', { trials: [trial], addOns: [{ id: 'table' }] }),
        '2026-02-01',
        'seats',
        7,
        14,
      ],
      [
        'what is held stays held over less',
        customer('starter@1', { contracts: [none] }),
        '2026-04-01',
        'retention',
        40,
        365,
      ],
      [
        'and goes where they make it as much',
        customer('starter@1', { contracts: [none] }),
        '2026-04-01',
        'retention',
        365,
        365,
      ],
      ['or more', customer('starter@1', { contracts: [none] }), '2026-04-01', 'retention', 400, 400],
      [
        'or where they make it more with an add-on',
        customer('studio@1', { contracts: [none], addOns: [{ id: 'moreRows', starts: '2026-01-01' }] }),
        '2026-04-01',
        'retention',
        360,
        370,
      ],
    ],
  )('%s', (_, who, day, key, quantity, value, where) =>
    expect(bought(who, day, { [key]: quantity }, where).settings[key]).toEqual(value),
  );

  it('are a layer of their own, in its place; the others stay', () => {
    const who = customer('studio@1', { contracts: [none], exceptions: [exception('EX-1', { starts: '2026-04-01' })] });
    const plan = { kind: 'plan', id: 'studio@1', set: world.plans['studio@1']?.settings };
    const held = { kind: 'plan', id: 'enterprise@1', heldSince: '2026-04-01' };
    const added = { kind: 'exception', id: 'EX-1', at: '/exceptions/0', until: '2026-12-31', add: { apiCalls: 1 } };
    expect(bought(who, '2026-04-01', { seats: 7, apiCalls: 500, retention: 400, sso: 1 }).layers).toEqual([
      plan,
      { kind: 'quantity', id: 'account', set: { seats: 7, apiCalls: 500, retention: 400 } },
      added,
      { ...held, set: { region: 'eu' } },
    ]);
    expect(bought(who, '2026-04-01', {}).layers).toEqual([
      plan,
      added,
      { ...held, set: { retention: 365 } },
      { ...held, set: { region: 'eu' } },
    ]);
  });

  it('are said again as drift only where the plan differs: the file’s plan wins', () => {
    const { compiled, prepared } = compileSample(customer('studio@1', { contracts: [year] }), selling);
    const ask = (day: string, given?: string) =>
      viewOn(
        groundOf(
          { settings: prepared.settings, rules: { roles: {}, onboarding: {}, lifecycle: {} } },
          { release: 1 } as never,
          day,
          false,
        ),
        compiled.timeline as never,
        given === undefined ? {} : { said: { given, leaves: prepared.plans } },
      );
    expect(ask('2026-02-01', 'studio@1')).toMatchObject({ plan: 'enterprise@1', drift: { plan: 'studio@1' } });
    expect(ask('2026-02-01', 'enterprise@1')).not.toHaveProperty('drift');
    expect(ask('2026-02-01')).not.toHaveProperty('drift');
  });
});

describe('an account without a file', () => {
  const { prepared } = compileSample(customer('studio@1'), selling);
  const leaf = planLeafOf(prepared.world, 'studio@1');

  it('has one segment: its plan, what it bought, and the plan’s standard terms', () => {
    const plan = { kind: 'plan', id: 'studio@1', set: leaf.settings };
    const segment = {
      from: null,
      plan: 'studio@1',
      stage: 'active',
      layers: [plan],
      terms: { ...world.plans['studio@1']?.standardTerms, contract: null },
      access: { groups: [], rules: [] },
    };
    expect(foldAccount(leaf)).toEqual(segment);
    const layers = [plan, { kind: 'quantity', id: 'account', set: { seats: 7 } }];
    expect(foldAccount(leaf, { seats: 7 })).toEqual({ ...segment, layers });
  });

  it('has no terms where the plan has none', () =>
    expect(foldAccount({ ...leaf, standardTerms: {} }).terms).toEqual({ billing: {}, support: {}, contract: null }));

  it('sees the same as a customer with the same in its file', () => {
    const { compiled } = compileSample(customer('studio@1', { quantities: { seats: 7 } }), selling);
    const filed = onDay(compiled.timeline as never, '2026-02-01');
    expect(fold(prepared.settings, foldAccount(leaf, { seats: 7 }).layers)).toEqual(
      fold(prepared.settings, filed.layers),
    );
  });

  const plan = { ...leaf, settings: { seats: 5 }, units: { seats: { min: 6, max: 9 }, retention: {} } };
  const included = (amount: number | string, what: string) =>
    `studio@1 already includes ${amount} ${what}; a quantity is the total and cannot be below that`;
  it.each<[key: string, quantity: number, problem: string | undefined]>([
    ['seats', 6, undefined],
    ['seats', 9, undefined],
    ['seats', 5, 'studio@1 sells at least 6 seats'],
    ['seats', 4, included(5, 'seats')],
    ['seats', 10, 'studio@1 sells at most 9 seats'],
    ['retention', 30, undefined],
    ['retention', 29, included(30, 'retention')],
    ['sso', 1, 'studio@1 does not sell sso by the unit'],
    ['toString', 1, 'studio@1 does not sell toString by the unit'],
  ])('may buy %s %d: %s', (key, quantity, problem) =>
    expect(quantityProblem(plan, prepared.settings, key, quantity)).toBe(problem),
  );

  it('may buy nothing above unlimited', () =>
    expect(quantityProblem({ ...plan, settings: { seats: 'unlimited' } }, prepared.settings, 'seats', 8)).toBe(
      included('unlimited', 'seats'),
    ));
});
