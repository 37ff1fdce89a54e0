/** What trees of git list and how two of them differ, without going through what both have in common. */
import { UsageError } from '../usage-error.ts';
import { folderInRepository } from './place-in-git.ts';
import { readObjects } from './read-objects.ts';
import { differingNodes, nodesOf, TREE, type TreeNode, type TreeObject } from './tree-nodes.ts';

export interface TreeEntry {
  path: string;
  /** `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule). */
  mode: string;
  oid: string;
}

/** A path of which two trees say different things: what each has there, where it has anything. */
export interface Difference {
  path: string;
  before?: Omit<TreeEntry, 'path'>;
  after?: Omit<TreeEntry, 'path'>;
}

/** The files of a commit or tree at or below the given paths, in git's order. Throws `UsageError` for what this clone does not have. */
export async function listTree(root: string, tree: string, paths: readonly string[]): Promise<TreeEntry[]> {
  const top = await readTop(root, tree, await folderInRepository(root));
  return listBelow(root, '', top, wantedOf(paths));
}

/** Whether a commit or tree has anything at one of the given paths. */
export async function holdsAny(root: string, tree: string, paths: readonly string[]): Promise<boolean> {
  const folder = await folderInRepository(root);
  const found = await readObjects(
    root,
    paths.map((path) => `${tree}:${folder}${path}`),
  );
  return found.some(Boolean);
}

/**
 * What differs between two commits or trees at or below the given paths, in git's order. A path that was a file and is a folder is one
 * that went and several that came. `from` is the folder that paths begin in: the root unless told otherwise, `''` for the top of the
 * git repository. Throws as `listTree` does.
 */
export async function diffTrees(
  root: string,
  before: string,
  after: string,
  paths?: readonly string[],
  from?: string,
): Promise<Difference[]> {
  const folder = from ?? (await folderInRepository(root));
  const tops = await Promise.all([readTop(root, before, folder), readTop(root, after, folder)]);
  return diffBelow(root, '', ...tops, paths ? wantedOf(paths) : ALL);
}

/** Names that are wanted, each with what is wanted below it; all of them where it is `ALL`. */
type Wanted = ReadonlyMap<string, Wanted>;
const ALL: Wanted = new Map();

function wantedOf(paths: readonly string[]): Wanted {
  const wanted = new Map<string, Wanted>();
  for (const path of paths) {
    const names = path.split('/').filter(Boolean);
    const last = names.pop();
    if (last === undefined) return ALL;
    let at: Map<string, Wanted> | undefined = wanted;
    for (const name of names) {
      const below: Wanted = at.get(name) ?? new Map();
      at.set(name, below);
      at = below === ALL ? undefined : (below as Map<string, Wanted>);
      if (!at) break;
    }
    at?.set(last, ALL);
  }
  return wanted;
}

const below = (wanted: Wanted, name: string): Wanted | undefined => (wanted === ALL ? ALL : wanted.get(name));

async function listBelow(root: string, folder: string, tree: TreeObject, wanted: Wanted): Promise<TreeEntry[]> {
  const listed: (TreeEntry | Promise<TreeEntry[]>)[] = [];
  for (const { name, mode, oid } of nodesOf(tree)) {
    const inside = below(wanted, name);
    if (!inside) continue;
    const path = folder + name;
    if (mode === TREE) listed.push(readTree(root, oid).then((found) => listBelow(root, `${path}/`, found, inside)));
    else if (inside === ALL) listed.push({ path, mode, oid });
  }
  return (await Promise.all(listed)).flat();
}

async function diffBelow(
  root: string,
  folder: string,
  before: TreeObject,
  after: TreeObject,
  wanted: Wanted,
): Promise<Difference[]> {
  const found: (Difference | Promise<Difference[]>)[] = [];
  for (const [was, is] of differingNodes(before, after)) {
    const { name, mode } = (was ?? is) as TreeNode;
    const inside = below(wanted, name);
    if (!inside) continue;
    const path = folder + name;
    // A folder is one on both sides: where one side has a file of that name, git lists it elsewhere.
    if (mode === TREE)
      found.push(
        Promise.all([was, is].map((node) => (node ? readTree(root, node.oid) : NO_TREE))).then(
          ([one = NO_TREE, other = NO_TREE]) => diffBelow(root, `${path}/`, one, other, inside),
        ),
      );
    else if (inside === ALL)
      found.push({ path, ...(was && { before: sideOf(was) }), ...(is && { after: sideOf(is) }) });
  }
  return (await Promise.all(found)).flat();
}

const sideOf = ({ mode, oid }: TreeNode): Omit<TreeEntry, 'path'> => ({ mode, oid });

const NO_TREE: TreeObject = { oid: '', bytes: Buffer.alloc(0) };

async function readTop(root: string, tree: string, folder: string): Promise<TreeObject> {
  const [whole, part] = await readObjects(root, [`${tree}^{tree}`, `${tree}:${folder}`]);
  if (whole?.type !== 'tree') throw missing(tree);
  return part?.type === 'tree' ? part : NO_TREE;
}

async function readTree(root: string, oid: string): Promise<TreeObject> {
  const [found] = await readObjects(root, [oid]);
  if (found?.type !== 'tree') throw missing(oid);
  return found;
}

const missing = (id: string): UsageError =>
  new UsageError(
    `git does not have ${id}`,
    'the clone may be shallow or partial: git fetch --unshallow, git fetch --refetch, or clone again',
  );
