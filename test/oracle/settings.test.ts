import { describe, it } from 'vitest';
import { days, later, setting, support, trial, year } from './sample-days.ts';
import { customer, exception, withStages } from './sample-world.ts';

describe('settings', () => {
  it('folds default, plan, quantities, add-ons, exceptions, other stages', () => {
    const who = customer('studio@1', {
      quantities: { seats: 7 },
      addOns: [{ id: 'calls', quantity: 3, starts: '2026-02-01' }, { id: 'eu' }],
      exceptions: [exception('EX-1', { starts: '2026-02-10' })],
      statuses: [{ stage: 'suspended', since: '2026-02-20', until: '2026-02-21' }],
    });
    days(who, ({ settings }) => [settings.seats, settings.apiCalls, settings.region, settings.sso], [
      ['2026-01-31', [7, 400, 'eu', false]],
      ['2026-02-01', [7, 550, 'eu', false]],
      ['2026-02-10', [7, 551, 'eu', false]],
      ['2026-02-20', [7, 0, 'eu', false]],
      ['2026-02-22', [7, 551, 'eu', false]],
    ]);
  });

  it('leaves unlimited unlimited when something is added', () =>
    days(
      customer('enterprise@1', { addOns: [{ id: 'calls' }], exceptions: [exception('EX-1')] }),
      setting('apiCalls'),
      [['2026-02-01', 'unlimited']],
    ));

  it('counts an add-on only with a plan it is sold with, and again when that returns', () => {
    const amendments = [
      { on: '2026-02-01', plan: 'studio@2' },
      { on: '2026-03-01', plan: 'studio@1' },
    ];
    days(customer('studio@1', { addOns: [{ id: 'calls' }], amendments }), setting('apiCalls'), [
      ['2026-01-31', 450],
      ['2026-02-01', 100],
      ['2026-03-01', 450],
    ]);
  });

  it('counts an add-on only while what it depends on counts', () =>
    days(
      customer('studio@1', { addOns: [{ id: 'priority' }, { id: 'calls', starts: '2026-02-01' }] }),
      support('firstResponseHours'),
      [
        ['2026-01-31', undefined],
        ['2026-02-01', 4],
      ],
    ));

  it('a stage only takes', () => {
    const generous = withStages({ active: { set: { apiCalls: 9999, delay: 1 } } });
    days(
      customer('studio@1'),
      ({ settings }) => [settings.apiCalls, settings.delay],
      [['2026-02-01', [400, 30]]],
      generous,
    );
  });
});

describe('holds', () => {
  const region = ({ settings, held }: { settings: Record<string, unknown>; held: string[] }) => [settings.region, held];

  it('hold what a contract’s plan gave at its end and through a lapse; retention too', () =>
    days(
      customer('studio@1', { contracts: [year] }),
      ({ settings, held }) => [settings.region, settings.retention, held],
      [
        ['2026-01-31', ['us', 90, []]],
        ['2026-04-14', ['eu', 365, []]],
        ['2026-04-15', ['eu', 365, ['retention', 'region']]],
        ['2029-01-01', ['eu', 365, ['retention', 'region']]],
      ],
    ));

  it('end when the same plan counts again', () =>
    days(customer('studio@1', { contracts: [year, later] }), region, [
      ['2026-04-30', ['eu', ['retention', 'region']]],
      ['2026-05-01', ['eu', []]],
    ]));

  it('go on when the next entry’s plan does not name the setting, and end when a later add-on names it', () => {
    const contracts = [year, { ...later, plan: 'studio@2' }];
    days(customer('starter@1', { contracts, addOns: [{ id: 'ap', starts: '2026-05-10' }] }), region, [
      ['2026-05-01', ['eu', ['retention', 'region']]],
      ['2026-05-10', ['ap', ['retention']]],
    ]);
  });

  it('end with an entry that starts that day and names the setting with less', () => {
    const contracts = [year, { ...later, plan: 'studio@1', starts: '2026-04-01' }];
    days(customer('starter@1', { contracts }), ({ settings, held }) => [settings.retention, held], [
      ['2026-03-31', [365, []]],
      ['2026-04-01', [90, ['region']]],
    ]);
  });

  it('an older exception under the giver does not release', () => {
    const contracts = [{ ...year, renewal: { kind: 'none' } }];
    const exceptions = [exception('EX-1', { set: { retention: 200 }, starts: '2026-03-10', expires: '2026-03-20' })];
    days(customer('studio@1', { contracts, exceptions }), ({ settings, held }) => [settings.retention, held], [
      ['2026-03-20', [200, []]],
      ['2026-03-21', [365, []]],
      ['2026-04-01', [365, ['retention', 'region']]],
    ]);
  });

  it('are not begun where what would apply is more favourable', () => {
    const exceptions = [exception('EX-1', { set: { retention: 10 }, starts: '2026-02-01', expires: '2026-02-10' })];
    days(customer('studio@1', { exceptions }), ({ settings, held }) => [settings.retention, held], [
      ['2026-02-10', [10, []]],
      ['2026-02-11', [90, []]],
    ]);
  });

  it('hold the value of an add-on that is inactive until it counts again', () => {
    const amendments = [
      { on: '2026-02-01', plan: 'starter@1' },
      { on: '2026-03-01', plan: 'studio@1' },
    ];
    days(customer('studio@1', { addOns: [{ id: 'eu' }], amendments }), region, [
      ['2026-01-31', ['eu', []]],
      ['2026-02-01', ['eu', ['retention', 'region']]],
      ['2026-03-01', ['eu', []]],
    ]);
  });

  it('end when the giver counts again, even with less', () => {
    const amendments = [
      { on: '2026-02-01', plan: 'starter@1' },
      { on: '2026-03-01', plan: 'pilot@1' },
    ];
    const who = customer('studio@1', { addOns: [{ id: 'moreRows' }], amendments });
    days(who, ({ settings, held }) => [settings.retention, held], [
      ['2026-02-01', [100, ['retention']]],
      ['2026-03-01', [70, []]],
    ]);
  });

  it('hold nothing where stage trial took from the plan', () => {
    days(customer('starter@1', { trials: [trial] }), ({ settings, held }) => [settings.retention, held], [
      ['2026-02-28', [45, []]],
      ['2026-03-01', [30, []]],
    ]);
    days(
      customer('starter@1', { trials: [{ ...trial, kind: 'pilot' }] }),
      ({ settings, held }) => [settings.retention, held],
      [
        ['2026-02-28', [60, []]],
        ['2026-03-01', [60, ['retention']]],
      ],
    );
  });

  it('are followed by the other stages', () => {
    const where = withStages({ lapsed: { plan: 'starter@1', set: { retention: 50 } } });
    days(customer('studio@1', { contracts: [year] }), setting('retention'), [['2026-04-15', 50]], where);
  });
});
