import { runGit } from '../../engine/io/run-git.ts';
import { type CommittedFile, generateCommit } from '../../scripts/generate-commit.ts';

/**
 * Commits changes, each on top of the one before, and gives their ids, that of the commit they begin with first.
 * Branch, index and working tree stand as before.
 */
export async function commitAside(root: string, changes: Iterable<readonly CommittedFile[]>): Promise<string[]> {
  const tip = async (): Promise<string> => (await runGit(root, ['rev-parse', 'refs/heads/main'])).trim();
  const ids = [await tip()];
  for (const files of changes) {
    await generateCommit(root, 'Change the terms', files);
    ids.push(await tip());
  }
  await runGit(root, ['update-ref', 'refs/heads/main', ids[0] as string]);
  return ids;
}

/** A file of a commit as text. */
export const committedText = (root: string, path: string): Promise<string> =>
  runGit(root, ['cat-file', 'blob', `refs/heads/main:${path}`]);
