import { later, trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception } from '../../../oracle/sample-world.ts';
import type { Contract, CustomerData } from '../../../oracle/world.ts';
import { prove, type Rule, state } from './prove.ts';

const auto = { ...year, renewal: { kind: 'auto' } };
const row = (
  [says, not]: [string, string],
  contracts: Contract[],
  days: Record<string, string>,
  more: Partial<CustomerData> & { starts?: string } = {},
): Rule => {
  const { starts = '2026-02-05', ...rest } = more;
  const exceptions = [exception('EX-1', { starts, expires: 'contract' })];
  return { says, not, who: customer('studio@1', { contracts, exceptions, ...rest }), see: state(), days };
};

prove('`expires: contract`', [
  row(['the day before the lapse: grace is contract', 'the contract’s last day'], [year], {
    '2026-04-01': 'active',
    '2026-04-14': 'active',
    '2026-04-15': 'expired',
  }),
  row(
    ['one that starts in grace expires with it', 'grace has no contract'],
    [year],
    { '2026-04-14': 'active', '2026-04-15': 'expired' },
    { starts: '2026-04-10' },
  ),
  row(
    ['one that starts with the contract', 'only after its first day'],
    [year],
    { '2026-02-01': 'active', '2026-04-15': 'expired' },
    { starts: '2026-02-01' },
  ),
  row(['the day before the successor', 'it goes on with the renewal'], [year, { ...later, starts: '2026-04-01' }], {
    '2026-03-31': 'active',
    '2026-04-01': 'expired',
  }),
  row(['the day before a successor that ends grace', 'the end of grace'], [year, { ...later, starts: '2026-04-05' }], {
    '2026-04-04': 'active',
    '2026-04-05': 'expired',
  }),
  row(['the last day, where nothing follows a `none`', 'it stays'], [{ ...year, renewal: { kind: 'none' } }], {
    '2026-03-31': 'active',
    '2026-04-01': 'expired',
  }),
  row(
    ['as amended: ended early', 'the end first written'],
    [{ ...year, amendments: [{ on: '2026-02-10', ends: '2026-02-20', renewal: { kind: 'none' } }] }],
    {
      '2026-02-20': 'active',
      '2026-02-21': 'expired',
    },
  ),
  row(
    ['as amended: prolonged', 'the end first written'],
    [{ ...year, amendments: [{ on: '2026-02-10', ends: '2026-06-30' }] }],
    {
      '2026-07-14': 'active',
      '2026-07-15': 'expired',
    },
  ),
  row(
    ['an amendment with `plan` that ends grace ends it', 'grace would have'],
    [year],
    { '2026-04-02': 'active', '2026-04-03': 'expired' },
    { amendments: [{ on: '2026-04-03', plan: 'studio@2' }] },
  ),
  row(['rolled terms of `auto` are the same contract', 'each term is its own'], [auto], {
    '2026-04-01': 'active',
    '2029-01-01': 'active',
  }),
  row(['the next entry after rolled terms is not', 'the roll goes on in it'], [auto, later], {
    '2026-04-30': 'active',
    '2026-05-01': 'expired',
  }),
  row(
    ['one that starts in a rolled term lasts with it', 'there is no contract after the written end'],
    [auto, later],
    { '2026-04-30': 'active', '2026-05-01': 'expired' },
    { starts: '2026-04-20' },
  ),
  row(['month to month: no end', 'the month’s'], [{ ...year, ends: undefined, renewal: undefined }], {
    '2029-01-01': 'active',
  }),
  row(
    ['a trial over the contract does not end it', 'the trial is what is in force'],
    [year],
    { '2026-02-28': 'active', '2026-04-15': 'expired' },
    { trials: [trial], starts: '2026-02-10' },
  ),
  row(
    ['a status over the contract does not end it', 'a lapse by status ends the contract'],
    [year],
    { '2026-03-20': 'active', '2026-04-14': 'active', '2026-04-15': 'expired' },
    { statuses: [{ stage: 'suspended', since: '2026-02-10', until: '2026-03-20' }] },
  ),
  row(
    ['the contract in force on `starts`, not the first', 'the one written first'],
    [{ ...year, renewal: { kind: 'none' } }, later],
    { '2026-06-30': 'active', '2026-07-01': 'expired' },
    { starts: '2026-05-05' },
  ),
]);
