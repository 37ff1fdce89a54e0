import type { SourceFile } from '../source-file.ts';
import { readBlobs } from './read-blobs.ts';
import { runGit } from './run-git.ts';
import { listTree, type TreeEntry } from './trees.ts';

/** A commit that changed a file, with what it was before and after; absent where there was none. */
export interface FileStep {
  commit: string;
  before?: SourceFile;
  after?: SourceFile;
}

/** How many changes git is asked for at once: most who ask want the last few. */
const BATCH = 16;

const HOW = [
  '--first-parent',
  '-m',
  '--raw',
  '--no-abbrev',
  '--no-follow',
  '--no-show-signature',
  '--format=tformat:%H %P',
];

/**
 * The changes of a file on the branch that ends in a commit, newest first, each read when it is asked for. `path` is where
 * the file lies or once lay; where it was somewhere else, it is the one below `room` that `isIt` knows by its path. Ends
 * where the file begins, and before a commit of which this clone does not know what it follows.
 * Throws `UsageError` where the commit is not in this clone.
 */
export async function* fileHistory(
  root: string,
  commit: string,
  { path, room, isIt }: { path: string; room: string; isIt: (path: string) => boolean },
): AsyncGenerator<FileStep> {
  const find = async (tree: string, near: string): Promise<TreeEntry | undefined> =>
    plainFile(await listTree(root, tree, [near])) ??
    plainFile((await listTree(root, tree, [room])).filter((entry) => isIt(entry.path)));

  let from = commit;
  let place = (await find(commit, path))?.path;
  while (place !== undefined) {
    const changes = await changesOf(root, from, place);
    const read = await filesOf(root, place, changes);
    let next = changes.length < BATCH ? undefined : place;
    for (const { commit: id, parent, before, after } of changes) {
      if (parent === undefined) return;
      from = parent;
      const moved = before === undefined ? await find(parent, place) : undefined;
      const older = moved ? (await filesOf(root, moved.path, [{ before: moved.oid }])).get(moved.oid) : undefined;
      const [one, other] = [older ?? read.get(before ?? ''), read.get(after ?? '')];
      yield { commit: id, ...(one && { before: one }), ...(other && { after: other }) };
      if (before !== undefined) continue;
      next = moved?.path;
      break;
    }
    place = next;
  }
}

const plainFile = (entries: readonly TreeEntry[]): TreeEntry | undefined =>
  entries.find(({ mode }) => mode.startsWith('100'));

interface Change {
  commit: string;
  /** The commit it follows; absent for the first of all, and where the clone ends. */
  parent?: string;
  before?: string;
  after?: string;
}

async function changesOf(root: string, from: string, path: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const line of (await runGit(root, ['log', ...HOW, `--max-count=${BATCH}`, from, '--', path])).split('\n')) {
    const raw = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) /.exec(line);
    const [commit, parent] = line.split(' ');
    if (raw) {
      const [, oldMode, newMode, before, after] = raw;
      const change = changes.at(-1);
      if (change && oldMode?.startsWith('100')) change.before = before;
      if (change && newMode?.startsWith('100')) change.after = after;
    } else if (commit) changes.push({ commit, ...(parent && { parent }) });
  }
  return changes;
}

async function filesOf(
  root: string,
  path: string,
  changes: readonly Pick<Change, 'before' | 'after'>[],
): Promise<Map<string, SourceFile>> {
  const oids = [...new Set(changes.flatMap(({ before, after }) => [before, after].filter((oid) => oid !== undefined)))];
  const blobs = await readBlobs(root, oids);
  return new Map(oids.map((oid, index) => [oid, { path, oid, bytes: blobs[index] ?? new Uint8Array() }]));
}
