import type { Setting } from '../../schemas/setting.ts';
import { addDays } from './dates.ts';
import type { Chance } from './random.ts';
import type { AddOnOnMenu, PlanData, StagePolicy, Tree, Value, Values, World } from './world.ts';

export const actions = ['manageBilling', 'inviteTeammates', 'exportReports', 'deleteProject'];
export const roleNames = ['admin', 'manager', 'viewer'];

const described = (area: Setting['area'], words: string) => ({ area, description: `${words}.` });

/** Every kind, order and end a setting can have. */
const pool: Record<string, Setting> = {
  seats: { kind: 'limit', unit: 'seat', default: 3, favours: 'more', ...described('access', 'People who can sign in') },
  apiCalls: {
    kind: 'limit',
    unit: 'call',
    per: 'month',
    default: 100,
    favours: 'more',
    ...described('billing', 'Calls'),
  },
  retentionDays: {
    kind: 'limit',
    unit: 'day',
    default: 30,
    favours: 'more',
    onEnd: 'hold',
    ...described('support', 'How long deleted rows stay'),
  },
  syncMinutes: {
    kind: 'limit',
    unit: 'minute',
    default: 60,
    favours: 'less',
    ...described('onboarding', 'Wait for a sync'),
  },
  storage: {
    kind: 'limit',
    unit: 'gigabyte',
    default: 10,
    favours: 'more',
    ...described('hosting', 'Space for files'),
  },
  sso: { kind: 'feature', default: false, favours: true, ...described('access', 'Sign in through the company') },
  exports: { kind: 'feature', default: true, favours: true, ...described('billing', 'Take data out') },
  watermark: { kind: 'feature', default: true, favours: false, ...described('onboarding', 'Our name on every page') },
  dataRegion: { kind: 'choice', of: ['us', 'eu', 'ap'], default: 'us', ...described('hosting', 'Where the rows lie') },
  backups: {
    kind: 'choice',
    of: ['weekly', 'daily', 'hourly'],
    favours: ['weekly', 'daily', 'hourly'],
    default: 'weekly',
    ...described('hosting', 'How often rows are copied'),
  },
  support: {
    kind: 'choice',
    of: ['chat', 'mail', 'forum'],
    favours: ['forum', 'mail', 'chat'],
    default: 'forum',
    ...described('support', 'Where help is given'),
  },
  subdomain: { kind: 'text', default: 'app', ...described('hosting', 'The name before ours') },
  banner: {
    kind: 'text',
    default: 'hello',
    onEnd: 'release',
    ...described('onboarding', 'The first words people see'),
  },
  fileTypes: { kind: 'list', default: ['pdf'], ...described('access', 'What may be uploaded') },
};

/** Five to eight settings, seats always among them as it is what plans sell. */
export function randomSettings(chance: Chance): Record<string, Setting> {
  const others = Object.keys(pool).filter((key) => key !== 'seats');
  const wanted = chance.int(4, 7);
  while (others.length > wanted) others.splice(chance.int(0, others.length - 1), 1);
  return Object.fromEntries(['seats', ...others].map((key) => [key, pool[key] as Setting]));
}

/** A value the setting may have; small numbers, so that equal ones meet often. */
export function randomValue(chance: Chance, setting: Setting): Value {
  if (setting.kind === 'feature') return chance.yes();
  if (setting.kind === 'choice') return chance.pick(setting.of);
  if (setting.kind === 'text') return chance.pick(['app', 'north', 'south']);
  if (setting.kind === 'list') return chance.pick([['pdf'], ['pdf', 'csv'], ['docx']]);
  return chance.yes(0.08) ? 'unlimited' : chance.int(0, 12) * 10;
}

const randomValues = (chance: Chance, settings: World['settings'], share: number): Values =>
  Object.fromEntries(
    chance.some(Object.keys(settings), share).map((key) => [key, randomValue(chance, settings[key] as Setting)]),
  );

/** Terms a layer may name; every one of them in plain words that other layers may replace. */
export function randomSupport(chance: Chance): Tree {
  const hours = chance.yes() ? chance.int(1, 24) : { severity1: chance.int(1, 4), other: chance.int(5, 24) };
  return Object.fromEntries(
    chance.some(
      [
        ['firstResponseHours', hours],
        ['channel', chance.pick(['email', 'chat', 'shared-slack'])],
        ['hours', chance.pick(['24x7', '9to5'])],
        ['contacts', [chance.pick(['ops@customer.example', 'it@customer.example'])]],
      ] as const,
      0.35,
    ),
  );
}

function randomPlan(chance: Chance, settings: World['settings'], kind: 'free' | 'paid' | 'sales'): PlanData {
  const values = randomValues(chance, settings, 0.45);
  if (kind !== 'sales' || chance.yes()) values.seats = chance.int(1, 6);
  const units: Record<string, { amount: string; min?: number; max?: number }> = {};
  for (const key of ['seats', 'storage']) {
    const setting = settings[key];
    const included = values[key] ?? setting?.default;
    if (typeof included !== 'number' || !chance.yes(key === 'seats' ? 0.8 : 0.3)) continue;
    const bounds = chance.yes() ? {} : { min: included + chance.int(0, 2), max: included + chance.int(20, 60) };
    units[key] = { amount: kind === 'free' ? '0.00' : '9.00', ...bounds };
  }
  const sold = Object.keys(units).length > 0 ? { units } : {};
  const price = {
    free: { free: true, ...sold },
    paid: { currency: 'USD', per: 'month', amount: '49.00', ...sold },
    sales: { contactSales: true },
  }[kind];
  const billing = { method: chance.pick(['card', 'invoice']), ...(chance.yes() && { interval: 'month' }) };
  const standardTerms = { billing, support: randomSupport(chance) };
  return { name: 'Plan', rank: chance.int(1, 4) * 10, sold: true, settings: values, price, standardTerms };
}

