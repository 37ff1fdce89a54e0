/** What an account, a contract or a trial has bought at one time: a plan and quantities, with where each is said. */

import type { PlanFrom } from '../../runtime/terms/becoming.ts';
import { quantityProblem } from '../../runtime/terms/fold.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Pointer } from '../document.ts';
import type { ReportFault } from './fault.ts';
import { pointerSteps, pointerText } from './pointer-text.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Source } from './source.ts';

export interface Bought {
  value: number;
  /** The first day it counts, of the entry that says it. */
  since: Day;
  /** JSON pointer to the quantities that say it. */
  at: string;
}

export interface Purchase {
  /** Who says so: `account`, or the id of the contract or trial. */
  by: string;
  plan: string;
  planSince: Day;
  quantities: ReadonlyMap<string, Bought>;
  /** What the quantities set, one source for each place that states some. */
  sources: readonly Source[];
}

type Quantities = Readonly<Record<string, number | 'unset'>> | undefined;

interface Said {
  plan?: string | undefined;
  quantities?: Quantities;
}

const purchase = (by: string, plan: string, planSince: Day, quantities: ReadonlyMap<string, Bought>): Purchase => ({
  by,
  plan,
  planSince,
  quantities,
  sources: quantitySources(by, quantities),
});

/** A purchase as it is first written, at `pointer` of the file. */
export const firstPurchase = (
  by: string,
  plan: string,
  quantities: Quantities,
  since: Day,
  pointer: Pointer,
): Purchase => purchase(by, plan, since, addBought(new Map(), quantities, since, pointer));

/** A purchase as an amendment leaves it: a new plan starts with the quantities stated beside it. */
export function amendPurchase(before: Purchase, said: Said, on: Day, pointer: Pointer): Purchase {
  if (said.plan === undefined && said.quantities === undefined) return before;
  const changesPlan = said.plan !== undefined && said.plan !== before.plan;
  const quantities = new Map(changesPlan ? [] : before.quantities);
  addBought(quantities, said.quantities, on, pointer);
  return purchase(before.by, said.plan ?? before.plan, said.plan === undefined ? before.planSince : on, quantities);
}

/** A purchase whose plan has become another: what was bought goes on where the new plan sells as many. */
export function movePurchase(before: Purchase, { from, plan }: PlanFrom, world: PreparedWorld): Purchase {
  const leaf = world.plans.get(plan);
  const left = [...before.quantities].filter(
    ([key, { value }]) => leaf && quantityProblem(leaf, world.settings, key, value) === undefined,
  );
  return purchase(before.by, plan, from, new Map(left));
}

function quantitySources(by: string, quantities: ReadonlyMap<string, Bought>): Source[] {
  if (quantities.size === 0) return [];
  const byPlace = new Map<string, { set: Record<string, number>; since: Day }>();
  for (const [key, { value, since, at }] of quantities) {
    const place = byPlace.get(at) ?? { set: {}, since };
    place.set[key] = value;
    byPlace.set(at, place);
  }
  return [...byPlace].map(([at, { set, since }]) => ({
    layer: { at, id: by, kind: 'quantity', set },
    giver: `quantity ${at}`,
    since,
  }));
}

/** Adds what a record states to what was bought before, and takes what it unsets. */
function addBought(
  bought: Map<string, Bought>,
  quantities: Quantities,
  since: Day,
  pointer: Pointer,
): Map<string, Bought> {
  if (quantities === undefined) return bought;
  const at = pointerText([...pointer, 'quantities']);
  for (const [key, value] of Object.entries(quantities))
    if (value === 'unset') bought.delete(key);
    else bought.set(key, { value, since, at });
  return bought;
}

/** Reports quantities that the plan does not sell, where they are stated; what is not stated was judged before, or ends. */
export function checkPurchase(
  world: PreparedWorld,
  bought: Purchase,
  quantities: Quantities,
  pointer: Pointer,
  report: ReportFault,
): void {
  const plan = world.plans.get(bought.plan);
  if (!plan || !quantities) return;
  for (const [key, value] of Object.entries(quantities)) {
    const problem = value === 'unset' ? undefined : quantityProblem(plan, world.settings, key, value);
    if (problem) report([...pointer, 'quantities', key], 'quantity', `${key}: ${value} cannot be bought: ${problem}`);
  }
}

/** Points out an amendment that changes the plan and says nothing of the quantities: they end. */
export function checkPlanChange(before: Purchase, said: Said, pointer: Pointer, report: ReportFault): void {
  if (said.plan === undefined || said.plan === before.plan || said.quantities !== undefined) return;
  if (before.quantities.size === 0) return;
  const ending = [...before.quantities].map(([key, { value }]) => `${key} ${value}`).join(', ');
  report(
    [...pointer, 'plan'],
    'quantities-end',
    `the plan changes from ${before.plan} to ${said.plan}, and what was bought ends with it: ${ending}`,
    {
      severity: 'warning',
      help: 'state `quantities` beside `plan`: those it does not state end',
    },
  );
}

/** Points out what ends because the plan becomes another that does not sell as much of it, nor include it; not what is stated anew that day. */
export function checkMove(
  before: Purchase,
  after: Purchase,
  said: Said | undefined,
  world: PreparedWorld,
  report: ReportFault,
): void {
  const plan = world.plans.get(after.plan);
  if (!plan || said?.plan !== undefined) return;
  for (const [key, { value, at }] of before.quantities) {
    if (after.quantities.has(key) || (said?.quantities && Object.hasOwn(said.quantities, key))) continue;
    const included = plan.settings[key] ?? world.settings[key]?.default;
    if (included === 'unlimited' || value <= Number(included)) continue;
    report(
      [...pointerSteps(at), key],
      'quantity-ends',
      `${key}: ${value} ends on ${after.planSince}, when ${before.plan} becomes ${after.plan}: ${quantityProblem(plan, world.settings, key, value)}`,
      {
        severity: 'warning',
        help: `amend \`quantities\` on ${after.planSince}, or let the customer keep its plan: \`staysOn: ${before.plan}\``,
      },
    );
  }
}
