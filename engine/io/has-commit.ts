import { tryGit } from './run-git.ts';

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Whether a commit, by its full id, is in this clone. */
export const hasCommit = async (root: string, commit: string): Promise<boolean> =>
  COMMIT.test(commit) && (await tryGit(root, ['cat-file', '-e', `${commit}^{commit}`])).code === 0;
