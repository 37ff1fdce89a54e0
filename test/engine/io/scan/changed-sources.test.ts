import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { baseCommit } from '../../../../engine/io/scan/base-commit.ts';
import { changedSources } from '../../../../engine/io/scan/changed-sources.ts';
import type { Since } from '../../../../engine/io/scan/differing-files.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../../temporary-repository.ts';

/** Path, text now, path and text before of each file that differs; `path: why` of what is not looked at. */
async function changes(folder: string, since: Since, largest?: number): Promise<unknown> {
  const found: unknown[] = [];
  const skipped: string[] = [];
  const onSkip = (path: string, why: string): void => void skipped.push(`${path}: ${why}`);
  const listing = { policy: noPolicy, onSkip, ...(largest === undefined ? {} : { largest }) };
  for await (const { path, before, after, hidden } of changedSources(folder, since, listing))
    if (hidden) found.push(`${path} is hidden: ${hidden}`);
    else found.push([path, after?.text() ?? null, ...(before ? [before.path, before.text.text()] : [])]);
  return skipped.length === 0 ? found : { found, skipped };
}

const long = (first: string): string => `${first}\n${'the same line\n'.repeat(20)}`;

describe('since a commit', () => {
  it('gives both sides of what was changed in commits, in the index and in the folder, and of nothing else', async () => {
    const { root, commit } = temporaryRepository({
      '.gitignore': 'out/\n',
      'committed.ts': '1',
      'deleted.ts': '1',
      'folder.ts': '1',
      'staged.ts': '1',
      'same.ts': '1',
      'back.ts': '1',
      'test/a.ts': '1',
      'touched.ts': '1',
    });
    writeFiles(root, { 'committed.ts': '2', 'back.ts': '2' });
    rmSync(join(root, 'deleted.ts'));
    commitAll(root);
    writeFiles(root, { 'staged.ts': '2', 'new-staged.ts': '2' });
    git(root, 'add', '.');
    writeFiles(root, { 'folder.ts': '2', 'back.ts': '1', 'new.ts': '2', 'out/a.ts': '2', 'test/a.ts': '2' });
    utimesSync(join(root, 'touched.ts'), 1, 1);
    expect(await changes(root, { commit })).toEqual({
      found: [
        ['committed.ts', '2', 'committed.ts', '1'],
        ['folder.ts', '2', 'folder.ts', '1'],
        ['new-staged.ts', '2'],
        ['new.ts', '2'],
        ['staged.ts', '2', 'staged.ts', '1'],
        ['deleted.ts', null, 'deleted.ts', '1'],
      ],
      skipped: ['test/a.ts: test'],
    });
  });

  it('follows what was moved, edited or not, known to git or not', async () => {
    const { root, commit } = temporaryRepository({
      'a.ts': long('a'),
      'b.ts': long('b'),
      'c.ts': long('c'),
      'test/d.ts': long('d'),
    });
    mkdirSync(join(root, 'src'));
    for (const name of ['a', 'b']) renameSync(join(root, `${name}.ts`), join(root, `src/${name}.ts`));
    renameSync(join(root, 'test/d.ts'), join(root, 'src/d.ts'));
    writeFiles(root, { 'src/b.ts': long('changed') });
    git(root, 'add', '.');
    renameSync(join(root, 'c.ts'), join(root, 'src/c.ts'));
    expect(await changes(root, { commit })).toEqual([
      ['src/a.ts', long('a'), 'a.ts', long('a')],
      ['src/b.ts', long('changed'), 'b.ts', long('b')],
      ['src/c.ts', long('c'), 'c.ts', long('c')],
      // What was a test does not excuse what is product source now.
      ['src/d.ts', long('d')],
    ]);
  });

  it('judges a copy as new', async () => {
    const { root, commit } = temporaryRepository({ 'a.ts': long('a') });
    writeFiles(root, { 'b.ts': long('a'), 'c.ts': long('a') });
    git(root, 'add', 'b.ts');
    expect(await changes(root, { commit })).toEqual([
      ['b.ts', long('a')],
      ['c.ts', long('a')],
    ]);
  });

  it('looks only below the folder, knows what came from outside of it, and gives paths from the top', async () => {
    const { root, commit } = temporaryRepository({ 'lib/a.ts': long('a'), 'test/app/b.ts': '1', 'src/c.ts': '1' });
    writeFiles(root, { 'src/c.ts': '2', 'src/new.ts': '', 'test/app/b.ts': '2', 'test/app/new.ts': '2' });
    renameSync(join(root, 'lib/a.ts'), join(root, 'test/app/a.ts'));
    git(root, 'add', 'test/app/a.ts', 'lib/a.ts');
    expect(await changes(join(root, 'test/app'), { commit })).toEqual([
      ['test/app/a.ts', long('a'), 'lib/a.ts', long('a')],
      ['test/app/b.ts', '2', 'test/app/b.ts', '1'],
      ['test/app/new.ts', '2'],
    ]);
  });

  it('says what is not looked at: links, large and binary files', async () => {
    const { root, commit } = temporaryRepository({
      'a.ts': '1',
      'b.ts': '1',
      'c.ts': '\0',
      'd.ts': '1',
      'e.ts': '12345',
    });
    writeFiles(root, { 'b.ts': '12345', 'c.ts': '2', 'd.ts': '\0', 'e.ts': '1234' });
    rmSync(join(root, 'a.ts'));
    symlinkSync('b.ts', join(root, 'a.ts'));
    expect(await changes(root, { commit }, 4)).toEqual({
      found: ['b.ts is hidden: too large', ['c.ts', '2'], 'd.ts is hidden: binary', ['e.ts', '1234']],
      skipped: ['a.ts: symbolic link', 'b.ts: too large', 'd.ts: binary'],
    });
  });

  it('reads both sides whatever they are written in, and under any name', async () => {
    const { root } = temporaryRepository();
    const odd = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.ts')]);
    writeFileSync(odd, Buffer.from('é', 'latin1'));
    writeFileSync(join(root, 'a "b"\n.ts'), '1');
    const commit = commitAll(root);
    writeFileSync(odd, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ü', 'utf16le')]));
    writeFileSync(join(root, 'a "b"\n.ts'), '2');
    expect(await changes(root, { commit })).toEqual([
      ['a "b"\n.ts', '2', 'a "b"\n.ts', '1'],
      ['caf\uFFFD.ts', 'ü', 'caf\uFFFD.ts', 'é'],
    ]);
  });

  it('gives a file in conflict once, with its marks', async () => {
    const { root, commit } = temporaryRepository({ 'a.ts': 'a\n' });
    git(root, 'switch', '--quiet', '--create', 'other');
    writeFiles(root, { 'a.ts': 'b\n' });
    commitAll(root);
    git(root, 'switch', '--quiet', 'main');
    writeFiles(root, { 'a.ts': 'c\n' });
    commitAll(root);
    expect(() => git(root, 'merge', '--quiet', 'other')).toThrow('Command failed');
    expect(await changes(root, { commit })).toEqual([
      ['a.ts', '<<<<<<< HEAD\nc\n=======\nb\n>>>>>>> other\n', 'a.ts', 'a\n'],
    ]);
  });

  it('asks git for the old side of many files in parts', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `f${String(index).padStart(3, '0')}.ts`);
    const { root, commit } = temporaryRepository(Object.fromEntries(names.map((name) => [name, `old ${name}`])));
    writeFiles(root, Object.fromEntries(names.map((name) => [name, `new ${name}`])));
    expect(await changes(root, { commit })).toEqual(names.map((name) => [name, `new ${name}`, name, `old ${name}`]));
  });

  it('needs git', async () => {
    const root = temporaryFolder();
    await expect(changes(root, { commit: 'main' })).rejects.toMatchObject({
      name: 'UsageError',
      message: `${root} is not in a git repository`,
    });
  });
});

