import { describe, expect, it } from 'vitest';
import { answerOn } from './model.ts';
import { billing, days, planAndStage, setting, support, year } from './sample-days.ts';
import { customer, exception, world } from './sample-world.ts';

describe('amendments and terms', () => {
  it('end the quantities a plan change does not state', () => {
    const amendments = [
      { on: '2026-02-10', quantities: { seats: 30 } },
      { on: '2026-02-20', plan: 'studio@2' },
    ];
    days(customer('studio@1', { contracts: [{ ...year, amendments }] }), setting('seats'), [
      ['2026-02-09', 20],
      ['2026-02-10', 30],
      ['2026-02-20', 6],
    ]);
  });

  it('merge leaf by leaf; lists replace; an object over a scalar, or the reverse, replaces', () => {
    const amendments = [
      { on: '2026-02-10', support: { firstResponseHours: { severity1: 1 }, contacts: ['b'] } },
      { on: '2026-02-20', support: { firstResponseHours: { other: 8 } } },
      { on: '2026-02-25', support: { firstResponseHours: 2 } },
    ];
    const who = customer('studio@1', {
      contracts: [{ ...year, support: { firstResponseHours: 12, contacts: ['a', 'c'] }, amendments }],
    });
    days(who, ({ terms }) => [terms.support.firstResponseHours, terms.support.contacts], [
      ['2026-02-01', [12, ['a', 'c']]],
      ['2026-02-10', [{ severity1: 1 }, ['b']]],
      ['2026-02-20', [{ severity1: 1, other: 8 }, ['b']]],
      ['2026-02-25', [2, ['b']]],
    ]);
  });

  it('unset removes a key as it came from every layer below', () => {
    const amendments = [{ on: '2026-02-10', support: { channel: 'unset', hours: 'unset' } }];
    const who = customer('studio@1', {
      contracts: [{ ...year, support: { channel: 'phone' }, amendments }],
      support: { channel: 'post' },
    });
    days(who, ({ terms }) => terms.support, [
      ['2026-01-31', { channel: 'post' }],
      ['2026-02-01', { channel: 'phone', hours: '24x7' }],
      ['2026-02-10', {}],
      ['2026-04-15', { channel: 'post', firstResponseHours: 24 }],
    ]);
  });

  it('lets percent and amount replace each other while their neighbours stay', () => {
    const contract = { ...year, billing: { discount: { percent: '12', until: '2026-03-15' } } };
    const amendments = [{ on: '2026-02-10', billing: { discount: { amount: '5.00' } } }];
    days(customer('studio@1', { contracts: [{ ...contract, amendments }] }), billing('discount'), [
      ['2026-02-09', { percent: '12', until: '2026-03-15' }],
      ['2026-02-10', { amount: '5.00', until: '2026-03-15' }],
      ['2026-03-15', { amount: '5.00', until: '2026-03-15' }],
      ['2026-03-16', undefined],
    ]);
  });

  it('drops each credit the day after its until', () => {
    const credits = [
      { amount: '1.00', on: '2026-02-05', until: '2026-02-10' },
      { amount: '2.00', on: '2026-02-05' },
    ];
    days(customer('studio@1', { contracts: [{ ...year, billing: { credits } }] }), billing('credits'), [
      ['2026-02-01', credits],
      ['2026-02-11', [credits[1]]],
    ]);
  });

  it('loses the credits, and nothing else, at the first rolled term; later amendments add again', () => {
    const credit = [{ amount: '1.00' }];
    const amendments = [{ on: '2026-05-01', billing: { credits: credit } }];
    const rolling = {
      ...year,
      renewal: { kind: 'auto' },
      billing: { credits: credit, paymentTerms: 'net30' },
      amendments,
    };
    days(
      customer('studio@1', { contracts: [rolling] }),
      ({ terms }) => [terms.billing.credits, terms.billing.paymentTerms],
      [
        ['2026-03-31', [credit, 'net30']],
        ['2026-04-01', [undefined, 'net30']],
        ['2026-05-01', [credit, 'net30']],
      ],
    );
  });

  it('ends a rolled contract by an amendment that states ends and renewal', () => {
    const amendments = [{ on: '2026-05-01', ends: '2026-05-31', renewal: { kind: 'none' } }];
    days(customer('studio@1', { contracts: [{ ...year, renewal: { kind: 'auto' }, amendments }] }), planAndStage, [
      ['2026-05-31', 'enterprise@1 active'],
      ['2026-06-01', 'studio@1 active'],
    ]);
  });

  it('folds standard terms, add-on terms, account, contract, promise in this order', () => {
    const promise = exception('EX-1', {
      decision: 'promise',
      terms: { support: { hours: '9to5' } },
      starts: '2026-02-05',
    });
    const who = customer('studio@1', {
      addOns: [{ id: 'calls' }, { id: 'priority' }],
      support: { channel: 'post' },
      exceptions: [promise],
    });
    expect(answerOn(world, who, '2026-02-05').terms.support).toEqual({
      channel: 'post',
      firstResponseHours: 4,
      hours: '9to5',
    });
    days({ ...who, support: { firstResponseHours: 9 } }, support('firstResponseHours'), [['2026-02-05', 9]]);
  });

  it('keeps the contract’s terms in grace and drops them at the lapse', () =>
    days(
      customer('studio@1', { contracts: [{ ...year, billing: { paymentTerms: 'net30' } }] }),
      billing('paymentTerms'),
      [
        ['2026-04-14', 'net30'],
        ['2026-04-15', undefined],
      ],
    ));
});
