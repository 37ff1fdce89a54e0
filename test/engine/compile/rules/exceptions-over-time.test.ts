import { later, year } from '../../../oracle/sample-days.ts';
import { customer, exception, withStages } from '../../../oracle/sample-world.ts';
import { prove, setting } from './prove.ts';
import { all, asked, becomes, gone, kept } from './what-becomes.ts';

const row = becomes('studio@1');
const up = { amendments: [{ on: '2026-03-01', plan: 'enterprise@1' }] };
const down = { amendments: [{ on: '2026-03-01', plan: 'starter@1' }] };

prove('an exception', [
  row(
    ['lasts from `starts` to `expires`, both days included', 'the last day is left out'],
    {},
    asked({}, { starts: '2026-02-01', expires: '2026-02-10' }),
    {
      '2026-01-31': 'notStarted',
      '2026-02-01': 'active',
      '2026-02-10': 'active',
      '2026-02-11': 'expired',
    },
  ),
  row(['of one day is active on it', 'on none'], {}, asked({}, { starts: '2026-02-01', expires: '2026-02-01' }), {
    '2026-01-31': 'notStarted',
    '2026-02-01': 'active',
    '2026-02-02': 'expired',
  }),
  {
    says: 'sets what it says while it is active',
    not: 'from the day it was asked for, or for ever',
    who: customer('studio@1', { exceptions: asked({}, { starts: '2026-02-01', expires: '2026-02-10' }) }),
    see: setting('apiCalls'),
    days: { '2026-01-31': 400, '2026-02-01': 401, '2026-02-10': 401, '2026-02-11': 400 },
  },
]);

prove('events by rank', [
  row(['higher = upgrade', 'a change of plan asks nothing'], up, asked({ onUpgrade: 'drop' }), {
    '2026-02-28': 'active',
    ...gone('2026-03-01'),
  }),
  row(['an upgrade asks onUpgrade only', 'every answer'], up, asked({ ...all, onUpgrade: 'keep' }), kept('2026-03-01')),
  row(['lower = downgrade', 'to a free plan is a lapse'], down, asked({ onDowngrade: 'drop' }), gone('2026-03-01')),
  row(
    ['a downgrade asks onDowngrade only', 'every answer'],
    down,
    asked({ ...all, onDowngrade: 'keep' }),
    kept('2026-03-01'),
  ),
  row(
    ['equal = neither', 'another version is an upgrade'],
    { amendments: [{ on: '2026-03-01', plan: 'studio@2' }] },
    asked(all),
    kept('2026-03-01'),
  ),
  row(
    ['an event is a boundary where the plan changes', 'any amendment'],
    { amendments: [{ on: '2026-03-01', quantities: { seats: 9 } }] },
    asked(all),
    kept('2026-03-01'),
  ),
  row(
    ['a renewal with the same plan is no event', 'a new contract is'],
    { contracts: [year, { ...later, starts: '2026-04-01' }] },
    asked(all, { starts: '2026-03-01' }),
    kept('2026-04-01'),
  ),
  row(
    ['a contract’s start is an upgrade by rank', 'only amendments are'],
    { contracts: [year] },
    asked({ onUpgrade: 'drop' }),
    { '2026-01-31': 'active', ...gone('2026-02-01') },
  ),
  row(['the day before grace is no event', 'grace is'], { contracts: [year] }, asked(all, { starts: '2026-03-01' }), {
    '2026-04-14': 'active',
    ...gone('2026-04-15'),
  }),
  row(
    ['a `none` end is a downgrade by rank', 'a lapse'],
    { contracts: [{ ...year, renewal: { kind: 'none' } }] },
    asked({ onDowngrade: 'drop' }),
    { '2026-03-31': 'active', ...gone('2026-04-01') },
  ),
  row(
    ['not a lapse', 'every end of a contract is one'],
    { contracts: [{ ...year, renewal: { kind: 'none' } }] },
    asked({ onLapse: 'drop' }),
    kept('2026-04-01'),
  ),
  row(
    ['a status that changes no plan is no event', 'any status is'],
    { statuses: [{ stage: 'pastDue', since: '2026-03-01', until: '2026-03-20' }] },
    asked(all),
    { ...kept('2026-03-01'), '2026-03-21': 'active' },
  ),
]);

prove('who is asked', [
  row(
    ['one that starts that day belongs to the new plan', 'it is asked'],
    up,
    asked({ onUpgrade: 'drop' }, { starts: '2026-03-01' }),
    kept('2026-03-01'),
  ),
  row(
    ['those in force on the day before', 'only older ones'],
    up,
    asked({ onUpgrade: 'drop' }, { starts: '2026-02-28' }),
    gone('2026-03-01'),
  ),
  row(
    ['one that expires with the boundary is not asked', 'it is dropped'],
    up,
    asked({ onUpgrade: 'drop' }, { expires: '2026-02-28' }),
    { '2026-03-01': 'expired' },
  ),
  row(
    ['one that ends on the first day of the new plan is', 'its last day protects it'],
    up,
    asked({ onUpgrade: 'drop' }, { expires: '2026-03-01' }),
    gone('2026-03-01'),
  ),
  row(['one that starts later is not', 'it is dropped before it starts'], up, asked(all, { starts: '2026-03-05' }), {
    '2026-03-01': 'notStarted',
    '2026-03-05': 'active',
  }),
  {
    says: 'each is asked its own answer',
    not: 'one answer for all',
    who: customer('studio@1', {
      ...up,
      exceptions: [exception('EX-1', { onUpgrade: 'drop' }), exception('EX-2', { set: { sso: false } })],
    }),
    see: ({ exceptions }) => exceptions,
    days: { '2026-03-01': { 'EX-1': 'dropped', 'EX-2': 'active' } },
  },
  {
    says: '`promise` exceptions are asked like others',
    not: 'only configurations',
    who: customer('studio@1', {
      ...up,
      exceptions: asked({ onUpgrade: 'drop' }, { decision: 'promise', terms: { support: { hours: '9to5' } } }),
    }),
    see: ({ support }) => support.hours,
    days: { '2026-02-28': '9to5', '2026-03-01': '24x7' },
  },
]);

