import type { PreparedWorld } from '../compile/prepare-world.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The sold plan next above or below another one by rank. Throws `UsageError` where there is none, or more than one of
 * that rank.
 */
export function nextPlan(world: PreparedWorld, plan: string, direction: 'upgrade' | 'downgrade'): string {
  const rank = world.plans.get(plan)?.rank ?? 0;
  const sign = direction === 'upgrade' ? 1 : -1;
  const further = [...world.plans.values()].filter((other) => other.sold && (other.rank - rank) * sign > 0);
  const nearest = Math.min(...further.map((other) => Math.abs(other.rank - rank)));
  const [next, ...others] = further.filter((other) => Math.abs(other.rank - rank) === nearest);
  if (!next)
    throw new UsageError(
      `no sold plan ranks ${direction === 'upgrade' ? 'above' : 'below'} ${plan}`,
      'name a plan: --plan <plan>',
    );
  if (others.length > 0)
    throw new UsageError(
      `${[next, ...others].map((other) => other.plan).join(' and ')} have the same rank`,
      'say which one: --plan <plan>',
    );
  return next.plan;
}
