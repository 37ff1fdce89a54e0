import type { Setting } from '../../schemas/setting.ts';
import { within } from './dates.ts';
import { type Holding, holdingOfTrial } from './stage.ts';
import type { AddOn, CustomerData, Exception, Trial, Value, World } from './world.ts';

/** Something that named a setting: who, and the day its entry began ('' = was always there). */
export interface Giver {
  id: string;
  since: string;
}
/** What a setting would be by itself, before holds and before the other stages. */
export interface Natural {
  value: Value;
  /** The last step that named it; none for a default, and none where the stage trial/pilot took from the plan. */
  giver?: Giver;
  /** Everyone who counts and named it. */
  named: Giver[];
  /** The last day that what gave it states; a plan or a quantity states none unless a trial adds it. */
  until?: string;
}
export interface Hold extends Giver {
  value: Value;
  /** The day the hold began. */
  begun: string;
}

export const same = (a: Value, b: Value): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** How good a value is for the customer, higher is better; undefined where the setting has no order. */
function worth(setting: Setting, value: Value): number | undefined {
  const amount = value === 'unlimited' ? Number.POSITIVE_INFINITY : Number(value);
  if (setting.kind === 'limit') return setting.favours === 'more' ? amount : -amount;
  if (setting.kind === 'feature') return value === (setting.favours ?? true) ? 1 : 0;
  if (setting.kind === 'choice' && setting.favours) return setting.favours.indexOf(String(value));
  return undefined;
}

/** Strictly more favourable; never so without an order. */
export function isBetter(setting: Setting, a: Value, b: Value): boolean {
  const [left, right] = [worth(setting, a), worth(setting, b)];
  return left !== undefined && right !== undefined && left > right;
}

/** A stage only takes. */
export const take = (setting: Setting, value: Value, stage: Value | undefined): Value =>
  stage !== undefined && isBetter(setting, value, stage) ? stage : value;

const increase = (value: Value, by: number): Value => (value === 'unlimited' ? value : Number(value) + by);

/** An add-on counts from `starts` to `ends` where the menu sells it with the plan and what it depends on counts. */
export function counts(world: World, customer: CustomerData, addOn: AddOn, plan: string, day: string): boolean {
  const offer = world.menu.addOns?.[addOn.id];
  if (!offer || !within(day, addOn.starts, addOn.ends)) return false;
  if (!offer.plans.includes(plan) && !offer.plans.includes(plan.split('@')[0] ?? plan)) return false;
  return (offer.dependsOn ?? []).every((id) =>
    (customer.addOns ?? []).some((other) => other.id === id && counts(world, customer, other, plan, day)),
  );
}

export const countingAddOns = (world: World, customer: CustomerData, plan: string, day: string): AddOn[] =>
  (customer.addOns ?? []).filter((addOn) => counts(world, customer, addOn, plan, day));

/** default → plan → stage trial/pilot → quantities, of one place. */
function sideOf(world: World, key: string, holding: Holding, trialStage?: string): Natural {
  const setting = world.settings[key] as Setting;
  const side: Natural = { value: setting.default as Value, named: [] };
  const give = (value: Value, id: string, since: string) => {
    side.value = value;
    side.giver = { id, since };
    side.named = [...side.named, side.giver];
  };
  const ofPlan = world.plans[holding.plan]?.settings?.[key];
  if (ofPlan !== undefined) give(ofPlan, `plan ${holding.plan}`, holding.planSince);
  const taken = take(setting, side.value, trialStage && world.lifecycle.stages[trialStage]?.set?.[key]);
  if (!same(taken, side.value)) Object.assign(side, { value: taken, giver: undefined });
  const quantity = holding.quantities[key];
  if (quantity !== undefined) give(quantity, `quantity of ${holding.place}`, holding.quantitySince[key] ?? '');
  return side;
}

export interface Ingredients {
  holding: Holding;
  /** Set while the stage by dates is trial or pilot. */
  trialStage?: string;
  /** A trial that only adds. */
  adding?: Trial;
  addOns: AddOn[];
  exceptions: Exception[];
}

/** One setting up to the exceptions; a trial that only adds lets the more favourable side count. */
export function naturalOf(world: World, customer: CustomerData, key: string, from: Ingredients): Natural {
  const setting = world.settings[key] as Setting;
  const own = sideOf(world, key, from.holding, from.trialStage);
  const added = from.adding && sideOf(world, key, holdingOfTrial(from.adding));
  const counting = added && isBetter(setting, added.value, own.value) ? added : own;
  let { value, giver } = counting;
  const named = [...own.named, ...(counting === added ? added.named : [])];
  // Also what the trial's plan says nothing of, and has by default, is there as long as the trial.
  let until = counting === added ? from.adding?.ends : undefined;
  const give = (next: Value, id: string, since = '', last?: string) => {
    value = next;
    until = last;
    giver = { id, since };
    named.push(giver);
  };
  const idOf = (addOn: AddOn) => `addOn ${addOn.id} ${customer.addOns?.indexOf(addOn)}`;
  for (const addOn of from.addOns) {
    const set = world.menu.addOns?.[addOn.id]?.sets?.[key];
    if (set !== undefined) give(set, idOf(addOn), addOn.starts, addOn.ends);
  }
  for (const addOn of from.addOns) {
    const add = world.menu.addOns?.[addOn.id]?.adds?.[key];
    if (add !== undefined) give(increase(value, add * (addOn.quantity ?? 1)), idOf(addOn), addOn.starts, addOn.ends);
  }
  for (const { id, set, add, starts, expires } of from.exceptions) {
    const last = expires === 'contract' ? undefined : expires;
    if (set?.[key] !== undefined) give(set[key], `exception ${id}`, starts, last);
    if (add?.[key] !== undefined) give(increase(value, add[key]), `exception ${id}`, starts, last);
  }
  return { value, giver, named, until };
}

/** Where the catalogue says `hold`; area `hosting` does unless it says otherwise. */
export const holds = (setting: Setting): boolean =>
  (setting.onEnd ?? (setting.area === 'hosting' ? 'hold' : 'release')) === 'hold';

interface Yesterday {
  natural: Natural;
  hold?: Hold;
}

/** The hold on a setting today: the one of yesterday, or a new one where what gave it has ended; unless released. */
export function holdOn(setting: Setting, day: string, yesterday: Yesterday, today: Natural): Hold | undefined {
  const { giver, value } = yesterday.natural;
  const isNamedBy = ({ id }: Giver) => today.named.some((other) => other.id === id);
  const hasEnded = giver !== undefined && !isNamedBy(giver);
  const hold = yesterday.hold ?? (hasEnded ? { ...giver, value, begun: day } : undefined);
  if (!hold) return undefined;
  const isNoWorse = same(today.value, hold.value) || isBetter(setting, today.value, hold.value);
  // Of what a plan names, only the value that counts; an exception, an add-on or a quantity needs no more than to name it.
  const isEntry = (named: Giver) => !named.id.startsWith('plan ') || named === today.giver;
  const isNamedAnew = today.named.some((named) => named.since >= hold.begun && isEntry(named));
  return isNoWorse || isNamedBy(hold) || isNamedAnew ? undefined : hold;
}
