import { describe, expect, it } from 'vitest';
import { answerOn } from './model.ts';
import { billing, days, later, planAndStage, setting, trial, year } from './sample-days.ts';
import { customer, exception, withStages, world } from './sample-world.ts';

describe('stages by dates', () => {
  it('is the base plan and active before every date', () =>
    days(customer('studio@1', { contracts: [year] }), planAndStage, [['2020-01-01', 'studio@1 active']]));

  it('counts a contract from its start to its last day, then grace for 14 days, then lapsed on the named free plan', () =>
    days(customer('studio@1', { contracts: [year] }), planAndStage, [
      ['2026-01-31', 'studio@1 active'],
      ['2026-02-01', 'enterprise@1 active'],
      ['2026-03-31', 'enterprise@1 active'],
      ['2026-04-01', 'enterprise@1 grace'],
      ['2026-04-14', 'enterprise@1 grace'],
      ['2026-04-15', 'starter@1 lapsed'],
    ]));

  it('lapses to a free base plan with the account’s quantities', () =>
    days(
      customer('pilot@1', { contracts: [year], quantities: { seats: 12 } }),
      ({ plan, settings }) => [plan, settings.seats],
      [['2026-04-15', ['pilot@1', 12]]],
    ));

  it('lapses to the policy’s plan without quantities', () =>
    days(customer('studio@1', { contracts: [year], quantities: { seats: 12 } }), setting('seats'), [
      ['2026-04-15', 3],
    ]));

  it('has no grace where the successor starts the next day', () =>
    days(customer('studio@1', { contracts: [year, { ...later, starts: '2026-04-01' }] }), planAndStage, [
      ['2026-04-01', 'enterprise@1 active'],
    ]));

  it('ends grace, and a lapse, with the successor', () => {
    const soon = { ...later, starts: '2026-04-05' };
    days(customer('studio@1', { contracts: [year, soon] }), planAndStage, [
      ['2026-04-04', 'enterprise@1 grace'],
      ['2026-04-05', 'enterprise@1 active'],
    ]);
    days(customer('studio@1', { contracts: [year, later] }), planAndStage, [
      ['2026-04-30', 'starter@1 lapsed'],
      ['2026-05-01', 'enterprise@1 active'],
    ]);
  });

  it.each([
    ['2026-04-01', '2026-04-01', 'studio@2 active'],
    ['2026-04-15', '2026-04-15', 'studio@2 active'],
    ['2026-05-02', '2026-05-02', 'studio@2 active'],
    ['2026-05-02', '2026-05-01', 'starter@1 lapsed'],
    ['2026-03-31', '2026-04-01', 'enterprise@1 grace'],
  ])('an account amendment with a plan on %s: on %s %s', (on, day, expected) =>
    days(customer('studio@1', { contracts: [year], amendments: [{ on, plan: 'studio@2' }] }), planAndStage, [
      [day, expected],
    ]),
  );

  it('is not ended by an account amendment without a plan', () =>
    days(customer('studio@1', { contracts: [year], amendments: [{ on: '2026-04-03', billing: {} }] }), planAndStage, [
      ['2026-04-03', 'enterprise@1 grace'],
    ]));

  it('falls to the base plan at once after `none`', () =>
    days(customer('studio@1', { contracts: [{ ...year, renewal: { kind: 'none' } }] }), planAndStage, [
      ['2026-03-31', 'enterprise@1 active'],
      ['2026-04-01', 'studio@1 active'],
    ]));

  it('ends early by an amendment, without grace', () => {
    const amendments = [{ on: '2026-02-10', ends: '2026-02-20', renewal: { kind: 'none' } }];
    days(customer('studio@1', { contracts: [{ ...year, amendments }] }), planAndStage, [
      ['2026-02-20', 'enterprise@1 active'],
      ['2026-02-21', 'studio@1 active'],
    ]);
  });

  it('rolls `auto` until the next entry', () => {
    const next = { ...later, plan: 'studio@2' };
    days(customer('studio@1', { contracts: [{ ...year, renewal: { kind: 'auto' } }, next] }), planAndStage, [
      ['2026-04-30', 'enterprise@1 active'],
      ['2026-05-01', 'studio@2 active'],
    ]);
  });

  it('goes on month to month without an end', () =>
    days(customer('studio@1', { contracts: [{ ...year, ends: undefined, renewal: undefined }] }), planAndStage, [
      ['2030-01-01', 'enterprise@1 active'],
    ]));

  it('goes straight to lapsed without grace, and back to the base plan without lapsed', () => {
    days(
      customer('studio@1', { contracts: [year] }),
      planAndStage,
      [['2026-04-01', 'starter@1 lapsed']],
      withStages({ grace: undefined }),
    );
    days(
      customer('studio@1', { contracts: [year] }),
      planAndStage,
      [['2026-04-15', 'studio@1 active']],
      withStages({ lapsed: undefined }),
    );
  });
});

