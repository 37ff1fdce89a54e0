import { addDays, byDay, within } from './dates.ts';
import { merge } from './terms.ts';
import type { Amendment, Contract, CustomerData, PlanData, Status, Tree, Trial, World } from './world.ts';

export const stageOrder = ['trial', 'pilot', 'active', 'grace', 'pastDue', 'suspended', 'lapsed', 'closed'];
/** Sorts before every day: what was always there. */
const always = '';

/** A plan with its quantities, which come together from one place, and since when each was stated there. */
export interface Holding {
  place: string;
  plan: string;
  planSince: string;
  quantities: Record<string, number>;
  quantitySince: Record<string, string>;
}

/** What a contract is on one day: its amendments of that day and before applied, in order. */
export interface ContractDay {
  contract: Contract;
  holding: Holding;
  ends?: string;
  renewal?: Tree;
  rolled: boolean;
  /** Layers of terms in order; a `roll` takes the credits the contract gave before it. */
  layers: ({ on: string; terms: Tree } | { on: string; roll: true })[];
  grace: boolean;
}

/** What the dates alone say about one day. */
export interface Dates {
  day: string;
  account: Holding;
  contract?: ContractDay;
  trial?: Trial;
  trialIsStage: boolean;
  /** First day of the lapse by dates, also while a trial counts over it. */
  lapsedSince?: string;
  stage: string;
  holding: Holding;
}

/** An amendment merges leaf by leaf; one that changes the plan ends the quantities it does not state. */
function amend(holding: Holding, { on, plan, quantities = {} }: Amendment): Holding {
  const kept = plan !== undefined && plan !== holding.plan ? {} : holding.quantities;
  return {
    place: holding.place,
    plan: plan ?? holding.plan,
    planSince: plan === undefined ? holding.planSince : on,
    quantities: merge(kept, quantities) as Record<string, number>,
    quantitySince: { ...holding.quantitySince, ...Object.fromEntries(Object.keys(quantities).map((key) => [key, on])) },
  };
}

/** A place as it is first stated. */
function holdingOf(
  place: string,
  entry: { plan: string; quantities?: Record<string, number> },
  since: string,
): Holding {
  const quantities = entry.quantities ?? {};
  const quantitySince = Object.fromEntries(Object.keys(quantities).map((key) => [key, since]));
  return { place, plan: entry.plan, planSince: since, quantities, quantitySince };
}

/** What a base plan has become by a day, one plan after another; not further than the one the customer stays on. */
function becomeBy(world: World, { staysOn }: CustomerData, plan: string, day: string): string {
  const next = world.plans[plan]?.becomes;
  return next === undefined || next.on > day || staysOn === plan
    ? plan
    : becomeBy(world, { staysOn } as CustomerData, next.plan, day);
}

/** What was bought goes on where the new plan sells it by the unit, includes no more of it, and allows as many. */
function goesOn(world: World, plan: string, key: string, quantity: number): boolean {
  const { settings = {}, price } = world.plans[plan] as PlanData;
  const unit = price.units?.[key];
  const included = settings[key] ?? world.settings[key]?.default;
  const { min = quantity, max = quantity } = unit ?? {};
  return (
    unit !== undefined && included !== 'unlimited' && Number(included) <= quantity && min <= quantity && quantity <= max
  );
}

/** The first days on which some plan has become another. */
export const movingDays = (world: World): string[] =>
  Object.values(world.plans).flatMap(({ becomes }) => (becomes ? [becomes.on] : []));

/** The base plan with the account's quantities, as amended and moved by then; of one day, the move comes first. */
export function accountOn(world: World, customer: CustomerData, day: string): Holding {
  const amendments = byDay(customer.amendments);
  const days = new Set([...movingDays(world), ...amendments.map(({ on }) => on)].filter((on) => on <= day).sort());
  let holding = holdingOf('account', customer, always);
  for (const on of days) {
    const plan = becomeBy(world, customer, holding.plan, on);
    if (plan !== holding.plan) {
      const left = Object.entries(holding.quantities).filter(([key, quantity]) => goesOn(world, plan, key, quantity));
      holding = { ...holding, plan, planSince: on, quantities: Object.fromEntries(left) };
    }
    for (const amendment of amendments.filter((each) => each.on === on)) {
      const said = amendment.plan;
      holding = amend(
        holding,
        said === undefined ? amendment : { ...amendment, plan: becomeBy(world, customer, said, on) },
      );
    }
  }
  return holding;
}

