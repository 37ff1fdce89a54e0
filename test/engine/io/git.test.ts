import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dirtyPaths, isAncestor, repositoryName, resolveCommit } from '../../../engine/io/git.ts';
import { originUrl } from '../../../engine/io/origin-url.ts';
import { ownDataIn } from '../../../engine/io/place-in-git.ts';
import { diffTrees, listTree } from '../../../engine/io/trees.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../temporary-repository.ts';

const acme = { 'customers/acme.yaml': 'name: Acme\n' };

describe('resolveCommit', () => {
  it('gives the full id of a branch, a tag, a short id and an expression', async () => {
    const { root, commit } = temporaryRepository(acme);
    git(root, 'tag', '--annotate', '--message', 'first', 'v1');
    for (const ref of ['HEAD', 'main', 'v1', commit.slice(0, 8), 'main^{commit}', commit])
      expect(await resolveCommit(root, ref)).toBe(commit);
  });

  it.each([
    ['mian', 'there is no commit, branch or tag "mian"', 'did you mean "main"?'],
    [
      'nowhere-near',
      'there is no commit, branch or tag "nowhere-near"',
      'see `git branch --all` and `git tag` for the names there are',
    ],
    [
      'HEAD:customers',
      'there is no commit, branch or tag "HEAD:customers"',
      'see `git branch --all` and `git tag` for the names there are',
    ],
    ['--all', '"--all" is not the name of a commit', undefined],
    ['', '"" is not the name of a commit', undefined],
  ])('refuses %j', async (ref, message, help) => {
    const { root } = temporaryRepository(acme);
    await expect(resolveCommit(root, ref)).rejects.toMatchObject({ name: 'UsageError', message, help });
  });

  it('says that a folder is in no git repository', async () => {
    const root = temporaryFolder();
    await expect(resolveCommit(root, 'HEAD')).rejects.toMatchObject({
      name: 'UsageError',
      message: `${root} is not in a git repository`,
    });
  });

  it('says that there are no commits yet', async () => {
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    await expect(resolveCommit(root, 'HEAD')).rejects.toMatchObject({
      name: 'UsageError',
      message: 'this git repository has no commits yet',
    });
  });

  it('says that a clone is shallow', async () => {
    const { root, commit } = temporaryRepository(acme);
    commitAll(root, 'second');
    const clone = temporaryFolder();
    git(clone, 'clone', '--quiet', '--depth', '1', `file://${root}`, '.');
    await expect(resolveCommit(clone, commit)).rejects.toMatchObject({
      name: 'UsageError',
      message: `the commit "${commit}" is not in this clone, which is shallow`,
    });
  });

  it('says that the folder belongs to somebody else', async () => {
    const { root } = temporaryRepository(acme);
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(resolveCommit(root, 'main')).rejects.toMatchObject({
      name: 'UsageError',
      help: `if you trust what lies there: git config --global --add safe.directory '${root}'`,
    });
  });

  it('is not led astray by the git folder of a hook', async () => {
    const { root, commit } = temporaryRepository(acme);
    const other = temporaryRepository({ 'plans/free@1.yaml': 'name: Free\n' });
    vi.stubEnv('GIT_DIR', join(other.root, '.git'));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await resolveCommit(root, 'HEAD')).toBe(commit);
  });
});

it('isAncestor knows what is built on what', async () => {
  const { root, commit } = temporaryRepository(acme);
  const second = commitAll(root, 'second');
  expect(await isAncestor(root, commit, second)).toBe(true);
  expect(await isAncestor(root, second, second)).toBe(true);
  expect(await isAncestor(root, second, commit)).toBe(false);
  await expect(isAncestor(root, 'f'.repeat(40), commit)).rejects.toMatchObject({ name: 'UsageError' });
});

describe('in a folder of the git repository', () => {
  const files = { 'README.md': 'x', 'terms/customers/acme.yaml': 'name: Acme\n', 'terms/plans/a@1.yaml': 'name: A\n' };

  it('paths start at the root that is asked about', async () => {
    const { root, commit } = temporaryRepository(files);
    const terms = join(root, 'terms');
    expect((await listTree(terms, commit, ['customers', 'plans'])).map(({ path }) => path)).toEqual([
      'customers/acme.yaml',
      'plans/a@1.yaml',
    ]);
    writeFiles(terms, { 'customers/acme.yaml': 'name: Other\n', 'customers/näw und "neu".yaml': 'name: New\n' });
    writeFiles(root, { 'README.md': 'y' });
    expect(await dirtyPaths(terms, ['customers', 'plans'])).toEqual([
      'customers/acme.yaml',
      'customers/näw und "neu".yaml',
    ]);
    git(root, 'rm', '--quiet', 'terms/plans/a@1.yaml');
    const second = commitAll(root);
    const sides = (await diffTrees(terms, commit, second, ['customers', 'plans'])).map(
      ({ path, before, after }) => [path, before !== undefined, after !== undefined] as const,
    );
    expect(sides).toEqual([
      ['customers/acme.yaml', true, true],
      ['customers/näw und "neu".yaml', false, true],
      ['plans/a@1.yaml', true, false],
    ]);
  });

  it('data of the clone lies in git’s own folder', async () => {
    const { root } = temporaryRepository(files);
    expect(realpathSync(join(await ownDataIn(join(root, 'terms'), 'registers'), '../..'))).toBe(
      realpathSync(join(root, '.git')),
    );
  });
});

