import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commitAll, type Files, git, temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { accounts, product, scan, scanText, seats } from './scanned-product.ts';

const rule = 'account-equality zephyra';
const allow = (id: string) => `  // proviso-allow ${id} owner=team-a until=2026-12-31 because="they move"\n`;
const excused = (id: string, account?: string) => seats(account).replace('  if', `${allow(id)}  if`);

/** A product with one rule in `src/a.ts`, and then what a change makes of it; `null` takes a file away. */
function change(files: Readonly<Record<string, string | null>>, before: Files = {}): string {
  const root = product({ 'src/a.ts': seats(), ...before });
  for (const [path, text] of Object.entries(files)) {
    if (text === null) rmSync(`${root}/${path}`);
    else writeFiles(root, { [path]: text });
  }
  return root;
}

const moved = `import { a } from 'a';\n\n\n${seats().replace('  if', '      if')}`;

describe('a scan of what a change adds', () => {
  const quiet: readonly [string, Record<string, string | null>, Files?][] = [
    ['another file', { 'src/b.ts': 'export const x = 1;\n' }],
    ['code that is moved and indented', { 'src/a.ts': moved }],
    ['a file of another name', { 'src/a.ts': null, 'lib/z.ts': seats() }],
    ['a file of another name, edited elsewhere', { 'src/a.ts': null, 'lib/z.ts': `${moved}\nexport const y = 2;\n` }],
    [
      'a function in another file, gone from the old one',
      {
        'src/a.ts': 'export const x = 1;\n',
        'src/b.ts': `${seats('lumora').replace("'lumora'", "'zephyra'")}\nexport const y = 2;\n`,
      },
    ],
    [
      'a function in another file, the old one gone',
      { 'src/a.ts': null, 'src/b.ts': `export const other = [1, 2, 3].map((n) => n * 2);\n${seats()}` },
      { 'src/b.ts': 'export const other = [1, 2, 3].map((n) => n * 2);\n' },
    ],
    ['the rule taken out', { 'src/a.ts': 'export const x = 1;\n' }],
    ['a comment about a customer', { 'src/b.ts': "// account.id === 'zephyra'\nexport {};\n" }],
  ];
  it.each(quiet)('is quiet about %s', async (_, files, before) => {
    const root = change(files, before);
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({ exitCode: 0, found: [] });
    commitAll(root);
    expect(await scan(root, '--base', 'HEAD~1')).toMatchObject({ exitCode: 0, found: [] });
  });

  const loud: readonly [string, Record<string, string | null>, string[]][] = [
    ['a new rule', { 'src/b.ts': seats('lumora') }, ['src/b.ts:2:22 account-equality lumora']],
    ['a copy', { 'src/b.ts': seats() }, [`src/b.ts:2:22 ${rule}`]],
    ['a copy in the same file', { 'src/a.ts': `${seats()}${seats()}` }, [`src/a.ts:6:22 ${rule}`]],
    ['an edited rule', { 'src/a.ts': seats().replace('===', '!==') }, [`src/a.ts:2:22 ${rule}`]],
    ['another customer in its place', { 'src/a.ts': seats('lumora') }, ['src/a.ts:2:22 account-equality lumora']],
  ];
  it.each(loud)('counts %s', async (_, files, found) => {
    const root = change(files);
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({ exitCode: 1, found });
    git(root, 'add', '--all');
    expect(await scan(root, '--staged')).toMatchObject({ exitCode: 1, found });
  });

  it('judges against where the branch began, not against what came to the base later', async () => {
    const root = change({});
    git(root, 'checkout', '--quiet', '-b', 'topic');
    writeFiles(root, { 'src/b.ts': 'export {};\n' });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'main');
    writeFiles(root, { 'src/a.ts': 'export {};\n' });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'topic');
    expect(await scan(root, '--base', 'main')).toMatchObject({ exitCode: 0, found: [] });
  });

  it('says so in the text', async () => {
    const root = change({ 'src/b.ts': seats('lumora'), 'src/a.ts': moved });
    const { stdout } = await scanText(root, '--base', 'HEAD');
    expect(stdout).toContain(
      '1 rule about accounts in 1 file, new in this change: 1 error\n1 other there before this change\n',
    );
  });

  it('does not let the change excuse itself by a comment, which counts once it is merged', async () => {
    const root = change({ 'src/b.ts': excused('EX-2', 'lumora') });
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({
      exitCode: 1,
      found: ['src/b.ts:3:22 account-equality lumora'],
      said: [
        'note src/b.ts:2:6 new-suppression new in this change: the suppression for EX-2 counts after it is merged',
      ],
    });
    commitAll(root);
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({ exitCode: 0, found: [] });
    expect(await scan(root)).toMatchObject({
      found: [`src/a.ts:2:22 ${rule}`],
      accepted: [expect.stringContaining('lumora suppressed')],
    });
  });

  it('does not let the change excuse itself by an entry of the baseline', async () => {
    const root = change({});
    await scanText(root, '--update-baseline');
    commitAll(root);
    writeFiles(root, { 'src/b.ts': seats('lumora') });
    await scanText(root, '--update-baseline');
    expect(await scan(root)).toMatchObject({ exitCode: 0, found: [] });
    const judged = await scan(root, '--base', 'HEAD');
    expect(judged).toMatchObject({ exitCode: 1, found: ['src/b.ts:2:22 account-equality lumora'] });
    expect(judged.said).toEqual([
      expect.stringContaining(' new-baseline-entry new in this change: 1 finding of the baseline, '),
    ]);
    git(root, 'add', '--all');
    expect(await scan(root, '--staged')).toMatchObject({
      exitCode: 1,
      found: ['src/b.ts:2:22 account-equality lumora'],
    });
  });

  it('lets an edited rule stand under the comment that was there', async () => {
    const root = change({ 'src/a.ts': excused('EX-1').replace('===', '!==') }, { 'src/a.ts': excused('EX-1') });
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({
      exitCode: 0,
      found: [],
      accepted: [expect.stringContaining('suppressed')],
    });
  });

  it('does not let a comment move to another rule', async () => {
    const root = change({ 'src/a.ts': excused('EX-1', 'lumora') }, { 'src/a.ts': excused('EX-1') });
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({
      exitCode: 1,
      found: ['src/a.ts:3:22 account-equality lumora'],
    });
  });

  it('looks only at the folders that are named', async () => {
    const root = change({ 'src/b.ts': seats('lumora'), 'web/c.ts': seats('lumora') });
    expect((await scan(root, 'web', '--base', 'HEAD')).found).toEqual(['web/c.ts:2:22 account-equality lumora']);
  });

  it('knows nothing of a base outside of git', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'proviso-accounts.json': accounts, 'a.ts': seats() });
    for (const argv of [['--base', 'HEAD'], ['--staged']]) {
      const { exitCode, stdout } = await scanText(folder, ...argv);
      expect([exitCode, stdout]).toEqual([2, '']);
    }
  });
});

