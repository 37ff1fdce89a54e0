import { trial, year } from '../../../oracle/sample-days.ts';
import { customer, exception, world } from '../../../oracle/sample-world.ts';
import type { PlanData, World } from '../../../oracle/world.ts';
import { planAndStage, prove, type Seen, setting, state, support } from './prove.ts';

const studio = world.plans['studio@1'] as PlanData;
const starter = world.plans['starter@1'] as PlanData;

/** The sample company where some plans become others: `moving({ 'studio@1': ['studio@3', '2026-03-01'] })`. */
function moving(
  moves: Record<string, readonly [plan: string, on: string]>,
  plans: Record<string, Partial<PlanData>> = {},
): World {
  const more = Object.entries(plans).map(([ref, plan]) => [ref, { ...studio, ...plan }] as const);
  const all: World['plans'] = { ...world.plans, ...Object.fromEntries(more) };
  for (const [ref, [plan, on]] of Object.entries(moves))
    all[ref] = { ...(all[ref] as PlanData), becomes: { plan, on } };
  return { ...world, plans: all };
}

const third = { settings: { seats: 8, apiCalls: 300, delay: 30 }, standardTerms: { support: { channel: 'mail' } } };
const march = moving({ 'studio@1': ['studio@3', '2026-03-01'] }, { 'studio@3': third });
const planOf = ({ plan }: Seen) => plan;
const sold = ({ plan, settings }: Seen) => [plan, settings.seats];

prove('a plan that becomes another', [
  {
    says: 'whoever has it as base plan has the other from the first day on',
    not: 'from the day after, or without its settings and terms',
    who: customer('studio@1'),
    see: (seen) => [seen.plan, seen.settings.seats, seen.settings.apiCalls, seen.support.channel],
    days: { '2026-02-28': ['studio@1', 5, 400, 'chat'], '2026-03-01': ['studio@3', 8, 300, 'mail'] },
    where: march,
  },
  {
    says: 'but not who stays on it',
    not: 'the plan decides for everybody',
    who: customer('studio@1', { staysOn: 'studio@1' }),
    see: sold,
    days: { '2026-03-01': ['studio@1', 5] },
    where: march,
  },
  {
    says: 'an amendment to the old plan on or after that day is moved at once',
    not: 'it is had again',
    who: customer('starter@1', { amendments: [{ on: '2026-03-01', plan: 'studio@1' }] }),
    see: planOf,
    days: { '2026-02-28': 'starter@1', '2026-03-01': 'studio@3' },
    where: march,
  },
  {
    says: 'an amendment to the old plan before that day moves with the others',
    not: 'only the plan on top of the file does',
    who: customer('starter@1', { amendments: [{ on: '2026-02-10', plan: 'studio@1' }] }),
    see: planOf,
    days: { '2026-02-10': 'studio@1', '2026-03-01': 'studio@3' },
    where: march,
  },
  {
    says: 'who left it before is not concerned',
    not: 'the plan on top of the file moves',
    who: customer('studio@1', { amendments: [{ on: '2026-02-10', plan: 'enterprise@1' }] }),
    see: planOf,
    days: { '2026-02-10': 'enterprise@1', '2026-03-01': 'enterprise@1' },
    where: march,
  },
  {
    says: 'a contract keeps the plan that was agreed, and the base plan has moved when it ends',
    not: 'the contract moves, or the base plan waits for its own day after',
    who: customer('studio@1', {
      contracts: [{ ...year, plan: 'studio@1', ends: '2026-04-30', renewal: { kind: 'none' } }],
    }),
    see: planAndStage,
    days: { '2026-03-01': 'studio@1 active', '2026-04-30': 'studio@1 active', '2026-05-01': 'studio@3 active' },
    where: march,
  },
  {
    says: 'a trial keeps its plan',
    not: 'it moves as a base plan does',
    who: customer('starter@1', { trials: [{ ...trial, plan: 'studio@1', ends: '2026-03-31' }] }),
    see: planAndStage,
    days: { '2026-03-01': 'studio@1 trial', '2026-04-01': 'starter@1 active' },
    where: march,
  },
  {
    says: 'one that leads on moves twice, each time on the day of its own plan',
    not: 'on the first day, or on the last',
    who: customer('studio@1'),
    see: planOf,
    days: { '2026-02-28': 'studio@1', '2026-03-01': 'studio@3', '2026-04-01': 'enterprise@1' },
    where: moving(
      { 'studio@1': ['studio@3', '2026-03-01'], 'studio@3': ['enterprise@1', '2026-04-01'] },
      { 'studio@3': third },
    ),
  },
  {
    says: 'a second day that is already over takes both steps at once',
    not: 'the plan between is had for ever',
    who: customer('studio@1'),
    see: planOf,
    days: { '2026-02-28': 'studio@1', '2026-03-01': 'enterprise@1' },
    where: moving(
      { 'studio@1': ['studio@3', '2026-03-01'], 'studio@3': ['enterprise@1', '2026-01-15'] },
      { 'studio@3': third },
    ),
  },
  {
    says: 'who stays on a plan in between comes as far as that',
    not: 'stays where it was',
    who: customer('studio@1', { staysOn: 'studio@3' }),
    see: planOf,
    days: { '2026-03-01': 'studio@3', '2026-04-01': 'studio@3' },
    where: moving(
      { 'studio@1': ['studio@3', '2026-03-01'], 'studio@3': ['enterprise@1', '2026-04-01'] },
      { 'studio@3': third },
    ),
  },
]);

