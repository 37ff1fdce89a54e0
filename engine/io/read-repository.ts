/** The two ways a repository's files reach the engine: from the folder, or from a commit. Same files, same order, same ids. */
import { hash } from 'node:crypto';
import { closeSync, constants, type Dirent, existsSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { pieces } from '../../runtime/snapshot/pieces.ts';
import { type Diagnostic, topOf } from '../diagnostic.ts';
import { CATALOGUE_FILE, GENERATED_FOLDER, SETTINGS_FILE } from '../schemas/files.ts';
import type { SourceFile } from '../source-file.ts';
import { resolveCommit } from './git.ts';
import { readBlobs } from './read-blobs.ts';
import { dataRooms, READ_AT_MOST } from './rooms.ts';
import { listTree, type TreeEntry } from './trees.ts';

export interface RepositoryFiles {
  /** Sorted by path. */
  files: SourceFile[];
  /** What lies there and cannot be read. */
  diagnostics: Diagnostic[];
  /** Whether there is a `schemas/settings.ts`; it is not read. */
  hasSettings: boolean;
}

/** Files of editors and systems, such as `.DS_Store` and `acme.yaml~`, are nobody's terms. */
export const isIgnored = (name: string): boolean => name.startsWith('.') || name.endsWith('~');

const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

const refused = (path: string, what: string): Diagnostic => ({
  rule: 'unreadable-file',
  severity: 'error',
  message: `${path} is ${what}, which is not read`,
  at: topOf(path),
  help: 'put a plain file in its place, so that what is reviewed is what is published',
});

/** Reads what people edit, and the catalogue, from a folder. Never throws for what lies in it. */
export function readWorkingTree(root: string): RepositoryFiles {
  const read: RepositoryFiles = { files: [], diagnostics: [], hasSettings: existsSync(join(root, SETTINGS_FILE)) };
  const reader = fileReader();
  const readOne = (path: string): void => {
    try {
      read.files.push(reader(root, path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code === 'ELOOP') read.diagnostics.push(refused(path, 'a symbolic link'));
      else read.diagnostics.push(unreadable(path, code));
    }
  };
  for (const room of dataRooms)
    if (!refuseLink(root, room, read.diagnostics)) walk(root, room, readOne, read.diagnostics);
  const isLinked = ['schemas', GENERATED_FOLDER].some((folder) => refuseLink(root, folder, read.diagnostics));
  if (!isLinked) readOne(CATALOGUE_FILE);
  read.files.sort(byPath);
  read.diagnostics.sort((a, b) => byPath(a.at, b.at));
  return read;
}

/** A folder that is a link would lead the reader out of the repository. */
function refuseLink(root: string, folder: string, diagnostics: Diagnostic[]): boolean {
  const isLink = lstatSync(join(root, folder), { throwIfNoEntry: false })?.isSymbolicLink() === true;
  if (isLink) diagnostics.push(refused(folder, 'a symbolic link'));
  return isLink;
}

const unreadable = (path: string, code: string | undefined): Diagnostic => ({
  rule: 'unreadable-file',
  severity: 'error',
  message: `${path} cannot be read (${code ?? 'unknown reason'})`,
  at: topOf(path),
  help: 'check the rights of the file',
});

/** Synchronous on purpose: reading ten thousand small files this way takes a fifth of the time the promises take. */
function walk(root: string, folder: string, take: (path: string) => void, diagnostics: Diagnostic[]): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') diagnostics.push(unreadable(folder, code));
    return;
  }
  for (const entry of entries) {
    if (isIgnored(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) take(path);
    else if (entry.isDirectory()) walk(root, path, take, diagnostics);
    else diagnostics.push(refused(path, entry.isSymbolicLink() ? 'a symbolic link' : 'not a plain file'));
  }
}

/** Room before the bytes for `blob <size>\0`, so that git's id is one hash over one piece of memory. */
const HEADER = 32;
const NO_FOLLOW = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** Reads one file after the other through one buffer, which grows as needed. */
export function fileReader(): (root: string, path: string) => SourceFile {
  let buffer = Buffer.allocUnsafe(HEADER + 65_536);
  const room = pieces();
  return (root, path) => {
    const file = openSync(`${root}/${path}`, NO_FOLLOW);
    let end = HEADER;
    try {
      for (;;) {
        const count = readSync(file, buffer, end, buffer.length - end, null);
        end += count;
        if (count === 0 || end - HEADER >= READ_AT_MOST) break;
        if (end === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      }
    } finally {
      closeSync(file);
    }
    const bytes = room(Math.min(end - HEADER, READ_AT_MOST));
    bytes.set(buffer.subarray(HEADER, HEADER + bytes.length));
    const header = `blob ${bytes.length}\0`;
    const start = HEADER - header.length;
    buffer.write(header, start, 'latin1');
    return { path, bytes, oid: hash('sha1', buffer.subarray(start, HEADER + bytes.length), 'hex') };
  };
}

/** Reads the same files from a commit, through git objects and without a checkout. Throws `UsageError` for an unknown ref. */
export async function readCommit(root: string, ref: string): Promise<RepositoryFiles & { commit: string }> {
  const commit = await resolveCommit(root, ref);
  return { commit, ...(await readTree(root, commit)) };
}

/** The same of a commit or a tree by its id; `blobs` as for `readEntries`. */
export const readTree = async (root: string, tree: string, blobs?: Map<string, Uint8Array>): Promise<RepositoryFiles> =>
  readEntries(root, await listTree(root, tree, [...dataRooms, CATALOGUE_FILE, SETTINGS_FILE]), blobs);

/**
 * The same of what a tree lists. `blobs` are files that were read before, by git's id; what is read now is added to them.
 */
export async function readEntries(
  root: string,
  entries: readonly TreeEntry[],
  blobs: Map<string, Uint8Array> = new Map(),
): Promise<RepositoryFiles> {
  const { wanted, diagnostics } = readableOf(entries);
  const unread = [...new Set(wanted.map(({ oid }) => oid))].filter((oid) => !blobs.has(oid));
  const read = await readBlobs(root, unread);
  for (const [index, oid] of unread.entries()) blobs.set(oid, read[index] ?? new Uint8Array());
  return {
    files: wanted.map(({ path, oid }) => ({ path, oid, bytes: blobs.get(oid) ?? new Uint8Array() })),
    diagnostics,
    hasSettings: entries.some((entry) => entry.path === SETTINGS_FILE),
  };
}

/** The files among what a tree lists, sorted by path, and what lies there and cannot be read. */
export function readableOf(entries: readonly TreeEntry[]): { wanted: TreeEntry[]; diagnostics: Diagnostic[] } {
  const wanted: TreeEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const entry of entries) {
    if (entry.path === SETTINGS_FILE || entry.path.split('/').some(isIgnored)) continue;
    if (entry.mode === '120000') diagnostics.push(refused(entry.path, 'a symbolic link'));
    else if (entry.mode === '160000') diagnostics.push(refused(entry.path, 'a submodule'));
    else wanted.push(entry);
  }
  return { wanted: wanted.sort(byPath), diagnostics: diagnostics.sort((a, b) => byPath(a.at, b.at)) };
}