describe('what is about to be committed', () => {
  it('is the index against HEAD, whatever lies in the folder', async () => {
    const { root } = temporaryRepository({ 'a.ts': '1', 'b.ts': '1', 'old.ts': long('x') });
    writeFiles(root, { 'a.ts': '2', 'new.ts': '2' });
    git(root, 'mv', 'old.ts', 'moved.ts');
    git(root, 'add', '.');
    writeFiles(root, { 'a.ts': '3', 'b.ts': '3', 'new.ts': '3', 'unknown.ts': '3' });
    rmSync(join(root, 'moved.ts'));
    expect(await changes(root, { staged: true })).toEqual([
      ['a.ts', '2', 'a.ts', '1'],
      ['moved.ts', long('x'), 'old.ts', long('x')],
      ['new.ts', '2'],
    ]);
  });

  it('is everything before the first commit', async () => {
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    writeFiles(root, { 'a.ts': '1' });
    git(root, 'add', '.');
    expect(await changes(root, { staged: true })).toEqual([['a.ts', '1']]);
  });

  it('is what git tells a hook it is, where only a part is committed', async () => {
    const { root } = temporaryRepository({ 'a.ts': '1', 'b.ts': '1' });
    writeFiles(root, { 'a.ts': '2', 'b.ts': '2' });
    git(root, 'add', 'b.ts');
    const hook = '#!/bin/sh\nprintf %s "$GIT_INDEX_FILE" > .git/told\ncp "$GIT_INDEX_FILE" .git/kept\n';
    mkdirSync(join(root, '.git/hooks'), { recursive: true });
    writeFileSync(join(root, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
    git(root, 'commit', '--quiet', '--message', 'a part', 'a.ts');
    git(root, 'reset', '--quiet', '--soft', 'HEAD^');
    const other = temporaryRepository({ 'a.ts': '1' });
    writeFiles(other.root, { 'a.ts': '2' });
    vi.stubEnv('GIT_INDEX_FILE', '.git/kept');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await changes(root, { staged: true })).toEqual([['a.ts', '2', 'a.ts', '1']]);
    vi.stubEnv('GIT_INDEX_FILE', join(root, '.git/kept'));
    expect(await changes(other.root, { staged: true })).toEqual([]);
  });
});

describe('where a change begins', () => {
  it('is where it left the base, not where the base is now', async () => {
    const { root, commit } = temporaryRepository({ 'a.ts': '1', 'b.ts': '1' });
    git(root, 'switch', '--quiet', '--create', 'change');
    writeFiles(root, { 'a.ts': '2' });
    commitAll(root);
    git(root, 'switch', '--quiet', 'main');
    writeFiles(root, { 'b.ts': '2' });
    const main = commitAll(root);
    git(root, 'switch', '--quiet', 'change');
    expect(await baseCommit(root, 'main')).toBe(commit);
    expect(await changes(root, { commit })).toEqual([['a.ts', '2', 'a.ts', '1']]);
    // As a workflow checks a pull request out: merged.
    git(root, 'merge', '--quiet', '--no-edit', 'main');
    expect(await baseCommit(root, 'main')).toBe(main);
    expect(await changes(root, { commit: main })).toEqual([['a.ts', '2', 'a.ts', '1']]);
  });

  it('is refused where the ref is unknown', async () => {
    const { root } = temporaryRepository({ 'a.ts': '1' });
    await expect(baseCommit(root, 'mian')).rejects.toMatchObject({
      name: 'UsageError',
      message: 'there is no commit, branch or tag "mian"',
      help: 'did you mean "main"?',
    });
  });

  it('is refused where two histories have nothing in common', async () => {
    const { root } = temporaryRepository({ 'a.ts': '1' });
    git(root, 'switch', '--quiet', '--orphan', 'other');
    commitAll(root);
    await expect(baseCommit(root, 'main')).rejects.toMatchObject({ help: 'compare with another base' });
  });

  it('says what to do in a shallow clone', async () => {
    const { root } = temporaryRepository({ 'a.ts': '1' });
    git(root, 'switch', '--quiet', '--create', 'change');
    for (const text of ['2', '3']) {
      writeFiles(root, { 'a.ts': text });
      commitAll(root);
    }
    const clone = temporaryFolder();
    git(clone, 'clone', '--quiet', '--depth', '1', '--branch', 'change', `file://${root}`, '.');
    const help = 'fetch the whole history: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)';
    await expect(baseCommit(clone, 'origin/main')).rejects.toMatchObject({
      message: 'the commit "origin/main" is not in this clone, which is shallow',
      help,
    });
    git(clone, 'fetch', '--quiet', '--depth', '1', 'origin', 'main:refs/remotes/origin/main');
    await expect(baseCommit(clone, 'origin/main')).rejects.toMatchObject({
      message: 'this clone is shallow and does not reach back to where HEAD left "origin/main"',
      help,
    });
  });
});
