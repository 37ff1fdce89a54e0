import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { realFolder } from './real-folder.ts';
import { runGit } from './run-git.ts';

interface Place {
  /** git's own folder for data of this clone, such as caches; absolute. */
  own: string;
  /** Where the root lies in the git repository: nothing for its top, else such as `terms/`. */
  folder: string;
}

const known = new Map<string, Promise<Place>>();

/** Where a root lies, of which git is asked once. What is in no repository may be put into one, and is asked again. */
function placeInGit(root: string): Promise<Place> {
  const place = realFolder(root);
  const before = known.get(place);
  if (before) return before;
  const asked = askPlace(root);
  known.set(place, asked);
  asked.catch(() => known.delete(place));
  return asked;
}

const OWN = 'proviso';

async function askPlace(root: string): Promise<Place> {
  if (plainConfig(root) !== undefined) return { own: join(root, '.git', OWN), folder: '' };
  const [own = '', folder = ''] = (await runGit(root, ['rev-parse', '--git-path', OWN, '--show-prefix'])).split('\n');
  return { own: resolve(root, own), folder };
}

/** What git may put elsewhere, only git tells. */
const ELSEWHERE = /worktree|\[\s*include/i;

/**
 * What git is configured with in a root that is the top of a clone as `git clone` and `git init` make it, of which everybody can see
 * what git would say; undefined of any other.
 */
export function plainConfig(root: string): string | undefined {
  const git = join(root, '.git');
  try {
    if (
      !lstatSync(git).isDirectory() ||
      !/^(ref: refs\/|[0-9a-f]{40})/.test(readFileSync(join(git, 'HEAD'), 'utf8')) ||
      !['objects', 'refs'].every((folder) => lstatSync(join(git, folder)).isDirectory()) ||
      existsSync(join(git, 'commondir'))
    )
      return undefined;
    const config = readFileSync(join(git, 'config'), 'utf8');
    return ELSEWHERE.test(config) ? undefined : config;
  } catch {
    return undefined;
  }
}

/** Where the root lies in its git repository: nothing for its top, else such as `terms/`. Throws `UsageError` where it lies in none. */
export const folderInRepository = async (root: string): Promise<string> => (await placeInGit(root)).folder;

/** Where data that belongs to this clone may lie, such as caches: inside git's own folder, never committed. */
export const ownDataIn = async (root: string, name: string): Promise<string> =>
  join((await placeInGit(root)).own, name);
