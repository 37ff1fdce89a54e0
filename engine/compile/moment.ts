import { planOn } from '../../runtime/terms/becoming.ts';
import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day, Stage } from '../../runtime/terms/timeline.ts';
import { stages } from '../../runtime/terms/timeline.ts';
import type { Trial } from '../../schemas/customer.ts';
import type { AccountState } from './account-course.ts';
import type { ContractState, TermsLayer } from './contract-course.ts';
import type { ReportFault } from './fault.ts';
import type { Ground } from './ground.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { checkPurchase, firstPurchase, type Purchase } from './purchase.ts';

/** A trial as the file says it, with what it buys and agrees. */
export interface TrialCourse {
  trial: Trial;
  purchase: Purchase;
  terms: TermsLayer;
}

/** A trial in force; a full one is the stage, another only adds to what a contract or a paid plan gives. */
export type RunningTrial = TrialCourse & { full: boolean };

/** Everything the dates of a file say about one day. */
export interface Moment {
  day: Day;
  ground: Ground;
  account: AccountState;
  /** The contract in force, grace included, as amended. */
  contract: ContractState | undefined;
  trial: RunningTrial | undefined;
  /** What dates alone say, and what a status adds. */
  dateStage: Stage;
  statusStage: Stage | undefined;
  /** The more serious of both. */
  stage: Stage;
  /** Where plan and quantities come from, with and without the status: a status changes the product, not the agreement. */
  purchase: Purchase;
  agreed: Purchase;
}

export const lastFrom = <T extends { from: Day }>(states: readonly T[], day: Day): T | undefined => {
  let found: T | undefined;
  for (const state of states) if (state.from <= day) found = state;
  return found;
};

/** The trials of a file; reports quantities their plan does not sell. */
export function trialCourses(trials: readonly Trial[], world: PreparedWorld, report: ReportFault): TrialCourse[] {
  const courses: TrialCourse[] = [];
  for (const [index, trial] of trials.entries()) {
    const at = ['trials', index];
    const { kind, starts, billing, support } = trial;
    const purchase = firstPurchase(kind, trial.plan, trial.quantities, starts, at);
    checkPurchase(world, purchase, trial.quantities, at, report);
    courses.push({ trial, purchase, terms: { kind: 'trial', id: kind, since: starts, at, billing, support } });
  }
  return courses;
}

/** The trial in force on a day and what it is there. */
export function trialOn(
  trials: readonly TrialCourse[],
  day: Day,
  ground: Ground,
  account: AccountState,
  world: PreparedWorld,
): RunningTrial | undefined {
  const running = trials.find(({ trial }) => trial.starts <= day && day <= trial.ends);
  if (!running) return undefined;
  const isFree = world.plans.get(account.purchase.plan)?.free === true;
  const { trial, purchase, terms } = running;
  return { trial, purchase, terms, full: ground.kind === 'lapsed' || (ground.kind === 'account' && isFree) };
}

/** In a lapse an account has its base plan if that is free, else the free plan of the policy. */
export function lapsedPurchase({ purchase, fallBack }: AccountState, day: Day, world: PreparedWorld): Purchase {
  if (fallBack.length === 0 || world.plans.get(purchase.plan)?.free) return purchase;
  return firstPurchase('lapsed', planOn(fallBack, day).plan, undefined, sinceEver, []);
}

/** What dates alone say: the stage, and where plan and quantities come from. */
export function byDates(
  day: Day,
  ground: Ground,
  account: AccountState,
  contract: ContractState | undefined,
  trial: RunningTrial | undefined,
  world: PreparedWorld,
): { stage: Stage; purchase: Purchase } {
  if (trial?.full) return { stage: trial.trial.kind, purchase: trial.purchase };
  if (contract) return { stage: ground.kind === 'grace' ? 'grace' : 'active', purchase: contract.purchase };
  if (ground.kind === 'lapsed') return { stage: 'lapsed', purchase: lapsedPurchase(account, day, world) };
  return { stage: 'active', purchase: account.purchase };
}

export const moreSerious = (a: Stage, b: Stage | undefined): Stage =>
  b !== undefined && stages.indexOf(b) > stages.indexOf(a) ? b : a;
