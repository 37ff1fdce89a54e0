import { addDays } from './dates.ts';
import { lastDayOf } from './exceptions.ts';
import type { Chance } from './random.ts';
import { actions, randomSupport, randomValue, roleNames } from './random-policies.ts';
import { isFree, movingDays } from './stage.ts';
import { leavesOf, touches } from './terms.ts';
import type {
  AccessRule,
  AddOn,
  Amendment,
  Answered,
  Contract,
  CustomerData,
  Exception,
  Status,
  Tree,
  Trial,
  World,
} from './world.ts';

const firstDay = '2026-01-01';
const windowInDays = 150;

/** One customer while it is made: its world, its chance, and the days it has used, near which more things happen. */
class Draft {
  readonly world: World;
  readonly chance: Chance;
  readonly number: number;
  private readonly days: string[] = [];
  private readonly moves: readonly string[];

  constructor(world: World, chance: Chance, number: number) {
    this.world = world;
    this.chance = chance;
    this.number = number;
    this.moves = movingDays(world);
  }

  /** A day from `low` on; often on or beside a day that is taken, so that boundaries meet. */
  day(low = firstDay, high = addDays(firstDay, windowInDays)): string {
    const { grace } = this.world.lifecycle.stages;
    const taken = [...this.days, ...this.moves];
    const step = this.chance.pick([-1, 0, 0, 1, 1, typeof grace?.days === 'number' ? grace.days + 1 : 2]);
    const near = taken.map((day) => addDays(day, step)).filter((day) => low <= day && day <= high);
    const span = Math.max(0, Math.round((Date.parse(high) - Date.parse(low)) / 86_400_000));
    const day =
      near.length > 0 && this.chance.yes(0.55) ? this.chance.pick(near) : addDays(low, this.chance.int(0, span));
    return this.take(day);
  }

  take(day: string): string {
    this.days.push(day);
    return day;
  }

  plan(): string {
    return this.chance.pick(Object.keys(this.world.plans));
  }

  /** Totals the plan allows. */
  quantities(plan: string): { quantities?: Record<string, number> } {
    const { price, settings = {} } = this.world.plans[plan] ?? { price: {} };
    const sold = this.chance.some(Object.entries(price.units ?? {}), 0.6);
    const totals = sold.map(([key, { min = 0, max }]) => {
      const least = Math.max(min, Number(settings[key] ?? this.world.settings[key]?.default));
      return [key, this.chance.int(least, Math.min(max ?? Number.POSITIVE_INFINITY, least + 30))];
    });
    return totals.length > 0 ? { quantities: Object.fromEntries(totals) } : {};
  }

  /** Billing of a contract, a trial or an account; `leaving` adds what has an `until`. */
  billing(leaving: boolean): Tree {
    const { chance } = this;
    const parts: [string, unknown][] = [
      ['method', chance.pick(['card', 'invoice', 'manual'])],
      ['paymentTerms', chance.pick(['net15', 'net30'])],
      ['purchaseOrder', `PO-${chance.int(1, 99)}`],
      ['interval', chance.pick(['month', 'year'])],
    ];
    if (leaving) {
      const until = () => (chance.yes(0.7) ? { until: this.day() } : {});
      const off = chance.yes() ? { percent: `${chance.int(1, 20)}` } : { amount: `${chance.int(1, 20)}.00` };
      const credit = () => ({ amount: '15.00', on: this.day(), ...until(), reason: 'migration delay' });
      parts.push(['discount', { ...off, ...until() }], ['credits', chance.yes() ? [credit()] : [credit(), credit()]]);
    }
    return Object.fromEntries(chance.some(parts, 0.35));
  }

