import { nearest } from '../engine/did-you-mean.ts';
import type { Model } from '../engine/model.ts';
import { UsageError } from '../engine/usage-error.ts';

/** The plan version a user named. Throws `UsageError` when there is none. */
export function findPlan(model: Model, named: string): string {
  if (model.world.plans.has(named)) return named;
  const meant = nearest(named, model.world.plans.keys());
  throw new UsageError(
    `there is no plan ${named}`,
    meant ? `did you mean ${meant}?` : 'a plan is named with its version, such as studio@2: the files under plans/',
  );
}
