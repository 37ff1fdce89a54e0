import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../../scripts/commands/registry.ts';
import { runProviso } from '../run-proviso.ts';
import { commitAll, git, initAll, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';
import { tinyCompany } from './tiny-company.ts';

function tinyFolder(changes: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  writeFiles(folder, { ...tinyCompany, ...changes });
  return folder;
}

const wrong = { 'customers/acme.yaml': 'name: Acme\nplan: studoi@1\n' };

describe('help', () => {
  it('names every command, every global option and every exit code', async () => {
    const { exitCode, stdout, stderr } = await runProviso(['--help'], { folder: '/' });
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const name of Object.keys(commands)) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
    for (const option of [
      '-C, --root <dir>',
      '--format <text|json|markdown|github|sarif>',
      '--at ',
      '--store ',
      '--env ',
      '--channel ',
      '--no-color',
    ])
      expect(stdout).toContain(`  ${option}`);
    expect(stdout).toContain(
      'Exit codes:\n  0  clean\n  1  problems found\n  2  could not run as asked: arguments, no repository\n  3  store, network or a lost race\n',
    );
  });

  it('of a command says the same however it is asked for, and needs no repository', async () => {
    const asked = [
      ['validate', '--help'],
      ['help', 'validate'],
      ['-h', 'validate'],
      ['-C', '/nowhere', 'validate', '-h'],
    ];
    const said = await Promise.all(asked.map((argv) => runProviso(argv, { folder: '/' })));
    expect(new Set(said.map((ran) => JSON.stringify(ran))).size).toBe(1);
    expect(said[0]).toMatchObject({ exitCode: 0, stderr: '' });
    expect(said[0]?.stdout).toContain('Usage: proviso validate [options]\n');
  });

  it('comes on stderr, as a mistake, where nothing is asked for', async () => {
    const { exitCode, stdout, stderr } = await runProviso([], { folder: '/' });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: proviso <command> [options]\n');
  });

  it('is complete for every command', async () => {
    for (const [name, load] of Object.entries(commands)) {
      const { command } = await load();
      expect({ name, summary: command.summary }).toEqual({
        name,
        summary: expect.stringMatching(/^[a-z].{1,57}[^.]$/),
      });
      const { exitCode, stdout } = await runProviso([...name.split(' '), '--help'], { folder: '/' });
      expect([exitCode, stdout.split('\n')[0]]).toEqual([0, `proviso ${name}: ${command.summary}`]);
    }
  });

  it('fits a terminal of 80 columns, but for a flag or an example that is longer by itself', async () => {
    for (const name of Object.keys(commands)) {
      const { stdout } = await runProviso([...name.split(' '), '--help'], { folder: '/' });
      const wide = stdout
        .split('\n')
        .filter((line) => line.length > 80 && !/^ {2}(--\S+ <\S+>$|(\S+=.* )?proviso )/.test(line));
      expect({ name, wide }).toEqual({ name, wide: [] });
    }
  });

  it('gives the version of the package', async () => {
    expect(await runProviso(['--version'], { folder: '/' })).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});

describe('a command line that is not understood', () => {
  const folder = '/';
  it.each([
    [['validat'], 'there is no command "validat"', 'did you mean "proviso validate"?'],
    [['frobnicate'], 'there is no command "frobnicate"', 'see proviso --help'],
    [['toString'], 'there is no command "toString"', 'see proviso --help'],
    [['validate', '--fromat', 'json'], 'there is no option --fromat', 'did you mean --format?'],
    [['validate', '-x'], 'there is no option -x', 'see --help'],
    [['--nope', 'validate'], 'there is no option --nope', 'see --help'],
    [['validate', '--__proto__'], 'there is no option --__proto__', 'see --help'],
    [['validate', '--format', 'yaml'], 'there is no format "yaml"', 'formats are text, json, markdown, github, sarif'],
    [['validate', '--format'], '--format needs a value: --format <text|json|markdown|github|sarif>', undefined],
    [['validate', '--root', '--quiet'], '--root needs a value: --root <dir>', undefined],
    [['validate', '--quiet=yes'], '--quiet takes no value', undefined],
    [['validate', 'acme'], '"acme" is one argument too many', 'see --help'],
    [['validate', '-C', '/nowhere/at/all'], 'there is no folder /nowhere/at/all', undefined],
    [['validate', '--env', 'Pro duction'], '--env is a name like production, not "Pro duction"', undefined],
    [
      ['validate', '--at', 'tomorrow'],
      '--at is a day like 2026-06-03 or an instant like 2026-06-03T09:30:00Z, not "tomorrow"',
      undefined,
    ],
    [
      ['validate', '--at', '2026-02-31'],
      '--at is a day like 2026-06-03 or an instant like 2026-06-03T09:30:00Z, not "2026-02-31"',
      undefined,
    ],
    [
      ['validate', '--at', '2026-06-03T09:30'],
      '--at is a day like 2026-06-03 or an instant like 2026-06-03T09:30:00Z, not "2026-06-03T09:30"',
      'an instant says its zone: add Z for UTC, or +02:00',
    ],
  ])('%j', async (argv, message, help) => {
    expect(await runProviso(argv, { folder })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `proviso: ${message}\n${help ? `  help: ${help}\n` : ''}`,
    });
  });

  it('is answered in json and as a workflow command too', async () => {
    const { exitCode, stdout } = await runProviso(['validate', '--format=json', '--nope'], { folder });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [],
      error: { kind: 'usage', message: 'there is no option --nope', help: 'see --help' },
    });
    expect(await runProviso(['validate', '100%\n::x'], { folder, variables: { GITHUB_ACTIONS: 'true' } })).toEqual({
      exitCode: 2,
      stdout: '::error title=usage::"100%25\\u000a::x" is one argument too many; see --help\n',
      stderr: '',
    });
  });

  it('cannot make the terminal obey', async () => {
    expect((await runProviso(['\u001b[2J'], { folder })).stderr).toBe(
      'proviso: there is no command "\\u001b[2J"\n  help: see proviso --help\n',
    );
  });
});

