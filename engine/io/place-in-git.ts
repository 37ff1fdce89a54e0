import { join, resolve } from 'node:path';
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
  const before = known.get(root);
  if (before) return before;
  const asked = askPlace(root);
  known.set(root, asked);
  asked.catch(() => known.delete(root));
  return asked;
}

const OWN = 'proviso';

async function askPlace(root: string): Promise<Place> {
  const [own = '', folder = ''] = (await runGit(root, ['rev-parse', '--git-path', OWN, '--show-prefix'])).split('\n');
  return { own: resolve(root, own), folder };
}

/** Where the root lies in its git repository: nothing for its top, else such as `terms/`. Throws `UsageError` where it lies in none. */
export const folderInRepository = async (root: string): Promise<string> => (await placeInGit(root)).folder;

/** Where data that belongs to this clone may lie, such as caches: inside git's own folder, never committed. */
export const ownDataIn = async (root: string, name: string): Promise<string> =>
  join((await placeInGit(root)).own, name);
