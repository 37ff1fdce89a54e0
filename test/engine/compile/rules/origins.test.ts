import { describe, expect, it } from 'vitest';
import { onDay } from '../../../../runtime/terms/at.ts';
import { fold, foldSetting } from '../../../../runtime/terms/fold.ts';
import type { Layer } from '../../../../runtime/terms/timeline.ts';
import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages, world } from '../../../oracle/sample-world.ts';
import { compileSample, segmentsOf } from './prove.ts';

const planLayer = (id: string) => ({ kind: 'plan', id, set: world.plans[id]?.settings });
const late = (id: string, take: object) => ({ kind: 'stage', id, take });

describe('each step is recorded as its origin: kind, id, JSON pointer, until', () => {
  const who = customer('studio@1', {
    quantities: { seats: 7 },
    addOns: [{ id: 'calls', quantity: 3, ends: '2026-08-31' }, { id: 'rows' }],
    exceptions: [
      exception('EX-1', { set: { sso: true, seats: 8 } }),
      exception('EX-2', {
        area: 'hosting',
        set: { region: 'eu' },
        add: { apiCalls: 1 },
        starts: '2026-02-01',
        expires: 'contract',
      }),
    ],
    contracts: [
      {
        ...year,
        plan: 'studio@1',
        quantities: { seats: 20 },
        amendments: [{ on: '2026-03-01', quantities: { seats: 30 } }],
      },
    ],
    statuses: [{ stage: 'suspended', since: '2026-04-05', until: '2026-04-06' }],
  });
  const calls = { kind: 'addOn', id: 'calls', at: '/addOns/0', until: '2026-08-31', add: { apiCalls: 150 } };
  const rows = { kind: 'addOn', id: 'rows', at: '/addOns/1', set: { retention: 100 } };
  const first = {
    kind: 'exception',
    id: 'EX-1',
    at: '/exceptions/0',
    until: '2026-12-31',
    set: { sso: true, seats: 8 },
  };
  const second = { kind: 'exception', id: 'EX-2', at: '/exceptions/1' };
  const ofSecond = [
    { ...second, set: { region: 'eu' } },
    { ...second, add: { apiCalls: 1 } },
  ];

  it.each<[says: string, day: string, layers: object[]]>([
    [
      'account: plan, quantity, add-ons (sets before adds), exception',
      '2026-01-20',
      [
        planLayer('studio@1'),
        { kind: 'quantity', id: 'account', at: '/quantities', set: { seats: 7 } },
        rows,
        calls,
        first,
      ],
    ],
    [
      'contract: its quantity; `expires: contract` has no day of its own',
      '2026-02-01',
      [
        planLayer('studio@1'),
        { kind: 'quantity', id: 'C-1', at: '/contracts/0/quantities', set: { seats: 20 } },
        rows,
        calls,
        first,
        ...ofSecond,
      ],
    ],
    [
      'an amendment: the quantity it states',
      '2026-03-01',
      [
        planLayer('studio@1'),
        { kind: 'quantity', id: 'C-1', at: '/contracts/0/amendments/0/quantities', set: { seats: 30 } },
        rows,
        calls,
        first,
        ...ofSecond,
      ],
    ],
    [
      'both stages, the date’s and the status’s, last',
      '2026-04-05',
      [
        planLayer('studio@1'),
        { kind: 'quantity', id: 'C-1', at: '/contracts/0/amendments/0/quantities', set: { seats: 30 } },
        rows,
        calls,
        first,
        ...ofSecond,
        late('grace', { delay: 90 }),
        late('suspended', { apiCalls: 0 }),
      ],
    ],
    [
      'what is held keeps what gave it, without an end, above the others',
      '2026-04-15',
      [
        first,
        { kind: 'addOn', id: 'rows', at: '/addOns/1', set: { retention: 100 }, heldSince: '2026-04-15' },
        { ...second, set: { region: 'eu' }, heldSince: '2026-04-15' },
      ],
    ],
  ])('%s', (_, day, layers) => expect(onDay({ segments: segmentsOf(who) }, day).layers).toEqual(layers));

  it('two quantities said in two places are two layers', () => {
    const units = { seats: { amount: '1.00' }, retention: { amount: '1.00' } };
    const where = {
      ...world,
      plans: {
        ...world.plans,
        'studio@1': { ...world.plans['studio@1'], price: { contactSales: true, units } } as never,
      },
    };
    const bought = customer('studio@1', {
      quantities: { seats: 7, retention: 91 },
      amendments: [{ on: '2026-02-01', quantities: { seats: 9 } }],
    });
    expect(onDay({ segments: segmentsOf(bought, where) }, '2026-02-01').layers.slice(1)).toEqual([
      { kind: 'quantity', id: 'account', at: '/amendments/0/quantities', set: { seats: 9 } },
      { kind: 'quantity', id: 'account', at: '/quantities', set: { retention: 91 } },
    ]);
  });

  it('the stage of a trial stands between its plan and its quantity', () => {
    const onTrial = customer('starter@1', { trials: [{ ...trial, quantities: { seats: 11 } }] });
    expect(onDay({ segments: segmentsOf(onTrial) }, '2026-02-01').layers).toEqual([
      planLayer('pilot@1'),
      late('trial', { apiCalls: 500, retention: 45 }),
      { kind: 'quantity', id: 'trial', at: '/trials/0/quantities', set: { seats: 11 } },
    ]);
  });

  it('a trial that only adds says what it makes more favourable, its default as its plan’s, which trial and until when', () => {
    const grand = { name: 'G', rank: 50, settings: { seats: 2, apiCalls: 2000 }, price: { contactSales: true } };
    const where = { ...world, plans: { ...world.plans, 'grand@1': grand } };
    const adding = customer('grand@1', {
      trials: [
        { ...trial, plan: 'starter@1' },
        { ...trial, kind: 'pilot', starts: '2026-03-01', ends: '2026-03-31', quantities: { seats: 11 } },
      ],
    });
    const segments = segmentsOf(adding, where);
    const own = { kind: 'plan', id: 'grand@1', set: grand.settings };
    expect(onDay({ segments }, '2026-02-01').layers).toEqual([
      own,
      { kind: 'plan', id: 'starter@1', set: { seats: 3 }, trial: 'trial', until: '2026-02-28' },
    ]);
    expect(onDay({ segments }, '2026-03-01').layers).toEqual([
      own,
      { kind: 'plan', id: 'pilot@1', set: { retention: 60, sso: true }, trial: 'pilot', until: '2026-03-31' },
      {
        kind: 'quantity',
        id: 'pilot',
        at: '/trials/1/quantities',
        set: { seats: 11 },
        trial: 'pilot',
        until: '2026-03-31',
      },
    ]);
  });

  it('a value held has one layer for each setting, with no end and nothing added', () => {
    const held = customer('studio@1', {
      addOns: [{ id: 'moreRows', ends: '2026-02-10' }],
      exceptions: [exception('EX-1', { set: { formats: ['pdf'] }, expires: '2026-02-10' })],
    });
    expect(onDay({ segments: segmentsOf(held) }, '2026-02-11').layers).toEqual([
      planLayer('studio@1'),
      { kind: 'addOn', id: 'moreRows', at: '/addOns/0', set: { retention: 100 }, heldSince: '2026-02-11' },
      { kind: 'exception', id: 'EX-1', at: '/exceptions/0', set: { formats: ['pdf'] }, heldSince: '2026-02-11' },
    ]);
  });

  it('a value held of a trial that only added is of no trial any more', () => {
    const held = customer('studio@1', { trials: [{ ...trial, plan: 'enterprise@1' }] });
    const { layers } = onDay({ segments: segmentsOf(held) }, '2026-03-01');
    expect(layers.slice(1)).toEqual([
      { kind: 'plan', id: 'enterprise@1', set: { retention: 365 }, heldSince: '2026-03-01' },
    ]);
  });

  it('folding one setting finds the last layer that took effect, and the same value as folding all', () => {
    const { prepared } = compileSample(who);
    for (const { layers } of segmentsOf(who)) {
      const all = fold(prepared.settings, layers);
      for (const key of Object.keys(prepared.settings))
        expect(foldSetting(prepared.settings, key, layers).value).toEqual(all[key]);
    }
    const from = (key: string, layers: Layer[]) => foldSetting(prepared.settings, key, layers).layer?.id;
    const [plan, stage] = [
      { kind: 'plan', id: 'p', set: { seats: 5 } } as const,
      { kind: 'stage', id: 's', take: { seats: 8 } } as const,
    ];
    expect(from('seats', [plan, stage])).toBe('p');
    expect(from('seats', [plan, { ...stage, take: { seats: 4 } }])).toBe('s');
    expect(from('sso', [plan])).toBeUndefined();
    expect(() => foldSetting(prepared.settings, 'moon', [])).toThrow('no setting named moon');
    expect(
      fold(prepared.settings, [{ kind: 'plan', id: 'p', set: { moon: 1 }, add: { sun: 1 }, take: { star: 1 } }]),
    ).not.toHaveProperty('moon');
  });

  it('a stage that takes from what is held is the origin', () => {
    const where = withStages({ closed: { set: { retention: 50 } } });
    const who = customer('studio@1', { contracts: [year], statuses: [{ stage: 'closed', since: '2026-03-01' }] });
    const { prepared } = compileSample(who, where);
    const { layers } = onDay({ segments: segmentsOf(who, where) }, '2026-04-15');
    expect(foldSetting(prepared.settings, 'retention', layers)).toEqual({
      value: 50,
      layer: late('closed', { retention: 50 }),
    });
  });
});
