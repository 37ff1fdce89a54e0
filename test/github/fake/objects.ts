import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

export interface Person {
  name: string;
  email: string;
}

/** One file of a tree: plain text, or anything git can hold. `null` removes it. */
export type Content = string | Uint8Array | { mode: '120000' | '160000' | '100755'; text: string } | null;

export interface NewCommit {
  parents: readonly string[];
  /** Without it the files of the first parent. */
  tree?: string;
  /** Laid over the tree. */
  files?: Readonly<Record<string, Content>>;
  message: string;
  author: Person;
  committer?: Person;
  /** ISO instant. */
  at: string;
}

function run(git: string, args: readonly string[], input?: string | Uint8Array, env: NodeJS.ProcessEnv = {}): string {
  const quiet = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const given = [
    '-c',
    'protocol.file.allow=always',
    '-c',
    'core.protectNTFS=false',
    '-c',
    'core.protectHFS=false',
    ...args,
  ];
  const options = { cwd: git, env: { ...process.env, ...quiet, ...env }, input, maxBuffer: 2 ** 28 };
  return execFileSync('git', given, { ...options, stdio: 'pipe' })
    .toString('utf8')
    .trim();
}

export const gitAt = (git: string, ...args: string[]): string => run(git, args);

/** Writes an object as git does, without the time it takes to start git. */
function writeObject(git: string, type: 'blob' | 'tree' | 'commit', bytes: Uint8Array): string {
  const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
  const oid = hash('sha1', whole, 'hex');
  const path = join(git, 'objects', oid.slice(0, 2), oid.slice(2));
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) writeFileSync(path, deflateSync(whole), { mode: 0o444 });
  return oid;
}

export const writeBlob = (git: string, content: string | Uint8Array): string =>
  writeObject(git, 'blob', Buffer.from(content));

/** A tree of the files laid over another tree. Names git's own tools refuse, such as `.git`, are written all the same. */
export function writeTree(git: string, onto: string | undefined, files: Readonly<Record<string, Content>>): string {
  const paths = new Map<string, Content>();
  for (const [path, content] of Object.entries(files)) paths.set(path, content);
  return mergeTree(git, onto, paths);
}

interface TreeLine {
  mode: string;
  oid: string;
}

function mergeTree(git: string, onto: string | undefined, files: ReadonlyMap<string, Content>): string {
  const lines = new Map<string, TreeLine>();
  if (onto) for (const [name, line] of readTree(git, onto)) lines.set(name, line);
  const folders = new Map<string, Map<string, Content>>();
  for (const [path, content] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      if (content === null) lines.delete(path);
      else lines.set(path, lineOf(git, content));
    } else {
      const [folder, rest] = [path.slice(0, slash), path.slice(slash + 1)];
      folders.set(folder, (folders.get(folder) ?? new Map()).set(rest, content));
    }
  }
  for (const [folder, inside] of folders) {
    const known = lines.get(folder);
    const oid = mergeTree(git, known?.mode === '040000' ? known.oid : undefined, inside);
    if (oid === EMPTY) lines.delete(folder);
    else lines.set(folder, { mode: '040000', oid });
  }
  return writeRawTree(git, lines);
}

/** Trees that were written or read before; their ids say what is in them. */
const known = new Map<string, ReadonlyMap<string, TreeLine>>();

function readTree(git: string, tree: string): ReadonlyMap<string, TreeLine> {
  const before = known.get(tree);
  if (before) return before;
  const lines = new Map<string, TreeLine>();
  for (const line of run(git, ['ls-tree', '-z', tree]).split('\0').filter(Boolean)) {
    const tab = line.indexOf('\t');
    const [mode = '', , oid = ''] = line.slice(0, tab).split(' ');
    lines.set(line.slice(tab + 1), { mode, oid });
  }
  known.set(tree, lines);
  return lines;
}

const EMPTY = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function lineOf(git: string, content: Exclude<Content, null>): TreeLine {
  if (typeof content === 'string' || content instanceof Uint8Array)
    return { mode: '100644', oid: writeBlob(git, content) };
  return { mode: content.mode, oid: content.mode === '160000' ? content.text : writeBlob(git, content.text) };
}

function writeRawTree(git: string, lines: ReadonlyMap<string, TreeLine>): string {
  const sortKey = ([name, { mode }]: readonly [string, TreeLine]) => Buffer.from(mode === '040000' ? `${name}/` : name);
  const sorted = [...lines].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
  const bytes = sorted.flatMap(([name, { mode, oid }]) => [
    Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
    Buffer.from(oid, 'hex'),
  ]);
  const oid = writeObject(git, 'tree', Buffer.concat(bytes));
  known.set(oid, new Map(sorted));
  return oid;
}

