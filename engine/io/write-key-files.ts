import { lstatSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { runGit, tryGit } from './run-git.ts';

export interface KeyFile {
  name: string;
  pem: string;
}

/**
 * Where private keys may be written: a folder that no repository of ours keeps, so that none is ever committed.
 *
 * @returns its real path; it need not be there yet. @throws UsageError
 */
export async function findKeyFolder(root: string, folder: string): Promise<string> {
  const place = realPath(resolve(folder));
  const [ours, theirs, top] = await Promise.all([
    repositoryOf(root),
    repositoryOf(nearestFolder(place)),
    runGit(root, ['rev-parse', '--show-toplevel']),
  ]);
  const isBelow = `${place}${sep}`.startsWith(`${realpathSync(top.trimEnd())}${sep}`);
  if (!isBelow && ours !== theirs) return place;
  throw new UsageError(
    'the folder for private keys lies in the repository, and they may never get into it',
    'name a folder elsewhere, such as --out ~/proviso-keys',
  );
}

/**
 * Writes private keys that only their owner may read and a public file beside them: all, or none. Never over another file.
 *
 * @throws UsageError that names what is in the way; no message holds anything of a key.
 */
export function writeKeyFiles(
  folder: string,
  keys: readonly KeyFile[],
  open: { path: string; bytes: Uint8Array },
): void {
  const made: string[] = [];
  const write = (path: string, content: string | Uint8Array, mode: number): void => {
    writeFileSync(path, content, { flag: 'wx', flush: true, mode });
    made.push(path);
  };
  let current = folder;
  try {
    if (keys.length > 0) mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { name, pem } of keys) {
      current = join(folder, name);
      write(current, pem, 0o600);
    }
    current = open.path;
    mkdirSync(dirname(open.path), { recursive: true });
    write(open.path, open.bytes, 0o666);
  } catch (error) {
    for (const path of made) rmSync(path, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'EEXIST'
        ? `nothing was written: ${current} is there already`
        : `nothing was written: ${current} cannot be written (${code})`,
      'a key is never written over: name another folder, or move what is in the way',
    );
  }
}

/** Links on the way are followed as far as it is there. */
function realPath(place: string): string {
  if (lstatSync(place, { throwIfNoEntry: false })) return realpathSync(place);
  const above = dirname(place);
  return above === place ? place : join(realPath(above), basename(place));
}

function nearestFolder(place: string): string {
  return lstatSync(place, { throwIfNoEntry: false })?.isDirectory() || dirname(place) === place
    ? place
    : nearestFolder(dirname(place));
}

/** Git's own folder, which all work trees of a repository share. */
async function repositoryOf(folder: string): Promise<string | undefined> {
  const { code, stdout } = await tryGit(folder, ['rev-parse', '--git-common-dir']);
  return code === 0 ? realpathSync(resolve(folder, stdout.toString('utf8').trimEnd())) : undefined;
}
