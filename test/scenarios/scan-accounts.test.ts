import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import { commitAll, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { read, run } from './sample-company.ts';
import { accounts, product, scan, scanText, seats } from './scanned-product.ts';
import { tinyCompany } from './tiny-company.ts';

const rule = 'account-equality zephyra';
const terms = {
  ...tinyCompany,
  'customers/zephyra.yaml': 'name: Zephyra Labs GmbH\nplan: studio@1\n',
  'customers/lumora.yaml': 'name: Lumora\nplan: studio@1\n',
};

describe('who the accounts of a scan are', () => {
  it('stands in the file that is usually there', async () => {
    const root = product({ 'src/a.ts': seats() });
    expect(await scan(root)).toMatchObject({ exitCode: 1, found: [`src/a.ts:2:22 ${rule}`], said: [] });
  });

  it('stands there too where the product has folders called like those of terms', async () => {
    const root = product({ 'src/a.ts': seats(), 'policies/opa.yaml': 'allow: true\n', 'plans/a.ts': 'export {};\n' });
    expect(await scan(root)).toMatchObject({ exitCode: 1, found: [`src/a.ts:2:22 ${rule}`], said: [] });
  });

  it('stands in the file that is named, from the working folder', async () => {
    const root = product({ 'src/a.ts': seats(), 'tools/who.json': '[{"id":"lumora","name":"Lumora"}]' });
    expect(await scan(`${root}/src`, '--accounts', '../tools/who.json')).toMatchObject({ exitCode: 0, found: [] });
    writeFiles(root, { 'tools/who.json': accounts });
    expect(await scan(`${root}/src`, '--accounts', '../tools/who.json')).toMatchObject({
      exitCode: 1,
      found: [`src/a.ts:2:22 ${rule}`],
    });
  });

  it('stands in a repository of terms beside it, and the folders count from the working folder', async () => {
    const { root: other } = temporaryRepository(terms);
    const { root } = temporaryRepository({ 'src/a.ts': seats(), 'web/b.ts': seats('lumora') });
    expect(await scan(root, 'src', '--root', other)).toMatchObject({ exitCode: 1, found: [`src/a.ts:2:22 ${rule}`] });
    expect((await scan(`${root}/web`, '.', '../src', '--root', other)).found).toEqual([
      `src/a.ts:2:22 ${rule}`,
      'web/b.ts:2:22 account-equality lumora',
    ]);
  });

  it('is the same in a dictionary without names, which says none of them', async () => {
    const { root: other } = temporaryRepository(terms);
    await run(other, 'accounts', '--hashed', '--out', 'hashed.json');
    const hashed = read(other, 'hashed.json');
    expect(hashed).not.toMatch(/zephyra|lumora/i);
    const files = { 'src/a.ts': seats(), 'src/b.ts': seats('lumora', 'more') };
    const clear = temporaryRepository(files).root;
    const closed = temporaryRepository({ ...files, 'proviso-accounts.json': hashed }).root;
    const [one, two] = [await scan(clear, '--root', other), await scan(closed)];
    expect(one.found).toHaveLength(2);
    expect(two.whole.findings).toEqual(one.whole.findings);
    expect([one.whole.accounts, two.whole.accounts]).toEqual([3, null]);
  });

  it('stands nowhere, and that is said', async () => {
    const { root } = temporaryRepository({ 'src/a.ts': seats() });
    expect(await scan(root)).toMatchObject({
      exitCode: 2,
      found: [],
      stderr: [
        'proviso: nothing says who the accounts are',
        '  help: name a list or dictionary (--accounts proviso-accounts.json), or the repository of terms (--root ../terms)\n',
      ].join('\n'),
    });
  });

  it.each([
    ['[{"id":"zephyra","name":3},\n {"name":"Lumora"}]', ['1:25 wrong-type', '2:2 missing-key']],
    ['[{"id":"zephyra",\n "name":"Zephyra"', ['2:17 json-syntax']],
    ['[{"id":"a-b","name":"A"},\n{"id":"a-b","name":"B"}]', ['2:7 duplicate-account']],
    ['{"version": 1}', ['1:1 missing-key']],
    ['{"version": 9}', ['1:13 dictionary-version']],
    ['7', ['1:1 no-accounts']],
    ['', ['1:1 json-syntax']],
  ])('stands in a file with a fault, so nothing is scanned: %s', async (text, faults) => {
    const root = product({ 'src/a.ts': seats(), 'who.json': text });
    const scanned = await scan(root, '--accounts', 'who.json');
    expect(scanned.exitCode).toBe(1);
    expect(scanned.whole).not.toHaveProperty('findings');
    const places = scanned.said.map((one) => one.replace(/^error who\.json:(\S+ \S+) .*$/, '$1'));
    expect(places).toEqual(expect.arrayContaining(faults));
    const { stderr } = await scanText(root, '--accounts', 'who.json');
    expect(stderr).toContain(`who.json:${faults[0]?.split(' ')[0]} error `);
  });

  it('stands in a repository of terms that cannot be read, so nothing is scanned', async () => {
    const { root: other } = temporaryRepository({ ...terms, 'customers/zephyra.yaml': 'name: [\n' });
    const { root } = temporaryRepository({ 'src/a.ts': seats('lumora') });
    const { exitCode, whole, said } = await scan(root, '--root', other);
    expect([exitCode, 'findings' in whole]).toEqual([1, false]);
    expect(said[0]).toMatch(/^error \.\.\/[^/]+\/customers\/zephyra\.yaml:\d+:\d+ /);
  });

  it('may be doubtful, which is said at its place in the list whatever --root is', async () => {
    const { root: other } = temporaryRepository(terms);
    const who = '[{"id":"zephyra","name":"Zephyra Labs","domains":["gmail.com"]}]';
    const root = product({ 'src/a.ts': seats(), 'tools/who.json': who });
    const { exitCode, said } = await scan(`${root}/src`, '--accounts', '../tools/who.json', '--root', other);
    expect(said).toEqual([
      'warning tools/who.json:1:51 public-domain anybody has an address at gmail.com, so it is not looked for',
    ]);
    expect(exitCode).toBe(1);
  });
});

describe('a scan that cannot be done as asked', () => {
  it.each([
    [['nowhere'], 'there is no folder '],
    [['src/a.ts'], 'src/a.ts is not a folder'],
    [['--accounts', 'nobody.json'], 'the file of accounts nobody.json cannot be read'],
    [['--base', 'nowhere'], 'nowhere'],
    [['--base', 'HEAD', '--staged'], '--staged and --base exclude each other'],
    [['--staged', '--update-baseline'], 'a baseline is written of everything, not of a change'],
    [['--update-baseline', '--prune-baseline'], '--update-baseline and --prune-baseline exclude each other'],
    [['--baseline', 'nothing.json'], 'the baseline nothing.json cannot be read'],
    [['--format', 'csv'], 'there is no format "csv"'],
    [['--fast'], '--fast'],
  ])('ends with 2 and says why: %j', async (argv, why) => {
    const root = product({ 'src/a.ts': seats() });
    const { exitCode, stdout, stderr } = await scanText(root, ...argv);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
  });

  it('takes folders of one repository only', async () => {
    const root = product({ 'src/a.ts': seats() });
    const { root: other } = temporaryRepository({ 'b.ts': seats() });
    const { exitCode, stderr } = await scanText(root, 'src', other);
    expect([exitCode, stderr]).toEqual([
      2,
      'proviso: the folders lie in different repositories\n  help: scan one repository at a time\n',
    ]);
  });
});

describe('the folders of a scan', () => {
  const files = { 'src/a.ts': seats(), 'src/in/b.ts': seats(), 'web/c.ts': seats(), 'more/d.ts': seats() };
  const lines = (...paths: string[]): string[] => paths.map((path) => `${path}:2:22 ${rule}`);

  it('are all that is there where none is named', async () => {
    expect((await scan(product(files))).found).toEqual(lines('more/d.ts', 'src/a.ts', 'src/in/b.ts', 'web/c.ts'));
  });

  it.each([
    [['src', 'web'], lines('src/a.ts', 'src/in/b.ts', 'web/c.ts')],
    [['src', 'src/in', './src', 'src/../src'], lines('src/a.ts', 'src/in/b.ts')],
    [['src/in', 'src'], lines('src/a.ts', 'src/in/b.ts')],
    [['src/in'], lines('src/in/b.ts')],
  ])('are looked at once, however they are named: %j', async (folders, found) => {
    expect((await scan(product(files), ...folders)).found).toEqual(found);
  });

  it('need no git', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { ...files, 'proviso-accounts.json': accounts, '.gitignore': 'more/\n' });
    expect((await scan(folder, 'src', 'src/in')).found).toEqual(lines('src/a.ts', 'src/in/b.ts'));
    expect((await scan(folder)).found).toEqual(lines('src/a.ts', 'src/in/b.ts', 'web/c.ts'));
  });
});

