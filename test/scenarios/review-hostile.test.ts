import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { hostileTrees } from '../fixtures/hostile-trees.ts';
import { companyOnGitHub, type OnGitHub } from '../github/company-on-github.ts';
import { propose } from '../github/fake/acts.ts';
import { git, temporaryFolder, writeFiles } from '../temporary-repository.ts';

const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

interface Watched extends OnGitHub {
  /** A shell command that leaves a trace. */
  trap: string;
  secret: string;
  /** What has happened since that must not: nothing, where all is well. */
  harm(): string[];
}

const CANARY = 'canary-5e1f0c';

/** A clone in which every command that is started is written down, every filter, driver and hook is a trap, and a secret lies near. */
async function watched(): Promise<Watched> {
  const on = await companyOnGitHub();
  const { clone, fake } = on;
  const folder = temporaryFolder();
  const [trace, log, bin, secret] = ['trace', 'log', 'bin', 'secret'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  const trap = `echo sprung >> ${trace}`;
  writeFileSync(secret, `${CANARY}\n`);
  mkdirSync(bin);
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  for (const name of ['git', 'sh', 'bash', 'node', 'npm', 'npx', 'tsx', 'curl', 'python3']) {
    const then = name === 'git' ? `exec ${real} "$@"` : trap;
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${name} >> ${log}\n${then}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  for (const key of [
    'filter.evil.clean',
    'filter.evil.smudge',
    'merge.evil.driver',
    'diff.evil.command',
    'diff.evil.textconv',
  ])
    git(clone, 'config', key, trap);
  for (const hook of ['post-checkout', 'post-merge', 'reference-transaction', 'post-index-change']) {
    writeFiles(clone, { [`.git/hooks/${hook}`]: `#!/bin/sh\n${trap}\n` });
    chmodSync(join(clone, '.git/hooks', hook), 0o755);
  }
  const stateOf = () =>
    ['rev-parse HEAD', 'status --porcelain --ignored'].map((asked) =>
      git(clone, '-c', 'core.hooksPath=/dev/null', ...asked.split(' ')),
    );
  const before = stateOf();
  process.env.PATH = bin;
  return {
    ...on,
    trap,
    secret,
    harm() {
      process.env.PATH = path;
      const started = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
      rmSync(log, { force: true });
      const strange = [...new Set(started)].filter((name) => name !== 'git');
      const told = fake.requests.map(({ body, path: asked }) => `${asked}\n${body}`).join('\n');
      const harm = [
        ...strange.map((name) => `${name} was started`),
        ...(existsSync(trace) ? ['a trap was sprung'] : []),
        ...(isDeepStrictEqual(stateOf(), before) ? [] : ['the working tree has changed']),
        ...(told.includes(CANARY) || told.includes('root:x:') ? ['a secret was told'] : []),
        ...(/ghs_secret/.test(told) ? ['the token was told'] : []),
      ];
      rmSync(trace, { force: true });
      fake.requests.length = 0;
      process.env.PATH = bin;
      return harm;
    },
  };
}

it('nothing of a hostile pull request is run, followed or told, and each gets its report', {
  timeout: 240_000,
}, async () => {
  const on = await watched();
  const trees = Object.entries(hostileTrees(on.trap, on.secret));
  expect(trees.length).toBeGreaterThanOrEqual(30);
  const bad: Record<string, unknown> = {};
  for (const [name, { files, ...about }] of trees) {
    const pull = propose(on.fake, { author: 'sam', files, ...about });
    const { exitCode, stdout, stderr } = await on.run(['review', '--pull', String(pull.number)]);
    const harm = on.harm();
    const isReported =
      pull.comments.length === 1 &&
      on.fake.checks.some(({ commit, status }) => commit === pull.head && status === 'completed');
    // A terminal gets nothing of it raw, and so no command of a workflow.
    const isPlain = !/[\u001b\u202e\r]|^::/m.test(stdout + stderr);
    if (harm.length > 0 || exitCode > 1 || !isReported || !isPlain)
      bad[name] = { harm, exitCode, isReported, isPlain, stderr };
    if (on.fake.checks.findLast(({ commit }) => commit === pull.head)?.conclusion === 'success')
      bad[name] = 'was approved';
  }
  expect(bad).toEqual({});
});

it('would be noticed if the head were checked out', async () => {
  const on = await watched();
  const { filter, hook } = { filter: 'a filter', hook: 'code in schemas/settings.ts' };
  for (const name of [filter, hook]) {
    const { files } = hostileTrees(on.trap, on.secret)[name] ?? { files: {} };
    const pull = propose(on.fake, { author: 'sam', files });
    process.env.PATH = path;
    git(on.clone, 'fetch', '--quiet', 'origin', `refs/pull/${pull.number}/head`);
    git(on.clone, 'checkout', '--quiet', '--force', 'FETCH_HEAD');
    expect(on.harm()).toEqual(expect.arrayContaining(['a trap was sprung', 'the working tree has changed']));
  }
});

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

it.skipIf(!canTrace)(
  'no process but git is started, and nothing that a link points to is opened, as the system sees it',
  async () => {
    const on = await watched();
    process.env.PATH = path;
    const trees = hostileTrees(on.trap, on.secret);
    const names = [
      'a link to a secret',
      'a link to the accounts of the machine',
      'a submodule with a command for an address',
      'code in schemas/settings.ts',
      'scripts of package.json',
    ];
    const files = Object.assign({}, ...names.map((name) => trees[name]?.files));
    const pull = propose(on.fake, { author: 'sam', files });
    const output = join(temporaryFolder(), 'strace');
    const proviso = join(import.meta.dirname, '../../dist/scripts/proviso.js');
    const argv = ['-f', '-qq', '-e', 'trace=execve,execveat,open,openat,openat2,readlink,readlinkat', '-o', output];
    const env = { PATH: path, HOME: on.clone, ...on.variablesOf() };
    const child = spawn('strace', [...argv, process.execPath, proviso, 'review', '--pull', String(pull.number)], {
      cwd: on.clone,
      env,
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    const calls = readFileSync(output, 'utf8')
      .split('\n')
      .filter((line) => !line.includes('ENOENT'));
    const started = calls.flatMap((line) => /execve(?:at)?\(.*?"([^"]+)"/.exec(line)?.[1]?.split('/').at(-1) ?? []);
    expect([code, pull.comments.length]).toEqual([1, 1]);
    expect([...new Set(started)].filter((name) => !/^(git|git-[a-z-]+)$/.test(name))).toEqual([
      process.execPath.split('/').at(-1),
      // git starts the other side of a fetch from this machine through a shell; over https there is none.
      'sh',
    ]);
    expect(calls.filter((line) => line.includes(on.secret))).toEqual([]);
    expect(on.harm()).toEqual([]);
  },
);