const back = { amendments: [...down.amendments, { on: '2026-04-01', plan: 'studio@1' }] };

prove('`drop` ends an exception for good', [
  row(['no return revives it', 'it comes back with the plan'], back, asked({ onDowngrade: 'drop' }), {
    '2026-04-01': 'dropped',
    '2027-06-01': 'dropped',
  }),
  row(
    ['no renewal revives it', 'the next contract does'],
    { contracts: [year, later] },
    asked({ onLapse: 'drop' }, { starts: '2026-02-02' }),
    { '2026-04-15': 'dropped', '2026-05-01': 'dropped' },
  ),
  {
    says: 'what it set is gone with it',
    not: 'only its record says so',
    who: customer('studio@1', { ...back, exceptions: asked({ onDowngrade: 'drop' }) }),
    see: setting('apiCalls'),
    days: { '2026-02-28': 401, '2026-03-01': 100, '2026-04-01': 400 },
  },
]);

const owing = { stage: 'suspended', since: '2026-03-01', until: '2026-05-31' };
const closing = { statuses: [{ stage: 'closed', since: '2026-03-01' }] };

prove('lapses', [
  row(
    ['entering `lapsed` is a lapse', 'the end of the contract is'],
    { contracts: [year] },
    asked({ onLapse: 'drop' }, { starts: '2026-02-02' }),
    { '2026-04-14': 'active', ...gone('2026-04-15') },
  ),
  row(
    ['one boundary is one event and lapse wins', 'the downgrade is asked too'],
    { contracts: [year, { ...later, plan: 'starter@1' }] },
    asked({ onDowngrade: 'drop' }, { starts: '2026-02-02' }),
    { '2026-04-15': 'active', '2026-07-01': 'active' },
  ),
  row(
    ['a return from `lapsed` is the upgrade it is by rank', 'no event'],
    { contracts: [year, later] },
    asked({ onUpgrade: 'drop' }, { starts: '2026-02-02' }),
    { '2026-04-30': 'active', ...gone('2026-05-01') },
  ),
  row(
    ['a return to the plan it already had is none', 'every return is an upgrade'],
    { contracts: [{ ...year, plan: 'starter@1' }], amendments: [{ on: '2026-05-01', plan: 'starter@1' }] },
    asked({ ...all, onLapse: 'keep' }, { starts: '2026-02-02' }),
    kept('2026-05-01'),
  ),
  row(
    ['entering `lapsed` by dates while `closed` is one too', 'closed has been the lapse'],
    { ...closing, contracts: [year] },
    asked({ onLapse: 'drop' }, { starts: '2026-03-10' }),
    { '2026-04-14': 'active', ...gone('2026-04-15') },
  ),
  row(
    ['entering `lapsed` by a status is a lapse', 'only by dates'],
    { statuses: [owing] },
    asked({ onLapse: 'drop' }),
    { '2026-03-30': 'active', ...gone('2026-03-31') },
  ),
  row(
    ['a return from a status is the upgrade it is', 'no event'],
    { statuses: [owing] },
    asked({ onUpgrade: 'drop' }),
    { '2026-05-31': 'active', ...gone('2026-06-01') },
  ),
  row(['entering `closed` is a lapse', 'no plan changes, so no event'], closing, asked({ onLapse: 'drop' }), {
    '2026-02-28': 'active',
    ...gone('2026-03-01'),
  }),
  row(['and nothing else', 'a downgrade too'], closing, asked({ ...all, onLapse: 'keep' }), kept('2026-03-01')),
  row(
    ['without a stage `lapsed` the end of grace is by rank', 'a lapse'],
    { contracts: [year] },
    asked({ onDowngrade: 'drop' }, { starts: '2026-02-02' }),
    gone('2026-04-15'),
    withStages({ lapsed: undefined }),
  ),
]);

prove('`ask` and `block` where only time brings the boundary', [
  row(
    ['compile to `drop` at the end of grace', 'they are errors, or keep'],
    { contracts: [{ ...year, starts: '2026-01-02' }] },
    asked({ onLapse: 'ask' }, { starts: '2026-02-01' }),
    gone('2026-04-15'),
  ),
  row(
    ['`block` too', 'it keeps'],
    { contracts: [{ ...year, starts: '2026-01-02' }] },
    asked({ onLapse: 'block' }, { starts: '2026-02-01' }),
    gone('2026-04-15'),
  ),
  row(
    ['at the end of a contract with nothing after it', 'an error'],
    { contracts: [{ ...year, renewal: { kind: 'none' } }] },
    asked({ onDowngrade: 'ask' }, { starts: '2026-02-02' }),
    gone('2026-04-01'),
  ),
  row(
    ['after the policy’s days', 'an error at the status'],
    { statuses: [owing] },
    asked({ onLapse: 'ask' }),
    gone('2026-03-31'),
  ),
  row(['at the end of a status', 'an error'], { statuses: [owing] }, asked({ onUpgrade: 'ask' }), gone('2026-06-01')),
]);
