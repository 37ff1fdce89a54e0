import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProviso } from '../run-proviso.ts';
import {
  commitAll,
  type Files,
  git,
  temporaryFolder,
  temporaryRepository,
  writeFiles,
} from '../temporary-repository.ts';
import { read, run } from './sample-company.ts';
import { tinyCompany } from './tiny-company.ts';

const account = (id: string, name: string) => ({ id, name });
const list = (...accounts: object[]): string => JSON.stringify(accounts);
const hooli = account('hooli', 'Hooli');
const clear = list(hooli, account('soylent', 'Soylent'));
const rule = (id = 'hooli'): string =>
  `export const limit = (account: Account) => (account.id === '${id}' ? 50 : 10);\n`;
const code = (times = 1): string => `export const a = (n: number) => n + 1;\n`.repeat(times);

interface Scan {
  findings: { path: string; account?: string }[];
  diagnostics: { rule: string; severity: string; path: string; message: string }[];
}

async function scan(root: string, ...argv: string[]): Promise<Scan> {
  const ran = await runProviso(['scan', ...argv, '--format', 'json'], { folder: root });
  return JSON.parse(ran.stdout) as Scan;
}

/** `path: account` of what counts, then `rule path` of what is said. */
const told = ({ findings, diagnostics }: Scan): string[] => [
  ...findings.map(({ path, account = '?' }) => `${path}: ${account}`),
  ...diagnostics.map(({ severity, rule, path }) => `${severity} ${rule} ${path}`),
];

async function change(
  before: Files,
  after: Files,
  { gone = [], argv = [] }: { gone?: string[]; argv?: string[] } = {},
) {
  const { root, commit } = temporaryRepository(before);
  for (const path of gone) rmSync(join(root, path), { recursive: true });
  writeFiles(root, after);
  commitAll(root);
  return told(await scan(root, '.', '--base', commit, ...argv));
}

const product = { 'proviso-accounts.json': clear, 'src/a.ts': code() };

describe('a change does not choose who is looked for', () => {
  it.each<[string, Files, Files, { gone?: string[] }, string[]]>([
    [
      'by taking a customer out',
      product,
      { 'proviso-accounts.json': list() },
      {},
      ['src/a.ts: hooli', 'warning no-accounts proviso-accounts.json'],
    ],
    [
      'by renaming one',
      product,
      { 'proviso-accounts.json': list(account('h', 'H Incorporated')) },
      {},
      ['src/a.ts: hooli'],
    ],
    [
      'by taking the list away',
      product,
      {},
      { gone: ['proviso-accounts.json'] },
      ['src/a.ts: hooli', 'warning accounts-of-change proviso-accounts.json'],
    ],
    [
      'by bringing terms of its own',
      product,
      {
        'customers/x.yaml': 'name: X\nplan: studio@1\n',
        'policies/scan.yaml': 'exclude: ["src/**"]\n',
        'schemas/generated/catalogue.json': tinyCompany['schemas/generated/catalogue.json'],
      },
      {},
      ['src/a.ts: hooli', 'note policy-of-change policies/scan.yaml'],
    ],
    [
      'though where nothing said it before, its own list is all there is',
      { 'src/a.ts': code() },
      { 'proviso-accounts.json': clear },
      {},
      ['src/a.ts: hooli', 'note accounts-of-change proviso-accounts.json'],
    ],
  ])('%s', async (_, before, after, how, expected) => {
    expect(await change(before, { ...after, 'src/a.ts': rule() }, how)).toEqual(expected);
  });

  it('and a customer it brings is looked for at once', async () => {
    const joined = { 'proviso-accounts.json': list(hooli, account('initech', 'Initech')), 'src/a.ts': rule('initech') };
    expect(await change(product, joined)).toEqual(['src/a.ts: initech']);
  });

  it('nor what is about to be committed', async () => {
    const { root } = temporaryRepository(product);
    writeFiles(root, { 'proviso-accounts.json': list(), 'src/a.ts': rule() });
    git(root, 'add', '.');
    expect(told(await scan(root, '.', '--staged'))).toContain('src/a.ts: hooli');
  });

  it('nor by a link in the place of the list, or of the folder it lies in', async () => {
    const { root, commit } = temporaryRepository({ 'ci/accounts.json': clear, 'src/a.ts': code() });
    renameSync(join(root, 'ci'), join(root, 'old'));
    writeFiles(root, { 'new/accounts.json': list(), 'src/a.ts': rule() });
    symlinkSync('new', join(root, 'ci'));
    commitAll(root);
    expect(told(await scan(root, '.', '--base', commit, '--accounts', 'ci/accounts.json'))).toContain(
      'src/a.ts: hooli',
    );
  });

  it('nor from a branch that left before the customer came', async () => {
    const { root, commit } = temporaryRepository({ ...product, 'proviso-accounts.json': list() });
    writeFiles(root, product);
    commitAll(root);
    git(root, 'checkout', '--quiet', '-b', 'change', commit);
    writeFiles(root, { 'src/a.ts': rule() });
    commitAll(root);
    expect(told(await scan(root, '.', '--base', 'main'))).toContain('src/a.ts: hooli');
  });

  it('with a dictionary without names either', async () => {
    const hashed = async (customers: Files, salted?: string): Promise<string> => {
      const terms = temporaryFolder();
      writeFiles(terms, { ...tinyCompany, ...customers, ...(salted && { 'd.json': salted }) });
      await run(terms, 'accounts', '--hashed', '--out', 'd.json');
      return read(terms, 'd.json');
    };
    const before = await hashed({ 'customers/hooli.yaml': 'name: Hooli\nplan: studio@1\n' });
    const after = await hashed({ 'customers/initech.yaml': 'name: Initech\nplan: studio@1\n' }, before);
    const other = await hashed({ 'customers/initech.yaml': 'name: Initech\nplan: studio@1\n' });
    const both = { 'src/a.ts': rule(), 'src/b.ts': rule('initech') };
    const made = { 'proviso-accounts.json': before, 'src/a.ts': code() };
    expect(await change(made, { 'proviso-accounts.json': after, ...both })).toEqual([
      'src/a.ts: hooli',
      'src/b.ts: initech',
    ]);
    // What cannot be looked up beside the other is left for the next change, and said.
    const salted = await change(made, { 'proviso-accounts.json': other, 'src/a.ts': rule() });
    expect(salted).toEqual(['src/a.ts: hooli', 'warning accounts-of-change proviso-accounts.json']);
  });
});

