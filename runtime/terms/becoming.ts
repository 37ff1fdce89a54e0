import { sinceEver } from './days.ts';
import type { Day, PlanLeaf } from './timeline.ts';

/** Plans by their name, as far as a move may lead. */
export type Movable = ReadonlyMap<string, Pick<PlanLeaf, 'becomes'>>;

/** A plan that somebody has from a day on. */
export interface PlanFrom {
  from: Day;
  plan: string;
  /** The plan whose `becomes` brought it; absent: it is the plan that was given. */
  by?: string;
}

/**
 * What a base plan is, and what it becomes, each from its first day.
 *
 * `becomes: { plan, on }` of a plan says: from the day `on`, whoever has it as base plan has the other one. Base plans are
 * the file's `plan`, what an amendment of the account says (one on or after that day is moved at once), the plan that
 * `lapsed` falls back on, and the plan an account without a file is known to have. Plans of contracts and trials stay what
 * was agreed. A move leads on: what it leads to may become another plan too, from that plan's own day, so that a day
 * already over takes two steps at once and the plan between them was never there. `staysOn` ends it at that plan.
 *
 * Quantities go on while the new plan sells the setting by the unit and allows as many (`quantityProblem`); another ends
 * on that day, and what the new plan includes counts. A later plan does not bring it back.
 *
 * A move is one more boundary that only time brings: an upgrade or a downgrade by the ranks of what is in force before and
 * on that day, never a lapse, no end of grace or of a lapse, and nothing that a contract over it would notice.
 *
 * A plan that leads nowhere, or back to one it came from, ends it: the repository with such a plan has an error.
 */
export function becoming(plan: string, plans: Movable, staysOn?: string): PlanFrom[] {
  const course: PlanFrom[] = [{ from: sinceEver, plan }];
  const seen = new Set([plan]);
  let last: PlanFrom = { from: sinceEver, plan };
  for (;;) {
    const next = last.plan === staysOn ? undefined : plans.get(last.plan)?.becomes;
    if (!next || seen.has(next.plan) || !plans.has(next.plan)) return course;
    seen.add(next.plan);
    const step: PlanFrom = { from: next.on > last.from ? next.on : last.from, plan: next.plan, by: last.plan };
    if (step.from === last.from) course.pop();
    course.push(step);
    last = step;
  }
}

/** The plan in force on a day of such a course. */
export function planOn(course: readonly PlanFrom[], day: Day): PlanFrom {
  const found = course.findLast(({ from }) => from <= day);
  if (!found) throw new RangeError('a plan is there from the first day on');
  return found;
}