describe('trials', () => {
  it('are the stage over a free base plan, and only add over a paid one or a contract', () => {
    days(customer('starter@1', { trials: [trial] }), planAndStage, [
      ['2026-02-01', 'pilot@1 trial'],
      ['2026-02-28', 'pilot@1 trial'],
      ['2026-03-01', 'starter@1 active'],
    ]);
    days(customer('studio@1', { trials: [trial] }), planAndStage, [['2026-02-01', 'studio@1 active']]);
    days(
      customer('starter@1', { trials: [{ ...trial, starts: '2026-04-02', ends: '2026-04-20' }], contracts: [year] }),
      planAndStage,
      [
        ['2026-04-14', 'enterprise@1 grace'],
        ['2026-04-15', 'pilot@1 trial'],
        ['2026-04-21', 'starter@1 lapsed'],
      ],
    );
  });

  it('that only add give the more favourable of both sides, of the contract where there is no order', () => {
    const who = customer('studio@1', { trials: [{ ...trial, quantities: { seats: 15 } }], quantities: { seats: 8 } });
    expect(answerOn(world, who, '2026-02-01').settings).toEqual({
      seats: 15,
      apiCalls: 1000,
      retention: 90,
      delay: 30,
      sso: true,
      region: 'us',
    });
    const eu = customer('enterprise@1', { trials: [{ ...trial, plan: 'studio@2' }] });
    days(eu, setting('region'), [['2026-02-01', 'eu']]);
  });

  it('that only add lend neither terms nor stage', () => {
    const who = customer('studio@1', { trials: [{ ...trial, billing: { method: 'manual' } }] });
    days(who, billing('method'), [['2026-02-01', 'card']]);
    days(customer('starter@1', { trials: [{ ...trial, billing: { method: 'manual' } }] }), billing('method'), [
      ['2026-02-01', 'manual'],
      ['2026-03-01', 'card'],
    ]);
  });

  it('take by their stage before quantities and exceptions', () => {
    days(customer('starter@1', { trials: [trial] }), setting('apiCalls'), [['2026-02-01', 500]]);
    const bought = { ...trial, quantities: { seats: 11 } };
    const who = customer('starter@1', { trials: [bought], exceptions: [exception('EX-1')] });
    const staged = withStages({ trial: { set: { seats: 1, apiCalls: 500 } } });
    days(who, ({ settings }) => [settings.seats, settings.apiCalls], [['2026-02-01', [11, 501]]], staged);
  });
});

