import { hash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangedFile } from '../review/change-set.ts';
import { folderInRepository } from './place-in-git.ts';
import { runGit } from './run-git.ts';
import { diffTrees } from './trees.ts';

/** git's id of what is not there, or not known yet. */
const NOTHING = /^0+$/;

/** What decides over a repository of terms from outside its folder, where it is a part of a larger one. */
const ruling = (path: string): boolean => path.startsWith('.github/') || path === '.gitattributes';

/**
 * Every file that differs between two trees, or between one and the folder, sorted by path; what is renamed is gone and
 * new. Where the root is a folder of a larger repository, files outside it count only if they rule it, as `../<path>`.
 * Whoever asks often passes on what `folderInRepository` said.
 */
export async function changedFiles(
  root: string,
  base: string,
  head?: string,
  folder: Promise<string> = folderInRepository(root),
): Promise<ChangedFile[]> {
  const prefix = await folder;
  const toRoot = (path: string): string | undefined =>
    path.startsWith(prefix) ? path.slice(prefix.length) : ruling(path) ? `../${path}` : undefined;
  const changed = new Map<string, ChangedFile>();
  const add = (path: string, before: string | undefined, after: string | undefined) => {
    const known = toRoot(path);
    if (known !== undefined && before !== after) changed.set(known, { path: known, before, after });
  };
  if (head !== undefined)
    for (const { path, before, after } of await diffTrees(root, base, head, undefined, ''))
      add(path, before?.oid, after?.oid);
  else await addEdits(root, base, prefix, (path) => changed.get(toRoot(path) ?? '')?.before, add);
  return [...changed.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** How the folder differs from a tree; what nobody has told git about is new. */
async function addEdits(
  root: string,
  base: string,
  prefix: string,
  beforeOf: (path: string) => string | undefined,
  add: (path: string, before: string | undefined, after: string | undefined) => void,
): Promise<void> {
  const top = prefix === '' ? root : (await runGit(root, ['rev-parse', '--show-toplevel'])).trimEnd();
  const args = ['diff-index', '-z', '--raw', '--no-renames', '--no-abbrev', '--ignore-submodules=dirty', base, '--'];
  const fields = (await runGit(root, args)).split('\0');
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, , before = '', after = '', status] = (fields[index] ?? '').split(' ');
    const path = fields[index + 1] ?? '';
    add(path, known(before), status === 'D' ? undefined : (known(after) ?? blobId(join(top, path))));
  }
  for (const path of (await runGit(top, ['ls-files', '--others', '--exclude-standard', '-z'])).split('\0'))
    if (path !== '') add(path, beforeOf(path), blobId(join(top, path)));
}

const known = (oid: string): string | undefined => (NOTHING.test(oid) ? undefined : oid);

/** The id git would give the file as it lies there; undefined for what cannot be read. */
function blobId(path: string): string | undefined {
  try {
    const bytes = lstatSync(path).isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
    return hash('sha1', Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]), 'hex');
  } catch {
    return undefined;
  }
}
