import { createHash } from 'node:crypto';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writtenSince } from '../../../engine/io/authorship.ts';
import { changedFiles } from '../../../engine/io/changed-files.ts';
import { EMPTY_TREE } from '../../../engine/io/git.ts';
import { commitAll, git, temporaryRepository, writeFiles } from '../../temporary-repository.ts';

const idOf = (content: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');

const first = { 'customers/acme.yaml': 'name: Acme\n', 'package.json': '{}\n', 'docs/ü "x".md': 'a\n' };

describe('what differs', () => {
  it('between two commits: every file, with its id before and after', async () => {
    const { root, commit } = temporaryRepository(first);
    rmSync(join(root, 'package.json'));
    writeFiles(root, {
      'customers/acme.yaml': 'name: Acme Inc\n',
      'docs/ü "x".md': 'b\n',
      '.github/x.yml': 'on: push\n',
    });
    const head = commitAll(root);
    const expected = [
      { path: '.github/x.yml', before: undefined, after: idOf('on: push\n') },
      { path: 'customers/acme.yaml', before: idOf('name: Acme\n'), after: idOf('name: Acme Inc\n') },
      { path: 'docs/ü "x".md', before: idOf('a\n'), after: idOf('b\n') },
      { path: 'package.json', before: idOf('{}\n'), after: undefined },
    ];
    expect(await changedFiles(root, commit, head)).toEqual(expected);
    expect(await changedFiles(root, `${commit}^{tree}`, `${head}^{tree}`)).toEqual(expected);
  });

  it('in the folder: edited, staged, removed, not yet known to git, and nothing that git ignores', async () => {
    const { root, commit } = temporaryRepository({ ...first, '.gitignore': 'dist/\n' });
    rmSync(join(root, 'package.json'));
    writeFiles(root, { 'customers/acme.yaml': 'name: A\n', 'customers/new.yaml': 'name: New\n', 'dist/x.js': '1' });
    writeFiles(root, { 'plans/p.yaml': 'x\n' });
    git(root, 'add', 'plans/p.yaml');
    symlinkSync('/etc/hostname', join(root, 'link'));
    expect(await changedFiles(root, commit)).toEqual([
      { path: 'customers/acme.yaml', before: idOf('name: Acme\n'), after: idOf('name: A\n') },
      { path: 'customers/new.yaml', before: undefined, after: idOf('name: New\n') },
      { path: 'link', before: undefined, after: idOf('/etc/hostname') },
      { path: 'package.json', before: idOf('{}\n'), after: undefined },
      { path: 'plans/p.yaml', before: undefined, after: idOf('x\n') },
    ]);
  });

  it('is nothing where a file was only touched, and everything where there was nothing', async () => {
    const { root, commit } = temporaryRepository({ 'plans/p.yaml': 'x\n' });
    writeFiles(root, { 'plans/p.yaml': 'x\n' });
    expect(await changedFiles(root, commit)).toEqual([]);
    expect(await changedFiles(root, EMPTY_TREE, commit)).toEqual([
      { path: 'plans/p.yaml', before: undefined, after: idOf('x\n') },
    ]);
  });

  it('where terms are a folder of a larger repository: that folder, and the workflows that rule it', async () => {
    const { root, commit } = temporaryRepository({ 'terms/plans/p.yaml': 'x\n', 'src/a.ts': '1\n' });
    writeFiles(root, { 'terms/plans/p.yaml': 'y\n', 'src/a.ts': '2\n', '.github/workflows/w.yml': 'on: push\n' });
    const terms = join(root, 'terms');
    const expected = [
      { path: '../.github/workflows/w.yml', before: undefined, after: idOf('on: push\n') },
      { path: 'plans/p.yaml', before: idOf('x\n'), after: idOf('y\n') },
    ];
    expect(await changedFiles(terms, commit)).toEqual(expected);
    expect(await changedFiles(terms, commit, commitAll(root))).toEqual(expected);
  });
});

describe('who wrote a change, as git knows it', () => {
  it('authors, committers and co-authors of its commits, and who works in the folder', async () => {
    const { root, commit } = temporaryRepository(first);
    writeFiles(root, { 'plans/p.yaml': 'x\n' });
    const head = commitAll(
      root,
      'plan\n\nCo-authored-by: Jo Doe <Jo@Product.example>\nCo-authored-by: sam@product.example',
    );
    git(root, 'config', 'user.email', 'me@product.example');
    const written = ['test@test.example', 'jo@product.example', 'sam@product.example'];
    expect(await writtenSince(root, commit, head)).toEqual({
      authorship: { people: [], unknown: [], emails: written },
      isBuiltOn: true,
    });
    expect((await writtenSince(root, commit, undefined)).authorship.emails).toEqual([...written, 'me@product.example']);
    expect((await writtenSince(root, undefined, head)).authorship.emails).toEqual(written);
    expect((await writtenSince(root, head, head)).authorship.emails).toEqual([]);
  });

  it('is what git says of any commits', async () => {
    const { root, commit: base } = temporaryRepository(first);
    const as = (author: string, message: string, ...settings: string[]): string => {
      writeFiles(root, { 'plans/p.yaml': `${message}${author}` });
      git(root, 'add', '--all');
      git(root, ...settings, 'commit', '--quiet', '--allow-empty-message', '--author', author, '--message', message);
      return git(root, 'rev-parse', 'HEAD');
    };
    const heads = [
      as('Kim <KIM@product.example>', 'one'),
      as('Jo "J" Ö <jo+x@product.example>', 'two\n\nlines: author Me <me@x.example> 1 +0000'),
      as('Nobody <>', 'three'),
      as('Sam <sam@product.example>', 'four\n\nco-authored-BY: Else <else@product.example>'),
      as('Ünal <u@product.example>', 'five', '-c', 'i18n.commitEncoding=ISO-8859-1'),
    ];
    git(root, 'checkout', '--quiet', '-b', 'side', base);
    const side = as('Side <side@product.example>', 'side');
    git(root, 'merge', '--quiet', '--no-edit', '-s', 'ours', heads[1] as string);
    heads.push(side, git(root, 'rev-parse', 'HEAD'));
    for (const head of heads)
      for (const from of [base, ...heads]) {
        const log = git(root, 'log', '--format=%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)', `${from}..${head}`);
        const emails = log.split('\n').map((line) => (/<(.*)>/.exec(line)?.[1] ?? line).trim().toLowerCase());
        const behind = git(root, 'rev-list', '--count', `${head}..${from}`);
        expect(await writtenSince(root, from, head)).toEqual({
          authorship: { people: [], unknown: [], emails: [...new Set(emails)].filter(Boolean) },
          isBuiltOn: behind === '0',
        });
      }
  });
});
