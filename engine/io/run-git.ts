import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

/** `--root` alone says which repository is meant, and the same commit gives the same bytes on every machine. */
function gitEnvironment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, GIT_NAMESPACE, ...inherited } = process.env;
  return {
    ...inherited,
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
  };
}

/**
 * A folder of a checkout may look like a repository without a work tree, configuration and all: there git is told to take none for one.
 * A repository without a work tree that lies in no checkout is one. Before git 2.38 the setting is unknown to it.
 */
const NONE_INSIDE = ['-c', 'safe.bareRepository=explicit'];

const known = new Map<string, boolean>();

function isInCheckout(folder: string): boolean {
  const place = resolve(folder);
  const isKnown = known.get(place);
  if (isKnown) return true;
  const above = dirname(place);
  const is = existsSync(join(place, '.git')) || (above !== place && isInCheckout(above));
  // What is none may become one.
  if (is) known.set(place, true);
  return is;
}

/** Why git did not start, as an error a user can act on where it is one. */
export const notStarted = (root: string, error: NodeJS.ErrnoException): Error =>
  error.code === 'ENOENT'
    ? new UsageError(`git could not be started in ${root}`, 'install git, and check that the folder exists')
    : error;

/** Starts git in a folder and leaves it to the caller. */
export const startGit = (
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams =>
  spawn('git', [...(isInCheckout(root) ? NONE_INSIDE : []), ...args], {
    cwd: root,
    env: { ...gitEnvironment(), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

/**
 * Runs git in a folder and hands every chunk of its output to `take`. Resolves with the exit code and what it complained about.
 * Throws `UsageError` where git cannot be started.
 */
export function streamGit(
  root: string,
  args: readonly string[],
  take: (chunk: Buffer) => void,
  input?: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = startGit(root, args, environment);
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        child.kill();
        reject(error);
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => reject(notStarted(root, error)));
    child.on('close', (code) => resolve({ code: code ?? 1, stderr }));
    // git may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/**
 * Runs git and waits for it, for what cannot be known before and is asked in the midst of something: a customer that a check wants to see.
 * Throws `UsageError` where git fails or cannot be started.
 */
export function runGitNow(root: string, args: readonly string[], input: string): Buffer {
  const { error, status, stdout, stderr } = spawnSync('git', [...(isInCheckout(root) ? NONE_INSIDE : []), ...args], {
    cwd: root,
    env: gitEnvironment(),
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error) throw notStarted(root, error);
  if (status !== 0) throw gitFailure(root, args, stderr.toString('utf8'));
  return stdout;
}

/** Runs git and collects its output, whatever its exit code. */
export async function tryGit(
  root: string,
  args: readonly string[],
  { input, environment }: { input?: string; environment?: Readonly<Record<string, string>> } = {},
): Promise<GitResult> {
  const chunks: Buffer[] = [];
  const ended = await streamGit(root, args, (chunk) => chunks.push(chunk), input, environment);
  return { ...ended, stdout: Buffer.concat(chunks) };
}

/** What git said when it failed, as an error a user can act on. */
export function gitFailure(root: string, args: readonly string[], stderr: string): UsageError {
  const said = stderr
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.replace(/^(fatal|error): /, '');
  if (said?.startsWith('not a git repository'))
    return new UsageError(
      `${root} is not in a git repository`,
      'run `git init` there, or give the right folder with --root',
    );
  if (said?.includes('dubious ownership'))
    return new UsageError(
      `git does not read ${root}, because it belongs to somebody else`,
      `if you trust what lies there: git config --global --add safe.directory '${root}'`,
    );
  return new UsageError(`git ${args[0]} failed: ${said ?? 'no reason given'}`);
}

/** Runs git and gives its output as text. Throws `UsageError` when git fails. */
export async function runGit(root: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tryGit(root, args);
  if (code !== 0) throw gitFailure(root, args, stderr);
  return stdout.toString('utf8');
}

/** What the repository's own settings may name to be run while git only looks. */
const RUN_NOTHING = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/**
 * Runs git in a folder nobody vouches for, without any program the repository's settings name, and gives its output as it comes; git
 * waits while nobody takes it, and is ended when nobody wants more. Throws `UsageError` when git fails.
 */
export async function* readGit(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): AsyncGenerator<Buffer> {
  const child = startGit(root, [...RUN_NOTHING, ...args], environment);
  // Where git did not start, that is told below.
  child.stdin.on('error', () => undefined).end();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(notStarted(root, error)));
    child.on('close', (code) => resolve(code ?? 1));
  });
  // Whoever stops early never asks how it ended.
  ended.catch(() => undefined);
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    if ((await ended) !== 0) throw gitFailure(root, args, stderr);
  } finally {
    child.kill();
  }
}
