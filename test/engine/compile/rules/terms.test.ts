import { later, trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, world } from '../../../oracle/sample-world.ts';
import type { Tree } from '../../../oracle/world.ts';
import { billing, prove, support } from './prove.ts';

const promised = (terms: Tree, more = {}) =>
  exception('EX-1', { decision: 'promise', terms, starts: '2026-02-05', ...more });
const amended = (first: { billing?: Tree; support?: Tree }, ...amendments: object[]) =>
  customer('studio@1', { contracts: [{ ...year, ...first, amendments: amendments as never }] });

prove('the order of terms', [
  {
    says: 'plan `standardTerms` of the plan the dates give',
    not: 'of the base plan',
    who: customer('studio@1', { contracts: [year] }),
    see: ({ billing, support }) => [billing, support],
    days: {
      '2026-01-31': [{ method: 'card', interval: 'month' }, { channel: 'chat' }],
      '2026-02-01': [{ method: 'invoice' }, { channel: 'slack', hours: '24x7' }],
      '2026-04-15': [{ method: 'card' }, { channel: 'email', firstResponseHours: 24 }],
    },
  },
  {
    says: 'plan → add-on terms → account → promise',
    not: 'the add-on’s after the account’s',
    who: customer('studio@1', {
      addOns: [{ id: 'calls' }, { id: 'priority', starts: '2026-02-01' }],
      support: { channel: 'post' },
      amendments: [{ on: '2026-02-10', support: { firstResponseHours: 9 } }],
      exceptions: [promised({ support: { channel: 'phone' } }, { starts: '2026-02-20' })],
    }),
    see: support('channel', 'firstResponseHours'),
    days: {
      '2026-01-31': ['post', undefined],
      '2026-02-01': ['post', 4],
      '2026-02-10': ['post', 9],
      '2026-02-20': ['phone', 9],
    },
  },
  {
    says: 'account → contract’s while in force, grace included',
    not: 'the account’s last, or not in grace',
    who: customer('studio@1', {
      billing: { paymentTerms: 'net15' },
      contracts: [{ ...year, billing: { paymentTerms: 'net30' } }],
    }),
    see: billing('paymentTerms'),
    days: { '2026-01-31': 'net15', '2026-02-01': 'net30', '2026-04-14': 'net30', '2026-04-15': 'net15' },
  },
  {
    says: 'an account’s amendment under a contract stays beneath it',
    not: 'the later day wins',
    who: customer('studio@1', {
      contracts: [{ ...year, billing: { paymentTerms: 'net30' } }],
      amendments: [{ on: '2026-02-10', billing: { paymentTerms: 'net60', purchaseOrder: 'PO-1' } }],
    }),
    see: billing('paymentTerms', 'purchaseOrder'),
    days: { '2026-02-10': ['net30', 'PO-1'], '2026-04-15': ['net60', 'PO-1'] },
  },
  {
    says: 'a trial’s, where it is the stage, over the account’s',
    not: 'under it',
    who: customer('starter@1', {
      billing: { method: 'invoice' },
      trials: [{ ...trial, billing: { method: 'manual' } }],
    }),
    see: billing('method'),
    days: { '2026-01-31': 'invoice', '2026-02-01': 'manual', '2026-03-01': 'invoice' },
  },
  {
    says: 'a trial’s support too, without what the contract of a lapse said',
    not: 'the lapsed contract’s terms go on beneath it',
    who: customer('studio@1', {
      contracts: [{ ...year, support: { hours: '9to5' } }],
      trials: [{ ...trial, starts: '2026-05-01', ends: '2026-05-10', support: { channel: 'phone' } }],
    }),
    see: support('hours', 'channel'),
    days: { '2026-04-14': ['9to5', 'slack'], '2026-05-01': [undefined, 'phone'] },
  },
  {
    says: 'active `promise` exceptions last, while they are active',
    not: 'from the day they were asked for, or for ever',
    who: customer('studio@1', { exceptions: [promised({ support: { hours: '9to5' } }, { expires: '2026-02-10' })] }),
    see: support('hours'),
    days: { '2026-02-04': undefined, '2026-02-05': '9to5', '2026-02-10': '9to5', '2026-02-11': undefined },
  },
  {
    says: 'the terms of the next contract are its own',
    not: 'a renewal inherits',
    who: customer('studio@1', {
      contracts: [
        { ...year, billing: { purchaseOrder: 'PO-1' } },
        { ...later, starts: '2026-04-01' },
      ],
    }),
    see: billing('purchaseOrder'),
    days: { '2026-03-31': 'PO-1', '2026-04-01': undefined },
  },
]);

