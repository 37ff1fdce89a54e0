import { UsageError } from '../usage-error.ts';
import { gitFailure, tryGit } from './run-git.ts';

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/**
 * The tree that a merge of `head` into `base` makes, both commits by their id; nothing is checked out. Undefined where
 * they conflict. Throws `UsageError` where git is too old for it.
 */
export async function mergedTree(root: string, base: string, head: string): Promise<string | undefined> {
  if (!COMMIT.test(base) || !COMMIT.test(head)) return undefined;
  const args = ['merge-tree', '--write-tree', '--no-messages', base, head];
  const { code, stdout, stderr } = await tryGit(root, args);
  if (code === 0) return stdout.toString('utf8').split('\n', 1)[0];
  if (code === 1) return undefined;
  if (/usage:/.test(stderr))
    throw new UsageError('this git cannot merge without a checkout', 'install git 2.38 or newer');
  throw gitFailure(root, args, stderr);
}

/** Whether a commit is in this clone. */
export const hasCommit = async (root: string, commit: string): Promise<boolean> =>
  COMMIT.test(commit) && (await tryGit(root, ['cat-file', '-e', `${commit}^{commit}`])).code === 0;
