import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_TREE } from '../../../engine/io/git.ts';
import { readObjects } from '../../../engine/io/read-objects.ts';
import { type Difference, diffTrees, holdsAny, listTree, type TreeEntry } from '../../../engine/io/trees.ts';
import { importHistory } from '../../fixtures/verify/import-history.ts';
import type { Content } from '../../github/fake/objects.ts';
import { git, temporaryFolder, temporaryRepository } from '../../temporary-repository.ts';

type Files = Record<string, Content>;

const folders = ['', 'customers/', 'customers/00/', 'customers/é/', 'plans/', 'customers.d/', 'customers/00/deep/er/'];
const names = ['a', 'a.yaml', 'a-b', 'ab', 'ö', '😀', '\uffee', 'z'];
const modes = ['100644', '100755', '120000', '160000'] as const;
const SUBMODULE = 'c'.repeat(40);

/** Trees that have most in common, as those of two commits do. */
const trees = fc
  .record({
    common: fc.dictionary(fc.nat(300).map(String), fc.nat(3), { maxKeys: 120 }),
    places: fc.array(fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...names), fc.nat(2), fc.nat(3)), {
      minLength: 1,
      maxLength: 30,
    }),
    edits: fc.array(fc.tuple(fc.constantFrom(...folders), fc.constantFrom(...names), fc.nat(4), fc.nat(3)), {
      maxLength: 12,
    }),
  })
  .map(({ common, places, edits }): [Files, Files] => {
    const before: Files = { 'README.md': 'x' };
    for (const [name, text] of Object.entries(common)) before[`customers/00/many-${name}`] = `${text}`;
    for (const [folder, name, text, mode] of places) put(before, folder + name, text, mode);
    const after = { ...before };
    for (const [folder, name, text, mode] of edits)
      if (text === 4) delete after[folder + name];
      else put(after, folder + name, text, mode);
    return [before, after];
  });

/** Nothing lies in what is a file. */
function put(files: Files, path: string, text: number, mode: number): void {
  for (const other of Object.keys(files))
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) delete files[other];
  const known = modes[mode] as (typeof modes)[number];
  files[path] = known === '100644' ? `${text}` : { mode: known, text: known === '160000' ? SUBMODULE : `${text}` };
}

const asGit = (root: string, ...args: string[]): string[] =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);

const listedByGit = (root: string, tree: string, paths: readonly string[]): TreeEntry[] =>
  asGit(root, 'ls-tree', '-r', '-z', tree, '--', ...paths).map((line) => {
    const [about = '', path = ''] = line.split('\t');
    const [mode = '', , oid = ''] = about.split(' ');
    return { path, mode, oid };
  });

function differingForGit(root: string, before: string, after: string, paths: readonly string[]): Difference[] {
  const fields = asGit(
    root,
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-renames',
    '--no-abbrev',
    before,
    after,
    '--',
    ...paths,
  );
  const found: Difference[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const [mode = '', modeAfter = '', oid = '', oidAfter = ''] = (fields[index] ?? '').slice(1).split(' ');
    found.push({
      path: fields[index + 1] ?? '',
      ...(mode !== '000000' && { before: { mode, oid } }),
      ...(modeAfter !== '000000' && { after: { mode: modeAfter, oid: oidAfter } }),
    });
  }
  return found;
}

const commit = (files: Files) => ({
  parents: [],
  files,
  author: { name: 'Kim', email: 'kim@product.example' },
  message: 'terms',
  at: 1_700_000_000_000,
});

const paths = [
  ['customers'],
  ['customers', 'plans'],
  ['customers/00', 'plans/a'],
  ['customers/é/ö', 'no/such'],
  ['a', ''],
];

