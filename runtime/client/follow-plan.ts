import type { Settings } from '../../schemas/setting.ts';
import { onDay } from '../terms/at.ts';
import { becoming, type PlanFrom } from '../terms/becoming.ts';
import { sinceEver } from '../terms/days.ts';
import { foldAccount } from '../terms/fold.ts';
import type { Day, PlanLeaf, Segment, Timeline } from '../terms/timeline.ts';
import { type Bought, type Plans, soldOf } from './quantities.ts';

/** A plan a caller knows, with every plan it becomes. */
export interface FollowedPlan {
  given: string;
  /** By name; empty where the release has no such plan. */
  leaves: ReadonlyMap<string, PlanLeaf>;
}

/** @throws TermsError (`unknownPlan`) */
type ReadPlan = (ref: string) => PlanLeaf;

/** A plan and what it becomes. @throws TermsError (`unknownPlan`) */
export function followPlan(read: ReadPlan, given: string): FollowedPlan {
  const leaves = new Map<string, PlanLeaf>();
  for (let ref: string | undefined = given; ref !== undefined && !leaves.has(ref); ) {
    const leaf: PlanLeaf = read(ref);
    leaves.set(ref, leaf);
    ref = leaf.becomes?.plan;
  }
  return { given, leaves };
}

const courseOf = ({ given, leaves }: FollowedPlan): PlanFrom[] => becoming(given, leaves);

/** The plans somebody who was given one has had by a day, in order; the last is the one in force. */
export const leavesBy = (followed: FollowedPlan, day: Day): PlanLeaf[] =>
  courseOf(followed).flatMap(({ from, plan }) => (from <= day ? (followed.leaves.get(plan) ?? []) : []));

/** Whether somebody who was given the plan may have that one on a day: it is the plan, or what it has become by then. */
export function leadsTo({ given, leaves }: FollowedPlan, plan: string, day: Day): boolean {
  let [ref, steps] = [given, leaves.size];
  while (ref !== plan) {
    const next = leaves.get(ref)?.becomes;
    if (!next || next.on > day || steps-- === 0) return false;
    ref = next.plan;
  }
  return true;
}

/** Everything that will happen to an account without a file: what it bought goes on in a plan that sells as many. */
export const segmentsOf = (followed: FollowedPlan, settings: Settings, bought: Bought): Segment[] =>
  courseOf(followed).flatMap(({ from, plan }): Segment[] => {
    const leaf = followed.leaves.get(plan);
    return leaf
      ? [{ ...foldAccount(leaf, soldOf(leaf, settings, bought)), from: from === sinceEver ? null : from }]
      : [];
  });

/** The plan of a segment, after those before it that have become that plan: what an account could buy there, it says still. */
export function plansUpTo(read: ReadPlan, timeline: Timeline, plans: Plans, day: Day): PlanLeaf[] {
  const today = onDay(timeline, day);
  const selling = plans.get(today.plan);
  if (!selling) return [];
  const before: PlanLeaf[] = [];
  for (const { from, plan } of timeline.segments) {
    const leaf = (from ?? sinceEver) < day && plan !== today.plan ? plans.get(plan) : undefined;
    if (leaf?.becomes && leadsTo(followPlan(read, plan), today.plan, day)) before.push(leaf);
  }
  return [...before, selling];
}
