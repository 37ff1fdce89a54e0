import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../engine/scan/names/account.ts';
import { hashDictionary } from '../../engine/scan/names/hash-dictionary.ts';
import { noPolicy } from '../../engine/scan/policy.ts';
import { readModule } from '../architecture/read-module.ts';
import { sampleCompany } from '../scenarios/sample-company.ts';
import { commitAll, git, temporaryFolder, writeFiles } from '../temporary-repository.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const built = join(project, 'dist/scripts');
const noting = pathToFileURL(join(project, 'test/fixtures/note-modules.mjs')).href;

const hooli: Account = { id: 'hooli', name: 'Hooli', aliases: [], domains: [], externalIds: {}, people: [] };

const files = readdirSync(built).sort();
const importsOf = new Map(
  files.map((name) => [name, readModule(name, readFileSync(join(built, name), 'utf8')).imports]),
);
const ours = (name: string, kinds: readonly string[]): string[] =>
  (importsOf.get(name) ?? []).filter(({ to, kind }) => kinds.includes(kind) && importsOf.has(to)).map(({ to }) => to);

function reach(from: readonly string[], kinds: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const ahead = [...from];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    ahead.push(...ours(name, kinds));
  }
  return reached;
}

/** Where processes and threads begin: they run as they are loaded. */
const entries = ['proviso.js', 'settings-process.js', 'register-worker.js', 'compile-worker.js'];

describe('the built commands', () => {
  it('are the files that a process of ours may load, and no others', () => {
    expect([...reach(entries, ['value', 'lazy'])].sort()).toEqual(files);
  });

  it('hold no file that loads itself through others: those have no order to be read in', () => {
    expect(files.filter((name) => reach(ours(name, ['value']), ['value']).has(name))).toEqual([]);
  });

  it('hold no file that only passes on what lies in another', () => {
    expect(
      files.filter((name) => /^export \{[^}]*\} from "[^"]*";\s*$/.test(readFileSync(join(built, name), 'utf8'))),
    ).toEqual([]);
  });

  it('can each be loaded', () => {
    const each = files.filter((name) => !entries.includes(name));
    const code = `for (const file of process.argv.slice(1)) await import(file);`;
    const urls = each.map((name) => pathToFileURL(join(built, name)).href);
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code, ...urls], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

/** A repository of source, with a list of accounts and the same without names. */
function product(): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'src/a.ts': "export const isTheirs = (account: Account) => account.id === 'hooli';\n",
    'accounts.json': JSON.stringify([hooli]),
    'hashed.json': JSON.stringify(hashDictionary([hooli], noPolicy, 'MDEyMzQ1Njc4OWFiY2RlZg==')),
  });
  return root;
}

/** What a command loads: how many files of ours, and which packages. */
function loaded(folder: string, argv: readonly string[]): { files: number; packages: string[]; names: string[] } {
  const into = join(temporaryFolder(), 'modules');
  spawnSync(process.execPath, ['--import', noting, join(built, 'proviso.js'), ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PROVISO_NOTED_MODULES: into, GITHUB_ACTIONS: '' },
  });
  const urls = existsSync(into) ? readFileSync(into, 'utf8').trim().split('\n') : [];
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  const names = urls.filter((url) => url.startsWith(pathToFileURL(built).href)).map((url) => basename(url));
  return { files: names.length, packages: [...new Set(packages)].sort(), names };
}

describe('a command loads what it needs', () => {
  it.each<[string, number, string[]]>([
    ['--version', 4, []],
    ['help', 5, []],
    ['check --help', 5, []],
    ['keys show', 20, []],
    ['get harbor-mutual', 30, ['fastest-levenshtein', 'js-yaml']],
    ['check --base HEAD --head HEAD', 55, ['fastest-levenshtein', 'js-yaml']],
    ['diff --base HEAD', 50, ['fastest-levenshtein', 'js-yaml']],
    ['explain harbor-mutual', 50, ['fastest-levenshtein', 'js-yaml']],
    ['scan . --accounts accounts.json', 20, ['fastest-levenshtein', 'ignore']],
  ])('%s', (words, most, packages) => {
    const root = words.startsWith('scan') ? product() : sampleCompany();
    git(root, 'init', '--quiet');
    commitAll(root);
    const found = loaded(root, words.split(' '));
    expect(found.packages).toEqual(packages);
    expect(found.files).toBeGreaterThan(1);
    expect(found.files).toBeLessThanOrEqual(most);
  });

  it('reads the list of English words for names in clear, and for no dictionary without', () => {
    const root = product();
    const namesOf = (file: string): string[] => loaded(root, ['scan', '.', '--accounts', file]).names;
    expect(namesOf('accounts.json')).toContain('english-words.js');
    expect(namesOf('hashed.json')).not.toContain('english-words.js');
  });
});