describe('where proviso runs', () => {
  it('says that there are no terms', async () => {
    const folder = temporaryFolder();
    expect(await runProviso(['validate'], { folder })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        `proviso: ${folder} holds no customers/, plans/ or policies/\n` +
        '  help: run proviso where they lie, or name that folder with --root\n',
    });
  });

  it('is --root, before or after the command, relative to the working folder', async () => {
    const folder = temporaryFolder();
    writeFiles(`${folder}/terms`, tinyCompany);
    for (const argv of [
      ['-C', 'terms', 'validate'],
      ['validate', '--root=terms'],
      ['validate', '-C', `${folder}/terms`],
    ])
      expect(await runProviso(argv, { folder })).toEqual({
        exitCode: 0,
        stdout: '3 files, 1 customer: no problems\n',
        stderr: '',
      });
  });
});

describe('validate', () => {
  it('is silent on stderr where all is well', async () => {
    const folder = tinyFolder();
    expect(await runProviso(['validate'], { folder })).toEqual({
      exitCode: 0,
      stdout: '3 files, 1 customer: no problems\n',
      stderr: '',
    });
  });

  it('shows what is wrong, where, and what to do; in json as data and nothing else', async () => {
    const folder = tinyFolder(wrong);
    const text = await runProviso(['validate'], { folder });
    expect([text.exitCode, text.stdout]).toEqual([1, '3 files, 1 customer: 1 error\n']);
    expect(text.stderr).toContain('customers/acme.yaml:2:7 error ');
    expect(text.stderr).toContain('> 2 | plan: studoi@1\n    |       ^^^^^^^^\n');
    expect(text.stderr).toContain('did you mean studio@1?');
    const json = await runProviso(['validate', '--format', 'json'], { folder });
    expect([json.exitCode, json.stderr]).toEqual([1, '']);
    expect(JSON.parse(json.stdout)).toEqual({
      files: 3,
      customers: 1,
      diagnostics: [
        expect.objectContaining({
          severity: 'error',
          path: 'customers/acme.yaml',
          line: 2,
          column: 7,
          endLine: 2,
          endColumn: 15,
        }),
      ],
    });
  });

  it('annotates a pull request, by itself under GitHub Actions, from the top of the checkout', async () => {
    const folder = temporaryFolder();
    writeFiles(`${folder}/terms`, { ...tinyCompany, ...wrong });
    const variables = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder };
    const { exitCode, stdout, stderr } = await runProviso(['validate', '-C', 'terms'], { folder, variables });
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(
      /^::error file=terms\/customers\/acme\.yaml,line=2,col=7,endLine=2,endColumn=14,title=[a-z-]+::.*\n3 files, 1 customer: 1 error\n$/,
    );
    expect((await runProviso(['validate', '-C', 'terms', '--format', 'text'], { folder, variables })).stdout).toBe(
      '3 files, 1 customer: 1 error\n',
    );
  });

  it('blames the plan that cannot be read, not its customers', async () => {
    const folder = tinyFolder({ 'plans/studio@1.yaml': 'name: [\n' });
    const { stdout } = await runProviso(['validate', '--format', 'json'], { folder });
    expect(JSON.parse(stdout).diagnostics.map(({ path }: { path: string }) => path)).toEqual(['plans/studio@1.yaml']);
  });

  it('without a catalogue says only that', async () => {
    const { 'schemas/generated/catalogue.json': _, ...rest } = tinyCompany;
    const folder = temporaryFolder();
    writeFiles(folder, rest);
    const { exitCode, stdout } = await runProviso(['validate', '--format', 'json'], { folder });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).diagnostics.map(({ message }: { message: string }) => message)).toEqual([
      'there is no settings catalogue',
    ]);
  });

  it('compares the catalogue with the code it comes from, unless told not to', async () => {
    const folder = tinyFolder({
      'schemas/settings.ts':
        "import { defineSettings, feature } from 'proviso/settings';\n" +
        "export const settings = defineSettings({ api: feature({ area: 'access', default: false, description: 'The API.' }) });\n",
    });
    const { exitCode, stdout } = await runProviso(['validate', '--format', 'json'], { folder });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).diagnostics).toContainEqual(
      expect.objectContaining({ rule: 'stale-schema', path: 'schemas/generated/catalogue.json' }),
    );
    expect((await runProviso(['validate', '--no-code'], { folder })).exitCode).toBe(0);
  });

  it('is coloured on a terminal, and only there', async () => {
    const folder = tinyFolder(wrong);
    const stderrOf = async (argv: string[], more: object) =>
      (await runProviso(['validate', ...argv], { folder, ...more })).stderr;
    const isColoured = async (argv: string[], more: object) => (await stderrOf(argv, more)).includes('\u001b[31m');
    expect(await isColoured([], { isTTY: true })).toBe(true);
    expect(await isColoured([], {})).toBe(false);
    expect(await isColoured(['--no-color'], { isTTY: true })).toBe(false);
    expect(await isColoured([], { isTTY: true, variables: { NO_COLOR: '1' } })).toBe(false);
    expect(await isColoured([], { isTTY: true, variables: { NO_COLOR: '' } })).toBe(true);
    expect(await isColoured([], { isTTY: true, variables: { TERM: 'dumb' } })).toBe(false);
    expect(await isColoured([], { variables: { FORCE_COLOR: '1' } })).toBe(true);
    expect(await isColoured([], { isTTY: true, variables: { FORCE_COLOR: '0' } })).toBe(false);
  });
});

