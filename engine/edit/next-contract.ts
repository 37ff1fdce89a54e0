import { forEver, nextDay, previousDay } from '../../runtime/terms/days.ts';
import type { Day, TermsTree } from '../../runtime/terms/timeline.ts';
import type { Contract, Customer } from '../../schemas/customer.ts';
import { type ContractCourse, contractCourses } from '../compile/contract-course.ts';
import { groundOf } from '../compile/ground.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Entry } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { endOfTerm, monthsOf } from './months.ts';
import type { Written, WrittenMap } from './write-yaml.ts';

export interface RenewalWords {
  signed?: Day | undefined;
  starts?: Day | undefined;
  ends?: Day | undefined;
  plan?: string | undefined;
  quantities: Readonly<Record<string, number>>;
  renewal?: string | undefined;
  noticeDays?: number | undefined;
  months?: number | undefined;
  maxIncreasePercent?: string | undefined;
}

export interface NextContract {
  /** Without its id. */
  contract: WrittenMap & { starts: Day };
  /** The contract that it follows. */
  follows: ContractCourse;
  /** What was not carried over, and why. */
  notes: string[];
}

const ignore = () => undefined;

/**
 * The contract after the last one, from the day after its end: its plan, quantities, terms and promises as amended by then, without
 * credits and without a discount that has ended. Throws `UsageError` where one must be said and is not.
 */
export function nextContract(
  { id, data }: Entry<Customer>,
  words: RenewalWords,
  world: PreparedWorld,
  today: Day,
): NextContract {
  const courses = contractCourses(data.contracts ?? [], world, ignore);
  const follows = courses.at(-1);
  const written = follows && data.contracts?.[follows.index];
  if (!follows || !written)
    throw new UsageError(
      `${id} has no contract that could be renewed`,
      'write the first one under `contracts` in its file',
    );
  if (follows.starts > today)
    throw new UsageError(
      `${id} has its next contract already: ${follows.id} starts ${follows.starts}`,
      'change that one in its file',
    );
  const starts = words.starts ?? startAfter(data, follows, courses, world, today);
  const eve = previousDay(starts);
  const state = follows.states.findLast(({ from }) => from <= eve) ?? follows.states.at(-1);
  if (!state) throw new RangeError(`contract ${follows.id} has no state`);
  const { purchase, terms } = state;
  const kind = words.renewal ?? terms.renewal?.kind;
  const renewal = {
    // What ends has no notice and no length of its next term.
    ...(kind === 'none' ? { kind } : terms.renewal),
    ...(words.renewal !== undefined && { kind: words.renewal }),
    ...(words.noticeDays !== undefined && { noticeDays: words.noticeDays }),
    ...(words.months !== undefined && { months: words.months }),
    ...(words.maxIncreasePercent !== undefined && { maxIncreasePercent: words.maxIncreasePercent }),
  } as WrittenMap;
  const plan = words.plan ?? purchase.plan;
  const bought = Object.fromEntries([...purchase.quantities].map(([key, { value }]) => [key, value]));
  const quantities = quantitiesOf(plan === purchase.plan, bought, words.quantities);
  const { billing, notes } = billingOf(
    mergeTerms(state.layers.map((layer) => layer.billing)),
    starts,
    plan === purchase.plan,
  );
  const support = mergeTerms(state.layers.map((layer) => layer.support));
  return {
    follows,
    notes,
    contract: {
      plan,
      signed: words.signed,
      starts,
      ends: words.ends ?? endAfter(starts, words.months ?? terms.renewal?.months, written),
      renewal,
      quantities: filled(quantities),
      billing: filled(billing),
      support: filled(support),
      promises: terms.promises as Written | undefined,
    },
  };
}

