import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportKind, readModule } from './architecture/read-module.ts';
import { dependencies, installPackage, manifestIn } from './install-package.ts';
import { initAll, writeFiles } from './temporary-repository.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const manifest = manifestIn(project);
const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
const nameOf = (entry: string): string => posix.join('proviso', entry);

/** What writers and commands need, and no product that reads. */
const writersOnly = Object.keys(manifest.dependencies).filter((name) => name !== 'prom-client');
const readersMayLoad = new Set(['prom-client', ...Object.keys(manifest.peerDependencies)]);

/** `alone`: a product that has nothing but this package. `company`: a repository of terms, with all that npm installs. */
const at = { alone: '', company: '', installed: '' };

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-test-'));
  at.alone = join(folder, 'alone');
  at.company = join(folder, 'company');
  mkdirSync(at.alone);
  at.installed = installPackage(at.alone);
  mkdirSync(at.company);
  installPackage(at.company, dependencies());
});
afterAll(() => rmSync(join(at.alone, '..'), { recursive: true, force: true }));

const shipped = (): string[] =>
  readdirSync(at.installed, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(at.installed, path)).isFile())
    .sort();

const textOf = (path: string): string => readFileSync(join(at.installed, path), 'utf8');

/** What a page links to within the package. */
const linksOf = (page: string): string[] =>
  Array.from(
    textOf(page).matchAll(/\]\(([^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm),
    ([, inline, below]) => inline ?? below ?? '',
  ).filter((to) => !/^[a-z]+:/.test(to));

/** Whether a link leads to a file that is shipped, and to a heading of it where it names one. */
function leadsSomewhere(page: string, to: string): boolean {
  const [path = '', heading] = to.split('#');
  const target = path === '' ? page : posix.join(posix.dirname(page), path);
  if (!shipped().includes(target)) return false;
  const headings = Array.from(textOf(target).matchAll(/^#+ (.+)$/gm), ([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return heading === undefined || headings.includes(heading);
}

/** Everything an entry reaches: files of the package, and names of what is not in it. */
function reach(file: string, kinds: readonly ImportKind[], suffix: string): { files: string[]; others: string[] } {
  const files = new Set<string>();
  const others = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    const { imports } = readModule(path, readFileSync(join(at.installed, path), 'utf8'));
    for (const { to, kind } of imports)
      if (!kinds.includes(kind)) continue;
      else if (/\.[jt]s$/.test(to)) visit(to.replace(/\.[jt]s$/, suffix));
      else if (!to.startsWith('node:')) others.add(to);
  };
  visit(posix.normalize(file));
  return { files: [...files], others: [...others] };
}

const targetOf = (entry: string, condition: string): string =>
  (manifest.exports[entry] as Readonly<Record<string, string>>)[condition] ?? '';

describe('the tarball', () => {
  it('holds what products import, the commands once, what a company begins with, and what to read: no source, no test, no customer', () => {
    const known =
      /^(package\.json|LICENSE|(README|CHANGELOG|ARCHITECTURE)\.md|docs\/[^/]+\.md|(customers|plans|policies|runtime)\/README\.md|dist\/scripts\/[^/]+\.js|dist\/(runtime\/.*|schemas\/setting)\.(js|d\.ts)|(templates|deploy|\.github|\.vscode)\/.+)$/;
    expect(shipped().filter((path) => !known.test(path))).toEqual([]);
    expect(shipped().filter((path) => /\.map$|tsbuildinfo|\.test\.|package\.yml$/.test(path))).toEqual([]);
  });

  it('is small', () => {
    const tarball = readdirSync(at.alone).find((name) => name.endsWith('.tgz')) ?? '';
    // A quarter of it are the English words, which are read in the place of a package of three times their size.
    expect(statSync(join(at.alone, tarball)).size).toBeLessThan(1_250_000);
  });

  it('holds every page and every place that a page of it links to', () => {
    const pages = shipped().filter((path) => path.endsWith('.md'));
    const links = pages.flatMap((page) => linksOf(page).map((to) => ({ page, to })));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ page, to }) => !leadsSomewhere(page, to))).toEqual([]);
  });

  it('is published by a workflow that can prove where it was built, and runs nothing when it is installed', () => {
    const { type, sideEffects, publishConfig, scripts } = manifestIn(at.installed);
    expect({ type, sideEffects, publishConfig }).toEqual({
      type: 'module',
      sideEffects: false,
      publishConfig: { access: 'public', provenance: true },
    });
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  it('asks for no package that is not optional but those it depends on', () => {
    const { peerDependencies, peerDependenciesMeta } = manifestIn(at.installed);
    expect(Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)).toEqual([]);
  });
});

