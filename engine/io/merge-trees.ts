import { UsageError } from '../usage-error.ts';
import { folderInRepository } from './place-in-git.ts';
import { gitFailure, runGit, tryGit } from './run-git.ts';

/** The tree that a merge makes, or why it makes none. */
export type MergedTree =
  | { tree: string }
  /** Both sides changed these files, and each other's words. */
  | { conflicts: readonly string[] }
  /** The sides have no commit in common. */
  | { unrelated: true };

/** Merges `head` into `base`, both full commit ids, among git's objects only: no file is written, no hook and no filter runs. */
export async function mergeTrees(root: string, base: string, head: string): Promise<MergedTree> {
  const quietly = ['-c', 'merge.renormalize=false', '-c', 'core.attributesFile=/dev/null'];
  const args = [...quietly, 'merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head];
  const { code, stdout, stderr } = await tryGit(root, args);
  const [tree = '', ...names] = stdout.toString('utf8').split('\0');
  if (code === 0) return { tree };
  if (code === 1) {
    const folder = await folderInRepository(root);
    const fromRoot = (path: string) => (path.startsWith(folder) ? path.slice(folder.length) : `../${path}`);
    return { conflicts: [...new Set(names.filter(Boolean))].sort().map(fromRoot) };
  }
  if ((await tryGit(root, ['merge-base', base, head])).code === 1) return { unrelated: true };
  throw await whyNot(root, args, stderr);
}

async function whyNot(root: string, args: readonly string[], stderr: string): Promise<UsageError> {
  const version = /(\d+)\.(\d+)/.exec(await runGit(root, ['--version']));
  const isOld = Number(version?.[1]) < 2 || (Number(version?.[1]) === 2 && Number(version?.[2]) < 38);
  return isOld
    ? new UsageError(`git ${version?.[0]} cannot merge without a checkout`, 'git 2.38 or newer can')
    : gitFailure(root, ['merge-tree', ...args], stderr);
}