const bought = (seats: number) => customer('studio@1', { quantities: { seats } });
const selling = (unit: { min?: number; max?: number }, seats = 8) =>
  moving(
    { 'studio@1': ['studio@3', '2026-03-01'] },
    {
      'studio@3': {
        ...third,
        settings: { seats },
        price: { ...studio.price, units: { seats: { amount: '9.00', ...unit } } },
      },
    },
  );

prove('quantities when the plan becomes another', [
  {
    says: 'go on where the new plan sells the setting',
    not: 'they end with the plan, as in an amendment',
    who: bought(20),
    see: sold,
    days: { '2026-02-28': ['studio@1', 20], '2026-03-01': ['studio@3', 20] },
    where: selling({}),
  },
  {
    says: 'below what the new plan includes, that counts',
    not: 'fewer than everybody has',
    who: bought(6),
    see: sold,
    days: { '2026-02-28': ['studio@1', 6], '2026-03-01': ['studio@3', 8] },
    where: selling({}),
  },
  {
    says: 'end where it does not sell the setting',
    not: 'they go on unpaid',
    who: bought(20),
    see: sold,
    days: { '2026-02-28': ['studio@1', 20], '2026-03-01': ['studio@3', 8] },
    where: moving(
      { 'studio@1': ['studio@3', '2026-03-01'] },
      { 'studio@3': { ...third, price: { contactSales: true } } },
    ),
  },
  {
    says: 'end where it does not sell as many',
    not: 'cut to the most it sells',
    who: bought(20),
    see: sold,
    days: { '2026-03-01': ['studio@3', 8] },
    where: selling({ max: 19 }),
  },
  {
    says: 'end where it does not sell as few',
    not: 'raised to the least it sells',
    who: bought(20),
    see: sold,
    days: { '2026-03-01': ['studio@3', 8] },
    where: selling({ min: 21 }),
  },
  {
    says: 'that ended do not come back with a later plan',
    not: 'they are asked again at every plan',
    who: bought(20),
    see: sold,
    days: { '2026-03-01': ['studio@3', 8], '2026-04-01': ['studio@4', 5] },
    where: moving(
      { 'studio@1': ['studio@3', '2026-03-01'], 'studio@3': ['studio@4', '2026-04-01'] },
      { 'studio@3': { ...third, price: { contactSales: true } }, 'studio@4': {} },
    ),
  },
  {
    says: 'are asked only of the plan there is, not of one that is passed through on that day',
    not: 'they end at a plan nobody ever had',
    who: bought(20),
    see: sold,
    days: { '2026-03-01': ['studio@4', 20] },
    where: moving(
      { 'studio@1': ['studio@3', '2026-03-01'], 'studio@3': ['studio@4', '2026-03-01'] },
      { 'studio@3': { ...third, price: { contactSales: true } }, 'studio@4': {} },
    ),
  },
  {
    says: 'an amendment of that day is of the new plan',
    not: 'it comes before the move, which ends it',
    who: customer('studio@1', { amendments: [{ on: '2026-03-01', quantities: { seats: 60 } }] }),
    see: sold,
    days: { '2026-03-01': ['studio@3', 60] },
    where: selling({ min: 55 }),
  },
  {
    says: 'an amendment that names the plan people have been moved to, or the one they come from, changes nothing',
    not: 'the plan changes, so what was bought ends',
    who: customer('studio@1', {
      quantities: { seats: 20 },
      amendments: [
        { on: '2026-03-10', plan: 'studio@1' },
        { on: '2026-03-20', plan: 'studio@3' },
      ],
    }),
    see: sold,
    days: { '2026-03-10': ['studio@3', 20], '2026-03-20': ['studio@3', 20] },
    where: selling({}),
  },
]);

