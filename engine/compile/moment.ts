import type { Day, Stage } from '../../runtime/terms/timeline.ts';
import { stages } from '../../runtime/terms/timeline.ts';
import { sinceEver } from '../../runtime/terms/days.ts';
import type { Customer, Status, Trial } from '../../schemas/customer.ts';
import type { AccountState } from './account-course.ts';
import type { ContractState } from './contract-course.ts';
import type { Ground } from './ground.ts';
import type { PreparedWorld } from './prepare-world.ts';
import { firstPurchase, type Purchase } from './purchase.ts';

/** A trial in force; a full one is the stage, another only adds to what a contract or a paid plan gives. */
export interface RunningTrial {
  trial: Trial;
  index: number;
  full: boolean;
  purchase: Purchase;
}

/** Everything the dates of a file say about one day. */
export interface Moment {
  day: Day;
  ground: Ground;
  account: AccountState;
  /** The contract in force, grace included, as amended. */
  contract: ContractState | undefined;
  trial: RunningTrial | undefined;
  status: Status | undefined;
  /** What dates alone say, and what a status adds. */
  dateStage: Stage;
  statusStage: Stage | undefined;
  /** The more serious of both. */
  stage: Stage;
  /** Where plan and quantities come from, with and without the status. */
  purchase: Purchase;
  agreed: Purchase;
}

export const lastFrom = <T extends { from: Day }>(states: readonly T[], day: Day): T | undefined => {
  let found: T | undefined;
  for (const state of states) if (state.from <= day) found = state;
  return found;
};

/** The trial in force on a day and what it is there. */
export function trialOn(customer: Customer, day: Day, ground: Ground, account: AccountState, world: PreparedWorld): RunningTrial | undefined {
  const index = customer.trials?.findIndex(({ starts, ends }) => starts <= day && day <= ends) ?? -1;
  const trial = customer.trials?.[index];
  if (!trial) return undefined;
  const full = ground.kind === 'lapsed' || (ground.kind === 'account' && world.plans.get(account.purchase.plan)?.free === true);
  return { trial, index, full, purchase: firstPurchase(trial.kind, trial, trial.starts, ['trials', index]) };
}

/** In a lapse an account has its base plan if that is free, else the free plan of the policy. */
export function lapsedPurchase(account: AccountState, world: PreparedWorld): Purchase {
  const { lapsedPlan } = world.lifecycle;
  if (lapsedPlan === undefined || world.plans.get(account.purchase.plan)?.free) return account.purchase;
  return { by: 'lapsed', plan: lapsedPlan, planSince: sinceEver, quantities: new Map() };
}

/** What dates alone say: the stage, and where plan and quantities come from. */
export function byDates(
  ground: Ground,
  account: AccountState,
  contract: ContractState | undefined,
  trial: RunningTrial | undefined,
  world: PreparedWorld,
): { stage: Stage; purchase: Purchase } {
  if (trial?.full) return { stage: trial.trial.kind, purchase: trial.purchase };
  if (contract) return { stage: ground.kind === 'grace' ? 'grace' : 'active', purchase: contract.purchase };
  if (ground.kind === 'lapsed') return { stage: 'lapsed', purchase: lapsedPurchase(account, world) };
  return { stage: 'active', purchase: account.purchase };
}

export const moreSerious = (a: Stage, b: Stage | undefined): Stage =>
  b !== undefined && stages.indexOf(b) > stages.indexOf(a) ? b : a;
