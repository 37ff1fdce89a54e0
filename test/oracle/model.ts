import { addDays, datesIn, daysBetween } from './dates.ts';
import { answerTo, eventFor, isDue, isStated, isTimed, lastDayOf, type Moment, stretchOn } from './exceptions.ts';
import { faultsOfDay, faultsOfRecords } from './faults.ts';
import { countingAddOns, type Hold, holdOn, holds, type Natural, naturalOf, same, take } from './settings.ts';
import { type Dates, lapsedHolding, movingDays, readDates, stageOrder, statusOn, statusStage } from './stage.ts';
import { merge, withoutCredits, withoutPast } from './terms.ts';
import type { AccessRule, AddOn, CustomerData, Exception, Tree, Values, World } from './world.ts';

export type ExceptionState = 'notStarted' | 'active' | 'expired' | 'dropped';
export interface Answer {
  plan: string;
  stage: string;
  settings: Values;
  terms: { billing: Tree; support: Tree };
  access: { groups: unknown[]; rules: AccessRule[] };
  exceptions: Record<string, ExceptionState>;
  held: string[];
  /** By setting the last day of what gives its value, where that states one. */
  until: Record<string, string>;
  /** The exceptions whose promises count. */
  promised: string[];
}
/** One simulated day with what its checks look at. */
export interface Day {
  dates: Dates;
  /** The stage a status has reached. */
  status?: string;
  answer: Answer;
  active: Exception[];
  addOns: AddOn[];
}

/** standardTerms → add-on terms → account → trial's or contract's → promises; as if there were no status. */
function termsOn(world: World, customer: CustomerData, dates: Dates, promises: readonly Exception[]): Answer['terms'] {
  const { day } = dates;
  const { plan } = dates.holding;
  let terms: Tree = merge({ billing: {}, support: {} }, world.plans[plan]?.standardTerms);
  for (const { id } of countingAddOns(world, customer, plan, day)) terms = merge(terms, world.menu.addOns?.[id]?.terms);
  const layer = (on: string, { billing = {}, support = {} }: { billing?: unknown; support?: unknown }) => {
    terms = merge(withoutPast(terms, on), { billing, support });
  };
  layer('', customer);
  for (const amendment of [...(customer.amendments ?? [])].sort((a, b) => a.on.localeCompare(b.on)))
    if (amendment.on <= day) layer(amendment.on, amendment);
  if (dates.trialIsStage && dates.trial) layer(dates.trial.starts, dates.trial);
  let gaveCredits = false;
  for (const step of dates.contract?.layers ?? []) {
    if ('roll' in step) terms = gaveCredits ? withoutCredits(terms) : terms;
    else layer(step.on, step.terms);
    gaveCredits ||= 'terms' in step && (step.terms.billing as Tree).credits !== undefined;
  }
  terms = withoutPast(terms, day);
  for (const promise of promises) terms = merge(terms, promise.terms);
  return withoutPast(terms, day) as Answer['terms'];
}

const moreSerious = (a: string, b: string | undefined): string =>
  b !== undefined && stageOrder.indexOf(b) > stageOrder.indexOf(a) ? b : a;

/** The day after the last date, of a move and with the policy's days too: nothing of the file happens later. */
export function horizonOf(world: World, customer: CustomerData): string {
  const { grace, pastDue = {}, suspended } = world.lifecycle.stages;
  const days = [grace?.days, suspended?.days, ...Object.values(pastDue)].filter((days) => typeof days === 'number');
  return addDays(
    [...datesIn(customer), ...movingDays(world)].sort().at(-1) ?? '2026-01-01',
    days.reduce((sum, count) => sum + count, 5),
  );
}
const beginningOf = (world: World, customer: CustomerData): string =>
  addDays([...datesIn(customer), ...movingDays(world)].sort()[0] ?? '2026-01-01', -3);

