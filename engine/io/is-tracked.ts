import { relative, resolve } from 'node:path';
import { runGit, tryGit } from './run-git.ts';

/** Whether git has a file of this path, absolute or relative to the root, in the last commit or about to be committed. */
export async function isTracked(root: string, path: string): Promise<boolean> {
  const top = (await runGit(root, ['rev-parse', '--show-toplevel'])).trimEnd();
  const inside = relative(top, resolve(root, path)).replaceAll('\\', '/');
  if (inside.startsWith('..')) return false;
  const { stdout } = await tryGit(top, ['ls-files', '-z', '--', inside]);
  if (stdout.length > 0) return true;
  return (await tryGit(top, ['cat-file', '-e', `HEAD:${inside}`])).code === 0;
}
