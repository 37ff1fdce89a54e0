import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { examine } from '../../engine/doctor/examine.ts';
import { forCompany } from '../../engine/init/for-company.ts';
import { languages } from '../../engine/scan/languages/registry.ts';
import { setupWith } from '../engine/doctor/safe-setup.ts';
import { commitAll, git, temporaryFolder, temporaryRepository, writeFiles } from '../temporary-repository.ts';

const project = join(import.meta.dirname, '../..');
const seed = Number(process.env.PROVISO_SEED ?? 20261127);

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  shell?: string;
  if?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}
interface Action {
  inputs: Record<string, { description: string; default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
}
const text = readFileSync(join(project, '.github/actions/scan/action.yml'), 'utf8');
const action = parse(text) as Action;
const stepNamed = (name: string): Step => action.runs.steps.find((step) => step.name === name) ?? {};

/** A scanner that writes what it was given, one run a line, and finds what it is told to. */
const scanner = `
import { appendFileSync } from 'node:fs';
appendFileSync(process.env.GIVEN, JSON.stringify(process.argv.slice(2)) + '\\n');
const one = (more) => ({ partialFingerprints: { 'proviso/v1': 'a:1' }, suppressions: [], ...more });
const results = [one(), one({ suppressions: [{}] }), one({ baselineState: 'unchanged' }), { partialFingerprints: {} }];
if (process.argv.includes('--format=sarif')) console.log(JSON.stringify({ runs: [{ results }] }));
process.exitCode = Number(process.env.ENDS);
`;

/** Runs the action's script as GitHub does, with these inputs, in a checkout. */
function scan(inputs: Record<string, string>, { folder = temporaryFolder(), ends = 0, below = 'dist' } = {}) {
  const tool = temporaryFolder();
  writeFiles(tool, {
    [`${below}/scripts/proviso.js`]: scanner,
    'package.json': '{ "type": "module" }',
    'node_modules/proviso/package.json': '{ "type": "module" }',
    given: '',
    output: '',
  });
  const { ACCOUNTS = '', ROOT = '', BASE = '', DIRECTORIES = '.', BASELINE = '', SARIF = '' } = inputs;
  const { status, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', stepNamed('Scan').run ?? ''],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIVEN: join(tool, 'given'),
        ENDS: String(ends),
        RUNNER_TEMP: tool,
        GITHUB_OUTPUT: join(tool, 'output'),
        TOOL: tool,
        ACCOUNTS,
        ROOT,
        BASE,
        DIRECTORIES,
        BASELINE,
        SARIF,
      },
    },
  );
  const given = readFileSync(join(tool, 'given'), 'utf8').trim().split('\n');
  const output = readFileSync(join(tool, 'output'), 'utf8').replaceAll(tool, '');
  return { status, stderr, output, given: given.filter(Boolean).map((line): string[] => JSON.parse(line)) };
}
const wordsOf = (inputs: Record<string, string>, folder?: string): string[] | undefined =>
  scan(inputs, { folder }).given.at(-1)?.slice(2);

