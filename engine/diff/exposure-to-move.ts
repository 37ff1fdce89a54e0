import { becoming } from '../../runtime/terms/becoming.ts';
import { forEver } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Plan } from '../../schemas/plan.ts';
import { saidPlans } from '../compile/base-plan-on.ts';
import { movableIn } from '../compile/movable-in.ts';
import type { Exposure } from './exposure-to.ts';
import type { Edit } from './find-edits.ts';
import type { Subject } from './origin-of.ts';

/** How a customer stands to a plan that becomes another: undefined where it is not its base plan when that happens, or later. */
export function exposureToMove(
  { id, before, after }: Edit,
  { entry, world, compiled }: Subject,
  at: Day,
): Exposure | undefined {
  const { staysOn } = entry.data;
  const { on } = (after ?? before) as NonNullable<Plan['becomes']>;
  const said = saidPlans(entry.data);
  const last = said.findLast(({ plan }, index) => {
    const over = said[index + 1]?.from ?? forEver;
    const course = becoming(plan, movableIn(world), staysOn);
    return at < over && on < over && course.some((step) => (step.plan === id || step.by === id) && step.from < over);
  });
  if (!last) return undefined;
  if (staysOn === id) return { covered: `stays on ${id}` };
  const contract = compiled.timeline?.segments.findLast(({ from }) => (from ?? '') <= on)?.terms.contract;
  return contract ? { covered: `contract ${contract.id}` } : {};
}
