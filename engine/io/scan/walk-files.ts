import { closeSync, constants, type Dirent, openSync, readdirSync, readFileSync } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import type { Entry } from './files-in-git.ts';

/** The rules of one .gitignore, and the folder they are about: `''` or such as `packages/api/`. */
interface Rules {
  folder: string;
  rules: Ignore;
}

interface Level {
  folder: Buffer;
  entries: Dirent<Buffer>[];
  rules: readonly Rules[];
}

const SLASH = Buffer.from('/');
const NO_FOLLOW = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The files at or below a folder outside of git, without what a .gitignore there ignores, in the order of the bytes of their paths.
 * Links are told and not followed. `leaveOut` says whether a folder, by its path with `/` at the end, is not entered.
 */
export function* walkFiles(root: string, leaveOut: (folder: string) => boolean): Generator<Entry> {
  const levels: Level[] = [];
  const enter = (folder: Buffer, above: readonly Rules[]): Entry | undefined => {
    const entries = entriesOf(root, folder);
    if (!entries) return { path: folder, is: 'unreadable' };
    levels.push({ folder, entries, rules: [...rulesOf(root, folder, entries), ...above] });
    return undefined;
  };
  const unreadable = enter(Buffer.alloc(0), []);
  if (unreadable) yield unreadable;
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const entry = level.entries.pop();
    if (!entry) {
      levels.pop();
      continue;
    }
    const isFolder = entry.isDirectory();
    const path = Buffer.concat([level.folder, entry.name, ...(isFolder ? [SLASH] : [])]);
    const name = path.toString('utf8');
    if (isIgnored(name, level.rules) || (isFolder && entry.name.equals(Buffer.from('.git')))) continue;
    if (isFolder && !leaveOut(name)) {
      const closed = enter(path, level.rules);
      if (closed) yield closed;
    } else if (entry.isFile()) yield { path, is: 'file' };
    else if (!isFolder) yield { path, is: entry.isSymbolicLink() ? 'symbolic link' : 'not a file' };
  }
}

/** The last first; a folder stands where the files below it do. */
function entriesOf(root: string, folder: Buffer): Dirent<Buffer>[] | undefined {
  try {
    const entries = readdirSync(pathIn(root, folder), { encoding: 'buffer', withFileTypes: true });
    const key = (entry: Dirent<Buffer>): Buffer =>
      entry.isDirectory() ? Buffer.concat([entry.name, SLASH]) : entry.name;
    return entries.sort((a, b) => Buffer.compare(key(b), key(a)));
  } catch {
    return undefined;
  }
}

function rulesOf(root: string, folder: Buffer, entries: readonly Dirent<Buffer>[]): Rules[] {
  const name = Buffer.from('.gitignore');
  if (!entries.some((entry) => entry.isFile() && entry.name.equals(name))) return [];
  try {
    const file = openSync(pathIn(root, Buffer.concat([folder, name])), NO_FOLLOW);
    try {
      const text = readFileSync(file, 'utf8');
      return [{ folder: folder.toString('utf8'), rules: ignore({ ignorecase: false }).add(text) }];
    } finally {
      closeSync(file);
    }
  } catch {
    return [];
  }
}

/** The nearest .gitignore that says anything about a path decides. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { folder, rules: near } of rules) {
    const { ignored, unignored } = near.test(path.slice(folder.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}

const pathIn = (root: string, path: Buffer): Buffer => Buffer.concat([Buffer.from(root), SLASH, path]);