prove('how terms merge', [
  {
    says: 'objects merge leaf by leaf, lists and scalars replace, an object over a scalar (or the reverse) replaces',
    not: 'objects replace, or lists add up',
    who: amended(
      { support: { firstResponseHours: 12, contacts: ['a@x.example', 'c@x.example'] } },
      { on: '2026-02-10', support: { firstResponseHours: { severity1: 1 }, contacts: ['b@x.example'] } },
      { on: '2026-02-20', support: { firstResponseHours: { other: 8 } } },
      { on: '2026-02-25', support: { firstResponseHours: 2 } },
    ),
    see: support('firstResponseHours', 'contacts'),
    days: {
      '2026-02-01': [12, ['a@x.example', 'c@x.example']],
      '2026-02-10': [{ severity1: 1 }, ['b@x.example']],
      '2026-02-20': [{ severity1: 1, other: 8 }, ['b@x.example']],
      '2026-02-25': [2, ['b@x.example']],
    },
  },
  {
    says: '`unset` removes a key as it came from every layer below, the contract’s own included',
    not: 'it only takes back what the same layer said',
    who: customer('studio@1', {
      support: { channel: 'post' },
      contracts: [
        {
          ...year,
          support: { channel: 'phone' },
          amendments: [{ on: '2026-02-10', support: { channel: 'unset', hours: 'unset' } }],
        },
      ],
    }),
    see: support('channel', 'hours'),
    days: {
      '2026-01-31': ['post', undefined],
      '2026-02-01': ['phone', '24x7'],
      '2026-02-10': [undefined, undefined],
      '2026-04-15': ['post', undefined],
    },
  },
  {
    says: '`unset` in an account’s or a contract’s terms removes what its plan says',
    not: 'only amendments can',
    who: customer('studio@1', {
      billing: { interval: 'unset' },
      contracts: [{ ...year, support: { hours: 'unset' } }],
    }),
    see: ({ billing, support }) => [billing, support],
    days: {
      '2026-01-31': [{ method: 'card' }, { channel: 'chat' }],
      '2026-02-01': [{ method: 'invoice' }, { channel: 'slack' }],
    },
  },
  {
    says: 'a layer above says it again',
    not: 'what is unset is gone for good',
    who: amended(
      {},
      { on: '2026-02-10', support: { hours: 'unset' } },
      { on: '2026-02-20', support: { hours: '9to5' } },
    ),
    see: support('hours'),
    days: { '2026-02-10': undefined, '2026-02-20': '9to5' },
  },
  {
    says: 'percent and amount replace each other while their neighbours stay',
    not: 'both stand, or `until` goes with the old one',
    who: amended(
      { billing: { discount: { percent: '12', until: '2026-03-15' } } },
      { on: '2026-02-10', billing: { discount: { amount: '5.00' } } },
      { on: '2026-02-20', billing: { discount: { percent: '3' } } },
    ),
    see: billing('discount'),
    days: {
      '2026-02-09': { percent: '12', until: '2026-03-15' },
      '2026-02-10': { amount: '5.00', until: '2026-03-15' },
      '2026-02-20': { percent: '3', until: '2026-03-15' },
    },
  },
  {
    says: '`unset` of the one leaves the other',
    not: 'naming one of the two removes the other',
    who: amended(
      { billing: { discount: { percent: '12' } } },
      { on: '2026-02-10', billing: { discount: { amount: 'unset' } } },
    ),
    see: billing('discount'),
    days: { '2026-02-10': { percent: '12' } },
  },
  {
    says: 'gone is absent: an object whose every leaf was taken away',
    not: 'an empty object stays',
    who: amended({ billing: { tax: { rate: '19' } } }, { on: '2026-02-10', billing: { tax: 'unset' } }),
    see: ({ billing }) => Object.keys(billing),
    days: { '2026-02-09': ['method', 'tax'], '2026-02-10': ['method'] },
  },
]);

