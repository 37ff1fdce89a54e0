import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for one test, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files, by their path from the folder. */
export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** What a user has set, and that git neither tidies up behind a commit nor waits for the disk. */
const settings = {
  'user.name': 'Test',
  'user.email': 'test@test.example',
  'commit.gpgsign': 'false',
  'init.defaultBranch': 'main',
  'protocol.file.allow': 'always',
  'maintenance.auto': 'false',
  'core.fsync': 'none',
};

const given = Object.entries(settings).flatMap(([key, value], index) => [
  [`GIT_CONFIG_KEY_${index}`, key],
  [`GIT_CONFIG_VALUE_${index}`, value],
]);

function run(folder: string, program: string, args: readonly string[]): string {
  const config = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CONFIG_COUNT: given.length / 2 };
  const env = { ...process.env, ...config, ...Object.fromEntries(given) };
  return execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** git as a user would run it, except for what the machine's own configuration says. */
export const git = (folder: string, ...args: string[]): string => run(folder, 'git', args);

// One process starts these: to start one from here costs as much as what git does in it.
const commit = 'git add --all && git commit --quiet --allow-empty --message "$1" && git rev-parse HEAD';

/** Commits everything in the folder and gives the commit's id. */
export const commitAll = (folder: string, message = 'change'): string =>
  run(folder, '/bin/sh', ['-c', commit, 'sh', message]);

/** Makes a folder a git repository with all of its files committed, and gives the commit's id. */
export const initAll = (folder: string, message = 'change'): string =>
  run(folder, '/bin/sh', ['-c', `git init --quiet && ${commit}`, 'sh', message]);

/** A new git repository with these files committed. */
export function temporaryRepository(files: Files = {}): { root: string; commit: string } {
  const root = temporaryFolder();
  writeFiles(root, files);
  return { root, commit: initAll(root) };
}
