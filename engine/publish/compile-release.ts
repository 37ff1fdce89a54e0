import type { Objects } from '../../runtime/snapshot/object.ts';
import { assembleSnapshot, type Snapshot } from '../../runtime/snapshot/release.ts';
import { checkWorld } from '../compile/check-world.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Model } from '../model.ts';
import { compileEach } from './compile-each.ts';
import { releaseInput } from './release-input.ts';

/**
 * Compiles a repository into the release it comes to, customer by customer, so that only the bytes are kept, in `objects`.
 * The release is only meaningful without errors among the diagnostics.
 */
export function compileRelease(
  model: Model,
  objects: Objects = new Map(),
): { snapshot: Snapshot; diagnostics: Diagnostic[] } {
  const world = prepareWorld(model.world);
  const diagnostics = checkWorld(model.world);
  const customers = compileEach(model.customers.values(), world, diagnostics);
  const snapshot = assembleSnapshot(releaseInput(model, { world, customers }), objects);
  return { snapshot, diagnostics };
}
