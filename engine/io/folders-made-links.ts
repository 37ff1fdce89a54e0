import { folderInRepository } from './place-in-git.ts';
import { runGit } from './run-git.ts';

/** git's modes of what is not there, and of a symbolic link. */
const NOTHING = ':000000';
const LINK = '120000';

/**
 * Folders of a larger repository in whose place one commit has a symbolic link and the other, earlier one had files.
 * Where the root is such a folder, git sees another one: with its own customers, and its own rules for judging them.
 * None where the root is the top of its repository. Paths from that top, in git's order.
 */
export async function foldersMadeLinks(root: string, before: string, after: string): Promise<string[]> {
  if ((await folderInRepository(root)) === '') return [];
  const raw = await runGit(root, ['diff-tree', '-r', '-z', '--raw', '--no-renames', before, after, '--']);
  const fields = raw.split('\0');
  const links: string[] = [];
  const gone: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [was, is, , , status] = (fields[index] ?? '').split(' ');
    const path = fields[index + 1] ?? '';
    if (was === NOTHING && is === LINK) links.push(`${path}/`);
    if (status === 'D') gone.push(path);
  }
  return links.filter((link) => gone.some((path) => path.startsWith(link))).map((link) => link.slice(0, -1));
}
