import type { Limit, Settings } from '../../schemas/setting.ts';
import { quantityProblem } from '../terms/fold.ts';
import type { PlanLeaf, Segment, Timeline } from '../terms/timeline.ts';
import type { OpenRelease } from './open-release.ts';
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

/** @throws TermsError (`badQuantity`) for what the plan does not sell. */
export function checkBought(plan: PlanLeaf, settings: Settings, bought: Bought): void {
  for (const [key, quantity] of Object.entries(bought)) {
    const problem = problemOf(plan, settings, key, quantity);
    if (problem) throw new TermsError('badQuantity', `${key}: ${quantity} cannot be bought: ${problem}`);
  }
}

/** What was bought of settings that the file leaves open. */
export const leftOpen = ({ open = [] }: Segment, bought: Bought): Bought =>
  Object.fromEntries(Object.entries(bought).filter(([key]) => open.includes(key)));

/** The plans of every segment in which something of it may count. */
export async function plansSelling(release: OpenRelease, timeline: Timeline, bought: Bought): Promise<Plans> {
  const plans = new Map<string, PlanLeaf>();
  for (const segment of timeline.segments)
    if (Object.keys(leftOpen(segment, bought)).length > 0) plans.set(segment.plan, await release.plan(segment.plan));
  return plans;
}

/** What counts in a segment: on another day than today the plan may be one that does not sell it. */
export function countingIn(segment: Segment, settings: Settings, bought: Bought, plans: Plans): Bought {
  const plan = plans.get(segment.plan);
  const open = Object.entries(leftOpen(segment, bought));
  return Object.fromEntries(open.filter(([key, quantity]) => plan && !problemOf(plan, settings, key, quantity)));
}
