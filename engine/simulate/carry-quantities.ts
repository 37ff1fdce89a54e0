import type { PlanLeaf, Value } from '../../runtime/terms/timeline.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Purchase } from '../compile/purchase.ts';

/**
 * The quantities a customer would buy with a new plan: those that are named; of what else it sells by the unit as many
 * as there are now, within what the plan sells; nothing where it includes as much.
 */
export function carryQuantities(
  now: Purchase,
  plan: PlanLeaf,
  named: Readonly<Record<string, number>>,
  world: PreparedWorld,
): Record<string, number> {
  const carried: Record<string, number> = {};
  for (const [key, { min = 0, max = Number.POSITIVE_INFINITY }] of Object.entries(plan.units)) {
    const had = now.quantities.get(key)?.value ?? includedIn(world.plans.get(now.plan), key, world);
    const included = includedIn(plan, key, world);
    if (included === 'unlimited' || typeof included !== 'number') continue;
    const wanted = typeof had === 'number' ? Math.min(Math.max(had, min), max) : Math.max(included, min);
    if (wanted > included) carried[key] = wanted;
  }
  return { ...carried, ...named };
}

const includedIn = (plan: PlanLeaf | undefined, key: string, { settings }: PreparedWorld): Value | undefined =>
  plan && Object.hasOwn(plan.settings, key) ? plan.settings[key] : settings[key]?.default;