  /** Terms of an amendment, now and then taking one away. */
  amendedTerms(leaving: boolean): { billing?: Tree; support?: Tree } {
    const { chance } = this;
    const billing = this.billing(leaving);
    const support = randomSupport(chance);
    if (chance.yes(0.25))
      billing[chance.pick(leaving ? ['discount', 'credits', 'paymentTerms'] : ['paymentTerms'])] = 'unset';
    if (chance.yes(0.25)) support[chance.pick(['channel', 'hours', 'firstResponseHours'])] = 'unset';
    return {
      ...(Object.keys(billing).length > 0 && { billing }),
      ...(Object.keys(support).length > 0 && { support }),
    };
  }
}

/** Amendments on different days between two days, of quantities, of the plan, or of terms. */
function amendmentsOf(draft: Draft, plan: string, from: string, to: string, leaving: boolean): Amendment[] {
  const { chance } = draft;
  const days = new Set<string>();
  for (let count = from <= to ? chance.int(0, 3) : 0; count > 0; count--) days.add(draft.day(from, to));
  let current = plan;
  return [...days].sort().map((on) => {
    const amendment: Amendment = { on, because: 'agreed' };
    if (chance.yes(0.3)) {
      const next = draft.plan();
      if (next !== current) amendment.plan = current = next;
    }
    if (amendment.plan !== undefined || chance.yes()) Object.assign(amendment, draft.quantities(current));
    if (chance.yes()) Object.assign(amendment, draft.amendedTerms(leaving));
    return amendment;
  });
}

/** Contracts one after another, with gaps, rolling, early ends and ramps; none overlaps the next. */
function contractsOf(draft: Draft): Contract[] {
  const { chance } = draft;
  const contracts: Contract[] = [];
  const count = chance.pick([0, 1, 1, 1, 2, 2, 3]);
  let starts = draft.day(firstDay, addDays(firstDay, 60));
  for (let index = 0; index < count; index++) {
    const plan = contracts.length > 0 && chance.yes(0.4) ? (contracts.at(-1)?.plan as string) : draft.plan();
    const kind = chance.pick(['manual', 'manual', 'auto', 'none', 'open']);
    const ends = draft.take(addDays(starts, chance.int(8, 60)));
    const renewal = kind === 'open' ? undefined : { kind, ...(kind === 'auto' && chance.yes() && { months: 1 }) };
    const gap = chance.pick([1, 1, 2, chance.int(2, 20)]);
    const last = kind === 'auto' ? addDays(ends, gap - 1) : ends;
    const amendments = amendmentsOf(draft, plan, addDays(starts, 1), last, true);
    const isLast = index === count - 1;
    const final = amendments.at(-1);
    let over = last;
    const closesEarly = { renewal: { kind: 'none' } };
    if (kind === 'open' && final && (!isLast || chance.yes())) Object.assign(final, { ends, ...closesEarly });
    else if (kind === 'open' && !isLast)
      amendments.push({ on: ends, ends, renewal: { kind: chance.pick(['none', 'manual']) }, because: 'they leave' });
    else if (kind !== 'open' && final && chance.yes(0.2)) {
      over = addDays(final.on, chance.int(0, 15));
      Object.assign(final, { ends: over, ...closesEarly });
    }
    contracts.push({
      id: `C-2026-${draft.number}${index}`,
      plan,
      signed: starts,
      starts,
      ...(kind !== 'open' && { ends, renewal }),
      ...draft.quantities(plan),
      billing: draft.billing(true),
      support: randomSupport(chance),
      ...(amendments.length > 0 && { amendments }),
    });
    starts = draft.take(addDays(over > last ? over : kind === 'open' ? ends : over, gap));
  }
  return contracts;
}

/** Trials one after another, often back to back. */
function trialsOf(draft: Draft): Trial[] {
  const { chance, world } = draft;
  const trials: Trial[] = [];
  let from = firstDay;
  for (let count = chance.pick([0, 0, 1, 1, 2, 3]); count > 0; count--) {
    const isNext = trials.length > 0 && chance.yes(0.4);
    const starts = isNext ? draft.take(from) : draft.day(from, addDays(from, 110));
    const ends = chance.yes(0.3)
      ? draft.day(starts, addDays(starts, 20))
      : draft.take(addDays(starts, chance.int(0, 20)));
    const free = Object.keys(world.plans).filter((plan) => isFree(world, plan));
    const plan = chance.yes(0.3) ? chance.pick(free) : draft.plan();
    const billing = draft.billing(false);
    trials.push({ kind: chance.pick(['trial', 'pilot']), plan, starts, ends, ...draft.quantities(plan), billing });
    from = addDays(ends, 1);
  }
  return trials;
}

