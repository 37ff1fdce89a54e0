import { changedFiles } from '../engine/io/changed-files.ts';
import { commonCommit } from '../engine/io/git.ts';
import { hasCommit } from '../engine/io/has-commit.ts';
import { mergeTrees } from '../engine/io/merge-trees.ts';
import { folderInRepository } from '../engine/io/place-in-git.ts';
import type { KnownDocuments } from '../engine/read-entry.ts';
import { changeSetOf } from '../engine/review/change-set.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Trees } from '../engine/verify/trees.ts';
import { sideOf } from './compare-repositories.ts';
import type { Repository } from './open-repository.ts';
import { openTree } from './open-tree.ts';

export interface TreesOptions {
  root: string;
  /** What the repository is called. */
  repo: string;
}

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Repositories held in memory at once: the sides of a change, of the one before it, and of a stretch around both. */
const KEPT = 6;

/** Commits and trees of this clone, each read once as long as it is in use, and each file once whatever holds it. */
export function openTrees({ root, repo }: TreesOptions): Trees & { read(tree: string): Promise<Repository> } {
  const blobs = new Map<string, Uint8Array>();
  const documents: KnownDocuments = new Map();
  const opened = new Map<string, Promise<Repository>>();
  const read = (tree: string): Promise<Repository> => {
    const known = opened.get(tree) ?? openTree({ root }, tree, { blobs, documents });
    opened.delete(tree);
    opened.set(tree, known);
    for (const oldest of opened.keys()) if (opened.size > KEPT) opened.delete(oldest);
    return known;
  };
  // Asked when first needed: a promise that nobody awaits would end the process where there is no repository.
  let folder: ReturnType<typeof folderInRepository> | undefined;
  const merged = new Map<string, Promise<string | undefined>>();
  const merge = async (base: string, head: string): Promise<string | undefined> => {
    try {
      const made = await mergeTrees(root, base, head);
      return 'tree' in made ? made.tree : undefined;
    } catch (error) {
      // Mostly it is here, so that is asked only where git could do nothing with it.
      if (!(error instanceof UsageError) || (await hasCommit(root, head))) throw error;
      return undefined;
    }
  };
  const side = async (tree: string) => sideOf({ ...(await read(tree)), name: tree.slice(0, 12) });
  return {
    read,
    async change(base, head, at) {
      folder ??= folderInRepository(root);
      const files = await changedFiles(root, base, head, folder);
      return changeSetOf(await side(base), await side(head), { repo, at, files });
    },
    async mergeBase(base, head) {
      if (!COMMIT.test(head) || !(await hasCommit(root, head))) return undefined;
      return (await commonCommit(root, base, head)) ?? null;
    },
    async mergedTree(base, head) {
      if (!COMMIT.test(head)) return undefined;
      const known = merged.get(`${base} ${head}`) ?? merge(base, head);
      merged.set(`${base} ${head}`, known);
      return known;
    },
  };
}