describe.each(entries)('the entry %s', (entry) => {
  it('is there, with types that come first', () => {
    expect(Object.keys(manifest.exports[entry] ?? {})).toEqual(['types', 'default']);
    for (const condition of ['types', 'default'])
      expect(existsSync(join(at.installed, targetOf(entry, condition)))).toBe(true);
    expect(targetOf(entry, 'types')).toBe(targetOf(entry, 'default').replace(/\.js$/, '.d.ts'));
  });

  it('says all its types without `any`, and needs no package for them that a product may not have', () => {
    const { files, others } = reach(targetOf(entry, 'types'), ['value', 'type', 'lazy'], '.d.ts');
    const anys = files.filter((path) => {
      let found = false;
      readModule(path, readFileSync(join(at.installed, path), 'utf8')).walk(({ type }) => {
        found ||= type === 'TSAnyKeyword';
      });
      return found;
    });
    expect(anys).toEqual([]);
    expect(others.filter((name) => !readersMayLoad.has(name))).toEqual([]);
  });

  it('loads no part of what writes, and no package of it', () => {
    const { files, others } = reach(targetOf(entry, 'default'), ['value', 'lazy'], '.js');
    expect(files.filter((path) => !/^dist\/(runtime\/|schemas\/setting\.js$)/.test(path))).toEqual([]);
    expect(others.filter((name) => !readersMayLoad.has(name))).toEqual([]);
  });

  it('can be loaded where nothing else is installed, or names the one package it is for', () => {
    const code = `import(${JSON.stringify(nameOf(entry))}).then(() => console.log('loaded'), (error) => console.log(error.message))`;
    const said = execFileSync(process.execPath, ['--eval', code], { cwd: at.alone, encoding: 'utf8' });
    const missing = /^Cannot find package '([^']+)'/.exec(said)?.[1];
    if (missing === undefined) expect(said).toBe('loaded\n');
    else expect([entry === '.' || entry === './settings', readersMayLoad.has(missing)]).toEqual([false, true]);
  });
});

const product = `import { openTerms, type CustomerView } from 'proviso';
import type { ValuesOf } from 'proviso/settings';
import { settings } from './settings.js';

type Product = typeof settings;
const terms = await openTerms<Product>({ store: process.argv[2] ?? '', follow: false });
const view: CustomerView<Product> | undefined = terms.customer('example-company');
if (!view) throw new Error('nobody is there');
const values: ValuesOf<Product> = view.settings;
const seats: number = values.seats;
const sso: boolean = view.feature('sso');
// @ts-expect-error no such setting
void values.seatz;
// @ts-expect-error a limit is no feature
void (() => view.feature('seats'));
// @ts-expect-error a number
const wrong: string = values.apiCalls;
void wrong;
const account = terms.account({ account: 'u_1', plan: 'team@1', quantities: { seats: 9 } });
const unit: string | undefined = terms.settings.seats.kind === 'limit' ? terms.settings.seats.unit : undefined;
console.log(JSON.stringify({ seats, sso, account: account.settings.seats, unit, release: terms.release.n }));
await terms.close();
`;