it('schemas writes what validate asks for', async () => {
  const folder = tinyFolder({
    'schemas/settings.ts':
      "import { defineSettings, feature, limit } from 'proviso/settings';\n" +
      'export const settings = defineSettings({\n' +
      "  seats: limit({ unit: 'seat', area: 'access', default: 3, favours: 'more', description: 'People.' }),\n" +
      "  api: feature({ area: 'access', default: false, description: 'The API.' }),\n" +
      '});\n',
  });
  expect((await runProviso(['validate', '--quiet'], { folder })).exitCode).toBe(1);
  const { exitCode, stdout } = await runProviso(['schemas', '--format', 'json'], { folder });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    diagnostics: [],
    written: expect.arrayContaining(['schemas/generated/catalogue.json']),
  });
  expect(await runProviso(['validate'], { folder })).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await runProviso(['schemas'], { folder })).stdout).toMatch(/^\d+ files as they should be\.\n$/);
});

it('validate and schemas take a checkout whose lines end as on Windows for what was committed', async () => {
  const origin = tinyFolder({
    'schemas/settings.ts':
      "import { defineSettings, limit } from 'proviso/settings';\n" +
      'export const settings = defineSettings({\n' +
      "  seats: limit({ unit: 'seat', area: 'access', default: 3, favours: 'more', description: 'People.' }),\n" +
      '});\n',
  });
  await runProviso(['schemas'], { folder: origin });
  initAll(origin);
  const folder = temporaryFolder();
  git(folder, 'clone', '--quiet', '--config', 'core.autocrlf=true', origin, '.');
  const generated = readFileSync(join(folder, 'schemas/generated/plan.schema.json'), 'utf8');
  expect(generated).toContain('\r\n');
  expect(await runProviso(['validate'], { folder })).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await runProviso(['schemas'], { folder })).stdout).toMatch(/^\d+ files as they should be\.\n$/);
  expect(git(folder, 'status', '--porcelain')).toBe('');
});