describe('a change in a repository that holds the terms and the product', () => {
  const before = { ...tinyCompany, 'customers/hooli.yaml': 'name: Hooli\nplan: studio@1\n', 'src/a.ts': code() };

  it.each<[string, Files, { gone?: string[] }]>([
    ['does not take the customer out', {}, { gone: ['customers/hooli.yaml'] }],
    ['does not leave its files out', { 'policies/scan.yaml': 'exclude: ["src/**"]\n' }, {}],
    ['does not turn the rule off', { 'policies/scan.yaml': 'severity: { account-equality: off }\n' }, {}],
    ['does not call the customer nobody', { 'policies/scan.yaml': 'sentinels: [hooli]\n' }, {}],
  ])('%s', async (_, after, how) => {
    const said = await change(before, { ...after, 'src/a.ts': rule() }, how);
    expect(said[0]).toBe('src/a.ts: hooli');
    expect(said.includes('note policy-of-change policies/scan.yaml')).toBe('policies/scan.yaml' in after);
  });

  it('is judged by its own new customers too', async () => {
    const added = { 'customers/initech.yaml': 'name: Initech\nplan: studio@1\n', 'src/a.ts': rule('initech') };
    expect(await change(before, added)).toEqual(['src/a.ts: initech']);
  });

  it('is judged by terms of another repository as they are', async () => {
    const terms = temporaryRepository({ ...tinyCompany, 'customers/hooli.yaml': 'name: Hooli\nplan: studio@1\n' });
    writeFiles(terms.root, { 'customers/initech.yaml': 'name: Initech\nplan: studio@1\n' });
    expect(
      await change({ 'src/a.ts': code() }, { 'src/a.ts': rule('initech') }, { argv: ['--root', terms.root] }),
    ).toEqual(['src/a.ts: initech']);
  });

  it('is judged by the terms its base names, where they are a submodule', async () => {
    const terms = temporaryRepository({ ...tinyCompany, 'customers/hooli.yaml': 'name: Hooli\nplan: studio@1\n' });
    const { root } = temporaryRepository({ 'src/a.ts': code() });
    git(root, 'submodule', '--quiet', 'add', terms.root, 'terms');
    const commit = commitAll(root);
    const inside = join(root, 'terms');
    writeFiles(inside, { 'policies/scan.yaml': 'exclude: ["src/**"]\n' });
    commitAll(inside);
    writeFiles(root, { 'src/a.ts': rule() });
    commitAll(root);
    expect(told(await scan(root, '.', '--base', commit, '--root', 'terms'))[0]).toBe('src/a.ts: hooli');
  });
});

const generated = '// Code generated by protoc. DO NOT EDIT.\n';
const long = `/*${' {}();:'.repeat(400)}*/`;