const free = { ...starter, rank: 12, settings: { seats: 4 } };
const paid = moving({ 'starter@1': ['studio@1', '2026-02-15'] });

prove('a move and the other stages', [
  {
    says: 'grace goes on',
    not: 'it ends as with an amendment of the plan',
    who: customer('studio@1', { contracts: [{ ...year, ends: '2026-02-20' }] }),
    see: planAndStage,
    days: {
      '2026-03-01': 'enterprise@1 grace',
      '2026-03-06': 'enterprise@1 grace',
      '2026-03-07': 'starter@1 lapsed',
    },
    where: march,
  },
  {
    says: 'a lapse goes on, with the base plan of the day where that is free',
    not: 'the account is active again, or keeps the plan it lapsed to',
    who: customer('starter@1', { contracts: [{ ...year, ends: '2026-02-01' }] }),
    see: planAndStage,
    days: { '2026-02-28': 'starter@1 lapsed', '2026-03-01': 'starter@2 lapsed' },
    where: moving({ 'starter@1': ['starter@2', '2026-03-01'] }, { 'starter@2': free }),
  },
  {
    says: 'the plan that a lapse falls back on is a base plan too',
    not: 'the policy names it for ever',
    who: customer('studio@1', { contracts: [{ ...year, ends: '2026-02-01' }] }),
    see: planAndStage,
    days: { '2026-02-28': 'starter@1 lapsed', '2026-03-01': 'starter@2 lapsed' },
    where: moving({ 'starter@1': ['starter@2', '2026-03-01'] }, { 'starter@2': free }),
  },
  {
    says: 'and who stays on it keeps it in a lapse',
    not: '`staysOn` is only of the plan in the file',
    who: customer('studio@1', { staysOn: 'starter@1', contracts: [{ ...year, ends: '2026-02-01' }] }),
    see: planAndStage,
    days: { '2026-03-01': 'starter@1 lapsed' },
    where: moving({ 'starter@1': ['starter@2', '2026-03-01'] }, { 'starter@2': free }),
  },
  {
    says: 'a trial only adds from the day the base plan is a paid one',
    not: 'it stays what it was on its first day',
    who: customer('starter@1', { trials: [trial] }),
    see: planAndStage,
    days: {
      '2026-02-14': 'pilot@1 trial',
      '2026-02-15': 'studio@1 active',
      '2026-03-01': 'studio@1 active',
    },
    where: paid,
  },
  {
    says: 'terms follow the plan, account terms stay above them',
    not: 'what was agreed beside the plan goes with it',
    who: customer('studio@1', { support: { hours: '24x7' } }),
    see: support('channel', 'hours'),
    days: { '2026-02-28': ['chat', '24x7'], '2026-03-01': ['mail', '24x7'] },
    where: march,
  },
]);

