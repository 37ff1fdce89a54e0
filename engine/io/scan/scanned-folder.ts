import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { UsageError } from '../../usage-error.ts';
import { gitFailure, tryGit } from '../run-git.ts';

export interface ScannedFolder {
  /** The folder itself, free of links. */
  root: string;
  /**
   * From the top of its git repository to the folder: `''` or such as `packages/api/`. Of a folder in none, from the working folder where
   * it lies below that.
   */
  prefix: string;
  /** Where its paths count from: the folder without the prefix. */
  top: string;
  /** Whether it lies in the work tree of a git repository. */
  inGit: boolean;
}

/** Where a folder lies. Throws `UsageError` where it is none, or where git refuses to read its repository. */
export async function scannedFolder(folder: string, workingFolder?: string): Promise<ScannedFolder> {
  const root = realFolder(folder);
  const below = workingFolder === undefined ? '' : relative(realFolder(workingFolder), root).split(sep).join('/');
  const outside = placed(root, /^\.\.(\/|$)|^\/|^[A-Za-z]:/.test(below) || below === '' ? '' : `${below}/`, false);
  if (!hasGitAbove(root)) return outside;
  const args = ['rev-parse', '--is-inside-work-tree', '--show-prefix'];
  const { code, stdout, stderr } = await tryGit(root, args);
  const said = stdout.toString('utf8');
  if (code !== 0 && stderr.includes('not a git repository')) return outside;
  if (code !== 0 && !said.startsWith('false')) throw gitFailure(root, args, stderr);
  if (!said.startsWith('true\n')) return outside;
  return placed(root, said.slice('true\n'.length).replace(/\n$/, ''), true);
}

const placed = (root: string, prefix: string, inGit: boolean): ScannedFolder => ({
  root,
  prefix,
  top: prefix === '' ? root : root.slice(0, root.length - prefix.length) || '/',
  inGit,
});

function realFolder(folder: string): string {
  try {
    if (statSync(folder).isDirectory()) return realpathSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`there is no folder ${folder}`);
    throw new UsageError(`${folder} cannot be read (${code ?? 'unknown reason'})`);
  }
  throw new UsageError(`${folder} is not a folder`, 'give the folder that holds it');
}

/** Without a repository git need not be installed. */
function hasGitAbove(folder: string): boolean {
  const above = dirname(folder);
  return existsSync(join(folder, '.git')) || (above !== folder && hasGitAbove(above));
}
