import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listSources } from '../../../../engine/io/scan/list-sources.ts';
import { sourceReader } from '../../../../engine/io/scan/read-source.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../../temporary-repository.ts';
import { listed } from './listed.ts';

describe('in a git repository', () => {
  it('lists what git knows and what is new, sorted by path, and says why the rest is not looked at', async () => {
    const { root } = temporaryRepository({
      '.gitignore': 'out/\n*.log.ts\n',
      'b/main.go': '',
      'b.ts': '',
      'b-a.ts': '',
      'test/b.ts': '',
      'package.json': '{}',
      'ünder.py': '',
    });
    writeFiles(root, {
      'a.ts': '',
      'b/new.go': '',
      'out/a.ts': '',
      'x.log.ts': '',
      'docs/new.ts': '',
      'z z"\n.ts': '',
    });
    expect(await listed(root)).toEqual({
      sources: ['.gitignore', 'a.ts', 'b-a.ts', 'b.ts', 'b/main.go', 'b/new.go', 'z z"\n.ts', 'ünder.py'],
      skipped: ['docs/new.ts: documentation', 'package.json: tooling', 'test/b.ts: test'],
    });
  });

  it('lists a file that is ignored by now and still belongs to the repository', async () => {
    const { root } = temporaryRepository({ 'legacy/a.ts': '' });
    writeFiles(root, { '.gitignore': 'legacy/\n', 'legacy/b.ts': '', 'src/.gitignore': '*.ts\n!keep.ts\n' });
    writeFiles(root, { 'src/a.ts': '', 'src/keep.ts': '' });
    expect((await listed(root)).sources).toEqual(['.gitignore', 'legacy/a.ts', 'src/.gitignore', 'src/keep.ts']);
  });

  it('lists a folder by paths from the top of the repository, and looks at a folder of tests that is asked for', async () => {
    const { root } = temporaryRepository({ 'test/app/src/a.ts': '', 'test/app/test/b.ts': '', 'src/c.ts': '' });
    expect(await listed(join(root, 'test'))).toEqual({
      sources: ['test/app/src/a.ts'],
      skipped: ['test/app/test/b.ts: test'],
    });
  });

  it('opens each file where it lies, whatever its name is written in', async () => {
    const { root } = temporaryRepository();
    const odd = Buffer.concat([Buffer.from(`${root}/src/caf`), Buffer.from([0xe9]), Buffer.from('.ts')]);
    mkdirSync(join(root, 'src'));
    writeFileSync(odd, '');
    writeFileSync(join(root, 'src/a.ts'), '');
    const sources = [];
    for await (const some of listSources(root, { policy: noPolicy })) sources.push(...some);
    expect(sources).toEqual([
      { path: 'src/a.ts', file: `${root}/src/a.ts` },
      { path: 'src/caf\uFFFD.ts', file: odd },
    ]);
  });

  it('follows no link, not even where a folder git knows has become one', async () => {
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'a.ts': '', 'deep/b.ts': '' });
    const { root } = temporaryRepository({ 'src/a.ts': '', 'lib/deep/b.ts': '', 'app/c.ts': 'c' });
    symlinkSync('.', join(root, 'app/loop'));
    symlinkSync('c.ts', join(root, 'app/d.ts'));
    symlinkSync('/etc/hostname', join(root, 'app/e.ts'));
    rmSync(join(root, 'src'), { recursive: true });
    rmSync(join(root, 'lib'), { recursive: true });
    symlinkSync(elsewhere, join(root, 'src'));
    symlinkSync(elsewhere, join(root, 'lib'));
    const read = sourceReader();
    const found: Record<string, unknown> = {};
    const onSkip = (path: string, why: string): void => void (found[path] = why);
    for await (const some of listSources(root, { policy: noPolicy, onSkip }))
      for (const source of some) {
        const answer = read(source);
        found[source.path] = answer && 'why' in answer ? answer.why : answer?.text();
      }
    const link = 'symbolic link';
    expect(found).toEqual({
      'app/c.ts': 'c',
      'app/d.ts': link,
      'app/e.ts': link,
      'app/loop': link,
      lib: link,
      'lib/deep/b.ts': link,
      src: link,
      'src/a.ts': link,
    });
  });

  it('says that submodules and repositories inside are not looked into', async () => {
    const part = temporaryRepository({ 'a.ts': '' });
    const { root } = temporaryRepository({ 'src/a.ts': '' });
    git(root, 'submodule', '--quiet', 'add', part.root, 'parts/one');
    commitAll(root);
    git(root, 'clone', '--quiet', part.root, 'nested');
    expect(await listed(root)).toEqual({
      sources: ['.gitmodules', 'src/a.ts'],
      skipped: ['nested/: nested repository', 'parts/one: submodule'],
    });
    expect((await listed(join(root, 'parts/one'))).sources).toEqual(['a.ts']);
  });

  it('lists a file in conflict once', async () => {
    const { root } = temporaryRepository({ 'a.ts': 'a' });
    git(root, 'switch', '--quiet', '--create', 'other');
    writeFiles(root, { 'a.ts': 'b' });
    commitAll(root);
    git(root, 'switch', '--quiet', 'main');
    writeFiles(root, { 'a.ts': 'c' });
    commitAll(root);
    expect(() => git(root, 'merge', '--quiet', 'other')).toThrow('Command failed');
    expect((await listed(root)).sources).toEqual(['a.ts']);
  });

  it('looks at a folder that git ignores, where it is asked for', async () => {
    const { root } = temporaryRepository({ '.gitignore': 'out/\n' });
    writeFiles(root, { 'out/a.ts': '', 'out/node_modules/b.js': '', 'out/.gitignore': 'c.ts\n', 'out/c.ts': '' });
    expect(await listed(join(root, 'out'))).toEqual({
      sources: ['out/.gitignore', 'out/a.ts'],
      skipped: ['out/node_modules/: vendored'],
    });
  });

  it('finds nothing in an empty folder', async () => {
    const { root } = temporaryRepository();
    expect(await listed(root)).toEqual({ sources: [], skipped: [] });
  });

  it('runs no program that the settings of the repository name', async () => {
    const { root } = temporaryRepository({ 'a.ts': '' });
    const trap = join(root, '.git/trap');
    writeFileSync(trap, `#!/bin/sh\ntouch '${root}/.git/sprung'\n`);
    chmodSync(trap, 0o755);
    git(root, 'config', 'core.fsmonitor', trap);
    writeFiles(root, { 'b.ts': '' });
    // git itself does run it.
    git(root, 'status');
    expect(existsSync(join(root, '.git/sprung'))).toBe(true);
    rmSync(join(root, '.git/sprung'));
    expect((await listed(root)).sources).toEqual(['a.ts', 'b.ts']);
    expect(existsSync(join(root, '.git/sprung'))).toBe(false);
  });

  it('ends git when nobody wants more', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `a${index + 100}.ts`);
    const { root } = temporaryRepository(Object.fromEntries(names.map((name) => [name, ''])));
    for await (const some of listSources(root, { policy: noPolicy })) {
      expect(some.length).toBeLessThan(names.length);
      expect(some.map(({ path }) => path)).toEqual(names.slice(0, some.length));
      break;
    }
  });

  it('says that the folder belongs to somebody else', async () => {
    const { root } = temporaryRepository({ 'a.ts': '' });
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(listed(root)).rejects.toMatchObject({
      name: 'UsageError',
      message: `git does not read ${root}, because it belongs to somebody else`,
    });
  });

  it('says that git cannot be started', async () => {
    const { root } = temporaryRepository({ 'a.ts': '' });
    vi.stubEnv('PATH', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(listed(root)).rejects.toMatchObject({
      name: 'UsageError',
      message: `git could not be started in ${root}`,
    });
  });

  it('walks where .git is no repository', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, '.git'));
    writeFiles(root, { 'a.ts': '' });
    expect((await listed(root)).sources).toEqual(['a.ts']);
  });

  it('lists a second work tree', async () => {
    const { root } = temporaryRepository({ 'a.ts': '' });
    const tree = join(temporaryFolder(), 'tree');
    git(root, 'worktree', 'add', '--quiet', tree);
    writeFiles(tree, { 'b.ts': '' });
    renameSync(join(tree, 'a.ts'), join(tree, 'c.ts'));
    expect((await listed(tree)).sources).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });
});