/** `auto` goes on after its stated end as the same contract; an amendment there may state an end again. */
export function contractOn(contract: Contract, day: string): ContractDay {
  const state: ContractDay = {
    contract,
    holding: holdingOf(`contract ${contract.id}`, contract, contract.starts),
    ends: contract.ends,
    renewal: contract.renewal,
    rolled: false,
    layers: [{ on: contract.starts, terms: { billing: contract.billing ?? {}, support: contract.support ?? {} } }],
    grace: false,
  };
  const rollBefore = (next: string) => {
    if (state.rolled || state.renewal?.kind !== 'auto' || state.ends === undefined || state.ends >= next) return;
    state.rolled = true;
    state.layers.push({ on: addDays(state.ends, 1), roll: true });
  };
  for (const amendment of byDay(contract.amendments).filter(({ on }) => on <= day)) {
    rollBefore(amendment.on);
    const merged = merge(
      { ends: state.ends, renewal: state.renewal },
      { ...(amendment.ends && { ends: amendment.ends }), ...(amendment.renewal && { renewal: amendment.renewal }) },
    );
    if (amendment.ends !== undefined) state.rolled = false;
    state.ends = merged.ends as string | undefined;
    state.renewal = merged.renewal as Tree | undefined;
    state.holding = amend(state.holding, amendment);
    state.layers.push({
      on: amendment.on,
      terms: { billing: amendment.billing ?? {}, support: amendment.support ?? {} },
    });
  }
  rollBefore(day);
  return state;
}

export const inForce = (state: ContractDay, day: string): boolean =>
  state.contract.starts <= day && (state.ends === undefined || state.rolled || day <= state.ends);

/** The contract that began last; a next entry ends the rolling of the one before it. */
function latestContract(customer: CustomerData, day: string): ContractDay | undefined {
  const begun = (customer.contracts ?? []).filter(({ starts }) => starts <= day);
  const latest = begun.sort((a, b) => (a.starts < b.starts ? -1 : 1)).at(-1);
  return latest && contractOn(latest, day);
}

/** Grace counts as the contract for the policy's days after a `manual` end, then the account has lapsed. */
function contractStage(world: World, customer: CustomerData, day: string): Pick<Dates, 'contract' | 'lapsedSince'> {
  const state = latestContract(customer, day);
  if (!state || state.ends === undefined || inForce(state, day)) return { contract: state };
  if (state.renewal?.kind === 'none') return {};
  const after = state.ends;
  if ((customer.amendments ?? []).some(({ on, plan }) => plan !== undefined && after < on && on <= day)) return {};
  const { grace, lapsed } = world.lifecycle.stages;
  if (grace?.days === 'never') return { contract: { ...state, grace: true } };
  const lastOfGrace = addDays(after, grace?.days ?? 0);
  if (day <= lastOfGrace) return { contract: { ...state, grace: true } };
  return lapsed ? { lapsedSince: addDays(lastOfGrace, 1) } : {};
}

export const isFree = (world: World, plan: string): boolean => world.plans[plan]?.price.free === true;

/**
 * In `lapsed` the plan is the base plan if it is free, else the free plan the policy names, without quantities. That is a
 * base plan too, and becomes what it becomes.
 */
export function lapsedHolding(world: World, customer: CustomerData, account: Holding, day: string): Holding {
  const fallBack = world.lifecycle.stages.lapsed?.plan;
  if (isFree(world, account.plan) || fallBack === undefined) return account;
  return holdingOf('lapsed', { plan: becomeBy(world, customer, fallBack, day) }, always);
}

export const holdingOfTrial = (trial: Trial): Holding => holdingOf(`trial ${trial.starts}`, trial, trial.starts);

/** Contract, else a trial over a free base plan or over `lapsed`, else the account. */
export function readDates(world: World, customer: CustomerData, day: string): Dates {
  const account = accountOn(world, customer, day);
  const { contract, lapsedSince } = contractStage(world, customer, day);
  const trial = customer.trials?.find(({ starts, ends }) => within(day, starts, ends));
  const common = { day, account, contract, trial, lapsedSince, trialIsStage: false };
  if (contract) return { ...common, stage: contract.grace ? 'grace' : 'active', holding: contract.holding };
  if (trial && (lapsedSince !== undefined || isFree(world, account.plan)))
    return { ...common, trialIsStage: true, stage: trial.kind, holding: holdingOfTrial(trial) };
  if (lapsedSince !== undefined)
    return { ...common, stage: 'lapsed', holding: lapsedHolding(world, customer, account, day) };
  return { ...common, stage: 'active', holding: account };
}

export const statusOn = (customer: CustomerData, day: string): Status | undefined =>
  customer.statuses?.find(({ since, until }) => within(day, since, until));

/** `pastDue` becomes `suspended` and then `lapsed` by itself; a stage the policy leaves out is skipped. */
export function statusStage(world: World, status: Status, method: unknown, day: string): string {
  const { pastDue, suspended, lapsed } = world.lifecycle.stages;
  let { stage, since } = status;
  const runsOut = (days: unknown, next: string) => {
    if (typeof days !== 'number' || day < addDays(since, days)) return;
    stage = next;
    since = addDays(since, days);
  };
  const pastDueDays = pastDue?.[String(method)];
  if (stage === 'pastDue' && suspended) runsOut(pastDueDays, 'suspended');
  else if (stage === 'pastDue' && lapsed) runsOut(pastDueDays, 'lapsed');
  if (stage === 'suspended' && lapsed) runsOut(suspended?.days, 'lapsed');
  return stage;
}
