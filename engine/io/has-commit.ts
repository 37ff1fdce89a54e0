import { readObjects } from './read-objects.ts';

/** Whether a commit, by its full id in hex digits, is in this clone. */
export const hasCommit = async (root: string, commit: string): Promise<boolean> =>
  (await readObjects(root, [`${commit}^{commit}`]))[0] !== undefined;
