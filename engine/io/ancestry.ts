import type { Ancestry } from '../publish/place-commit.ts';
import { isAncestor } from './git.ts';
import { tryGit } from './run-git.ts';

/** What the first commit is to the second, as git knows it in this clone. */
export async function ancestryOf(root: string, first: string, second: string): Promise<Ancestry> {
  if (first === second) return 'same';
  for (const commit of [first, second]) {
    const { code } = await tryGit(root, ['cat-file', '-e', `${commit}^{commit}`]);
    if (code !== 0) return 'unknown';
  }
  if (await isAncestor(root, first, second)) return 'ancestor';
  return (await isAncestor(root, second, first)) ? 'descendant' : 'diverged';
}