export function writeCommit(
  git: string,
  { parents, tree, files = {}, message, author, committer, at }: NewCommit,
): string {
  const onto = tree ?? (parents[0] ? treeOf(git, parents[0]) : undefined);
  const whole = onto && Object.keys(files).length === 0 ? onto : writeTree(git, onto, files);
  const by = ({ name, email }: Person) => `${name} <${email}> ${Date.parse(at) / 1_000} +0000`;
  const lines = [
    `tree ${whole}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${by(author)}`,
    `committer ${by(committer ?? author)}`,
  ];
  const oid = writeObject(git, 'commit', Buffer.from(`${lines.join('\n')}\n\n${message}\n`));
  const read = { sha: oid, message: message.trimEnd(), author, committer: committer ?? author, parents: [...parents] };
  written.set(`${git} ${oid}`, { ...read, tree: whole });
  return oid;
}

/** Commits that were written here, of which git need not be asked, by repository and id. */
const written = new Map<string, ReadCommit & { tree: string }>();

/** What came since `base`, oldest first, where it is one line of commits that were written here; else git has to say. */
function lineSince(git: string, base: string, head: string): ReadCommit[] | undefined {
  const line: ReadCommit[] = [];
  for (let at = head; at !== base; ) {
    const commit = written.get(`${git} ${at}`);
    const [parent, another] = commit?.parents ?? [];
    if (!commit || !parent || another) return undefined;
    line.unshift(commit);
    at = parent;
  }
  return line;
}

export const treeOf = (git: string, commit: string): string =>
  written.get(`${git} ${commit}`)?.tree ?? run(git, ['rev-parse', `${commit}^{tree}`]);

export const isAncestor = (git: string, base: string, head: string): boolean =>
  lineSince(git, base, head) !== undefined || run(git, ['merge-base', base, head]) === base;

/** The tree both sides come to, or undefined where they contradict each other. */
export function mergedTree(git: string, base: string, head: string): string | undefined {
  if (lineSince(git, base, head)) return treeOf(git, head);
  try {
    return run(git, ['merge-tree', '--write-tree', base, head]).split('\n')[0];
  } catch {
    return undefined;
  }
}

/** Commits of `base..head` laid onto `base` one by one. */
export function rebased(git: string, base: string, head: string, committer: Person): string {
  const folder = mkdtempSync(join(tmpdir(), 'proviso-rebase-'));
  const names = { GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email };
  try {
    run(git, ['worktree', 'add', '--quiet', '--detach', folder, base]);
    run(folder, ['cherry-pick', '--allow-empty', `${base}..${head}`], undefined, names);
    return run(folder, ['rev-parse', 'HEAD']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    run(git, ['worktree', 'prune']);
  }
}

/** What a change does, whatever it is built on. */
export function patchOf(git: string, base: string, head: string): string {
  const since = run(git, ['merge-base', base, head]);
  const diff = run(git, ['diff-tree', '-p', since, head]);
  return run(git, ['patch-id', '--stable'], `${diff}\n`).split(' ')[0] ?? '';
}

export interface ReadCommit {
  sha: string;
  message: string;
  author: Person;
  committer: Person;
  parents: string[];
}

/** The commits of `base..head`, or one by its id. */
export function readCommits(git: string, range: string): ReadCommit[] {
  const [base = '', head] = range.split('..');
  const known = head === undefined ? written.get(`${git} ${base}`) : undefined;
  const line = known ? [known] : head && lineSince(git, base, head);
  if (line) return line;
  const format = '%H%x00%an%x00%ae%x00%cn%x00%ce%x00%P%x00%B%x01';
  return run(git, [
    'log',
    '--reverse',
    '--topo-order',
    `--format=${format}`,
    ...(head === undefined ? ['-1', range] : [range]),
  ])
    .split('\x01')
    .map((one) => one.replace(/^\n/, ''))
    .filter(Boolean)
    .map((one) => {
      const [sha = '', an = '', ae = '', cn = '', ce = '', parents = '', message = ''] = one.split('\0');
      const [author, committer] = [
        { name: an, email: ae },
        { name: cn, email: ce },
      ];
      return { sha, message: message.trimEnd(), author, committer, parents: parents.split(' ').filter(Boolean) };
    });
}