describe('what a scan says on the way', () => {
  const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`src/a${index}.ts`, 'export {};\n']));

  it('is how far it is, on a terminal and nowhere else', async () => {
    const root = product(many);
    const told = async (isTTY: boolean, variables: Record<string, string>, ...argv: string[]) =>
      (await runProviso(['scan', ...argv], { folder: root, isTTY, variables })).stderr;
    expect(await told(true, {})).toContain('\u001b[K64 files');
    expect(await told(true, {})).toMatch(/\u001b\[K$/);
    expect(await told(false, {})).toBe('');
    expect(await told(true, { CI: 'true' })).toBe('');
    expect(await told(true, { TERM: 'dumb' })).toBe('');
    expect(await told(true, {}, '--quiet')).toBe('');
  });

  it('does not change what is found', async () => {
    const root = product({ 'src/a.ts': seats() });
    const quiet = await runProviso(['scan', '--quiet', '--format', 'json'], { folder: root });
    const loud = await runProviso(['scan', '--format', 'json'], { folder: root, isTTY: true });
    expect(quiet.stdout).toBe(loud.stdout);
    expect([quiet.exitCode, quiet.stderr]).toEqual([1, '']);
  });

  it('is nothing to find', async () => {
    const root = product({ 'src/a.ts': 'export {};\n' });
    commitAll(root);
    const { exitCode, stdout } = await scanText(root);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'no rules about accounts']);
  });
});