prove('exceptions and held settings at a move', [
  {
    says: 'a plan of a higher rank is an upgrade',
    not: 'no event, as nobody wrote it into the file',
    who: customer('studio@1', { exceptions: [exception('EX-1', { onUpgrade: 'drop' })] }),
    see: state(),
    days: { '2026-02-28': 'active', '2026-03-01': 'dropped' },
    where: moving({ 'studio@1': ['enterprise@1', '2026-03-01'] }),
  },
  {
    says: 'a plan of a lower rank is a downgrade',
    not: 'a lapse',
    who: customer('studio@1', { exceptions: [exception('EX-1', { onDowngrade: 'drop' })] }),
    see: state(),
    days: { '2026-02-28': 'active', '2026-03-01': 'dropped' },
    where: moving({ 'studio@1': ['starter@1', '2026-03-01'] }),
  },
  {
    says: 'a plan of the same rank is neither',
    not: 'every change of plan asks',
    who: customer('studio@1', { exceptions: [exception('EX-1', { onUpgrade: 'drop', onDowngrade: 'drop' })] }),
    see: state(),
    days: { '2026-03-01': 'active' },
    where: march,
  },
  {
    says: 'only time brings it, so `ask` and `block` drop',
    not: 'an error until the record says keep or drop',
    who: customer('studio@1', {
      exceptions: [
        exception('EX-1', { onUpgrade: 'ask' }),
        exception('EX-2', { onUpgrade: 'block', add: undefined, set: { delay: 10 } }),
      ],
    }),
    see: ({ exceptions }) => exceptions,
    days: { '2026-03-01': { 'EX-1': 'dropped', 'EX-2': 'dropped' } },
    where: moving({ 'studio@1': ['enterprise@1', '2026-03-01'] }),
  },
  {
    says: 'under a contract it is no event',
    not: 'the base plan beneath it asks',
    who: customer('studio@1', {
      contracts: [year],
      exceptions: [exception('EX-1', { starts: '2026-02-01', onDowngrade: 'drop' })],
    }),
    see: state(),
    days: { '2026-03-01': 'active' },
    where: moving({ 'studio@1': ['starter@1', '2026-03-01'] }),
  },
  {
    says: 'exceptions older than a trial compare the plan before it with the one the base plan has become',
    not: 'with the one it was',
    who: customer('starter@1', {
      trials: [{ ...trial, starts: '2026-02-20', ends: '2026-03-20' }],
      exceptions: [exception('EX-1', { onUpgrade: 'drop' })],
    }),
    see: state(),
    days: { '2026-03-01': 'active', '2026-03-20': 'active', '2026-03-21': 'dropped' },
    where: moving({ 'starter@1': ['starter@2', '2026-03-01'] }, { 'starter@2': free }),
  },
  {
    says: 'a held setting that the new plan does not name stays as it was',
    not: 'it falls to the default',
    who: customer('studio@1'),
    see: (seen) => [setting('retention')(seen), seen.held],
    days: { '2026-02-28': [90, []], '2026-03-01': [90, ['retention']] },
    where: march,
  },
  {
    says: 'one that it names is as the plan says, which is as reviewed as an amendment',
    not: 'it is held, as at a fall-back',
    who: customer('studio@1'),
    see: (seen) => [setting('retention')(seen), seen.held],
    days: { '2026-02-28': [90, []], '2026-03-01': [40, []] },
    where: moving({ 'studio@1': ['studio@3', '2026-03-01'] }, { 'studio@3': { settings: { retention: 40 } } }),
  },
]);
