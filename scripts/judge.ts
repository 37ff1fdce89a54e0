import { checkWorld } from '../engine/compile/check-world.ts';
import { compileCustomer } from '../engine/compile/compile-customer.ts';
import { prepareWorld } from '../engine/compile/prepare-world.ts';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { missingDetails, missingDetailWarnings } from '../engine/onboarding.ts';
import type { Repository } from './open-repository.ts';

/**
 * Everything that is wrong with a repository: its files, every day of every customer, and what is still to be asked on `day`.
 * Customers are compiled one after the other and only what is wrong with them is kept.
 */
export async function judge({ model, diagnostics }: Repository, day: string): Promise<readonly Diagnostic[]> {
  const world = prepareWorld(model.world);
  const found = [...diagnostics, ...checkWorld(model.world)];
  if (model.world.checks) {
    // Loads every check, which a repository without a policy for them never needs here.
    const { checkPolicyFaults } = await import('../engine/checks/check-policy.ts');
    found.push(...checkPolicyFaults(model.world.checks));
  }
  for (const entry of model.customers.values()) {
    const { timeline, diagnostics: faults } = compileCustomer(entry, world);
    found.push(...faults);
    if (timeline) found.push(...missingDetailWarnings(entry, missingDetails(model.world, entry.data, timeline, day)));
  }
  return found;
}