function randomMenu(chance: Chance, settings: World['settings'], plans: string[]): World['menu'] {
  const addOns: Record<string, AddOnOnMenu> = {};
  const names = [...new Set(plans.flatMap((plan) => [plan, plan.split('@')[0] ?? plan]))];
  const limits = Object.keys(settings).filter((key) => settings[key]?.kind === 'limit');
  for (const id of ['euResidency', 'morePower', 'extraCalls', 'prioritySupport'].slice(0, chance.int(1, 4))) {
    const sold = chance.some(names, 0.45);
    const offer: AddOnOnMenu = {
      label: 'Add-on',
      plans: sold.length > 0 ? sold : [chance.pick(names)],
      price: { amount: '20.00', per: 'month' },
    };
    const earlier = Object.keys(addOns);
    if (id === 'prioritySupport') offer.terms = { support: { firstResponseHours: 2, channel: 'phone' } };
    else if (id === 'extraCalls') {
      offer.adds = { [chance.pick(limits)]: chance.int(1, 4) * 5 };
      if (chance.yes()) Object.assign(offer, { min: 1, max: 9, step: chance.pick([1, 2]) });
    } else {
      const key = chance.pick(Object.keys(settings));
      offer.sets = { [key]: randomValue(chance, settings[key] as Setting) };
    }
    if (earlier.length > 0 && chance.yes(0.3)) offer.dependsOn = [chance.pick(earlier)];
    else if (earlier.length > 0 && chance.yes(0.2)) offer.excludes = [chance.pick(earlier)];
    addOns[id] = offer;
  }
  return { addOns };
}

function randomLifecycle(chance: Chance, settings: World['settings'], free: string[]): World['lifecycle'] {
  const ordered = Object.entries(settings).filter(
    ([, setting]) =>
      setting.kind === 'limit' || setting.kind === 'feature' || (setting.kind === 'choice' && setting.favours),
  );
  const policy = (share: number, more: StagePolicy = {}): StagePolicy =>
    chance.yes(share) ? { ...more, set: randomValues(chance, Object.fromEntries(ordered), 0.3) } : more;
  const days = () => chance.int(1, 10);
  const stages: Record<string, StagePolicy> = { trial: policy(0.6), pilot: policy(0.3), active: policy(0.1) };
  if (chance.yes(0.75)) stages.grace = policy(0.3, { days: days() });
  stages.pastDue = policy(0.3, { card: days(), ...(chance.yes() && { invoice: days() }) });
  if (chance.yes(0.8)) stages.suspended = policy(0.6, { days: chance.yes(0.8) ? days() : 'never' });
  if (chance.yes(0.85)) stages.lapsed = policy(0.3, { plan: chance.pick(free) });
  stages.closed = policy(0.6);
  return { stages };
}

/** Some plans become others, each only one that comes later in a shuffled order; what a lapse falls back on stays free. */
function letBecome(chance: Chance, { plans, lifecycle }: Pick<World, 'plans' | 'lifecycle'>): void {
  const order = Object.keys(plans).sort();
  for (let index = order.length - 1; index > 0; index--) {
    const other = chance.int(0, index);
    [order[index], order[other]] = [order[other] as string, order[index] as string];
  }
  order.slice(0, -1).forEach((ref, index) => {
    const plan = chance.pick(order.slice(index + 1));
    if (chance.yes(0.6)) Object.assign(plans[ref] as PlanData, { becomes: { plan, on: movingDay(chance) } });
  });
  for (let plan = plans[lifecycle.stages.lapsed?.plan ?? '']; plan?.becomes; plan = plans[plan.becomes.plan])
    if (!plans[plan.becomes.plan]?.price.free) {
      delete plan.becomes;
      break;
    }
}

/** Mostly within the days customers live in, now and then before all of them. */
export const movingDay = (chance: Chance): string =>
  chance.yes(0.1) ? '2025-12-10' : addDays('2026-01-01', chance.int(0, 150));

/** A small company: three to six plans, at least one of them free and one paid, a menu, a lifecycle and roles. */
export function randomPolicies(chance: Chance): World {
  const settings = randomSettings(chance);
  const plans: Record<string, PlanData> = { 'starter@1': randomPlan(chance, settings, 'free') };
  plans['studio@1'] = randomPlan(chance, settings, 'paid');
  const more = [
    ['pilot@1', 'free'],
    ['studio@2', 'paid'],
    ['enterprise@1', 'paid'],
    ['custom@1', 'sales'],
  ] as const;
  for (const [plan, kind] of chance.some(more, 0.7)) plans[plan] = randomPlan(chance, settings, kind);
  if (Object.keys(plans).length < 3) plans['pilot@1'] = randomPlan(chance, settings, 'free');
  const free = Object.keys(plans).filter((plan) => plans[plan]?.price.free);
  const menu = randomMenu(chance, settings, Object.keys(plans));
  const lifecycle = randomLifecycle(chance, settings, free);
  if (chance.yes(0.65)) letBecome(chance, { plans, lifecycle });
  return {
    settings,
    plans,
    menu,
    lifecycle,
    roles: { roles: Object.fromEntries(roleNames.map((role) => [role, { may: actions }])) },
  };
}