describe('statuses', () => {
  const owing = { stage: 'pastDue', since: '2026-03-01', until: '2026-12-31' };

  it('run out by payment method: card 10 days, suspended 30 days, lapsed', () =>
    days(customer('studio@1', { statuses: [owing] }), planAndStage, [
      ['2026-03-10', 'studio@1 pastDue'],
      ['2026-03-11', 'studio@1 suspended'],
      ['2026-04-09', 'studio@1 suspended'],
      ['2026-04-10', 'starter@1 lapsed'],
      ['2026-12-31', 'starter@1 lapsed'],
      ['2027-01-01', 'studio@1 active'],
    ]));

  it('take the method of the day they began, and never run out for one that is not named', () => {
    const amendments = [{ on: '2026-03-05', billing: { method: 'card' } }];
    days(customer('studio@1', { billing: { method: 'invoice' }, statuses: [owing], amendments }), planAndStage, [
      ['2026-03-30', 'studio@1 pastDue'],
      ['2026-03-31', 'studio@1 suspended'],
    ]);
    days(customer('studio@1', { billing: { method: 'manual' }, statuses: [owing] }), planAndStage, [
      ['2026-12-31', 'studio@1 pastDue'],
    ]);
  });

  it('run out when written as suspended, unless never', () => {
    const statuses = [{ ...owing, stage: 'suspended' }];
    days(customer('studio@1', { statuses }), planAndStage, [
      ['2026-03-30', 'studio@1 suspended'],
      ['2026-03-31', 'starter@1 lapsed'],
    ]);
    const never = withStages({ suspended: { days: 'never' } });
    days(customer('studio@1', { statuses }), planAndStage, [['2026-12-31', 'studio@1 suspended']], never);
  });

  it('skip a stage the policy leaves out', () => {
    const without = withStages({ suspended: undefined });
    days(customer('studio@1', { statuses: [owing] }), planAndStage, [['2026-03-11', 'starter@1 lapsed']], without);
    const neither = withStages({ suspended: undefined, lapsed: undefined });
    days(customer('studio@1', { statuses: [owing] }), planAndStage, [['2026-12-31', 'studio@1 pastDue']], neither);
    const stays = withStages({ lapsed: undefined });
    days(customer('studio@1', { statuses: [owing] }), planAndStage, [['2026-12-31', 'studio@1 suspended']], stays);
  });

  it('show the more serious stage while both take effect; a stage reached by time replaces the one before', () => {
    const who = customer('studio@1', {
      contracts: [year],
      statuses: [{ ...owing, since: '2026-04-01', until: '2026-04-20' }],
    });
    const invoiced = withStages({ pastDue: { invoice: 5, set: { sso: false } } as never });
    days(
      who,
      ({ stage, settings }) => [stage, settings.sso, settings.delay, settings.apiCalls],
      [
        ['2026-03-31', ['active', true, 5, 'unlimited']],
        ['2026-04-05', ['pastDue', false, 90, 'unlimited']],
        ['2026-04-06', ['suspended', true, 90, 0]],
        ['2026-04-15', ['lapsed', false, 60, 0]],
        ['2026-04-21', ['lapsed', false, 60, 100]],
      ],
      invoiced,
    );
  });

  it('keep the agreement: terms in lapsed and closed are those without the status, add-on terms included', () => {
    const who = customer('studio@1', { statuses: [owing], addOns: [{ id: 'calls' }, { id: 'priority' }] });
    days(who, ({ terms, settings }) => [terms.support, settings.apiCalls], [
      ['2026-04-10', [{ channel: 'chat', firstResponseHours: 4 }, 100]],
    ]);
  });

  it('leave a trial nothing to add to once they have lapsed', () => {
    const trials = [{ ...trial, starts: '2026-04-01', ends: '2026-04-30' }];
    days(customer('studio@1', { statuses: [owing], trials }), setting('seats'), [
      ['2026-04-09', 10],
      ['2026-04-10', 3],
    ]);
  });

  it('closed keeps the plan the dates give', () =>
    days(
      customer('studio@1', { contracts: [year], statuses: [{ stage: 'closed', since: '2026-03-01' }] }),
      planAndStage,
      [
        ['2026-03-01', 'enterprise@1 closed'],
        ['2026-04-15', 'starter@1 closed'],
      ],
    ));
});