function statusesOf(draft: Draft): Status[] {
  const { chance } = draft;
  const statuses: Status[] = [];
  let from = firstDay;
  for (let count = chance.pick([0, 0, 1, 1, 2]); count > 0; count--) {
    const stage = chance.pick(count === 1 ? ['pastDue', 'suspended', 'closed'] : ['pastDue', 'suspended']);
    const since = draft.day(from, addDays(from, 130));
    const until = draft.day(since, addDays(since, 30));
    const isOpen = count === 1 && (stage === 'closed' || chance.yes(0.3));
    statuses.push({ stage, since, ...(!isOpen && { until }), because: 'an unpaid invoice' });
    from = addDays(until, chance.int(1, 10));
  }
  return statuses;
}

/** Mostly what the menu sells with a plan the customer has at some time. */
function addOnsOf(draft: Draft, { plan, amendments = [], contracts = [], trials = [] }: CustomerData): AddOn[] {
  const { chance, world } = draft;
  const later = contracts.flatMap((contract) => [contract, ...(contract.amendments ?? [])]);
  const plans = [{ plan }, ...amendments, ...later, ...trials].map((entry) => entry.plan ?? plan);
  const names = new Set(plans.flatMap((each) => [each, each.split('@')[0] ?? each]));
  const offers = Object.entries(world.menu.addOns ?? {}).filter(
    ([, offer]) => offer.plans.some((name) => names.has(name)) || chance.yes(0.05),
  );
  return chance.some(offers, 0.6).map(([id, { adds, min = 1, step = 1 }]) => {
    const starts = chance.yes(0.7) ? draft.day() : undefined;
    const ends = chance.yes() ? draft.day(starts ?? firstDay) : undefined;
    const quantity = adds && chance.yes(0.7) ? min + step * chance.int(0, 3) : undefined;
    return { id, ...(quantity && { quantity }), ...(starts && { starts }), ...(ends && { ends }) };
  });
}

const groups = ['finance', 'operations'];

function accessRule(chance: Chance): AccessRule {
  const rule = chance.yes() ? { approver: chance.pick(roleNames) } : { only: [chance.pick(roleNames)] };
  return { action: chance.pick(actions), ...rule, ...(chance.yes(0.7) && { group: chance.pick(groups) }) };
}

/** What a configuration does: one setting set or added to, or a rule of access, or both where their area is one. */
function effectOf(draft: Draft, named: Set<string>): Partial<Exception> {
  const { chance, world } = draft;
  const free = Object.entries(world.settings).filter(([key]) => !named.has(key) || chance.yes(0.1));
  if (free.length === 0 || chance.yes(0.2)) return { access: [accessRule(chance)] };
  const [key, setting] = chance.pick(free);
  named.add(key);
  const isAdded = setting.kind === 'limit' && chance.yes();
  const effect: Partial<Exception> = isAdded
    ? { add: { [key]: chance.int(1, 9) * 5 } }
    : { set: { [key]: randomValue(chance, setting) } };
  return setting.area === 'access' && chance.yes(0.2) ? { ...effect, access: [accessRule(chance)] } : effect;
}

/** A promise about a term that no contract of the customer names; now and then one that does. */
function promiseOf({ chance }: Draft, { contracts = [] }: CustomerData): Partial<Exception> | undefined {
  const ofContracts = contracts.flatMap((contract) =>
    [contract, ...(contract.amendments ?? [])].flatMap(({ billing, support }) => leavesOf({ billing, support })),
  );
  const promises = [
    { support: { channel: 'phone' } },
    { support: { hours: 'weekdays' } },
    { support: { firstResponseHours: { severity1: 1 } } },
    { billing: { paymentTerms: 'net60' } },
  ].filter(
    (terms) => chance.yes(0.05) || !leavesOf(terms).some((path) => ofContracts.some((other) => touches(path, other))),
  );
  return promises.length > 0 ? { terms: chance.pick(promises) } : undefined;
}

