import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../.github/workflows');
const seed = Number(process.env.PROVISO_SEED ?? Date.now() % 2 ** 31);

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Workflow {
  on: string | Record<string, unknown>;
  permissions: object;
  concurrency?: object;
  jobs: Record<string, { if?: string; permissions?: Record<string, string>; environment?: string; steps: Step[] }>;
}

const workflows = readdirSync(folder).map((name): [string, Workflow] => [
  name,
  parse(readFileSync(join(folder, name), 'utf8')) as Workflow,
]);
const steps = workflows.flatMap(([name, { jobs }]) =>
  Object.values(jobs).flatMap((job) => job.steps.map((step) => ({ ...step, file: name }))),
);

describe('the workflows', () => {
  it('give each job no more than this', () => {
    const granted = workflows.map(([name, { permissions, jobs }]) => [
      name,
      permissions,
      ...Object.values(jobs).map((job) => job.permissions),
    ]);
    expect(granted).toEqual([
      ['agenda.yml', {}, { contents: 'read', issues: 'write' }],
      ['drift.yml', {}, { contents: 'read', issues: 'write' }],
      ['merge-queue.yml', {}, { contents: 'read' }],
      ['package.yml', {}, { contents: 'read' }, { contents: 'read', 'id-token': 'write' }],
      ['publish.yml', {}, { contents: 'write', 'pull-requests': 'write', deployments: 'write', issues: 'write' }],
      ['refresh.yml', {}, { contents: 'write' }],
      ['request.yml', {}, { contents: 'read', issues: 'write' }],
      ['review-submitted.yml', {}, {}],
      ['review.yml', {}, { contents: 'read', 'pull-requests': 'write', checks: 'write' }],
      ['rollback.yml', {}, { contents: 'write' }],
      ['verify.yml', {}, { contents: 'read' }],
    ]);
  });

  it('hold a token or a secret only in the one step that needs it, and never beside what is proposed', () => {
    const holders = steps.filter(({ env }) => Object.values(env ?? {}).some((value) => /token|secrets/.test(value)));
    expect(holders.map(({ file, env }) => [file, Object.keys(env ?? {})])).toEqual([
      ['agenda.yml', ['GITHUB_TOKEN']],
      ['drift.yml', ['GITHUB_TOKEN', 'PROVISO_STORE']],
      ['publish.yml', ['GITHUB_TOKEN', 'PROVISO_STORE', 'PROVISO_HEAD_KEY']],
      ['refresh.yml', ['GITHUB_TOKEN', 'PROVISO_STORE', 'PROVISO_HEAD_KEY']],
      ['request.yml', ['GITHUB_TOKEN', 'PROVISO_APP_ID', 'PROVISO_APP_KEY', 'ISSUE']],
      ['review.yml', ['GITHUB_TOKEN', 'PULL', 'HEAD']],
      ['rollback.yml', ['GITHUB_TOKEN', 'PROVISO_STORE', 'PROVISO_HEAD_KEY', 'ACTION', 'RELEASE', 'REASON']],
    ]);
    const text = (name: string) => readFileSync(join(folder, name), 'utf8');
    for (const name of ['verify.yml', 'merge-queue.yml', 'review-submitted.yml'])
      expect(text(name)).not.toMatch(/secrets\.|github\.token/);
    // What may write checks out what was merged, whatever the event is about.
    for (const name of ['review.yml', 'request.yml'])
      expect(text(name)).toContain('ref: ${{ github.event.repository.default_branch }}');
  });

  it('release only what is on main and only where that is turned on, in an environment and one after the other', () => {
    const released = ['publish.yml', 'refresh.yml', 'drift.yml', 'rollback.yml'].map((name) => {
      const { jobs, concurrency } = Object.fromEntries(workflows)[name] as Workflow;
      return [name, Object.values(jobs).map((job) => [job.if, job.environment]), concurrency];
    });
    const gate = "github.ref == 'refs/heads/main' && vars.PROVISO_PUBLISH == 'true'";
    const group = (name: string) => ({ group: name, 'cancel-in-progress': false });
    expect(released).toEqual([
      ['publish.yml', [[gate, 'production']], group('publish')],
      ['refresh.yml', [[gate, 'production']], group('refresh')],
      ['drift.yml', [[gate, 'production']], group('drift')],
      ['rollback.yml', [[gate, 'production-rollback']], group('publish')],
    ]);
    expect(readFileSync(join(folder, 'drift.yml'), 'utf8')).not.toMatch(/HEAD_KEY|secrets\.PROVISO_STORE\b/);
  });

  it('put nothing into a shell by writing it into the script', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });
});

