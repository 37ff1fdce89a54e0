import { later, year } from '../../../oracle/sample-days.ts';
import { customer, exception } from '../../../oracle/sample-world.ts';
import { planAndStage, prove, type Seen, setting } from './prove.ts';

const sold = ({ plan, settings }: Seen) => [plan, settings.seats];
const amended = (...amendments: object[]) =>
  customer('studio@1', { contracts: [{ ...year, amendments: amendments as never }] });

prove('plan and quantities', [
  {
    says: 'they come together from one place: contract, else account',
    not: 'the account’s quantities under a contract that states none',
    who: customer('studio@1', { quantities: { seats: 44 }, contracts: [year] }),
    see: sold,
    days: { '2026-01-31': ['studio@1', 44], '2026-02-01': ['enterprise@1', 20], '2026-04-15': ['starter@1', 3] },
  },
  {
    says: 'a quantity is the total, including what the plan includes',
    not: 'it is bought on top',
    who: customer('studio@1', { quantities: { seats: 7 } }),
    see: setting('seats'),
    days: { '2026-02-01': 7 },
  },
  {
    says: 'after a contract without grace both are the account’s again, as amended meanwhile',
    not: 'as they were when the contract began',
    who: customer('studio@1', {
      contracts: [{ ...year, renewal: { kind: 'none' } }],
      amendments: [{ on: '2026-03-01', quantities: { seats: 8 } }],
    }),
    see: sold,
    days: { '2026-03-31': ['enterprise@1', 20], '2026-04-01': ['studio@1', 8] },
  },
  {
    says: 'the next contract starts with its own quantities',
    not: 'it inherits those of the one before',
    who: customer('studio@1', {
      contracts: [
        { ...year, quantities: { seats: 50 } },
        { ...later, starts: '2026-04-01' },
      ],
    }),
    see: sold,
    days: { '2026-03-31': ['enterprise@1', 50], '2026-04-01': ['enterprise@1', 20] },
  },
]);

prove('amendments of plan and quantities', [
  {
    says: 'an amendment counts from its day, the neighbours stay',
    not: 'it replaces the quantities as a whole, or starts the next day',
    who: amended(
      { on: '2026-02-10', quantities: { seats: 30 } },
      { on: '2026-02-20', billing: { purchaseOrder: 'PO-2' } },
    ),
    see: setting('seats'),
    days: { '2026-02-09': 20, '2026-02-10': 30, '2026-02-20': 30 },
  },
  {
    says: 'amendments may lie in the future (ramps) and count by their dates',
    not: 'by their place in the file',
    who: amended({ on: '2026-03-10', quantities: { seats: 40 } }, { on: '2026-02-10', quantities: { seats: 30 } }),
    see: setting('seats'),
    days: { '2026-02-10': 30, '2026-03-09': 30, '2026-03-10': 40 },
  },
  {
    says: 'one that changes the plan: the quantities it does not state end',
    not: 'they go on under the new plan',
    who: amended({ on: '2026-02-10', quantities: { seats: 30 } }, { on: '2026-02-20', plan: 'studio@2' }),
    see: sold,
    days: { '2026-02-10': ['enterprise@1', 30], '2026-02-20': ['studio@2', 6] },
  },
  {
    says: 'one that changes the plan states the quantities too',
    not: 'they are those of the plan',
    who: amended({ on: '2026-02-20', plan: 'studio@1', quantities: { seats: 12 } }),
    see: sold,
    days: { '2026-02-20': ['studio@1', 12] },
  },
  {
    says: 'one that names the plan it has changes no plan: quantities stay',
    not: 'they end wherever `plan` is written',
    who: amended({ on: '2026-02-10', quantities: { seats: 30 } }, { on: '2026-02-20', plan: 'enterprise@1' }),
    see: sold,
    days: { '2026-02-20': ['enterprise@1', 30] },
  },
  {
    says: '`unset` takes a quantity away: the plan’s value is left',
    not: 'the quantity before it',
    who: amended({ on: '2026-02-10', quantities: { seats: 30 } }, { on: '2026-02-20', quantities: { seats: 'unset' } }),
    see: setting('seats'),
    days: { '2026-02-10': 30, '2026-02-20': 20 },
  },
  {
    says: 'two amendments of one day count in the order they are written',
    not: 'the first one',
    who: amended({ on: '2026-02-10', quantities: { seats: 30 } }, { on: '2026-02-10', quantities: { seats: 35 } }),
    see: setting('seats'),
    days: { '2026-02-10': 35 },
  },
  {
    says: 'the account has amendments with the same rules',
    not: 'its quantities stay under another plan',
    who: customer('studio@1', {
      quantities: { seats: 9 },
      amendments: [
        { on: '2026-02-10', quantities: { seats: 12 } },
        { on: '2026-02-20', plan: 'enterprise@1' },
        { on: '2026-03-01', plan: 'studio@1', quantities: { seats: 6 } },
      ],
    }),
    see: sold,
    days: {
      '2026-02-09': ['studio@1', 9],
      '2026-02-10': ['studio@1', 12],
      '2026-02-20': ['enterprise@1', 20],
      '2026-03-01': ['studio@1', 6],
    },
  },
  {
    says: 'an account’s amendment under a contract waits beneath it',
    not: 'it changes the contract',
    who: customer('studio@1', {
      contracts: [{ ...year, renewal: { kind: 'none' } }],
      amendments: [{ on: '2026-02-10', plan: 'studio@2' }],
    }),
    see: planAndStage,
    days: { '2026-02-10': 'enterprise@1 active', '2026-04-01': 'studio@2 active' },
  },
]);

const rolling = { ...year, renewal: { kind: 'auto' }, quantities: { seats: 30 } };

prove('an `auto` contract in its rolled terms', [
  {
    says: 'goes on with everything of its last day',
    not: 'with what it was signed for, or what its plan includes',
    who: customer('studio@1', {
      contracts: [{ ...rolling, amendments: [{ on: '2026-02-10', quantities: { seats: 40 } }] }],
      exceptions: [exception('EX-1', { starts: '2026-02-01', set: { region: 'ap' }, expires: 'contract' })],
      addOns: [{ id: 'calls' }],
    }),
    see: ({ plan, stage, settings }) => [plan, stage, settings.seats, settings.region],
    days: {
      '2026-03-31': ['enterprise@1', 'active', 40, 'ap'],
      '2026-04-01': ['enterprise@1', 'active', 40, 'ap'],
      '2028-01-01': ['enterprise@1', 'active', 40, 'ap'],
    },
  },
  {
    says: 'can be amended',
    not: 'an amendment after the written end is too late',
    who: customer('studio@1', {
      contracts: [{ ...rolling, amendments: [{ on: '2026-06-01', quantities: { seats: 60 } }] }],
    }),
    see: setting('seats'),
    days: { '2026-05-31': 30, '2026-06-01': 60 },
  },
  {
    says: 'an amended end that rolls again goes on',
    not: '`ends` ends what rolls',
    who: customer('studio@1', { contracts: [{ ...rolling, amendments: [{ on: '2026-06-01', ends: '2026-07-31' }] }] }),
    see: planAndStage,
    days: { '2026-07-31': 'enterprise@1 active', '2026-08-01': 'enterprise@1 active' },
  },
  {
    says: 'amended to `manual` before its end it has grace',
    not: 'what was signed as `auto` rolls',
    who: customer('studio@1', {
      contracts: [{ ...rolling, amendments: [{ on: '2026-02-10', renewal: { kind: 'manual' } }] }],
    }),
    see: planAndStage,
    days: { '2026-04-01': 'enterprise@1 grace' },
  },
]);