/** The whole record of one special ask, whatever was decided. */
function exceptionOf(draft: Draft, customer: CustomerData, index: number, named: Set<string>): Exception {
  const { chance, world } = draft;
  const promise = promiseOf(draft, customer);
  const decisions = ['promise', 'promise', 'no', 'service', ...Array<string>(10).fill('configuration')];
  const decision = chance.pick(promise ? decisions : decisions.slice(2));
  const record = {
    id: `EX-${1000 + draft.number * 10 + index}`,
    need: 'The product has to fit how they work.',
    kind: chance.pick(['legal', 'security', 'workflow', 'reporting', 'branding', 'commercial', 'support', 'hosting']),
    askedBy: 'jo@product.example',
    askedOn: firstDay,
    neededBy: firstDay,
    worth: { amount: '8400.00', currency: 'USD', per: 'year' },
    demand: ['another prospect'],
    usedBy: 'managers, weekly',
    decision,
    because: 'It can be done without code.',
    owner: 'team-billing',
    handledBy: 'support-tier-2',
    livesIn: 'config',
    hoursPerMonth: 1,
  };
  if (decision === 'no')
    return { ...record, area: 'support', offer: 'the export they have', refuses: { settings: [], actions: [] } };
  if (decision === 'service')
    return { ...record, area: 'onboarding', price: { amount: '500.00', currency: 'USD' }, ends: addDays(firstDay, 90) };
  const starts = draft.day();
  const answers: Answered[] = ['keep', 'keep', 'drop', 'drop', 'drop'];
  const answer = () => (chance.yes(0.03) ? chance.pick<Answered>(['ask', 'block']) : chance.pick(answers));
  const exception: Exception = { ...record, ...(decision === 'promise' ? promise : effectOf(draft, named)), starts };
  const follows = lastDayOf(world, customer, { ...exception, expires: 'contract' }, starts) !== undefined;
  const expires =
    follows && chance.yes() ? 'contract' : draft.day(addDays(starts, chance.int(0, 60)), addDays(starts, 90));
  return { ...exception, expires, onUpgrade: answer(), onDowngrade: answer(), onLapse: answer() };
}

/** A customer of any shape; what is written side by side may still collide. */
export function randomCustomer(world: World, chance: Chance, number: number): CustomerData {
  const draft = new Draft(world, chance, number);
  const free = Object.keys(world.plans).filter((plan) => isFree(world, plan));
  const plan = chance.yes(0.4) ? chance.pick(free) : draft.plan();
  const contracts = contractsOf(draft);
  const trials = trialsOf(draft);
  const amendments = amendmentsOf(draft, plan, firstDay, addDays(firstDay, windowInDays), false);
  const statuses = statusesOf(draft);
  const access = { groups: groups.map((name) => ({ name, roles: ['viewer'], may: ['exportReports'] })) };
  const billing = { method: 'card', ...draft.billing(contracts.length + trials.length === 0) };
  const movable = Object.keys(world.plans).filter((each) => world.plans[each]?.becomes);
  const agreed = {
    name: `Customer ${number}`,
    plan,
    ...(movable.length > 0 && chance.yes(0.3) && { staysOn: chance.pick(movable) }),
    ...draft.quantities(plan),
    billing,
    support: randomSupport(chance),
  };
  const dated = { ...agreed, amendments, trials, contracts, statuses };
  const addOns = addOnsOf(draft, dated);
  const named = new Set<string>();
  const exceptions = Array.from({ length: chance.int(0, 5) }, (_, index) => exceptionOf(draft, dated, index, named));
  return { ...dated, addOns, access, exceptions };
}