const compilerOptions = {
  target: 'es2022',
  lib: ['es2022'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  types: ['node'],
  typeRoots: [join(project, 'node_modules/@types')],
};

function typeCheck(module: 'nodenext' | 'bundler'): string {
  const options =
    module === 'nodenext'
      ? { ...compilerOptions, module: 'nodenext', outDir: 'out' }
      : { ...compilerOptions, module: 'esnext', moduleResolution: 'bundler', noEmit: true };
  writeFiles(at.alone, {
    'package.json': '{ "type": "module" }\n',
    'product.ts': product,
    'settings.ts': readFileSync(join(at.installed, 'templates/schemas/settings.ts'), 'utf8'),
    'tsconfig.json': JSON.stringify({ compilerOptions: options, files: ['product.ts'] }),
  });
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [compiler, '--pretty', 'false', '-p', at.alone], { encoding: 'utf8' }).stdout;
}

describe('a product in an empty folder', () => {
  it('has none of what writers need', () => {
    const code = `Promise.allSettled(process.argv.slice(1).map((name) => import(name))).then((all) =>
      console.log(all.filter(({ status }) => status === 'fulfilled').length))`;
    expect(execFileSync(process.execPath, ['--eval', code, ...writersOnly], { cwd: at.alone, encoding: 'utf8' })).toBe(
      '0\n',
    );
    expect(readdirSync(join(at.alone, 'node_modules'))).toEqual(['.bin', 'proviso']);
  });

  it.each(['bundler', 'nodenext'] as const)('is typed by its own settings, as %s finds packages', (module) => {
    expect(typeCheck(module)).toBe('');
  });

  it('can be bundled without the clients of stores it does not use', () => {
    writeFiles(at.alone, {
      'bundled.js': "import * as all from 'proviso';\nimport 'proviso/enforce';\nconsole.log(typeof all.openTerms);\n",
    });
    const bundler = join(project, 'node_modules/.bin/esbuild');
    for (const format of ['esm', 'cjs']) {
      const out = join(at.alone, `bundle.${format === 'esm' ? 'mjs' : 'cjs'}`);
      const argv = [
        '--bundle',
        '--platform=node',
        `--format=${format}`,
        `--outfile=${out}`,
        '--log-level=error',
        'bundled.js',
      ];
      const { status, stderr } = spawnSync(bundler, argv, { cwd: at.alone, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(execFileSync(process.execPath, [out], { cwd: at.alone, encoding: 'utf8' })).toBe('function\n');
    }
  });

  it.each(entries)('takes %s with require(), as products do that are no modules', (entry) => {
    const code = `try { require(${JSON.stringify(nameOf(entry))}); } catch (error) { console.log(error.code); }`;
    const argv = ['--no-warnings', '--eval', code];
    const said = execFileSync(process.execPath, argv, { cwd: at.company, encoding: 'utf8' });
    expect(said).toBe(entry === './openfeature' ? 'ERR_MODULE_NOT_FOUND\n' : '');
  });

  it('reads a customer that the installed commands published, and an account without a file', () => {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, GIT_CONFIG_NOSYSTEM: '1' };
    const proviso = (...argv: string[]) =>
      spawnSync(join(at.company, 'node_modules/.bin/proviso'), argv, { cwd: at.company, env, encoding: 'utf8' });

    const help = proviso('--help');
    expect([help.status, help.stderr, /^Usage: proviso <command>/m.test(help.stdout)]).toEqual([0, '', true]);
    expect(proviso('init', 'terms').status).toBe(0);
    const root = join(at.company, 'terms');
    initAll(root);
    const published = proviso('publish', '--root', root, '--env', 'local');
    expect([published.status, /\berror\b/.test(published.stderr)]).toEqual([0, false]);

    expect(typeCheck('nodenext')).toBe('');
    const store = `file:${join(root, '.proviso/store')}`;
    const said = execFileSync(process.execPath, ['out/product.js', store], { cwd: at.alone, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual({ seats: 7, sso: false, account: 9, unit: 'seat', release: 1 });
  });
});
