import { describe, expect, it } from 'vitest';
import { timelineJson } from '../../../../engine/compile/timeline-json.ts';
import { at, onDay } from '../../../../runtime/terms/at.ts';
import { later, trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages } from '../../../oracle/sample-world.ts';
import type { CustomerData } from '../../../oracle/world.ts';
import { compileSample, segmentsOf } from './prove.ts';

type Row = [says: string, who: CustomerData, from: (string | null)[]];
const auto = { ...year, renewal: { kind: 'auto' } };
const credit = { amount: '1.00', until: '2026-03-10' };
const none = { ...year, renewal: { kind: 'none' } };

describe('a boundary is a day on which any compiled byte changes', () => {
  it.each<Row>([
    ['the first segment has no start', customer('studio@1'), [null]],
    [
      'a contract, its grace and its lapse',
      customer('studio@1', { contracts: [year] }),
      [null, '2026-02-01', '2026-04-01', '2026-04-15'],
    ],
    [
      'the last day of an end is no boundary, the next one is',
      customer('studio@1', { contracts: [none] }),
      [null, '2026-02-01', '2026-04-01'],
    ],
    ['the roll as such makes no boundary', customer('studio@1', { contracts: [auto] }), [null, '2026-02-01']],
    [
      'credits that leave with it do',
      customer('studio@1', { contracts: [{ ...auto, billing: { credits: [{ amount: '1.00' }] } }] }),
      [null, '2026-02-01', '2026-04-01'],
    ],
    [
      'a credit leaves the day after its `until`, once',
      customer('studio@1', { contracts: [{ ...none, billing: { credits: [credit, credit] } }] }),
      [null, '2026-02-01', '2026-03-11', '2026-04-01'],
    ],
    [
      'one that outlives its contract leaves with it',
      customer('studio@1', { contracts: [{ ...none, billing: { discount: { percent: '1', until: '2026-05-10' } } }] }),
      [null, '2026-02-01', '2026-04-01'],
    ],
    [
      'an amendment that changes nothing makes none',
      customer('studio@1', { contracts: [{ ...none, amendments: [{ on: '2026-02-10', because: 'a call' }] }] }),
      [null, '2026-02-01', '2026-04-01'],
    ],
    [
      'terms said again in another order make none',
      customer('studio@1', {
        billing: { method: 'card', paymentTerms: 'net30' },
        amendments: [
          { on: '2026-02-10', billing: { method: 'unset' } },
          { on: '2026-02-10', billing: { method: 'card' } },
        ],
      }),
      [null],
    ],
    [
      'one that changes promises in words does',
      customer('studio@1', {
        contracts: [{ ...none, amendments: [{ on: '2026-02-10', promises: [{ what: 'w', owner: 'o' }] } as never] }],
      }),
      [null, '2026-02-01', '2026-02-10', '2026-04-01'],
    ],
    [
      'another origin with the same value does',
      customer('studio@1', { quantities: { seats: 9 }, amendments: [{ on: '2026-02-10', quantities: { seats: 9 } }] }),
      [null, '2026-02-10'],
    ],
    [
      'a renewal with equal terms does: the contract is another',
      customer('studio@1', { contracts: [none, { ...later, starts: '2026-04-01' }] }),
      [null, '2026-02-01', '2026-04-01', '2026-07-01'],
    ],
    ['a trial that adds nothing makes none', customer('enterprise@1', { trials: [trial] }), [null]],
    [
      'a trial that is the stage does',
      customer('starter@1', { trials: [{ ...trial, plan: 'starter@1' }] }),
      [null, '2026-02-01', '2026-03-01'],
    ],
    [
      'an inactive add-on makes none',
      customer('studio@2', {
        addOns: [{ id: 'calls', starts: '2026-02-01', ends: '2026-02-10' }],
        amendments: [{ on: '2026-02-08', plan: 'studio@1' }],
      }),
      [null, '2026-02-08', '2026-02-11'],
    ],
    [
      'an exception of access alone does',
      customer('starter@1', {
        exceptions: [
          exception('EX-1', { access: [{ action: 'exportReports', only: ['admin'] }], expires: '2026-01-20' }),
        ],
      }),
      [null, '2026-01-10', '2026-01-21'],
    ],
    [
      'a promise does',
      customer('starter@1', {
        exceptions: [
          exception('EX-1', { decision: 'promise', terms: { support: { hours: '9to5' } }, expires: '2026-01-20' }),
        ],
      }),
      [null, '2026-01-10', '2026-01-21'],
    ],
    [
      'a dropped exception does when it goes, not when it would have expired',
      customer('studio@1', {
        exceptions: [exception('EX-1', { onDowngrade: 'drop' })],
        amendments: [{ on: '2026-02-10', plan: 'starter@1' }],
      }),
      [null, '2026-01-10', '2026-02-10'],
    ],
    [
      'a status does with every stage it reaches, and the day after its `until`',
      customer('studio@1', { statuses: [{ stage: 'pastDue', since: '2026-03-01', until: '2026-05-31' }] }),
      [null, '2026-03-01', '2026-03-11', '2026-04-10', '2026-06-01'],
    ],
    [
      'a status does only with those it reaches',
      customer('studio@1', { statuses: [{ stage: 'pastDue', since: '2026-03-01', until: '2026-03-05' }] }),
      [null, '2026-03-01', '2026-03-06'],
    ],
    [
      'an end on the last day that can be written is never',
      customer('studio@1', { contracts: [{ ...none, ends: '9999-12-31' }] }),
      [null, '2026-02-01'],
    ],
    [
      'so are the days of a policy beyond it',
      customer('studio@1', {
        statuses: [{ stage: 'pastDue', since: '9999-12-30' }],
        addOns: [{ id: 'eu', ends: '9999-12-31' }],
      }),
      [null, '9999-12-30'],
    ],
    [
      'grace beyond it, too',
      customer('studio@1', { contracts: [{ ...year, ends: '9999-12-30' }] }),
      [null, '2026-02-01', '9999-12-31'],
    ],
  ])('%s', (_, who, from) => expect(segmentsOf(who).map((segment) => segment.from)).toEqual(from));
});

