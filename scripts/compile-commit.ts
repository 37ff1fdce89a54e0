import { compileRelease } from '../engine/publish/compile-release.ts';
import type { Snapshot } from '../runtime/snapshot/release.ts';
import type { Context } from './command.ts';
import { openRepository, type Repository } from './open-repository.ts';

export interface CompiledCommit extends Repository {
  commit: string;
  /** The release this commit comes to; only meaningful without errors among the diagnostics. */
  snapshot: Snapshot;
}

/** Reads and compiles a commit through git objects, whatever the working tree holds. */
export async function compileCommit(context: Context, ref: string): Promise<CompiledCommit> {
  context.progress(`reading ${ref}`);
  const repository = await openRepository(context, { ref });
  context.progress(`compiling ${repository.model.customers.size} customers`);
  const { snapshot, diagnostics } = compileRelease(repository.model);
  context.progress('');
  return {
    ...repository,
    commit: repository.commit as string,
    snapshot,
    diagnostics: [...repository.diagnostics, ...diagnostics],
  };
}
