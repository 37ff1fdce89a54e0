import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstParents, isShallow } from '../../../engine/io/first-parents.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../temporary-repository.ts';

/** A repository whose main has one commit after the first and one merge; `side` is what was merged. */
function history() {
  const { root, commit: first } = temporaryRepository({ 'notes.txt': 'one' });
  git(root, 'switch', '--quiet', '--create', 'side');
  writeFiles(root, { 'side.txt': 'a' });
  const side = commitAll(root, 'on the side');
  git(root, 'switch', '--quiet', 'main');
  writeFiles(root, { 'notes.txt': 'two' });
  const second = commitAll(root, 'second\n\nwith a body');
  git(root, 'merge', '--quiet', '--no-ff', '--message=merge', 'side');
  return { root, first, side, second, merge: git(root, 'rev-parse', 'HEAD') };
}

describe('what a branch has become', () => {
  it('is its own commits, oldest first, and not what was merged', async () => {
    const { root, first, side, second, merge } = history();
    const commits = await firstParents(root, first, merge);
    expect(commits.map(({ id, parents }) => [id, parents])).toEqual([
      [second, [first]],
      [merge, [second, side]],
    ]);
    expect(commits[0]).toEqual({
      id: second,
      parents: [first],
      tree: git(root, 'rev-parse', `${second}^{tree}`),
      author: { name: 'Test', email: 'test@test.example' },
      committer: { name: 'Test', email: 'test@test.example' },
      committedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/),
      message: expect.stringMatching(/^second\n\nwith a body\n*$/),
    });
    expect(await firstParents(root, merge, merge)).toEqual([]);
  });

  it('begins with the commit that jumped over, where the branch was moved to one that merged it', async () => {
    const { root, first, second } = history();
    git(root, 'switch', '--quiet', '--create', 'other', first);
    writeFiles(root, { 'other.txt': 'b' });
    const other = commitAll(root, 'other');
    git(root, 'merge', '--quiet', '--no-ff', '--message=take main in', second);
    const jump = git(root, 'rev-parse', 'HEAD');
    const commits = await firstParents(root, second, jump);
    expect(commits.map(({ id, parents }) => [id, parents])).toEqual([[jump, [other, second]]]);
  });

  it('is known in a whole clone only', async () => {
    const { root } = history();
    const clone = join(temporaryFolder(), 'clone');
    git(root, 'clone', '--quiet', '--depth', '1', `file://${root}`, clone);
    expect([await isShallow(root), await isShallow(clone)]).toEqual([false, true]);
  });
});
