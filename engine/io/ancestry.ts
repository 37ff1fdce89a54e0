import type { Ancestry } from '../publish/place-commit.ts';
import { isAncestor } from './git.ts';
import { hasCommit } from './has-commit.ts';

/** What the first commit is to the second, as git knows it in this clone. */
export async function ancestryOf(root: string, first: string, second: string): Promise<Ancestry> {
  if (first === second) return 'same';
  for (const commit of [first, second]) if (!(await hasCommit(root, commit))) return 'unknown';
  if (await isAncestor(root, first, second)) return 'ancestor';
  return (await isAncestor(root, second, first)) ? 'descendant' : 'diverged';
}