const bin = fileURLToPath(new URL('../../dist/scripts/proviso.js', import.meta.url));

describe('the program', () => {
  it('ends with the exit code and keeps stdout for the result', () => {
    const folder = tinyFolder(wrong);
    const { status, stdout, stderr } = spawnSync('node', [bin, 'validate', '--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, GITHUB_ACTIONS: '' },
    });
    expect([status, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({ customers: 1, diagnostics: [{ path: 'customers/acme.yaml' }] });
  });

  it.skipIf(!existsSync('/dev/full'))('says that what it printed is lost where the disk is full', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync('node', [bin, '--help'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^proviso: what it printed could not be written: ENOSPC.*\n$/),
    ]);
  });

  it('does not mind a reader that stops early', async () => {
    const child = spawn('node', [bin, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('a repository without commits', () => {
  it.each(['publish', 'status', 'history', 'verify', 'refresh', 'rollback', 'gc', 'diff', 'keys init --out ../keys'])(
    'is told what to do by %s',
    async (words) => {
      const folder = join(temporaryFolder(), 'terms');
      writeFiles(folder, tinyCompany);
      git(folder, 'init', '--quiet');
      expect(await runProviso(words.split(' '), { folder })).toEqual({
        exitCode: 2,
        stdout: '',
        stderr:
          'proviso: this git repository has no commits yet\n  help: make the first one: git add --all && git commit\n',
      });
    },
  );
});

describe('PROVISO_DEBUG', () => {
  it('shows a stack, and nothing else does', async () => {
    const folder = temporaryFolder();
    expect((await runProviso(['validate'], { folder })).stderr).not.toMatch(/^ {4}at /m);
    expect((await runProviso(['validate'], { folder, variables: { PROVISO_DEBUG: '1' } })).stderr).toMatch(/^ {4}at /m);
  });
});

describe('a commit', () => {
  it('is read like the folder it was committed from', async () => {
    const { openRepository } = await import('../../scripts/open-repository.ts');
    const { root, commit } = temporaryRepository({ ...tinyCompany, ...wrong });
    const folder = await openRepository({ root });
    const head = await openRepository({ root }, { ref: 'HEAD' });
    expect(head.commit).toBe(commit);
    expect(head.diagnostics).toEqual(folder.diagnostics);
    expect([...head.model.customers.keys()]).toEqual([...folder.model.customers.keys()]);
    expect(head.model.world.digest).toBe(folder.model.world.digest);
    writeFiles(root, { 'customers/acme.yaml': tinyCompany['customers/acme.yaml'] });
    commitAll(root);
    expect((await openRepository({ root }, { ref: 'HEAD~1' })).commit).toBe(commit);
    git(root, 'tag', 'old', commit);
    await expect(openRepository({ root }, { ref: 'odl' })).rejects.toMatchObject({
      name: 'UsageError',
      help: 'did you mean "old"?',
    });
  });
});