describe('trees', () => {
  it('are listed and compared as git does, whatever lies in them', async () => {
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    await fc.assert(
      fc.asyncProperty(trees, fc.constantFrom(...paths), async ([one, other], wanted) => {
        const [before = '', after = ''] = importHistory(root, [commit(one), commit(other)]);
        const given = wanted.includes('') ? [] : wanted;
        expect(await listTree(root, after, wanted)).toEqual(listedByGit(root, after, given));
        const byPath = (a: Difference, b: Difference) => (a.path < b.path ? -1 : 1);
        for (const [from, to] of [
          [before, after],
          [after, before],
          [EMPTY_TREE, after],
        ] as const)
          expect((await diffTrees(root, from, to, wanted)).sort(byPath)).toEqual(
            differingForGit(root, from, to, given).sort(byPath),
          );
      }),
      { numRuns: 25 },
    );
  });

  it('begin where the root lies, unless the top is asked about', async () => {
    const { root, commit: before } = temporaryRepository({ 'terms/plans/a': '1', b: '1' });
    const [after = ''] = importHistory(root, [commit({ 'terms/plans/a': '2', b: '2' })]);
    const terms = join(root, 'terms');
    const pathsOf = (found: readonly Difference[]) => found.map(({ path }) => path);
    expect(pathsOf(await diffTrees(terms, before, after))).toEqual(['plans/a']);
    expect(pathsOf(await diffTrees(terms, before, after, undefined, ''))).toEqual(['b', 'terms/plans/a']);
    expect([await holdsAny(terms, before, ['plans']), await holdsAny(terms, before, ['b', 'terms'])]).toEqual([
      true,
      false,
    ]);
  });

  it('that this clone does not have are told', async () => {
    const { root, commit: known } = temporaryRepository({ a: '1' });
    const message = `git does not have ${SUBMODULE}`;
    await expect(listTree(root, SUBMODULE, ['a'])).rejects.toMatchObject({ name: 'UsageError', message });
    await expect(diffTrees(root, known, SUBMODULE)).rejects.toMatchObject({ name: 'UsageError', message });
  });

  it('with modes that no git writes any more are read as git reads them', async () => {
    const { root } = temporaryRepository({});
    const oid = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: root,
      input: 'x',
      encoding: 'utf8',
    }).trim();
    const bytes = Buffer.concat(
      [
        ['100664', 'a'],
        ['100600', 'b'],
        ['100775', 'c'],
      ].map(([mode, name]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')])),
    );
    const args = ['hash-object', '-t', 'tree', '-w', '--literally', '--stdin'];
    const tree = execFileSync('git', args, { cwd: root, input: bytes, encoding: 'utf8' }).trim();
    expect(await listTree(root, tree, [''])).toEqual(listedByGit(root, tree, []));
  });
});

describe('objects', () => {
  it('are given in the order asked, and nothing in the place of what is not there', async () => {
    const { root, commit: known } = temporaryRepository({ a: 'one', b: 'two' });
    const asked = ['HEAD:b', 'no such thing', 'HEAD:a', '', 'HEAD:a\nHEAD:b', 'HEAD^{commit}', 'HEAD:a'];
    const found = await readObjects(root, asked);
    expect(found.map((each) => each && (each.type === 'commit' ? each.oid : each.bytes.toString()))).toEqual([
      'two',
      undefined,
      'one',
      undefined,
      undefined,
      known,
      'one',
    ]);
  });

  it('that came after the first question are found', async () => {
    const { root } = temporaryRepository({ a: 'one' });
    expect(await readObjects(root, ['HEAD:a', 'later:a'])).toMatchObject([{ type: 'blob' }, undefined]);
    const [later = ''] = importHistory(root, [commit({ a: 'two' })]);
    git(root, 'branch', 'later', later);
    git(root, 'gc', '--quiet', '--prune=now');
    const [found] = await readObjects(root, ['later:a']);
    expect(found?.bytes.toString()).toBe('two');
  });

  it('are asked for by many at once', async () => {
    const { root } = temporaryRepository(
      Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, `${at}`])),
    );
    const found = await Promise.all(
      Array.from({ length: 50 }, (_, at) => readObjects(root, [`HEAD:f${at}`, 'HEAD:f0'])),
    );
    expect(found.map((both) => both.map((each) => each?.bytes.toString()))).toEqual(
      Array.from({ length: 50 }, (_, at) => [`${at}`, '0']),
    );
  });

  it('hold no program open', () => {
    const { root } = temporaryRepository({ a: 'one' });
    const place = new URL('../../../engine/io/read-objects.ts', import.meta.url).href;
    const program = `const { readObjects } = await import(${JSON.stringify(place)});
      console.log((await readObjects(${JSON.stringify(root)}, ['HEAD:a']))[0].bytes.toString());
      setTimeout(() => { console.log('held open'); process.exit(1); }, 150).unref();`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('one\n');
  });
});
