import { compileModel } from '../../../engine/compile/compile-model.ts';
import type { Model } from '../../../engine/model.ts';
import { assembleSnapshot, type Snapshot } from '../../../runtime/snapshot/release.ts';

/** A model as the objects of a release. */
export function releaseOf(model: Model): Snapshot {
  const { customers, world } = compileModel(model);
  return assembleSnapshot({
    customers: [...customers].map(([id, { timeline }]) => ({ id, account: timeline?.account, leaf: timeline })),
    plans: Object.fromEntries(world.plans),
    catalogue: { v: 1, settings: world.settings },
    rules: {},
  });
}