describe('dirtyPaths', () => {
  it('is empty in a clean tree, whatever is ignored or lies elsewhere', async () => {
    const { root } = temporaryRepository({ ...acme, '.gitignore': 'customers/draft-*\n' });
    writeFiles(root, { 'customers/draft-x.yaml': 'name: X\n', 'notes.txt': 'x' });
    expect(await dirtyPaths(root, ['customers', 'plans'])).toEqual([]);
  });

  it('names staged, removed and renamed files', async () => {
    const { root } = temporaryRepository({ ...acme, 'customers/beta.yaml': 'name: Beta\n' });
    git(root, 'mv', 'customers/acme.yaml', 'customers/acme-2.yaml');
    git(root, 'rm', '--quiet', 'customers/beta.yaml');
    expect(await dirtyPaths(root, ['customers'])).toEqual([
      'customers/acme-2.yaml',
      'customers/acme.yaml',
      'customers/beta.yaml',
    ]);
  });
});

describe('repositoryName', () => {
  it.each([
    ['git@github.com:acme/terms.git', 'acme/terms'],
    ['https://github.com/acme/terms', 'acme/terms'],
    ['https://user:secret@github.com/acme/terms.git/', 'acme/terms'],
    ['ssh://git@example.org:2222/acme/terms.git', 'acme/terms'],
  ])('of %s is %s', async (url, name) => {
    const { root } = temporaryRepository(acme);
    git(root, 'remote', 'add', 'origin', url);
    expect(await repositoryName(root)).toBe(name);
  });

  it.each([
    ['[remote "origin"]\n\turl = git@a.example:acme/one\n'],
    ['[remote "origin"]\n\tURL = git@a.example:acme/one\n\turl = git@a.example:acme/two\n'],
    ['[remote "origin"]\n\turl = "git@a.example:acme/one"\n'],
    ['[remote "origin"]\n\turl = git@a.example:acme/one # ours\n'],
    ['[remote "origin"] url = git@a.example:acme/one\n'],
    ['[Remote "origin"]\n  url=git@a.example:acme/one\n'],
    ['[remote.origin]\n\turl = git@a.example:acme/one\n'],
    ['[remote "origin"]\n\turl = git@a.example:acme/\\\n\turl = two\n'],
    ['[remote "Origin"]\n\turl = git@a.example:acme/one\n'],
    ['[remote "origin"]\n\turl = git@a.example:acme/one\n[core][remote "origin"]\n\turl = git@a.example:acme/two\n'],
    ['[remote "origin"]\r\n\turl = git@a.example:acme/one\r\n'],
    [
      '[remote "origin"]\n\turl = git@a.example:acme/one\n[branch "main"]\n\tremote = origin\n\tmerge = refs/heads/main\n',
    ],
    ['[remote "up\\"stream"]\n\turl = git@a.example:acme/two\n[remote "origin"]\n\turl = git@a.example:acme/one\n'],
  ])('is what git makes of %j', async (written) => {
    const { root } = temporaryRepository(acme);
    const config = join(root, '.git/config');
    writeFileSync(config, `${readFileSync(config, 'utf8')}${written}`);
    const url = spawnSync('git', ['config', '--get', 'remote.origin.url'], {
      cwd: root,
      encoding: 'utf8',
    }).stdout.trim();
    expect(await originUrl(root)).toBe(url || undefined);
  });

  it('is what git is told in its environment', async () => {
    const { root } = temporaryRepository(acme);
    git(root, 'remote', 'add', 'origin', 'git@a.example:acme/one');
    vi.stubEnv('GIT_CONFIG_COUNT', '1')
      .stubEnv('GIT_CONFIG_KEY_0', 'remote.origin.url')
      .stubEnv('GIT_CONFIG_VALUE_0', 'git@a.example:acme/two');
    expect(await repositoryName(root)).toBe('acme/two');
    vi.unstubAllEnvs();
  });

  it.each([undefined, '/srv/git/terms.git', 'file:///srv/git/terms.git', '../terms'])(
    'that comes from no other machine (%s) is its first commit, in every clone',
    async (url) => {
      const { root, commit } = temporaryRepository(acme);
      commitAll(root, 'second');
      if (url) git(root, 'remote', 'add', 'origin', url);
      expect(await repositoryName(root)).toBe(`local/${commit}`);
      const clone = temporaryFolder();
      git(clone, 'clone', '--quiet', root, '.');
      expect(await repositoryName(clone)).toBe(`local/${commit}`);
    },
  );
});

it('a repository without a checkout holds no edits', async () => {
  const { root } = temporaryRepository(acme);
  const bare = temporaryFolder();
  git(bare, 'clone', '--quiet', '--bare', root, '.');
  expect(await dirtyPaths(bare, ['customers'])).toEqual([]);
});