describe('a change does not hide what it brings', () => {
  it.each<[string, Files, Files, string[]]>([
    ['by writing that a machine wrote it', product, { 'src/a.ts': generated + rule() }, ['src/a.ts: hooli']],
    ['nor in a new file', product, { 'src/b.ts': generated + rule() }, ['src/b.ts: hooli']],
    ['nor in lines nobody reads', product, { 'src/a.ts': long + rule() }, ['src/a.ts: hooli']],
    [
      'nor by a constant of such a file',
      {
        ...product,
        'src/use.ts':
          "import { BIGGEST } from './big.ts';\nexport const f = (account: Account) => account.id === BIGGEST;\n",
      },
      {
        'src/use.ts': `${generated}import { BIGGEST } from './big.ts';\nexport const f = (account: Account) => BIGGEST === account.id;\n`,
        'src/big.ts': "export const BIGGEST = 'hooli';\n",
      },
      ['src/big.ts: hooli'],
    ],
    ['nor by an entry in .gitignore', product, { '.gitignore': 'src/\n', 'src/a.ts': rule() }, ['src/a.ts: hooli']],
    [
      'nor by attributes of git',
      product,
      {
        '.gitattributes': '*.ts binary linguist-generated linguist-vendored export-ignore -diff\n',
        'src/a.ts': rule(),
      },
      ['src/a.ts: hooli'],
    ],
    [
      'nor by a byte that makes other letters of a name',
      { ...product, 'proviso-accounts.json': list(account('zr', 'Zürichwerk')) },
      { 'src/a.ts': Buffer.concat([Buffer.from(rule('zürichwerk')), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])]) },
      ['src/a.ts: zr'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await change(before, after)).toEqual(expected);
  });

  it('nor in the value of a constant that code decides by which it does not touch', async () => {
    const { root, commit } = temporaryRepository({
      'proviso-accounts.json': clear,
      'lib/use.ts': `import { BIGGEST } from '../src/big.ts';\nexport const f = (account: Account) => account.id === BIGGEST;\n`,
      'lib/old.ts': `import { OLDEST } from '../src/big.ts';\nexport const f = (account: Account) => account.id === OLDEST;\n`,
      'src/big.ts': "export const BIGGEST = '';\nexport const OLDEST = 'soylent';\n",
    });
    writeFiles(root, { 'src/big.ts': "export const BIGGEST = 'hooli';\n\nexport const OLDEST = 'soylent';\n" });
    const { findings } = await scan(root, '.', '--base', commit);
    expect(findings.map(({ path, account }) => [path, account])).toEqual([['src/big.ts', 'hooli']]);
    git(root, 'add', '.');
    expect(told(await scan(root, '.', '--staged'))).toEqual(['src/big.ts: hooli']);
  });

  it('while what was generated before stays so', async () => {
    const before = { ...product, 'src/a.ts': generated + code() };
    expect(await change(before, { 'src/a.ts': generated + rule() })).toEqual([]);
  });

  it.each<[string, Files]>([
    ['a zero among its bytes', { 'src/a.ts': `/*\0*/${rule()}` }],
    ['more bytes than anybody writes', { 'src/a.ts': `${rule()}/*${'x'.repeat(2_000_000)}*/` }],
    ['such a file that is new', { 'src/b.ts': `/*\0*/${rule()}` }],
  ])('and says so where it cannot look: %s', async (_, after) => {
    expect(await change(product, after)).toEqual([`warning hidden-source ${Object.keys(after)[0]}`]);
  });

  it('nor behind links to where nobody looks, while a link between two places of source hides nothing', async () => {
    const { root, commit } = temporaryRepository(product);
    writeFiles(root, { 'docs/rules/a.ts': rule() });
    rmSync(join(root, 'src/a.ts'));
    symlinkSync('../docs/rules/a.ts', join(root, 'src/a.ts'));
    symlinkSync('../docs/rules', join(root, 'src/rules'));
    symlinkSync('/opt/rules', join(root, 'src/outside'));
    writeFiles(root, { 'lib/b.ts': code() });
    symlinkSync('../lib', join(root, 'src/lib'));
    symlinkSync('../lib/b.ts', join(root, 'src/b.ts'));
    symlinkSync('docs/rules/a.ts', join(root, 'README.md'));
    const links = ['src/a.ts', 'src/outside', 'src/rules'].map((path) => `warning hidden-source ${path}`);
    git(root, 'add', '.');
    expect(told(await scan(root, '.', '--staged'))).toEqual(links);
    commitAll(root);
    expect(told(await scan(root, '.', '--base', commit))).toEqual(links);
  });

  it('nor in a new repository inside this one', async () => {
    const inner = temporaryRepository({ 'a.ts': rule() });
    const { root, commit } = temporaryRepository(product);
    mkdirSync(join(root, 'src'), { recursive: true });
    git(root, 'submodule', '--quiet', 'add', inner.root, 'src/inner');
    const added = commitAll(root);
    expect(told(await scan(root, '.', '--base', commit))).toEqual(['warning hidden-source src/inner']);
    writeFiles(join(root, 'src/inner'), { 'b.ts': rule() });
    commitAll(join(root, 'src/inner'));
    commitAll(root);
    expect(told(await scan(root, '.', '--base', added))).toEqual([]);
  });

  it('though what it moves among the tests or the documents is for reviewers to see', async () => {
    const { root, commit } = temporaryRepository({ ...product, 'src/a.ts': rule() });
    mkdirSync(join(root, 'tests'));
    renameSync(join(root, 'src/a.ts'), join(root, 'tests/a.ts'));
    writeFiles(root, { 'docs/b.ts': rule('soylent') });
    commitAll(root);
    expect(told(await scan(root, '.', '--base', commit))).toEqual([]);
  });
});