/** The day after the last one, or after the term that an `auto` contract is in. */
function startAfter(
  { amendments = [] }: Customer,
  follows: ContractCourse,
  courses: readonly ContractCourse[],
  world: PreparedWorld,
  today: Day,
): Day {
  const { ends, renewal } = follows.states.at(-1)?.terms ?? {};
  if (ends === undefined)
    throw new UsageError(
      `${follows.id} goes on month to month and has no last day`,
      'end it by an amendment with `ends` and `renewal: { kind: none }`; what follows is its next contract',
    );
  if (renewal?.kind === 'auto') return nextDay(endOfRolledTerm(follows, ends, renewal.months, today));
  const ground = groundOf(courses, amendments, world.lifecycle).findLast(({ from }) => from <= today);
  if (today <= ends || ground?.contract === follows) return nextDay(ends);
  throw new UsageError(
    `${follows.id} ended on ${ends}, and nothing has followed it`,
    'say when the next contract starts: --starts, a day that is not in the past',
  );
}

function endOfRolledTerm(follows: ContractCourse, ends: Day, stated: unknown, today: Day): Day {
  const months = typeof stated === 'number' ? stated : monthsOf(follows.starts, ends);
  if (today <= ends) return ends;
  if (months === undefined)
    throw new UsageError(
      `${follows.id} renews by itself, and its terms are no whole months`,
      'say when the next contract starts: --starts',
    );
  const second = nextDay(ends);
  for (let terms = 1; ; terms += 1) {
    const end = endOfTerm(second, terms * months);
    if (today <= end || end >= forEver) return end;
  }
}

function endAfter(starts: Day, stated: unknown, written: Contract): Day {
  const months = typeof stated === 'number' ? stated : monthsOf(written.starts, written.ends ?? written.starts);
  if (months !== undefined) return endOfTerm(starts, months);
  throw new UsageError(
    'the contract before has no length that could be repeated',
    'say the last day: --ends, or --months',
  );
}

function quantitiesOf(
  isSamePlan: boolean,
  before: Readonly<Record<string, number>>,
  said: Readonly<Record<string, number>>,
): WrittenMap {
  if (isSamePlan) return { ...before, ...said };
  const were = Object.entries(before).map(([key, value]) => `${key}=${value}`);
  if (were.length > 0 && Object.keys(said).length === 0)
    throw new UsageError(
      'another plan needs its quantities said again',
      `they were --quantity ${were.join(' --quantity ')}`,
    );
  return said;
}

/** What of the billing terms goes on: credits never, a discount while it lasts, agreed prices with the plan they were agreed for. */
function billingOf(billing: WrittenMap, starts: Day, isSamePlan: boolean): { billing: WrittenMap; notes: string[] } {
  const { credits, discount, unitPrices } = billing;
  const until = typeof discount === 'object' && 'until' in discount ? discount.until : undefined;
  const isOver = typeof until === 'string' && until < starts;
  const leaves = { credits: true, discount: isOver, unitPrices: !isSamePlan };
  const notes = [
    ...(Array.isArray(credits) ? ['credits belong to the contract before'] : []),
    ...(isOver ? [`the discount ended on ${until}`] : []),
    ...(unitPrices !== undefined && !isSamePlan ? ['agreed unit prices belong to the plan before'] : []),
  ];
  const goesOn = ([key]: [string, unknown]): boolean => !(key in leaves && leaves[key as keyof typeof leaves]);
  return { billing: Object.fromEntries(Object.entries(billing).filter(goesOn)), notes };
}

/**
 * The terms of a contract as its amendments leave them, to be written again: leaf by leaf like everywhere, but `unset` stays, because it
 * also removes what lies below the contract.
 */
function mergeTerms(layers: readonly (TermsTree | undefined)[]): WrittenMap {
  return layers.reduce<WrittenMap>((below, above) => merge(below, (above ?? {}) as WrittenMap), {});
}

const isMap = (value: Written | undefined): value is WrittenMap => typeof value === 'object' && !Array.isArray(value);

/** Two forms of one thing replace each other. */
const others: Readonly<Record<string, string>> = { percent: 'amount', amount: 'percent' };

function merge(below: WrittenMap, above: WrittenMap): WrittenMap {
  const merged: Record<string, Written | undefined> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const other = others[key];
    if (other !== undefined) delete merged[other];
    const before = merged[key];
    merged[key] = isMap(value) ? merge(isMap(before) ? before : {}, value) : value;
  }
  return merged;
}

const filled = (map: WrittenMap): WrittenMap | undefined => (Object.keys(map).length > 0 ? map : undefined);