/** Runs a script once for every value, all in one shell, in which `npm` only says what it was given. */
function argumentsOf(
  script: string,
  variable: string,
  values: readonly string[],
  others: Readonly<Record<string, string>> = {},
): string[][] {
  const probe = `npm() { printf '%s\\0' "$#" "$@"; }; while IFS= read -r -d '' ${variable}; do export ${variable}; eval "$SCRIPT"; done; true`;
  const output = execFileSync('bash', ['--norc', '--noprofile', '-c', probe], {
    env: { ...others, PATH: process.env.PATH, SCRIPT: script },
    input: values.map((value) => `${value}\0`).join(''),
    maxBuffer: 2 ** 28,
  });
  const words = output.toString('utf8').split('\0');
  const calls: string[][] = [];
  for (let at = 0; at + 1 < words.length; ) {
    const count = Number(words[at]);
    calls.push(words.slice(at + 1, at + 1 + count));
    at += 1 + count;
  }
  return calls;
}

const pieces = [
  '$(echo sprung)',
  '`echo sprung`',
  '";echo sprung;"',
  "';echo sprung;'",
  '\n',
  '\\',
  '*',
  '~',
  '--',
  '-rf',
  '#',
  '&&',
  '|',
  '<(',
  '!',
  '${IFS}',
  '\u202e',
  ' ',
  '$PATH',
];
const hostile = fc
  .sample(
    fc.oneof(
      fc
        .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 8 })), {
          minLength: 1,
          maxLength: 6,
        })
        .map((parts) => parts.join('')),
      fc.string({ unit: 'binary', minLength: 1 }),
    ),
    { numRuns: 5_000, seed },
  )
  .map((text) => text.replaceAll('\0', '').replace(/[\ud800-\udfff]/g, ''))
  .filter(Boolean);

describe('5,000 titles, branches and labels', () => {
  const scriptOf = (file: string) => steps.findLast((step) => step.file === file && step.run)?.run ?? '';

  it.each([
    ['review.yml', 'PULL', ['review', '--pull']],
    ['request.yml', 'ISSUE', ['request', '--issue']],
  ] as const)('come through the environment of %s as one word each', (file, variable, words) => {
    const expected = hostile.map((value) => ['run', '-s', 'proviso', '--', ...words, value]);
    expect(argumentsOf(scriptOf(file), variable, hostile), `PROVISO_SEED=${seed}`).toEqual(expected);
  });

  it.each(['REASON', 'RELEASE'])('come through the environment of rollback.yml as one word each: %s', (variable) => {
    const others = { ACTION: 'rollback', REASON: 'why', RELEASE: '4' };
    const expected = hostile.map((value) => {
      const { REASON, RELEASE }: typeof others = { ...others, [variable]: value };
      const words = ['rollback', '--env', 'production', `--to=${RELEASE}`, `--because=${REASON}`];
      return ['run', '-s', 'proviso', '--', ...words];
    });
    expect(argumentsOf(scriptOf('rollback.yml'), variable, hostile, others), `PROVISO_SEED=${seed}`).toEqual(expected);
  });

  it('start nothing when they are the action of rollback.yml', () => {
    const script = `(${scriptOf('rollback.yml')})`;
    const others = { REASON: 'why', RELEASE: '' };
    const words = (value: string): string[][] => argumentsOf(script, 'ACTION', [value], others);
    expect(hostile.slice(0, 20).flatMap(words)).toEqual([]);
    const start = ['run', '-s', 'proviso', '--'];
    expect(['rollback', 'promote', 'abort'].flatMap(words)).toEqual([
      [...start, 'rollback', '--env', 'production', '--because=why'],
      [...start, 'promote', '--env', 'production'],
      [...start, 'abort', '--env', 'production'],
    ]);
  });

  it('would not, were they written into the script', () => {
    const raw = hostile.map((value) => `npm review "${value}"`).filter((script) => script.includes('$(echo sprung)'));
    expect(raw.length).toBeGreaterThan(100);
    // Some are no script any more, because of a quote in them: one that is does for the rest.
    const said = raw.slice(0, 20).map((script) => argumentsOf(script, 'X', ['x']).flat().join(' '));
    expect(said.filter((words) => words.includes('sprung') && !words.includes('$(echo sprung)'))).not.toEqual([]);
  });
});
