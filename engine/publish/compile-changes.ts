import type { GetObjects } from '../../runtime/snapshot/object.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import { updateSnapshot } from '../../runtime/snapshot/update-snapshot.ts';
import { checkWorld } from '../compile/check-world.ts';
import { prepareWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Model } from '../model.ts';
import { compileEach } from './compile-each.ts';
import { releaseInput } from './release-input.ts';

/** A release that was compiled against the same world, and where its objects are read. */
export interface CompiledBefore {
  root: string;
  get: GetObjects;
}

/**
 * Compiles a repository into the very release `compileRelease` makes of it, from an earlier one: `changed` are the ids of all
 * customers whose file is another since, lies elsewhere, or is gone. Only they are asked of the model, and only what is wrong
 * with them, with plans and policies is told.
 *
 * @throws SnapshotError where what is read of the earlier release is missing or damaged.
 */
export async function compileChanges(
  model: Model,
  { root, get }: CompiledBefore,
  changed: Iterable<string>,
): Promise<{ snapshot: Snapshot; diagnostics: Diagnostic[] }> {
  const world = prepareWorld(model.world);
  const diagnostics = checkWorld(model.world);
  const touched = new Set(changed);
  const entries = [...touched].flatMap((id) => model.customers.get(id) ?? []);
  // As a model is in order: what is told is told in the same order.
  entries.sort(({ document: one }, { document: other }) => (one.path < other.path ? -1 : 1));
  const customers = compileEach(entries, world, diagnostics);
  const snapshot = await updateSnapshot(get, root, { ...releaseInput(model, { world, customers }), touched });
  return { snapshot, diagnostics };
}
