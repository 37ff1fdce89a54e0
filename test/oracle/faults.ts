import { addDays, byDay } from './dates.ts';
import { isTimed, lastDayOf } from './exceptions.ts';
import type { Day } from './model.ts';
import { contractOn, type Holding, holdingOfTrial } from './stage.ts';
import { leavesOf, touches } from './terms.ts';
import type { AccessRule, AddOn, Contract, CustomerData, World } from './world.ts';

/** True where one entry starts before the one ahead of it has ended. */
function overlap(spans: { starts?: string; ends?: string }[]): boolean {
  const sorted = [...spans].sort((a, b) => ((a.starts ?? '') < (b.starts ?? '') ? -1 : 1));
  return sorted.some(({ ends }, index) => {
    const next = sorted[index + 1];
    return next !== undefined && (ends === undefined || (next.starts ?? '') <= ends);
  });
}

const isReversed = ({ starts, ends }: { starts?: string; ends?: string }): boolean =>
  starts !== undefined && ends !== undefined && ends < starts;

/** Contracts do not overlap; only `auto` past its stated end gives way to the next entry by itself. */
function contractsOverlap(contracts: readonly Contract[]): boolean {
  const sorted = [...contracts].sort((a, b) => (a.starts < b.starts ? -1 : 1));
  return sorted.some((contract, index) => {
    const next = sorted[index + 1];
    if (!next) return false;
    const { ends, rolled } = contractOn(contract, next.starts);
    return !rolled && (ends === undefined || next.starts <= ends);
  });
}

/** `renewal` beside `ends` and only there; no amendment outside the contract; a rolled term's needs its end. */
function faultsOfContract(contract: Contract, next: Contract | undefined): string[] {
  const faults: string[] = [];
  const demand = (ends: unknown, renewal: unknown) => {
    if ((ends === undefined) !== (renewal === undefined)) faults.push('renewal-beside-ends');
  };
  demand(contract.ends, contract.renewal);
  const amendments = byDay(contract.amendments);
  amendments.forEach((amendment, index) => {
    const earlier = { ...contract, amendments: amendments.slice(0, index) };
    const before = contractOn(earlier, amendment.on);
    const after = contractOn({ ...contract, amendments: amendments.slice(0, index + 1) }, amendment.on);
    const end = before.rolled ? next && addDays(next.starts, -1) : before.ends;
    if (end !== undefined && amendment.on > end) faults.push('amendment-after-end');
    if (amendment.ends !== undefined && amendment.ends < amendment.on) faults.push('amendment-after-end');
    if (amendment.on < contract.starts) faults.push('amendment-before-start');
    if (before.rolled && amendment.renewal !== undefined && amendment.ends === undefined)
      faults.push('rolled-renewal-without-ends');
    demand(after.ends, after.renewal);
  });
  return faults;
}

/** Only within min, max and step from min, and only where the add-on adds. */
function hasBadQuantity(world: World, { id, quantity }: AddOn): boolean {
  const offer = world.menu.addOns?.[id];
  if (!offer?.adds) return quantity !== undefined;
  const { min = 1, max = Number.POSITIVE_INFINITY, step = 1 } = offer;
  const bought = quantity ?? 1;
  return bought < min || bought > max || (bought - min) % step !== 0;
}

/** What the records say side by side, whatever the day. */
export function faultsOfRecords(world: World, customer: CustomerData): string[] {
  const { trials = [], contracts = [], statuses = [], addOns = [], exceptions = [] } = customer;
  const statusSpans = statuses.map(({ since, until }) => ({ starts: since, ends: until }));
  const inOrder = [...contracts].sort((a, b) => (a.starts < b.starts ? -1 : 1));
  const dated = exceptions.map(({ starts, expires }) => ({
    starts,
    ends: expires === 'contract' ? undefined : expires,
  }));
  const faults = inOrder.flatMap((contract, index) => faultsOfContract(contract, inOrder[index + 1]));
  const found = (rule: string, isWrong: boolean) => isWrong && faults.push(rule);
  found('trials-overlap', overlap(trials));
  found('contracts-overlap', contractsOverlap(contracts));
  found('statuses-overlap', overlap(statusSpans));
  found('dates-reversed', [...trials, ...contracts, ...addOns, ...statusSpans, ...dated].some(isReversed));
  const idsOnce = [...new Set(addOns.map(({ id }) => id))];
  found(
    'add-on-twice-at-once',
    idsOnce.some((id) => overlap(addOns.filter((addOn) => addOn.id === id))),
  );
  found(
    'add-on-quantity',
    addOns.some((addOn) => hasBadQuantity(world, addOn)),
  );
  const timed = exceptions.filter(isTimed);
  found(
    'expires-contract-without-contract',
    timed.some((exception) => lastDayOf(world, customer, exception, '') === undefined),
  );
  for (const trial of trials) faults.push(...faultsOfQuantities(world, holdingOfTrial(trial)));
  return faults;
}

/** Quantities are totals of what the plan sells by the unit: not below what it includes, and within its bounds. */
function faultsOfQuantities(world: World, { plan, quantities }: Holding): string[] {
  return Object.entries(quantities).flatMap(([key, quantity]) => {
    const unit = world.plans[plan]?.price.units?.[key];
    if (!unit) return ['quantity-not-sold'];
    const included = world.plans[plan]?.settings?.[key] ?? world.settings[key]?.default;
    const least = included === 'unlimited' ? Number.POSITIVE_INFINITY : Number(included);
    const { min = 0, max = Number.POSITIVE_INFINITY } = unit;
    return quantity < least || quantity < min || quantity > max ? ['quantity-bounds'] : [];
  });
}

const repeats = (words: readonly string[]): boolean => new Set(words).size < words.length;

/** Two rules for one action and group; a rule without group is for all. */
const clash = (a: AccessRule, b: AccessRule): boolean =>
  a.action === b.action && (a.group === undefined || b.group === undefined || a.group === b.group);

/** What is wrong on one day. */
export function faultsOfDay(world: World, { dates, answer, active, addOns }: Day): string[] {
  const faults = faultsOfQuantities(world, dates.account);
  if (dates.contract) faults.push(...faultsOfQuantities(world, dates.contract.holding));
  const found = (rule: string, isWrong: boolean) => isWrong && faults.push(rule);
  const configurations = active.filter(({ decision }) => decision === 'configuration');
  const named = configurations.flatMap(({ set = {}, add = {} }) => Object.keys({ ...set, ...add }));
  found('exceptions-on-one-setting', repeats(named));
  found(
    'set-and-add',
    configurations.some(({ set = {}, add = {} }) => Object.keys(set).some((key) => key in add)),
  );
  const offers = addOns.map(({ id }) => world.menu.addOns?.[id]);
  found('add-on-sets-twice', repeats(offers.flatMap((offer) => Object.keys(offer?.sets ?? {}))));
  const counting = new Set(addOns.map(({ id }) => id));
  found(
    'add-ons-exclude',
    offers.some((offer) => offer?.excludes?.some((id) => counting.has(id))),
  );
  const { rules } = answer.access;
  found(
    'access-twice',
    rules.some((rule, index) => rules.slice(index + 1).some((other) => clash(rule, other))),
  );
  const promised = active.filter(({ decision }) => decision === 'promise').flatMap(({ terms }) => leavesOf(terms));
  const layers = promised.length > 0 ? (dates.contract?.layers ?? []) : [];
  const ofContract = layers.flatMap((layer) => ('roll' in layer ? [] : leavesOf(layer.terms)));
  found(
    'promise-against-contract',
    promised.some((path) => ofContract.some((other) => touches(path, other))),
  );
  return faults;
}
