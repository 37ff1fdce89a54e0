import type { Trees } from '../engine/approve/trees.ts';
import { changedFiles } from '../engine/io/changed-files.ts';
import { hasCommit } from '../engine/io/has-commit.ts';
import { mergeTrees } from '../engine/io/merge-trees.ts';
import { readTree } from '../engine/io/read-repository.ts';
import { changeSetOf } from '../engine/review/change-set.ts';
import { sideOf } from './compare-repositories.ts';
import { type Repository, repositoryOf } from './open-repository.ts';

export interface TreesOptions {
  root: string;
  /** What the repository is called. */
  repo: string;
}

/** Repositories held in memory at once: the sides of a change, of the one before it, and of a stretch around both. */
const KEPT = 6;

/** Commits and trees of this clone, each read once as long as it is in use, and each file once whatever holds it. */
export function openTrees({ root, repo }: TreesOptions): Trees & { read(tree: string): Promise<Repository> } {
  const blobs = new Map<string, Uint8Array>();
  const opened = new Map<string, Promise<Repository>>();
  const read = (tree: string): Promise<Repository> => {
    const known = opened.get(tree) ?? readTree(root, tree, blobs).then(repositoryOf);
    opened.delete(tree);
    opened.set(tree, known);
    for (const oldest of opened.keys()) if (opened.size > KEPT) opened.delete(oldest);
    return known;
  };
  const side = async (tree: string) => sideOf({ ...(await read(tree)), name: tree.slice(0, 12) });
  return {
    read,
    async change(base, head, at) {
      const files = await changedFiles(root, base, head);
      return changeSetOf(await side(base), await side(head), { repo, at, files });
    },
    async mergedTree(base, head) {
      if (!(await hasCommit(root, head))) return undefined;
      const merged = await mergeTrees(root, base, head);
      return 'tree' in merged ? merged.tree : undefined;
    },
  };
}
