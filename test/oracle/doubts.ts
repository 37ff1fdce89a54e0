import { lifeOf } from './model.ts';
import { isFree } from './stage.ts';
import { leavesOf } from './terms.ts';
import type { CustomerData, World } from './world.ts';

/** Terms that leave on a day of their own, which two layers may name at once. */
const leaving = /^billing\.(discount|credits)/;

/**
 * Names of the corners a customer touches where the language is silent and the model had to choose:
 * compare the others strictly, and look at these one by one.
 */
export function doubtsOf(world: World, customer: CustomerData): string[] {
  const doubts = new Set<string>();
  const { contracts = [], trials = [], amendments = [] } = customer;
  const names = (layers: unknown[]) => layers.flatMap((layer) => leavesOf(layer)).some((path) => leaving.test(path));
  const agreed = [...contracts, ...contracts.flatMap((contract) => contract.amendments ?? []), ...trials];
  const termsOf = ({ billing }: { billing?: unknown }) => ({ billing });
  if (names([customer, ...amendments].map(termsOf)) && names(agreed.map(termsOf))) doubts.add('discount-in-two-layers');

  let yesterday: { trialIsStage: boolean; plan: string } | undefined;
  for (const { dates, status } of lifeOf(world, customer).days) {
    const { day, trial, trialIsStage, contract, account, lapsedSince } = dates;
    if (status === 'lapsed' && trial) doubts.add('trial-while-lapsed-by-status');
    if (yesterday?.trialIsStage && !trial && !contract && !isFree(world, account.plan) && account.planSince === day)
      doubts.add('paid-the-day-after-a-trial');
    if (trialIsStage && lapsedSince === day) doubts.add('trial-counts-on-the-day-of-the-lapse');
    if (trialIsStage && !yesterday?.trialIsStage && trial?.starts !== day) doubts.add('trial-becomes-the-stage-midway');
    if (lapsedSince !== undefined && (status === 'lapsed' || status === 'closed')) doubts.add('lapsed-twice');
    if (yesterday && account.planSince === day && account.plan === yesterday.plan) doubts.add('same-plan-amended');
    yesterday = { trialIsStage, plan: account.plan };
  }
  return [...doubts].sort();
}
