import { type Diagnostic, isError } from '../engine/diagnostic.ts';
import { hasCommit } from '../engine/io/has-commit.ts';
import { objectsOnDisk } from '../engine/io/objects-on-disk.ts';
import { ownDataIn } from '../engine/io/place-in-git.ts';
import { diffTrees } from '../engine/io/trees.ts';
import { ALONE, worthThreads } from '../engine/io/worth-threads.ts';
import { type CompiledBefore, compileChanges } from '../engine/publish/compile-changes.ts';
import { compileRelease } from '../engine/publish/compile-release.ts';
import { fileKind } from '../engine/validate/file-kind.ts';
import { SnapshotError } from '../runtime/snapshot/object.ts';
import type { Snapshot } from '../runtime/snapshot/release.ts';
import type { Context } from './command.ts';
import type { OpenedCommit } from './open-for-release.ts';

/** The release a commit follows. */
export interface Followed {
  commit: string;
  /** Where it is read, if the release of the commit may be made from it. */
  release?: CompiledBefore;
}

export interface Compilation {
  /** The release a commit comes to; only meaningful without errors among the diagnostics. */
  snapshot: Snapshot;
  /** Errors, and what else is to be told: `isTold`. */
  diagnostics: readonly Diagnostic[];
}

/**
 * Compiles a commit that has been read: the customers that differ from the release it follows, where it may be made from
 * that, or all of them. Either way it is the same release, and the same is told.
 */
export async function compileCommit(
  context: Pick<Context, 'root' | 'progress'>,
  opened: OpenedCommit,
  followed?: Followed,
  alone = ALONE,
): Promise<Compilation> {
  const { commit } = opened;
  const changed = followed && (await changedCustomers(context.root, followed.commit, commit));
  const made = followed?.release && changed && (await compileFrom(context, opened, followed.release, changed));
  const { snapshot, diagnostics } = made ?? (await compileWhole(context, opened, alone));
  context.progress('');
  return { snapshot, diagnostics: [...opened.diagnostics, ...diagnostics].filter((each) => isTold(each, changed)) };
}

async function compileWhole(
  { root, progress }: Pick<Context, 'root' | 'progress'>,
  { model, commit }: OpenedCommit,
  alone: number,
): Promise<ReturnType<typeof compileRelease>> {
  const { size } = model.customers;
  progress(`compiling ${size} customers`);
  const folder = await ownDataIn(root, 'making');
  if (worthThreads(size, alone)) {
    // Few companies have as many customers: the others need not load what threads need.
    const { compileInThreads } = await import('../engine/io/compile-in-threads.ts');
    const onCompiled = (count: number): void => progress(`compiling ${size} customers: ${count} done`);
    try {
      return await compileInThreads({ root, commit, model, objects: objectsOnDisk(folder) }, onCompiled);
    } catch (error) {
      progress(`threads were of no use (${(error as Error).message}); compiling without them`);
    }
  }
  return compileRelease(model, objectsOnDisk(folder));
}

/**
 * Every error is told. Of what is less, that of customers whose files are as they were in the release before is not:
 * `validate` tells it. `changed`: the paths of the others; undefined: there is no release before.
 */
export const isTold = (diagnostic: Diagnostic, changed: ReadonlySet<string> | undefined): boolean =>
  !changed || isError(diagnostic) || !diagnostic.at.path.startsWith('customers/') || changed.has(diagnostic.at.path);

/** Undefined where the store does not hold what it takes, or another number of customers than there are. */
async function compileFrom(
  { progress }: Pick<Context, 'progress'>,
  { model }: OpenedCommit,
  release: CompiledBefore,
  changed: ReadonlySet<string>,
): Promise<ReturnType<typeof compileRelease> | undefined> {
  const ids = new Set([...changed].flatMap(readCustomerAt));
  progress(`compiling ${ids.size} of ${model.customers.size} customers`);
  try {
    const made = await compileChanges(model, release, ids);
    // Who has an error is none of a release.
    return made.snapshot.count === model.customers.size || made.diagnostics.some(isError) ? made : undefined;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

/** Paths below `customers/` that differ between two commits; undefined where the first is not in this clone. */
async function changedCustomers(root: string, from: string, to: string): Promise<ReadonlySet<string> | undefined> {
  if (from === to) return new Set();
  if (!(await hasCommit(root, from))) return undefined;
  return new Set((await diffTrees(root, from, to, ['customers'])).map(({ path }) => path));
}

function readCustomerAt(path: string): string[] {
  const found = fileKind(path);
  return found && 'kind' in found && found.kind === 'customer' ? [found.id] : [];
}
