import { describe, expect, it } from 'vitest';
import { faultsOf } from './model.ts';
import { days, later, state, trial, year } from './sample-days.ts';
import { customer, exception, world } from './sample-world.ts';
import type { Answered, Exception } from './world.ts';

describe('exceptions over time', () => {
  const asked = (
    answers: Partial<Record<'onUpgrade' | 'onDowngrade' | 'onLapse', Answered>>,
    more: Partial<Exception> = {},
  ) => [exception('EX-1', { ...answers, ...more })];
  const upgrade = [{ on: '2026-03-01', plan: 'enterprise@1' }];
  const downgrade = [{ on: '2026-03-01', plan: 'starter@1' }];

  it('start, go on and expire', () =>
    days(
      customer('studio@1', { exceptions: asked({}, { starts: '2026-02-01', expires: '2026-02-10' }) }),
      state('EX-1'),
      [
        ['2026-01-31', 'notStarted'],
        ['2026-02-01', 'active'],
        ['2026-02-10', 'active'],
        ['2026-02-11', 'expired'],
      ],
    ));

  it.each([
    ['upgrade drops', upgrade, { onUpgrade: 'drop' }, {}, 'dropped'],
    ['upgrade keeps', upgrade, { onDowngrade: 'drop', onLapse: 'drop' }, {}, 'active'],
    ['downgrade drops', downgrade, { onDowngrade: 'drop' }, {}, 'dropped'],
    [
      'equal rank asks nothing',
      [{ on: '2026-03-01', plan: 'studio@2' }],
      { onUpgrade: 'drop', onDowngrade: 'drop', onLapse: 'drop' },
      {},
      'active',
    ],
    ['one that starts that day is not asked', upgrade, { onUpgrade: 'drop' }, { starts: '2026-03-01' }, 'active'],
    ['one that starts the day before is', upgrade, { onUpgrade: 'drop' }, { starts: '2026-02-28' }, 'dropped'],
    ['one that expires with the boundary is not', upgrade, { onUpgrade: 'drop' }, { expires: '2026-02-28' }, 'expired'],
  ] as const)('%s', (_, amendments, answers, more, expected) =>
    days(customer('studio@1', { amendments: [...amendments], exceptions: asked(answers, more) }), state('EX-1'), [
      ['2026-03-01', expected],
    ]),
  );

  it('never return once dropped', () => {
    const amendments = [...downgrade, { on: '2026-04-01', plan: 'studio@1' }];
    days(customer('studio@1', { amendments, exceptions: asked({ onDowngrade: 'drop' }) }), state('EX-1'), [
      ['2026-04-01', 'dropped'],
      ['2027-06-01', 'dropped'],
    ]);
  });

  it('lapse wins at the end of grace; a return is the upgrade it is', () => {
    const contracts = [year, later];
    days(
      customer('studio@1', {
        contracts,
        exceptions: asked({ onDowngrade: 'drop', onUpgrade: 'drop' }, { starts: '2026-02-02' }),
      }),
      state('EX-1'),
      [
        ['2026-04-30', 'active'],
        ['2026-05-01', 'dropped'],
      ],
    );
    days(
      customer('studio@1', { contracts, exceptions: asked({ onLapse: 'drop' }, { starts: '2026-02-02' }) }),
      state('EX-1'),
      [
        ['2026-04-14', 'active'],
        ['2026-04-15', 'dropped'],
      ],
    );
  });

  it('a `none` end is a downgrade, not a lapse', () => {
    const contracts = [{ ...year, renewal: { kind: 'none' } }];
    days(customer('studio@1', { contracts, exceptions: asked({ onLapse: 'drop' }) }), state('EX-1'), [
      ['2026-04-01', 'active'],
    ]);
    days(customer('studio@1', { contracts, exceptions: asked({ onDowngrade: 'drop' }) }), state('EX-1'), [
      ['2026-04-01', 'dropped'],
    ]);
  });

  it('closed is a lapse', () =>
    days(
      customer('studio@1', {
        statuses: [{ stage: 'closed', since: '2026-03-01' }],
        exceptions: asked({ onLapse: 'drop' }),
      }),
      state('EX-1'),
      [
        ['2026-02-28', 'active'],
        ['2026-03-01', 'dropped'],
      ],
    ));

  it('a trial’s start is no event; its end is a lapse for those that started in it and none for the older', () => {
    const answers = { onUpgrade: 'drop', onDowngrade: 'drop', onLapse: 'drop' } as const;
    const older = customer('starter@1', { trials: [trial], exceptions: asked(answers) });
    days(older, state('EX-1'), [
      ['2026-02-01', 'active'],
      ['2026-03-01', 'active'],
    ]);
    const inIt = customer('starter@1', {
      trials: [trial],
      exceptions: asked({ onLapse: 'drop' }, { starts: '2026-02-01' }),
    });
    days(inIt, state('EX-1'), [
      ['2026-02-28', 'active'],
      ['2026-03-01', 'dropped'],
    ]);
  });

  it('a trial the day after another continues it', () => {
    const trials = [trial, { ...trial, plan: 'enterprise@1', starts: '2026-03-01', ends: '2026-03-10' }];
    const exceptions = asked({ onLapse: 'drop', onUpgrade: 'drop' }, { starts: '2026-02-05' });
    days(customer('starter@1', { trials, exceptions }), state('EX-1'), [
      ['2026-03-01', 'active'],
      ['2026-03-11', 'dropped'],
    ]);
  });

  it('a contract ends what a trial under it gave by rank: older compare the plan before, others the trial’s', () => {
    const contracts = [{ ...year, plan: 'studio@1', starts: '2026-02-20' }];
    const before = asked({ onUpgrade: 'drop' });
    days(customer('starter@1', { trials: [trial], contracts, exceptions: before }), state('EX-1'), [
      ['2026-02-20', 'dropped'],
    ]);
    const inIt = asked({ onUpgrade: 'drop', onLapse: 'drop' }, { starts: '2026-02-02' });
    days(customer('starter@1', { trials: [trial], contracts, exceptions: inIt }), state('EX-1'), [
      ['2026-02-20', 'active'],
      ['2026-03-01', 'active'],
    ]);
    const falls = asked({ onDowngrade: 'drop' }, { starts: '2026-02-02' });
    days(customer('starter@1', { trials: [trial], contracts, exceptions: falls }), state('EX-1'), [
      ['2026-02-20', 'dropped'],
    ]);
  });

  it('the end of a trial is no lapse where a contract starts the next day', () => {
    const contracts = [{ ...year, starts: '2026-03-01' }];
    const exceptions = asked({ onLapse: 'drop' }, { starts: '2026-02-05' });
    days(customer('starter@1', { trials: [trial], contracts, exceptions }), state('EX-1'), [['2026-03-01', 'active']]);
  });

  it('the end of a trial that only adds is no event', () =>
    days(
      customer('studio@1', {
        trials: [trial],
        exceptions: asked({ onLapse: 'drop', onDowngrade: 'drop' }, { starts: '2026-02-03' }),
      }),
      state('EX-1'),
      [['2026-03-01', 'active']],
    ));

  it('the end of a trial over lapsed is a lapse for those that started since the lapse', () => {
    const trials = [{ ...trial, starts: '2026-05-01', ends: '2026-05-10' }];
    const of = (starts: string) =>
      customer('studio@1', { contracts: [year], trials, exceptions: asked({ onLapse: 'drop' }, { starts }) });
    days(of('2026-04-15'), state('EX-1'), [
      ['2026-05-10', 'active'],
      ['2026-05-11', 'dropped'],
    ]);
    days(of('2026-04-14'), state('EX-1'), [['2026-04-15', 'dropped']]);
  });

  it('the lapse is asked even where a trial counts from that very day', () => {
    const trials = [{ ...trial, starts: '2026-04-15', ends: '2026-05-10' }];
    days(
      customer('studio@1', { contracts: [year], trials, exceptions: asked({ onLapse: 'drop' }) }),
      ({ stage, exceptions }) => [stage, exceptions['EX-1']],
      [['2026-04-15', ['trial', 'dropped']]],
    );
  });

  it('expires: contract is the day before the successor or the lapse; rolled terms are the same contract', () => {
    const exceptions = asked({}, { starts: '2026-02-05', expires: 'contract' });
    days(customer('studio@1', { contracts: [year], exceptions }), state('EX-1'), [
      ['2026-04-14', 'active'],
      ['2026-04-15', 'expired'],
    ]);
    const contracts = [{ ...year, renewal: { kind: 'auto' } }, later];
    days(customer('studio@1', { contracts, exceptions }), state('EX-1'), [
      ['2026-04-30', 'active'],
      ['2026-05-01', 'expired'],
    ]);
    const amendments = [{ on: '2026-02-10', ends: '2026-02-20', renewal: { kind: 'none' } }];
    days(customer('studio@1', { contracts: [{ ...year, amendments }], exceptions }), state('EX-1'), [
      ['2026-02-20', 'active'],
      ['2026-02-21', 'expired'],
    ]);
  });

  it('ask is a fault where the file starts the boundary, and drops where only time brings it', () => {
    const exceptions = asked({ onUpgrade: 'ask', onDowngrade: 'block', onLapse: 'ask' });
    expect(faultsOf(world, customer('studio@1', { amendments: upgrade, exceptions }))).toEqual([
      'exception-needs-answer',
    ]);
    const contracts = [{ ...year, starts: '2026-01-02' }];
    const late = [{ ...exceptions[0], starts: '2026-02-01' } as Exception];
    expect(faultsOf(world, customer('studio@1', { contracts, exceptions: late }))).toEqual([]);
    days(customer('studio@1', { contracts, exceptions: late }), state('EX-1'), [['2026-04-15', 'dropped']]);
  });

  it('access lasts as long as its exception', () => {
    const rule = { action: 'exportReports', approver: 'admin' };
    const exceptions = asked({ onLapse: 'drop' }, { access: [rule], starts: '2026-02-05' });
    days(customer('studio@1', { contracts: [year], exceptions }), ({ access }) => access.rules, [
      ['2026-02-04', []],
      ['2026-02-05', [rule]],
      ['2026-04-15', []],
    ]);
  });
});
