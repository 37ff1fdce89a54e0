import type { Diff } from '../engine/diff/diff.ts';
import { dirtyPaths } from '../engine/io/git.ts';
import { releasePaths } from '../engine/io/rooms.ts';
import type { Context } from './command.ts';

/** What lies uncommitted in the working tree: never part of a release. */
export interface Pending {
  /** Files that are not committed. */
  pending: readonly string[];
  /** What they would change, if they were. */
  pendingDiff?: Diff;
}

/**
 * Begins to look for what the working tree holds beside HEAD, and gives what waits for it. git takes its time over many files, and
 * has it while something else is done. What it would change is compared only then.
 *
 * @throws UsageError from what is given, where git cannot tell.
 */
export function pendingEdits(context: Context): () => Promise<Pending> {
  const edited = dirtyPaths(context.root, releasePaths);
  edited.catch(() => undefined);
  return async () => {
    const pending = await edited;
    if (pending.length === 0) return { pending };
    const [{ openSides }, { compareRepositories, isWorldBroken }] = await Promise.all([
      import('./open-sides.ts'),
      import('./compare-repositories.ts'),
    ]);
    const { base, head } = await openSides(context, { base: 'HEAD' });
    if (isWorldBroken(base) || isWorldBroken(head)) return { pending };
    const { diff } = compareRepositories(base, head, context.at.day);
    return { pending, pendingDiff: diff };
  };
}