/** Lives through every day in order, from before the first date of the file (base plan, active). */
export function* liveThrough(world: World, customer: CustomerData, last: string, faults: Set<string>): Generator<Day> {
  const dropped = new Map<Exception, string>();
  const lastDays = new Map<Exception, string | 'never' | undefined>();
  const horizon = horizonOf(world, customer);
  for (const exception of customer.exceptions ?? [])
    lastDays.set(exception, lastDayOf(world, customer, exception, horizon));
  const methods = new Map<unknown, unknown>();
  const settings = Object.entries(world.settings);
  const before = new Map<string, { natural: Natural; hold?: Hold }>();
  let yesterday: Moment | undefined;

  for (const day of daysBetween(beginningOf(world, customer), last)) {
    const dates = readDates(world, customer, day);
    const due = (customer.exceptions ?? []).filter((entry) => isDue(entry, lastDays.get(entry), day));
    const standing = () => due.filter((entry) => !dropped.has(entry));
    const promisesOf = (entries: Exception[]) => entries.filter(({ decision }) => decision === 'promise');

    const status = statusOn(customer, day);
    if (status && !methods.has(status))
      methods.set(status, termsOn(world, customer, dates, promisesOf(standing())).billing.method);
    const ofStatus = status && statusStage(world, status, methods.get(status), day);
    const holding = ofStatus === 'lapsed' ? lapsedHolding(world, customer, dates.account, day) : dates.holding;
    const stretch = stretchOn(dates, yesterday, lapsedHolding(world, customer, dates.account, day).plan);
    const moment: Moment = { dates, status: ofStatus, plan: holding.plan, stretch };

    // Asked are those in force the day before; one that starts today belongs to the new plan.
    for (const exception of standing()) {
      if (!yesterday || exception.starts === day) continue;
      const event = eventFor(world, exception.starts ?? '', yesterday, moment);
      const reply = event && answerTo(exception, event);
      if (reply === undefined || reply === 'keep') continue;
      dropped.set(exception, day);
      if (reply !== 'drop' && isStated(customer, day)) faults.add('exception-needs-answer');
    }

    const active = standing();
    const addOns = countingAddOns(world, customer, holding.plan, day);
    const adding = dates.trialIsStage || ofStatus === 'lapsed' ? undefined : dates.trial;
    const trialStage = dates.trialIsStage ? dates.stage : undefined;
    const configurations = active.filter(({ decision }) => decision === 'configuration');
    const ingredients = { holding, trialStage, adding, addOns, exceptions: configurations };
    const answer: Answer = {
      plan: holding.plan,
      stage: moreSerious(dates.stage, ofStatus),
      settings: {},
      terms: termsOn(world, customer, dates, promisesOf(active)),
      access: { groups: customer.access?.groups ?? [], rules: active.flatMap(({ access = [] }) => access) },
      exceptions: {},
      held: [],
      until: {},
      promised: promisesOf(active).map(({ id }) => id),
    };
    const others = [...new Set([trialStage ? undefined : dates.stage, ofStatus])];
    for (const [key, setting] of settings) {
      const natural = naturalOf(world, customer, key, ingredients);
      const past = before.get(key);
      const hold = past && holds(setting) ? holdOn(setting, day, past, natural) : undefined;
      before.set(key, { natural, hold });
      if (hold) answer.held.push(key);
      const given = hold?.value ?? natural.value;
      const value = others.reduce(
        (left, stage) => take(setting, left, stage && world.lifecycle.stages[stage]?.set?.[key]),
        given,
      );
      answer.settings[key] = value;
      if (!hold && natural.until !== undefined && same(value, given)) answer.until[key] = natural.until;
    }
    for (const exception of (customer.exceptions ?? []).filter(isTimed)) {
      const notStarted = exception.starts !== undefined && day < exception.starts;
      const ending = due.includes(exception) ? 'active' : notStarted ? 'notStarted' : 'expired';
      answer.exceptions[exception.id] = dropped.has(exception) ? 'dropped' : ending;
    }
    yesterday = moment;
    yield { dates, status: ofStatus, answer, active, addOns };
  }
}

/** A whole life, and what was found wrong while it was lived. */
export interface Life {
  days: readonly Day[];
  faults: ReadonlySet<string>;
}
const lives = new WeakMap<CustomerData, { world: World; life: Life }>();

/** Every day from before the first date of the file to the horizon, lived once for all who ask. */
export function lifeOf(world: World, customer: CustomerData): Life {
  const known = lives.get(customer);
  if (known?.world === world) return known.life;
  const faults = new Set<string>();
  const days = [...liveThrough(world, customer, horizonOf(world, customer), faults)];
  const life = { days, faults };
  lives.set(customer, { world, life });
  return life;
}

/** The answer of each day from the first to the last, both included, in order. */
export function answersBetween(world: World, customer: CustomerData, from: string, to: string): Map<string, Answer> {
  const { days } = lifeOf(world, customer);
  const [begins, ends] = [days[0]?.dates.day ?? from, days.at(-1)?.dates.day ?? from];
  const answers = new Map<string, Answer>();
  for (const day of daysBetween(from, to < begins ? to : addDays(begins, -1)))
    answers.set(day, days[0]?.answer as Answer);
  const lived = to <= ends ? days : liveThrough(world, customer, to, new Set());
  for (const { dates, answer } of lived) if (from <= dates.day && dates.day <= to) answers.set(dates.day, answer);
  return answers;
}

/** The answer of one day; before every date of the file it is that of the base plan, `active`. */
export function answerOn(world: World, customer: CustomerData, day: string): Answer {
  const begins = beginningOf(world, customer);
  const asked = day < begins ? begins : day;
  return [...liveThrough(world, customer, asked, new Set())].at(-1)?.answer as Answer;
}

/** Rule names of everything wrong with a customer that only its days can tell, sorted; empty when it is sound. */
export function faultsOf(world: World, customer: CustomerData): string[] {
  const { days, faults: lived } = lifeOf(world, customer);
  const faults = new Set([...faultsOfRecords(world, customer), ...lived]);
  const counted = new Set<AddOn>();
  for (const day of days) {
    for (const fault of faultsOfDay(world, day)) faults.add(fault);
    const agreed = countingAddOns(world, customer, day.dates.holding.plan, day.dates.day);
    for (const addOn of [...day.addOns, ...agreed]) counted.add(addOn);
  }
  if ((customer.addOns ?? []).some((addOn) => !counted.has(addOn))) faults.add('add-on-never-counts');
  return [...faults].sort();
}