const credits = [
  { amount: '1.00', on: '2026-02-05', until: '2026-02-10' },
  { amount: '2.00', on: '2026-02-05' },
];
const rolling = { ...year, renewal: { kind: 'auto' } };
const dated = { ...world, plans: { ...world.plans } };
dated.plans['studio@1'] = {
  ...(world.plans['studio@1'] as (typeof world.plans)[string]),
  standardTerms: { billing: { discount: { percent: '5', until: '2026-01-20' } } },
};

prove('what leaves', [
  {
    says: 'a discount leaves the day after its `until`',
    not: 'on that day, or with the contract',
    who: amended({ billing: { discount: { percent: '12', until: '2026-03-15' } } }),
    see: billing('discount'),
    days: { '2026-03-15': { percent: '12', until: '2026-03-15' }, '2026-03-16': undefined },
  },
  {
    says: 'each credit leaves the day after its `until`',
    not: 'all leave together, or one without `until` too',
    who: amended({ billing: { credits } }),
    see: billing('credits'),
    days: { '2026-02-10': credits, '2026-02-11': [credits[1]], '2026-03-31': [credits[1]] },
  },
  {
    says: 'the last credit leaves nothing behind',
    not: 'an empty list',
    who: amended({ billing: { credits: credits.slice(0, 1) } }),
    see: billing('credits'),
    days: { '2026-02-11': undefined },
  },
  {
    says: 'the discount of a plan’s standard terms leaves too',
    not: 'only what the file says',
    who: customer('studio@1'),
    see: billing('discount'),
    days: { '2026-01-20': { percent: '5', until: '2026-01-20' }, '2026-01-21': undefined },
    where: dated,
  },
  {
    says: 'what has left does not show through: a new discount has its own neighbours',
    not: 'it takes the `until` of one long gone',
    who: customer('studio@1', { billing: { discount: { percent: '8' } }, amendments: [] }),
    see: billing('discount'),
    days: { '2026-01-20': { percent: '8', until: '2026-01-20' }, '2026-01-21': undefined },
    where: dated,
  },
  {
    says: 'nor does it show through to a trial’s',
    not: 'only a contract starts anew',
    who: customer('starter@1', {
      billing: { discount: { percent: '5', until: '2026-01-20' } },
      trials: [{ ...trial, billing: { discount: { amount: '8.00' } } }],
    }),
    see: billing('discount'),
    days: {
      '2026-01-20': { percent: '5', until: '2026-01-20' },
      '2026-01-21': undefined,
      '2026-02-01': { amount: '8.00' },
    },
  },
  {
    says: 'a promise lies over what is left on the day itself',
    not: 'over what was left when it was made',
    who: customer('studio@1', {
      billing: { discount: { percent: '5', until: '2026-02-15' } },
      exceptions: [promised({ billing: { discount: { amount: '3.00' } } })],
    }),
    see: billing('discount'),
    days: {
      '2026-02-04': { percent: '5', until: '2026-02-15' },
      '2026-02-15': { amount: '3.00', until: '2026-02-15' },
      '2026-02-16': { amount: '3.00' },
    },
  },
  {
    says: 'what a promise gives leaves the day after its `until`',
    not: 'with the promise',
    who: customer('studio@1', {
      exceptions: [promised({ billing: { credits, discount: { amount: '3.00', until: '2026-03-01' } } })],
    }),
    see: billing('credits', 'discount'),
    days: {
      '2026-02-10': [credits, { amount: '3.00', until: '2026-03-01' }],
      '2026-02-11': [[credits[1]], { amount: '3.00', until: '2026-03-01' }],
      '2026-03-02': [[credits[1]], undefined],
    },
  },
  {
    says: 'what an add-on gives does as well',
    not: 'with the add-on',
    who: customer('studio@1', { addOns: [{ id: 'cheap' }] }),
    see: billing('discount'),
    days: { '2026-02-10': { amount: '1.00', until: '2026-02-10' }, '2026-02-11': undefined },
    where: {
      ...world,
      menu: {
        addOns: {
          cheap: { plans: ['studio'], terms: { billing: { discount: { amount: '1.00', until: '2026-02-10' } } } },
        },
      },
    },
  },
  {
    says: 'and what a trial gives',
    not: 'with the trial',
    who: customer('starter@1', { trials: [{ ...trial, billing: { credits: credits.slice(0, 1) } }] }),
    see: billing('credits'),
    days: { '2026-02-10': credits.slice(0, 1), '2026-02-11': undefined },
  },
  {
    says: 'an amendment after it has left starts anew',
    not: 'it leaves at once with the `until` beneath it',
    who: amended(
      { billing: { discount: { percent: '12', until: '2026-02-15' } } },
      { on: '2026-02-20', billing: { discount: { percent: '9' } } },
    ),
    see: billing('discount'),
    days: { '2026-02-16': undefined, '2026-02-20': { percent: '9' }, '2026-03-31': { percent: '9' } },
  },
  {
    says: '`auto` goes on with everything of its last day but credits, which leave at the first rolled term',
    not: 'a discount without `until` leaves too, or credits stay',
    who: customer('studio@1', {
      contracts: [
        {
          ...rolling,
          billing: { credits, paymentTerms: 'net30', discount: { percent: '2' } },
          support: { channel: 'phone' },
          amendments: [{ on: '2026-05-01', billing: { credits } }],
        },
      ],
    }),
    see: ({ billing, support }) => [billing.credits, billing.paymentTerms, billing.discount, support.channel],
    days: {
      '2026-03-31': [[credits[1]], 'net30', { percent: '2' }, 'phone'],
      '2026-04-01': [undefined, 'net30', { percent: '2' }, 'phone'],
      '2026-05-01': [[credits[1]], 'net30', { percent: '2' }, 'phone'],
    },
  },
  {
    says: 'a discount leaves on its day in a rolled term as well',
    not: 'rolled terms keep what was in force',
    who: customer('studio@1', {
      contracts: [{ ...rolling, billing: { discount: { percent: '2', until: '2026-04-20' } } }],
    }),
    see: billing('discount'),
    days: { '2026-04-20': { percent: '2', until: '2026-04-20' }, '2026-04-21': undefined },
  },
  {
    says: 'credits given on the first day of the rolled term stay',
    not: 'they leave with the others',
    who: customer('studio@1', {
      contracts: [{ ...rolling, billing: { credits }, amendments: [{ on: '2026-04-01', billing: { credits } }] }],
    }),
    see: billing('credits'),
    days: { '2026-04-01': [credits[1]], '2026-06-01': [credits[1]] },
  },
  {
    says: 'credits of a contract that does not roll stay in grace',
    not: 'they leave with every last day',
    who: amended({ billing: { credits } }),
    see: billing('credits'),
    days: { '2026-04-01': [credits[1]] },
  },
  {
    says: 'the roll takes the contract’s credits, not the account’s',
    not: 'every credit',
    who: customer('studio@1', { billing: { credits }, contracts: [rolling] }),
    see: billing('credits'),
    days: { '2026-04-01': [credits[1]] },
  },
  {
    says: 'an end amended in a rolled term rolls again, and its credits leave then',
    not: 'credits leave once',
    who: customer('studio@1', {
      contracts: [{ ...rolling, amendments: [{ on: '2026-04-10', ends: '2026-04-30', billing: { credits } }] }],
    }),
    see: billing('credits'),
    days: { '2026-04-10': [credits[1]], '2026-04-30': [credits[1]], '2026-05-01': undefined },
  },
]);
