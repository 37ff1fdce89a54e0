import { UsageError } from '../usage-error.ts';
import { folderInRepository } from './git.ts';
import { gitFailure, runGit, tryGit } from './run-git.ts';

/** What merging comes to: a commit that no branch holds, or why there is none. */
export type Merge =
  | { commit: string }
  /** Both sides changed these files, and each other's words; relative to the root. */
  | { conflicts: readonly string[] }
  /** The sides have no commit in common. */
  | { unrelated: true };

/**
 * Merges `head` into `base`, both full commit ids, among git's objects only: no file is written, no hook and no filter runs.
 * The same two commits give the same commit.
 */
export async function mergeCommits(root: string, base: string, head: string): Promise<Merge> {
  const common = await tryGit(root, ['merge-base', base, head]);
  if (common.code === 1) return { unrelated: true };
  const quietly = ['-c', 'merge.renormalize=false', '-c', 'core.attributesFile=/dev/null'];
  const args = [...quietly, 'merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head];
  const { code, stdout, stderr } = await tryGit(root, args);
  const [tree = '', ...names] = stdout.toString('utf8').split('\0');
  if (code === 1) {
    const folder = await folderInRepository(root);
    const fromRoot = (path: string) => (path.startsWith(folder) ? path.slice(folder.length) : `../${path}`);
    return { conflicts: [...new Set(names.filter(Boolean))].sort().map(fromRoot) };
  }
  if (code !== 0) throw await whyNot(root, args, stderr);
  return { commit: await writeCommit(root, tree, [base, head]) };
}

/** Written as an object, because `git commit-tree` would sign it and put in it who runs this and when. */
async function writeCommit(root: string, tree: string, parents: readonly string[]): Promise<string> {
  const by = 'proviso <> 0 +0000';
  const lines = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${by}`, `committer ${by}`];
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin'];
  const { code, stdout, stderr } = await tryGit(root, args, { input: `${lines.join('\n')}\n\ntrial merge\n` });
  if (code !== 0) throw gitFailure(root, args, stderr);
  return stdout.toString('utf8').trim();
}

async function whyNot(root: string, args: readonly string[], stderr: string): Promise<UsageError> {
  const version = /(\d+)\.(\d+)/.exec(await runGit(root, ['--version']));
  const isOld = Number(version?.[1]) < 2 || (Number(version?.[1]) === 2 && Number(version?.[2]) < 38);
  return isOld
    ? new UsageError(`git ${version?.[0]} cannot merge without a checkout`, 'git 2.38 or newer can')
    : gitFailure(root, ['merge-tree', ...args], stderr);
}
