import { UsageError } from '../../usage-error.ts';
import { mergeBase, resolveCommit } from '../git.ts';
import { runGit } from '../run-git.ts';

/**
 * The commit a change begins at: the newest one that HEAD and `base` are both built on, as a pull request means it.
 * Throws `UsageError` where the ref is unknown, or where the clone does not reach back that far.
 */
export async function baseCommit(root: string, base: string): Promise<string> {
  const [commit, head] = [await resolveCommit(root, base), await resolveCommit(root, 'HEAD')];
  try {
    return await mergeBase(root, commit, head);
  } catch (error) {
    const isShallow = (await runGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
    if (!isShallow || !(error instanceof UsageError)) throw error;
    throw new UsageError(
      `this clone is shallow and does not reach back to where HEAD left "${base}"`,
      'fetch the whole history: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)',
    );
  }
}
