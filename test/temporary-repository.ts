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

const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@test.example', '-c', 'commit.gpgsign=false'];

/** git as a user would run it, except for what the machine's own configuration says. */
export function git(folder: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const given = [...identity, '-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always', ...args];
  return execFileSync('git', given, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Commits everything in the folder and gives the commit's id. */
export function commitAll(folder: string, message = 'change'): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}

/** A new git repository with these files committed. */
export function temporaryRepository(files: Files = {}): { root: string; commit: string } {
  const root = temporaryFolder();
  git(root, 'init', '--quiet');
  writeFiles(root, files);
  return { root, commit: commitAll(root) };
}
