/** What git keeps, through one process of git for each folder, which stands by while a command goes on asking. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Socket } from 'node:net';
import { realFolder } from './real-folder.ts';
import { gitFailure, notStarted, startGit, streamGit } from './run-git.ts';
import { type GitObject, splitObjects } from './split-objects.ts';

/**
 * The objects that names stand for, in the order asked: an id, `main^{commit}`, `HEAD~1:plans`. Undefined for a name that stands for
 * nothing in this clone, or for more than one thing. A file is cut at `READ_AT_MOST`. Throws `UsageError` where git fails.
 */
export async function readObjects(root: string, names: readonly string[]): Promise<(GitObject | undefined)[]> {
  if (names.length === 0) return [];
  // A line is a question, and no name goes over several.
  const asked = names.filter(isOneLine);
  const found = await (asked.length > AT_ONCE ? askOnce(root, asked) : standingBy(root).ask(asked));
  if (asked.length === names.length) return found;
  let next = 0;
  return names.map((name) => (isOneLine(name) ? found[next++] : undefined));
}

const isOneLine = (name: string): boolean => name !== '' && !name.includes('\n');

/** More than so many are worth a process of their own, which need not hand over each object before it takes up the next. */
const AT_ONCE = 200;

async function askOnce(root: string, names: readonly string[]): Promise<(GitObject | undefined)[]> {
  const found: (GitObject | undefined)[] = [];
  const args = [...ARGS, '--buffer'];
  const take = splitObjects((object) => found.push(object));
  const { code, stderr } = await streamGit(root, args, take, `${names.join('\n')}\n`);
  if (code !== 0) throw gitFailure(root, args, stderr);
  return found;
}

const standing = new Map<string, StandingGit>();

function standingBy(root: string): StandingGit {
  const folder = realFolder(root);
  const known = standing.get(folder);
  if (known) return known;
  const started: StandingGit = new StandingGit(root, () => {
    if (standing.get(folder) === started) standing.delete(folder);
  });
  standing.set(folder, started);
  return started;
}

interface Question {
  names: number;
  found: (GitObject | undefined)[];
  resolve(found: (GitObject | undefined)[]): void;
  reject(error: Error): void;
}

/** As every git knows it that is in use. */
const ARGS = ['cat-file', '--batch'];

/** How long git stands by when nobody asks: long enough for the next question of a command, too short to see another repository in its place. */
const STANDS_BY = 200;

/** Ends by itself when nobody asks any more, and holds no program open. */
class StandingGit {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: () => void;
  readonly #questions: Question[] = [];
  #lines = '';
  #stderr = '';
  #leave: NodeJS.Timeout | undefined;

  constructor(root: string, ended: () => void) {
    this.#ended = ended;
    this.#child = startGit(root, ARGS);
    const take = splitObjects((found) => this.#take(found));
    this.#child.stdout.on('data', (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        this.#fail(error as Error);
        this.#child.kill();
      }
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    // Why it does not listen any more, its end says.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error: NodeJS.ErrnoException) => this.#fail(notStarted(root, error)));
    this.#child.on('close', () => this.#fail(gitFailure(root, ARGS, this.#stderr)));
  }

  ask(names: readonly string[]): Promise<(GitObject | undefined)[]> {
    if (names.length === 0) return Promise.resolve([]);
    clearTimeout(this.#leave);
    if (this.#questions.length === 0) this.#hold('ref');
    // What is asked at the same time is one thing to write.
    if (this.#lines === '') queueMicrotask(() => this.#write());
    for (const name of names) this.#lines += `${name}\n`;
    return new Promise((resolve, reject) => {
      this.#questions.push({ names: names.length, found: [], resolve, reject });
    });
  }

  #write(): void {
    this.#child.stdin.write(this.#lines);
    this.#lines = '';
  }

  #take(found: GitObject | undefined): void {
    const [question] = this.#questions;
    if (!question) return;
    question.found.push(found);
    if (question.found.length < question.names) return;
    this.#questions.shift();
    question.resolve(question.found);
    if (this.#questions.length > 0) return;
    this.#hold('unref');
    this.#leave = setTimeout(() => {
      this.#ended();
      this.#child.stdin.end();
    }, STANDS_BY).unref();
  }

  #fail(error: Error): void {
    this.#ended();
    clearTimeout(this.#leave);
    for (const { reject } of this.#questions.splice(0)) reject(error);
  }

  /** Whether a program goes on for this one's sake: only while somebody waits for an answer. */
  #hold(how: 'ref' | 'unref'): void {
    this.#child[how]();
    for (const pipe of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) (pipe as Socket)[how]();
  }
}
