import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CATALOGUE_FILE, GENERATED_FOLDER, SETTINGS_FILE } from '../schemas/files.ts';
import type { SourceFile } from '../source-file.ts';
import { folderInRepository } from './place-in-git.ts';
import { readObjects } from './read-objects.ts';
import { fileReader, isIgnored } from './read-repository.ts';
import { dataRooms } from './rooms.ts';
import { tryGit } from './run-git.ts';

/** How a folder differs from the commit it was checked out from. */
export interface FolderEdits {
  commit: string;
  /** Files as they lie there, of which git does not know that they are as in the commit. */
  files: readonly SourceFile[];
  /** Paths of the commit where nothing lies any more. */
  gone: readonly string[];
}

const READ = [...dataRooms, CATALOGUE_FILE, SETTINGS_FILE];

/** Nothing of the repository is run, and no time stamp is believed that git could also look at more closely. */
const CAREFUL = ['core.fsmonitor=false', 'core.checkStat=default', 'core.trustctime=true', 'core.fileMode=true'];

const careful = (...args: string[]): string[] => [...CAREFUL.flatMap((setting) => ['-c', setting]), ...args];

/**
 * How what is read of a folder differs from HEAD, without reading what does not. Undefined where only reading everything tells: in no
 * repository or before its first commit, where something is no plain file, or where git does not hold what lies there against what was
 * checked out (`assume-unchanged`, sparse checkouts, filters); and of fewer than `few` customers, which are read before git has answered.
 */
export async function editsOfFolder(root: string, few: number): Promise<FolderEdits | undefined> {
  if ([...dataRooms, 'schemas', GENERATED_FOLDER].some(isLinked(root))) return undefined;
  try {
    if (countFiles(join(root, 'customers'), few) < few) return undefined;
    const [head] = await readObjects(root, ['HEAD^{commit}']);
    if (!head) return undefined;
    const [changed, others, listed, filters] = await Promise.all([
      namesOf(root, careful('diff-index', '-z', '--name-only', '--no-renames', '--relative', head.oid, '--', ...READ)),
      namesOf(root, careful('ls-files', '-z', '--others', '--', ...READ)),
      namesOf(root, careful('ls-files', '-z', '-v', '--', ...READ)),
      mayBeFiltered(root),
    ]);
    if (!changed || !others || filters) return undefined;
    if (!listed?.every((line) => line.startsWith(AS_CHECKED_OUT) && !line.endsWith(ATTRIBUTES))) return undefined;
    if (others.some((path) => path.endsWith(ATTRIBUTES))) return undefined;
    const read = readFiles(root, [...new Set([...changed, ...others])]);
    return read && { commit: head.oid, ...read };
  } catch {
    // Whatever git has against this folder, its files can be read.
    return undefined;
  }
}

const AS_CHECKED_OUT = 'H ';
const ATTRIBUTES = '/.gitattributes';

/** Counts files below a folder, and no further than `enough`. */
function countFiles(folder: string, enough: number): number {
  let count = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (count >= enough) break;
    count += entry.isDirectory() ? countFiles(join(folder, entry.name), enough - count) : 1;
  }
  return count;
}

const isLinked =
  (root: string) =>
  (folder: string): boolean =>
    lstatSync(join(root, folder), { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Undefined where git saw something it could not look at, or a repository inside of this one. */
async function namesOf(root: string, args: readonly string[]): Promise<string[] | undefined> {
  const { code, stdout, stderr } = await tryGit(root, args);
  const names = stdout.toString('utf8').split('\0').filter(Boolean);
  return code === 0 && stderr === '' && !names.some((name) => name.endsWith('/')) ? names : undefined;
}

function readFiles(root: string, paths: readonly string[]): Omit<FolderEdits, 'commit'> | undefined {
  const read = fileReader();
  const files: SourceFile[] = [];
  const gone: string[] = [];
  for (const path of paths) {
    if (path.split('/').some(isIgnored)) continue;
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (!found) gone.push(path);
    else if (found.isFile()) files.push(read(root, path));
    else return undefined;
  }
  return { files, gone };
}

/** What makes files that are checked out differ from what is committed, beyond the ends of their lines. */
const FILTERS = ['filter', 'ident', 'working-tree-encoding'];

/** Whether some attribute, for all files or for some, may make files be rewritten as they are checked out. */
async function mayBeFiltered(root: string): Promise<boolean> {
  const samples = [...dataRooms.map((room) => `${room}/any.yaml`), CATALOGUE_FILE];
  const [asked, own, folder] = await Promise.all([
    tryGit(root, ['check-attr', ...FILTERS, '--', ...samples]),
    tryGit(root, ['rev-parse', '--git-path', 'info/attributes']),
    folderInRepository(root),
  ]);
  if (asked.code !== 0 || !asked.stdout.toString('utf8').trimEnd().split('\n').every(isNone)) return true;
  const above = folder.split('/').map((_, levels) => join('../'.repeat(levels), '.gitattributes'));
  return [own.stdout.toString('utf8').trimEnd(), ...above].some((place) => {
    const path = resolve(root, place);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return FILTERS.some((filter) => text.includes(filter));
  });
}

const isNone = (line: string): boolean => line.endsWith(': unspecified');
