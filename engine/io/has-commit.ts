import { tryGit } from './run-git.ts';

/** Whether a commit, by its full id in hex digits, is in this clone. */
export const hasCommit = async (root: string, commit: string): Promise<boolean> =>
  (await tryGit(root, ['cat-file', '-e', `${commit}^{commit}`])).code === 0;