describe('a scan of what is about to be committed', () => {
  it('reads what is staged, not what lies there', async () => {
    const root = change({ 'src/b.ts': seats('lumora') });
    expect(await scan(root, '--staged')).toMatchObject({ exitCode: 0, found: [] });
    git(root, 'add', '--all');
    writeFiles(root, { 'src/b.ts': 'export {};\n' });
    expect(await scan(root, '--staged')).toMatchObject({
      exitCode: 1,
      found: ['src/b.ts:2:22 account-equality lumora'],
    });
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({ exitCode: 0, found: [] });
  });

  it('works before the first commit', async () => {
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    writeFiles(root, { 'proviso-accounts.json': accounts, 'a.ts': seats() });
    git(root, 'add', '--all');
    expect(await scan(root, '--staged')).toMatchObject({ exitCode: 1, found: [`a.ts:2:22 ${rule}`] });
  });
});

describe('a constant of one file that another decides by', () => {
  const constant = "export const BIG_FISH = 'zephyra';\n";
  const use =
    "import { BIG_FISH } from './big-fish.ts';\nexport const cap = (account: Account) => (account.id === BIG_FISH ? 1 : 2);\n";
  const found = ['src/big-fish.ts:1:25 account-equality zephyra'];

  it('is one rule, where it stands, with the place that uses it', async () => {
    const root = product({ 'src/big-fish.ts': constant, 'src/cap.ts': use });
    const scanned = await scan(root);
    expect(scanned).toMatchObject({ exitCode: 1, found });
    expect(scanned.whole.findings).toMatchObject([
      { related: [{ message: 'BIG_FISH decides here', path: 'src/cap.ts', line: 2, column: 58 }] },
    ]);
    expect((await scanText(root)).stdout).toContain('  src/cap.ts:2:58: BIG_FISH decides here\n');
  });

  it('is none where nobody decides by it', async () => {
    const root = product({
      'src/big-fish.ts': constant,
      'src/cap.ts': "import { BIG_FISH } from './big-fish.ts';\nlog(BIG_FISH);\n",
    });
    expect(await scan(root)).toMatchObject({ exitCode: 0, found: [] });
  });

  it('is judged where a change brings both', async () => {
    const root = product({ 'src/a.ts': 'export {};\n' });
    writeFiles(root, { 'src/big-fish.ts': constant, 'src/cap.ts': use });
    expect(await scan(root, '--base', 'HEAD')).toMatchObject({ exitCode: 1, found });
  });
});
