import { didYouMean } from '../did-you-mean.ts';
import type { AccountState } from './account-course.ts';
import type { ReportFault } from './fault.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Records } from './records.ts';

/** Reports a `staysOn` that opts out of nothing: no such plan, one that becomes no other, or none this customer ever has. */
export function checkStaysOn(
  { staysOn }: Records,
  account: readonly AccountState[],
  world: PreparedWorld,
  report: ReportFault,
): void {
  if (staysOn === undefined || world.world.unread.has(`plans/${staysOn}.yaml`)) return;
  const at = ['staysOn'];
  const plan = world.plans.get(staysOn);
  if (!plan)
    report(at, 'unknown-plan', `no plan named ${staysOn}${didYouMean(staysOn, world.plans.keys())}`, {
      help: `a plan is a file: plans/${staysOn}.yaml`,
    });
  else if (!plan.becomes)
    report(at, 'stays-on-nothing', `${staysOn} becomes no other plan, so there is nothing to stay out of`, {
      severity: 'warning',
      help: 'remove `staysOn`, or name the plan that moves',
    });
  else if (!account.some(({ purchase, fallBack }) => [purchase, ...fallBack].some((each) => each.plan === staysOn)))
    report(at, 'stays-on-nothing', `${staysOn} is the base plan of this customer on no day`, {
      severity: 'warning',
      help: 'remove `staysOn`, or name the plan that is: contracts and trials never move',
    });
}
