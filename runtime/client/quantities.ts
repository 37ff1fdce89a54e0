import type { Limit, Settings } from '../../schemas/setting.ts';
import { quantityProblem } from '../terms/fold.ts';
import type { PlanLeaf, Segment, Timeline } from '../terms/timeline.ts';
import { TermsError } from './terms-error.ts';

/** What an account bought: totals, of settings its plan sells by the unit. */
export type Quantities<S extends Settings = Settings> = { readonly [Key in keyof S]?: number };

/** The same, without those that are left out. */
export type Bought = Readonly<Record<string, number>>;

export const boughtIn = (quantities: Quantities): Bought =>
  Object.fromEntries(
    Object.entries(quantities).filter((stated): stated is [string, number] => stated[1] !== undefined),
  );

/** Plans by their name, as many as are needed to judge quantities. */
export type Plans = ReadonlyMap<string, PlanLeaf>;

/** Why a plan does not sell this quantity. */
function problemOf(plan: PlanLeaf, settings: Settings, key: string, quantity: unknown): string | undefined {
  if (typeof quantity !== 'number' || !Number.isFinite(quantity)) return 'it is not a number';
  const problem = quantityProblem(plan, settings, key, quantity);
  if (problem || (settings[key] as Limit).fractional || Number.isInteger(quantity)) return problem;
  return 'it is not a whole number';
}

/**
 * Judges quantities by the last of these plans, the one in force. What an account could buy before its plan became another
 * is no mistake of the caller; it only does not count.
 *
 * @throws TermsError (`badQuantity`) for what none of the plans sells.
 */
export function checkBought(plans: readonly PlanLeaf[], settings: Settings, bought: Bought): void {
  for (const [key, quantity] of Object.entries(bought)) {
    const problems = plans.map((plan) => problemOf(plan, settings, key, quantity));
    const problem = problems.includes(undefined) ? undefined : problems.at(-1);
    if (problem) throw new TermsError('badQuantity', `${key}: ${quantity} cannot be bought: ${problem}`);
  }
}

/** As much of what was bought as the plan sells. */
export const soldOf = (plan: PlanLeaf, settings: Settings, bought: Bought): Bought =>
  Object.fromEntries(Object.entries(bought).filter(([key, quantity]) => !problemOf(plan, settings, key, quantity)));

/** What was bought of settings that the file leaves open. */
export const leftOpen = ({ open = [] }: Segment, bought: Bought): Bought =>
  Object.fromEntries(Object.entries(bought).filter(([key]) => open.includes(key)));

/** The plans of every segment in which something of it may count. */
export function plansSelling(plan: (ref: string) => PlanLeaf, timeline: Timeline, bought: Bought): Plans {
  const plans = new Map<string, PlanLeaf>();
  for (const segment of timeline.segments)
    if (Object.keys(leftOpen(segment, bought)).length > 0) plans.set(segment.plan, plan(segment.plan));
  return plans;
}

/** What counts in a segment: on another day than today the plan may be one that does not sell it. */
export function countingIn(segment: Segment, settings: Settings, bought: Bought, plans: Plans): Bought {
  const plan = plans.get(segment.plan);
  return plan ? soldOf(plan, settings, leftOpen(segment, bought)) : {};
}