describe('the action that scans', () => {
  it('runs only its own code, pinned, and puts no input into a script', () => {
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps.flatMap(({ uses }) => uses ?? [])).toEqual([
      expect.stringMatching(/^actions\/setup-node@[0-9a-f]{40}$/),
      expect.stringMatching(/^github\/codeql-action\/upload-sarif@[0-9a-f]{40}$/),
    ]);
    expect(action.runs.steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
    expect(text).not.toMatch(/secrets\.|github\.token/);
    const workflows = readFileSync(join(project, '.github/workflows/verify.yml'), 'utf8');
    expect(workflows).toContain(action.runs.steps[0]?.uses);
  });

  it('looks with the dictionary of the repository at everything, and says what it found', () => {
    const { status, given, output } = scan({});
    const words = ['--accounts=proviso-accounts.json', '--', '.'];
    expect([status, given]).toEqual([
      0,
      [
        ['scan', '--format=sarif', ...words],
        ['scan', '--format=github', ...words],
      ],
    ]);
    expect(output).toBe('findings=1\nsarif=/proviso-scan.sarif\ncode=0\n');
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a checkout of the terms', { ROOT: 'terms' }, ['--root=terms', '--', '.']],
    ['both', { ROOT: 'terms', ACCOUNTS: 'a.json' }, ['--root=terms', '--accounts=a.json', '--', '.']],
    ['a baseline', { BASELINE: 'b.json' }, ['--accounts=proviso-accounts.json', '--baseline=b.json', '--', '.']],
    ['folders', { DIRECTORIES: 'src\nweb app\n\n' }, ['--accounts=proviso-accounts.json', '--', 'src', 'web app']],
  ])('takes %s', (_, inputs, words) => {
    expect(wordsOf(inputs)).toEqual(words);
  });

  it('ends as the scanner ends, after it has told everything', () => {
    const { status, output } = scan({}, { ends: 1 });
    expect([status, output.split('\n').at(-2)]).toEqual([0, 'code=1']);
    const { run = '' } = stepNamed('Say how it ended');
    expect([0, 1, 3].map((code) => spawnSync('bash', ['-c', run], { env: { CODE: String(code) } }).status)).toEqual([
      0, 1, 3,
    ]);
  });

  it('finds the scanner where a company has it installed', () => {
    expect(scan({}, { below: 'node_modules/proviso/dist' }).given).toHaveLength(2);
  });

  it('judges what a change adds, also where the checkout holds one commit only', () => {
    const { root, commit } = temporaryRepository({ 'a.ts': '1' });
    writeFiles(root, { 'a.ts': '2' });
    commitAll(root);
    const shallow = temporaryFolder();
    git(shallow, 'clone', '--quiet', '--depth=1', `file://${root}`, 'here');
    const here = join(shallow, 'here');
    expect(wordsOf({ BASE: commit }, root)?.[1]).toBe(`--base=${commit}`);
    expect(wordsOf({ BASE: commit }, here)?.[1]).toBe(`--base=${commit}`);
    expect(git(here, 'show', `${commit}:a.ts`)).toBe('1');
    const lost = scan({ BASE: 'f'.repeat(40) }, { folder: here });
    expect([lost.status === 0, lost.given]).toEqual([false, []]);
  });

  it('takes hostile inputs as one word each', () => {
    const piece = fc.constantFrom(
      '$(echo sprung)',
      '`echo sprung`',
      '";echo sprung;"',
      "'",
      '*',
      '~',
      '--',
      '-rf',
      '&&',
      '|',
      '!',
      '${IFS}',
      ' ',
      '\\',
      '#',
      'é',
      '\u202e',
    );
    const hostile = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, hostile, (accounts, baseline, directory) => {
        expect(wordsOf({ ACCOUNTS: accounts, BASELINE: baseline, DIRECTORIES: directory })).toEqual([
          `--accounts=${accounts}`,
          `--baseline=${baseline}`,
          '--',
          directory,
        ]);
        const { status, given } = scan({ BASE: directory }, { folder: temporaryFolder() });
        expect([status === 0, given]).toEqual([false, []]);
      }),
      { seed, numRuns: 12 },
    );
  });

  it('uses every input it has, and no other', () => {
    const used = [...text.matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
    expect(
      Object.values(action.inputs).every(({ description, default: value }) => description && typeof value === 'string'),
    ).toBe(true);
    expect(action.runs.steps.filter(({ run, shell }) => run !== undefined && shell !== 'bash')).toEqual([]);
  });

  it('is safe in the eyes of the doctor', async () => {
    const path = '.github/actions/scan/action.yml';
    expect(examine(await setupWith({ [path]: text }))).toEqual(examine(await setupWith()));
    const careless = text.replace('scan --format=github', '${{ inputs.directories }}').replace(/@[0-9a-f]{40}/, '@v5');
    const found = examine(await setupWith({ [path]: careless })).filter(({ at }) => at.path === path);
    expect(found.map(({ rule }) => rule).sort()).toEqual(['pinned-actions', 'script-injection']);
  });
});

describe('the parsers of languages', () => {
  const packageIn = (path: string) =>
    JSON.parse(readFileSync(join(project, path), 'utf8')) as Record<string, Record<string, string>>;
  const { devDependencies, peerDependencies, peerDependenciesMeta, dependencies } = packageIn('package.json');
  const parsers = Object.entries(devDependencies ?? {}).filter(([name]) => name.startsWith('@ast-grep/'));

  it('come in the versions that are tested here, and only to who scans', () => {
    const [hook] = parse(readFileSync(join(project, '.pre-commit-hooks.yaml'), 'utf8')) as [
      { entry: string; additional_dependencies: string[] },
    ];
    expect(hook.entry).toBe('proviso scan --staged');
    expect(hook.additional_dependencies).toEqual(parsers.map(([name, version]) => `${name}@${version}`));
    expect(parsers.map(([, version]) => version)).toEqual(parsers.map(() => expect.stringMatching(/^\d+\.\d+\.\d+$/)));
    expect(peerDependencies).toMatchObject(Object.fromEntries(parsers));
    expect(peerDependenciesMeta).toMatchObject(Object.fromEntries(parsers.map(([name]) => [name, { optional: true }])));
    expect(Object.keys(dependencies ?? {}).filter((name) => name.startsWith('@ast-grep/'))).toEqual([]);
    expect(packageIn('templates/package.json').devDependencies).toEqual(Object.fromEntries(parsers));
  });

  it('are those of every language', () => {
    const needed = languages.flatMap(({ package: name }) => name ?? []);
    expect(needed.filter((name) => peerDependencies?.[name] === undefined)).toEqual([]);
  });

  it('are installed by the action in a company, and by no other job', () => {
    const company = { name: 'terms', version: '1.0.0' };
    const installs = readdirSync(join(project, '.github'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yml'))
      .flatMap((path) =>
        Array.from(
          forCompany(readFileSync(join(project, '.github', path), 'utf8'), company).matchAll(/^ *run: (npm ci.*)$/gm),
          ([, command]) => `${path}: ${command}`,
        ),
      );
    expect(installs.filter((one) => !one.endsWith('npm ci --ignore-scripts --omit=dev'))).toEqual([
      'actions/scan/action.yml: npm ci --ignore-scripts',
    ]);
    expect(installs.length).toBeGreaterThan(3);
  });
});