describe('a segment', () => {
  const contracts = [
    {
      ...year,
      signed: '2026-01-15',
      promises: [{ what: 'a review', owner: 'security' }],
      amendments: [{ on: '2026-03-01', renewal: { noticeDays: 30 } }],
    },
  ];

  it('says which contract the terms are of, as amended, while it is in force and in grace', () => {
    const agreed = {
      id: 'C-1',
      signed: '2026-01-15',
      starts: '2026-02-01',
      ends: '2026-03-31',
      promises: [{ what: 'a review', owner: 'security' }],
    };
    expect(segmentsOf(customer('studio@1', { contracts })).map(({ from, terms }) => [from, terms.contract])).toEqual([
      [null, null],
      ['2026-02-01', { ...agreed, renewal: { kind: 'manual' } }],
      ['2026-03-01', { ...agreed, renewal: { kind: 'manual', noticeDays: 30 } }],
      ['2026-04-01', { ...agreed, renewal: { kind: 'manual', noticeDays: 30 } }],
      ['2026-04-15', null],
    ]);
  });

  it('says nothing of what an amendment took away', () => {
    const amendments = [{ on: '2026-03-01', ends: 'unset', renewal: 'unset' as const, promises: 'unset' }];
    const [, , amended] = segmentsOf(customer('studio@1', { contracts: [{ ...contracts[0], amendments } as never] }));
    expect(amended?.terms.contract).toEqual({ id: 'C-1', signed: '2026-01-15', starts: '2026-02-01' });
  });

  it('keeps the contract in a lapse by status, and names none under a trial that is the stage', () => {
    const lapsed = segmentsOf(
      customer('studio@1', { contracts, statuses: [{ stage: 'suspended', since: '2026-02-01' }] }),
    );
    expect(onDay({ segments: lapsed }, '2026-03-20').terms.contract?.id).toBe('C-1');
    const over = segmentsOf(
      customer('studio@1', { contracts, trials: [{ ...trial, starts: '2026-04-20', ends: '2026-04-30' }] }),
    );
    expect(onDay({ segments: over }, '2026-04-20').terms.contract).toBeNull();
  });

  it('belongs to a timeline that names the product’s own id, where there is one', () => {
    expect(compileSample(customer('starter@1', { account: 'acc_1' })).compiled.timeline).toMatchObject({
      customer: 'acme',
      account: 'acc_1',
    });
    expect(compileSample(customer('starter@1')).compiled.timeline).not.toHaveProperty('account');
  });

  it('has no layer of a plan or a stage that says nothing, and no list of nothing', () => {
    const [only] = segmentsOf(customer('starter@1'), withStages({ active: { set: {} } }));
    expect(only?.layers).toEqual([]);
    expect(only?.open).toEqual(['seats']);
    expect(segmentsOf(customer('studio@2'))[0]).not.toHaveProperty('open');
  });

  it('is not compiled where a plan is missing', () => {
    const { timeline, exceptions, diagnostics } = compileSample(customer('moon@1')).compiled;
    expect([timeline, exceptions, diagnostics.map(({ rule }) => rule)]).toEqual([undefined, [], ['unknown-plan']]);
  });

  it('is in force from its first midnight, UTC, to the next one’s', () => {
    const timeline = {
      segments: segmentsOf(customer('starter@1', { trials: [trial], contracts: [{ ...year, starts: '2026-03-01' }] })),
    };
    const planAt = (instant: string) => at(timeline, Date.parse(instant)).plan;
    expect(planAt('1970-01-01T00:00:00Z')).toBe('starter@1');
    expect(planAt('0000-01-01T00:00:00Z')).toBe('starter@1');
    expect(planAt('2026-02-28T23:59:59.999Z')).toBe('pilot@1');
    expect(planAt('2026-03-01T00:00:00Z')).toBe('enterprise@1');
    expect(planAt('2026-03-01T01:00:00+02:00')).toBe('pilot@1');
    expect(() => onDay({ segments: [] }, '2026-01-01')).toThrow('at least one segment');
  });
});

it('is printed with effective values, equal neighbours as one', () => {
  const who = customer('studio@1', {
    quantities: { seats: 9 },
    amendments: [
      { on: '2026-02-10', quantities: { seats: 9 } },
      { on: '2026-03-01', quantities: { seats: 10 } },
    ],
  });
  const { compiled, prepared } = compileSample(who);
  const settings = {
    seats: 9,
    apiCalls: 400,
    retention: 90,
    delay: 30,
    sso: false,
    region: 'us',
    uptime: 'basic',
    formats: ['csv'],
  };
  const same = {
    plan: 'studio@1',
    stage: 'active',
    terms: { billing: { interval: 'month', method: 'card' }, support: { channel: 'chat' }, contract: null },
    access: { groups: [], rules: [] },
  };
  expect(timelineJson(compiled.timeline as never, 'Acme', prepared.settings)).toEqual({
    customer: 'acme',
    name: 'Acme',
    segments: [
      { from: null, ...same, settings },
      { from: '2026-03-01', ...same, settings: { ...settings, seats: 10 } },
    ],
  });
});
