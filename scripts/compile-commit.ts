import { type Compiled, compileModel } from '../engine/compile/compile-model.ts';
import { releaseInput } from '../engine/publish/release-input.ts';
import { assembleSnapshot, type Snapshot } from '../runtime/snapshot/release.ts';
import type { Context } from './command.ts';
import { openRepository, type Repository } from './open-repository.ts';

export interface CompiledCommit extends Repository {
  commit: string;
  compiled: Compiled;
  /** The release this commit comes to; only meaningful without errors among the diagnostics. */
  assemble(): Snapshot;
}

/** Reads and compiles a commit through git objects, whatever the working tree holds. */
export async function compileCommit(context: Context, ref: string): Promise<CompiledCommit> {
  context.progress(`reading ${ref}`);
  const repository = await openRepository(context, { ref });
  context.progress(`compiling ${repository.model.customers.size} customers`);
  const compiled = compileModel(repository.model);
  context.progress('');
  return {
    ...repository,
    commit: repository.commit as string,
    compiled,
    diagnostics: [...repository.diagnostics, ...compiled.diagnostics],
    assemble: () => assembleSnapshot(releaseInput(repository.model, compiled)),
  };
}
