import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommit, readWorkingTree } from '../../../engine/io/read-repository.ts';
import { READ_AT_MOST } from '../../../engine/io/rooms.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../../temporary-repository.ts';

const files = {
  'customers/acme.yaml': 'name: Acme\n',
  'customers/eu/zebra.yaml': 'name: Zebra\n',
  'customers/eu.yaml': '',
  'plans/studio@1.yaml': 'name: Studio\r\n',
  'policies/menu.yaml': new Uint8Array([0xff, 0xfe, 0, 1, 10, 10]),
  'schemas/generated/catalogue.json': '{"v":1,"settings":{}}',
  'schemas/generated/plan.schema.json': '{}',
  'schemas/settings.ts': 'export {};\n',
  'customers/.DS_Store': 'x',
  'customers/.hidden/a.yaml': 'x',
  'customers/acme.yaml~': 'x',
  'README.md': 'x',
};
const read = [
  'customers/acme.yaml',
  'customers/eu.yaml',
  'customers/eu/zebra.yaml',
  'plans/studio@1.yaml',
  'policies/menu.yaml',
  'schemas/generated/catalogue.json',
];

describe('the folder and the commit', () => {
  it('give the same files, bytes and ids in the same order, and nothing else', async () => {
    const { root, commit } = temporaryRepository(files);
    const fromFolder = readWorkingTree(root);
    const { commit: resolved, ...fromCommit } = await readCommit(root, 'main');
    expect(resolved).toBe(commit);
    expect(fromFolder.files.map(({ path }) => path)).toEqual(read);
    expect(fromFolder).toMatchObject({ diagnostics: [], hasSettings: true });
    expect(fromCommit.files.map((file) => ({ ...file, bytes: [...file.bytes] }))).toEqual(
      fromFolder.files.map((file) => ({ ...file, bytes: [...file.bytes] })),
    );
    for (const { path, oid } of fromFolder.files) expect(oid).toBe(git(root, 'rev-parse', `HEAD:${path}`));
  });

  it('agree when the terms lie in a folder of the git repository', async () => {
    const { root } = temporaryRepository(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`terms/${path}`, text])),
    );
    const terms = join(root, 'terms');
    expect((await readCommit(terms, 'HEAD')).files.map(({ path }) => path)).toEqual(read);
    expect(readWorkingTree(terms).files.map(({ path }) => path)).toEqual(read);
  });

  it('agree on any bytes of any length, the same file twice included', async () => {
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 200_000, size: 'max' }), { minLength: 1, maxLength: 12 }),
        async (contents) => {
          run += 1;
          const made = Object.fromEntries(contents.map((bytes, index) => [`customers/r${run}/c${index}.yaml`, bytes]));
          writeFiles(root, { ...made, [`customers/r${run}/again.yaml`]: contents[0] ?? '' });
          commitAll(root);
          const { files: fromCommit } = await readCommit(root, 'HEAD');
          const fromFolder = readWorkingTree(root).files;
          expect(fromCommit.map(({ path, oid }) => [path, oid])).toEqual(
            fromFolder.map(({ path, oid }) => [path, oid]),
          );
          for (const [index, { bytes }] of fromCommit.entries())
            expect(Buffer.compare(bytes, fromFolder[index]?.bytes ?? Buffer.alloc(0))).toBe(0);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('cut a file far above what is allowed, and still read the next one', async () => {
    const big = Buffer.alloc(READ_AT_MOST + 100_000, 'a');
    const { root } = temporaryRepository({ 'customers/a.yaml': big, 'customers/b.yaml': 'name: B\n' });
    for (const { files: both } of [readWorkingTree(root), await readCommit(root, 'HEAD')])
      expect(both.map(({ path, bytes }) => [path, bytes.length])).toEqual([
        ['customers/a.yaml', READ_AT_MOST],
        ['customers/b.yaml', 8],
      ]);
  });

  it('read an old commit, not what lies in the folder now', async () => {
    const { root, commit } = temporaryRepository({ 'customers/acme.yaml': 'name: Old\n' });
    writeFiles(root, { 'customers/acme.yaml': 'name: New\n', 'customers/other.yaml': 'name: Other\n' });
    commitAll(root);
    const { files: old } = await readCommit(root, commit);
    expect(old.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([
      ['customers/acme.yaml', 'name: Old\n'],
    ]);
  });
});

describe('what is not a plain file', () => {
  const linkMessage = 'customers/link.yaml is a symbolic link, which is not read';

  it('is refused in the folder: links to files and folders, and pipes', () => {
    const root = temporaryFolder();
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'secret.yaml': 'name: Secret\n' });
    writeFiles(root, { 'customers/acme.yaml': 'name: Acme\n' });
    symlinkSync(join(elsewhere, 'secret.yaml'), join(root, 'customers', 'link.yaml'));
    symlinkSync(elsewhere, join(root, 'customers', 'outside'));
    execFileSync('mkfifo', [join(root, 'customers', 'pipe.yaml')]);
    const { files: plain, diagnostics } = readWorkingTree(root);
    expect(plain.map(({ path }) => path)).toEqual(['customers/acme.yaml']);
    expect(diagnostics.map(({ message, severity }) => [severity, message])).toEqual([
      ['error', linkMessage],
      ['error', 'customers/outside is a symbolic link, which is not read'],
      ['error', 'customers/pipe.yaml is not a plain file, which is not read'],
    ]);
  });

  it('is refused where a room or the catalogue is a link', () => {
    const root = temporaryFolder();
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'acme.yaml': 'name: Acme\n', 'catalogue.json': '{}' });
    mkdirSync(join(root, 'schemas', 'generated'), { recursive: true });
    symlinkSync(elsewhere, join(root, 'customers'));
    symlinkSync(join(elsewhere, 'catalogue.json'), join(root, 'schemas', 'generated', 'catalogue.json'));
    const { files: plain, diagnostics } = readWorkingTree(root);
    expect(plain).toEqual([]);
    expect(diagnostics.map(({ at }) => at.path)).toEqual(['customers', 'schemas/generated/catalogue.json']);
  });

  it('is refused in a commit: links and submodules', async () => {
    const inner = temporaryRepository({ 'x.yaml': 'name: X\n' });
    const { root } = temporaryRepository({ 'customers/acme.yaml': 'name: Acme\n' });
    symlinkSync('acme.yaml', join(root, 'customers', 'link.yaml'));
    git(root, 'submodule', '--quiet', 'add', inner.root, 'customers/sub');
    commitAll(root);
    const { files: plain, diagnostics } = await readCommit(root, 'HEAD');
    expect(plain.map(({ path }) => path)).toEqual(['customers/acme.yaml']);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      linkMessage,
      'customers/sub is a submodule, which is not read',
    ]);
  });
});

it('a blob that a partial clone lacks is named', async () => {
  const { root } = temporaryRepository({ 'customers/acme.yaml': 'name: Acme\n' });
  const oid = git(root, 'rev-parse', 'HEAD:customers/acme.yaml');
  execFileSync('rm', ['-f', join(root, '.git', 'objects', oid.slice(0, 2), oid.slice(2))]);
  await expect(readCommit(root, 'HEAD')).rejects.toMatchObject({
    name: 'UsageError',
    message: `git does not have the file ${oid}`,
  });
});
