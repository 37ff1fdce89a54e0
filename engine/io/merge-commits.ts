import { type MergedTree, mergeTrees } from './merge-trees.ts';
import { gitFailure, tryGit } from './run-git.ts';

/** What merging comes to: a commit that no branch holds, or why there is none. */
export type Merge = { commit: string } | Exclude<MergedTree, { tree: string }>;

/** Merges `head` into `base`, both full commit ids, as `mergeTrees` does. The same two commits give the same commit. */
export async function mergeCommits(root: string, base: string, head: string): Promise<Merge> {
  const merged = await mergeTrees(root, base, head);
  return 'tree' in merged ? { commit: await writeCommit(root, merged.tree, [base, head]) } : merged;
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
