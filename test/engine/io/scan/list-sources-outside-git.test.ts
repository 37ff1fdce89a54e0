import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { git, temporaryFolder, writeFiles } from '../../../temporary-repository.ts';
import { listed } from './listed.ts';

describe('outside of git', () => {
  it('lists what is there, sorted by path, and says why the rest is not looked at', async () => {
    const root = temporaryFolder();
    writeFiles(root, {
      'b/main.go': '',
      'b.ts': '',
      'b-a.ts': '',
      'a/node_modules/x/index.js': '',
      'tests/a.py': '',
      '.env': '',
      'nested/.git/config': '',
      'nested/a.ts': '',
    });
    expect(await listed(root)).toEqual({
      sources: ['.env', 'b-a.ts', 'b.ts', 'b/main.go', 'nested/a.ts'],
      skipped: ['a/node_modules/: vendored', 'tests/a.py: test'],
    });
  });

  it('respects .gitignore in every folder, the nearest first', async () => {
    const root = temporaryFolder();
    writeFiles(root, {
      '.gitignore': 'out/\n*.log.ts\n/top.ts\n',
      'a.ts': '',
      'a.log.ts': '',
      'top.ts': '',
      'out/a.ts': '',
      'src/top.ts': '',
      'src/out/deep/a.ts': '',
      'src/.gitignore': '!keep.log.ts\nlocal.ts\n',
      'src/keep.log.ts': '',
      'src/drop.log.ts': '',
      'src/local.ts': '',
      'src/deep/local.ts': '',
      'local.ts': '',
    });
    const sources = ['.gitignore', 'a.ts', 'local.ts', 'src/.gitignore', 'src/keep.log.ts', 'src/top.ts'];
    expect(await listed(root)).toEqual({ sources, skipped: [] });
  });

  it('looks into what is installed only where the policy wants something of it', async () => {
    const root = temporaryFolder();
    writeFiles(root, { 'node_modules/ours/a.ts': '', 'node_modules/theirs/a.ts': '' });
    expect(await listed(root, { policy: { include: ['node_modules/ours/'], exclude: [] } })).toEqual({
      sources: ['node_modules/ours/a.ts'],
      skipped: ['node_modules/theirs/a.ts: vendored'],
    });
  });

  it('follows no link: no loop, no way out', async () => {
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'a.ts': '' });
    const root = temporaryFolder();
    writeFiles(root, { 'src/a.ts': '' });
    symlinkSync('..', join(root, 'src/loop'));
    symlinkSync('self', join(root, 'self'));
    symlinkSync(elsewhere, join(root, 'out'));
    symlinkSync('nowhere.ts', join(root, 'broken.ts'));
    symlinkSync(join(elsewhere, 'a.ts'), join(root, '.gitignore'));
    expect(await listed(root)).toEqual({
      sources: ['src/a.ts'],
      skipped: ['.gitignore', 'broken.ts', 'out', 'self', 'src/loop'].map((path) => `${path}: symbolic link`),
    });
  });

  it('takes a folder that is reached through a link', async () => {
    const root = temporaryFolder();
    writeFiles(root, { 'real/a.ts': '' });
    symlinkSync('real', join(root, 'link'));
    expect((await listed(join(root, 'link'))).sources).toEqual(['a.ts']);
  });

  it('tells what is no file, and lists names that are not UTF-8', async () => {
    const root = temporaryFolder();
    execFileSync('mkfifo', [join(root, 'pipe.ts')]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.ts')]), '');
    mkdirSync(join(root, '.gitignore'));
    expect(await listed(root)).toEqual({ sources: ['caf\uFFFD.ts'], skipped: ['pipe.ts: not a file'] });
    rmdirSync(join(root, '.gitignore'));
  });

  it('goes as deep as folders do', async () => {
    const root = temporaryFolder();
    const deep = `${'d/'.repeat(1500)}a.ts`;
    writeFiles(root, { [deep]: '' });
    expect((await listed(root)).sources).toEqual([deep]);
  });

  it.each([
    ['nothing', 'nowhere', (path: string) => `there is no folder ${path}`],
    ['a file', 'a.ts', (path: string) => `${path} is not a folder`],
  ])('refuses %s', async (_, name, message) => {
    const root = temporaryFolder();
    writeFiles(root, { 'a.ts': '' });
    const path = join(root, name);
    await expect(listed(path)).rejects.toMatchObject({ name: 'UsageError', message: message(path) });
  });
});

describe('the walk and git', () => {
  const seed = Number(process.env.PROVISO_SEED ?? 20261127);
  const folder = fc.constantFrom('', 'a/', 'b/', 'a/b/', 'a-b/', 'a/b/c/');
  const file = fc.tuple(folder, fc.constantFrom('a.ts', 'b.ts', 'c.go', '.env', 'a')).map((parts) => parts.join(''));
  const line = fc.constantFrom(
    'a',
    '/a',
    'a/',
    '*.ts',
    '!b.ts',
    '!a.ts',
    'b/*',
    'a/**',
    '**/c.go',
    '/b/',
    '# a',
    '',
    '!/a/b/',
    '*',
    '!*/',
  );
  const rules = fc.dictionary(folder, fc.array(line, { minLength: 1, maxLength: 3 }), { maxKeys: 3 });

  it(`list the same, whatever a .gitignore says (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { minLength: 3, maxLength: 12 }), rules, async (files, ignored) => {
        const root = temporaryFolder();
        const isFolderToo = (path: string): boolean => files.some((other) => other.startsWith(`${path}/`));
        const content = files.filter((path) => !isFolderToo(path)).map((path) => [path, '']);
        writeFiles(root, Object.fromEntries(content));
        for (const [at, lines] of Object.entries(ignored)) {
          // A folder cannot be written where a file of that name lies.
          if (content.some(([path]) => path !== undefined && `${at}/`.startsWith(`${path}/`))) continue;
          writeFiles(root, { [`${at}.gitignore`]: `${lines.join('\n')}\n` });
        }
        const walked = await listed(root);
        git(root, 'init', '--quiet');
        expect(await listed(root)).toEqual(walked);
      }),
      { seed, numRuns: 60 },
    );
  });
});
