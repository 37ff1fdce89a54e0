import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchCommits } from '../../../engine/io/fetch-commits.ts';
import { mergeCommits } from '../../../engine/io/merge-commits.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../temporary-repository.ts';

const lines = (word: string, at: number) =>
  Array.from({ length: 20 }, (_, index) => (index === at ? word : `line ${index}`)).join('\n');

/** `main` and `side` part at the first commit; each changes what it is given. */
function parted(onMain: Record<string, string>, onSide: Record<string, string>) {
  const { root } = temporaryRepository({ 'a.txt': lines('line', 99) });
  git(root, 'checkout', '--quiet', '-b', 'side');
  writeFiles(root, onSide);
  const side = commitAll(root);
  git(root, 'checkout', '--quiet', 'main');
  writeFiles(root, onMain);
  return { root, main: commitAll(root), side };
}

describe('a trial merge', () => {
  it('holds what both sides did, and touches no file, no branch and no index', async () => {
    const { root, main, side } = parted({ 'a.txt': lines('ours', 1) }, { 'a.txt': lines('theirs', 15), 'b.txt': 'b' });
    const merged = await mergeCommits(root, main, side);
    if (!('commit' in merged)) throw new Error('there is a merge');
    const text = git(root, 'show', `${merged.commit}:a.txt`);
    expect([text.includes('ours'), text.includes('theirs')]).toEqual([true, true]);
    expect(git(root, 'rev-parse', `${merged.commit}^1`, `${merged.commit}^2`).split('\n')).toEqual([main, side]);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(git(root, 'branch', '--contains', merged.commit)).toBe('');
    expect(existsSync(join(root, 'b.txt'))).toBe(false);
    expect(await mergeCommits(root, main, side)).toEqual(merged);
  });

  it('names the files in which the sides contradict each other', async () => {
    const { root, main, side } = parted(
      { 'a.txt': lines('ours', 1), 'x\ny.txt': '1' },
      { 'a.txt': lines('theirs', 1), 'x\ny.txt': '2' },
    );
    expect(await mergeCommits(root, main, side)).toEqual({ conflicts: ['a.txt', 'x\ny.txt'] });
  });

  it('is none where the sides have nothing in common', async () => {
    const { root, commit } = temporaryRepository({ 'a.txt': 'a' });
    git(root, 'checkout', '--quiet', '--orphan', 'other');
    const other = commitAll(root, 'another beginning');
    expect(await mergeCommits(root, commit, other)).toEqual({ unrelated: true });
  });

  it('runs no filter, no merge driver and no hook of the one who is merged', async () => {
    const trap = join(temporaryFolder(), 'trap');
    const attributes = { '.gitattributes': '* merge=evil filter=evil\n' };
    const { root, main, side } = parted({ 'a.txt': lines('ours', 1) }, { 'a.txt': lines('theirs', 15), ...attributes });
    for (const key of ['merge.evil.driver', 'filter.evil.smudge', 'filter.evil.clean'])
      git(root, 'config', key, `touch ${trap}`);
    expect(await mergeCommits(root, main, side)).toHaveProperty('commit');
    expect(existsSync(trap)).toBe(false);
  });

  it('is the same on a machine that normalises what it merges, or has attributes of its own', async () => {
    const trap = join(temporaryFolder(), 'trap');
    const sides = [{ 'a.txt': lines('ours', 1) }, { 'a.txt': lines('theirs', 1) }] as const;
    const { root, main, side } = parted({ ...sides[0], '.gitattributes': '* filter=evil\n' }, sides[1]);
    const attributes = join(temporaryFolder(), 'attributes');
    writeFileSync(attributes, '* merge=union\n');
    git(root, 'config', 'core.attributesFile', attributes);
    git(root, 'config', 'merge.renormalize', 'true');
    git(root, 'config', 'filter.evil.clean', `touch ${trap}; cat`);
    expect(await mergeCommits(root, main, side)).toEqual({ conflicts: ['a.txt'] });
    expect(existsSync(trap)).toBe(false);
  });
});

describe('commits that are fetched', () => {
  it('come with their history, as objects and nothing else', async () => {
    const { root: there, main, side } = parted({ 'a.txt': 'main' }, { 'a.txt': 'side' });
    git(there, 'update-ref', 'refs/pull/1/head', side);
    git(there, 'branch', '--delete', '--force', 'side');
    const here = temporaryFolder();
    git(here, 'clone', '--quiet', '--depth', '1', `file://${there}`, '.');
    const before = readdirSync(join(here, '.git')).sort();
    const missing = await fetchCommits(here, [
      { commit: main, ref: 'refs/heads/main' },
      { commit: side, ref: 'refs/pull/1/head' },
    ]);
    expect([...missing]).toEqual([]);
    expect(git(here, 'show', `${side}:a.txt`)).toBe('side');
    expect(git(here, 'merge-base', main, side)).toBe(git(there, 'rev-parse', 'main~1'));
    expect(git(here, 'for-each-ref', '--format=%(refname)').split('\n')).not.toContain('refs/pull/1/head');
    expect(readdirSync(join(here, '.git')).sort()).toEqual(before.filter((name) => name !== 'shallow'));
  });

  it('are asked for by their id where no ref leads to them any more, and named where they are gone', async () => {
    const { root: there, main, side } = parted({ 'a.txt': 'main' }, { 'a.txt': 'side' });
    git(there, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    git(there, 'branch', '--delete', '--force', 'side');
    const here = temporaryFolder();
    git(here, 'clone', '--quiet', `file://${there}`, '.');
    const gone = '0123456789'.repeat(4);
    const missing = await fetchCommits(here, [
      { commit: main, ref: 'refs/heads/main' },
      { commit: side },
      { commit: gone },
    ]);
    expect([...missing]).toEqual([gone]);
    expect(git(here, 'cat-file', '-t', side)).toBe('commit');
  });

  it('cannot be had without a remote, which is said', async () => {
    const { root } = temporaryRepository({ 'a.txt': 'a' });
    const wanted = [{ commit: '0123456789'.repeat(4), ref: 'refs/heads/main' }];
    await expect(fetchCommits(root, wanted)).rejects.toMatchObject({ name: 'UsageError' });
  });
});
