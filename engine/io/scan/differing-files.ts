import { join, resolve } from 'node:path';
import { EMPTY_TREE } from '../git.ts';
import { readGit, runGit, tryGit } from '../run-git.ts';
import type { Entry } from './files-in-git.ts';
import { recordsOf } from './records-of.ts';
import type { ScannedFolder } from './scanned-folder.ts';

/** What changed: since a commit, in the folder as it lies there; or what is about to be committed. */
export type Since = { commit: string } | { staged: true };

/** A file that differs, by its path from the top of the repository. */
export interface DifferingFile {
  after: Entry & { oid?: string };
  /** Absent for a new file; the path differs where it has been moved. */
  before?: { path: string; oid: string };
}

export interface Difference {
  /** What is there now, in the order of paths. */
  files: DifferingFile[];
  /** What was there and is gone. */
  gone: { path: string; oid: string }[];
}

const kinds: Readonly<Record<string, Entry['is']>> = { '120000': 'symbolic link', '160000': 'submodule' };
const ZEROS = /^0+$/;

/** The files of the whole repository that differ, moved ones followed. Of files new to git, only those below the folder. */
export async function differingFiles({ root, prefix }: ScannedFolder, since: Since): Promise<Difference> {
  const isStaged = 'staged' in since;
  const against = isStaged ? [`--cached`, (await hasCommit(root)) ? 'HEAD' : EMPTY_TREE] : [since.commit];
  const options = ['-z', '--raw', '--no-abbrev', '-M', '-l5000', '--no-relative', '--ignore-submodules=dirty'];
  const args = ['diff-index', ...options, ...against, '--'];
  const difference = await parse(readGit(root, args, isStaged ? await indexInUse(root) : {}));
  if (!isStaged)
    for await (const name of recordsOf(readGit(root, ['ls-files', '-z', '--others', '--exclude-standard'])))
      difference.files.push({ after: { path: Buffer.concat([Buffer.from(prefix), name]), is: kindOf(name) } });
  difference.files.sort((a, b) => Buffer.compare(a.after.path, b.after.path));
  return difference;
}

const kindOf = (name: Buffer): Entry['is'] => (name.toString('latin1').endsWith('/') ? 'nested repository' : 'file');

async function parse(chunks: AsyncIterable<Buffer>): Promise<Difference> {
  const files = new Map<string, DifferingFile>();
  const gone: Difference['gone'] = [];
  const records = recordsOf(chunks);
  for (let next = await records.next(); next.value; next = await records.next()) {
    const [, mode = '', old = '', oid = '', status = ''] = next.value.toString('latin1').split(' ');
    const first = (await records.next()).value ?? Buffer.alloc(0);
    const isMoved = status.startsWith('R') || status.startsWith('C');
    const path = isMoved ? ((await records.next()).value ?? first) : first;
    const before = ZEROS.test(old) ? undefined : { path: first.toString('utf8'), oid: old };
    if (status === 'D') {
      if (before) gone.push(before);
      continue;
    }
    const after = { path, is: kinds[mode] ?? ('file' as const), ...(ZEROS.test(oid) ? {} : { oid }) };
    // A file in conflict is told twice, the first time without what it was.
    const known = files.get(path.toString('latin1'))?.before;
    const both = before ?? known;
    files.set(path.toString('latin1'), both ? { after, before: both } : { after });
  }
  return { files: [...files.values()], gone };
}

/** Whether anything has been committed. */
export const hasCommit = async (root: string): Promise<boolean> =>
  (await tryGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])).code === 0;

/** While git commits a part of what changed, a hook is told of another index than the usual one. */
async function indexInUse(root: string): Promise<Readonly<Record<string, string>>> {
  const given = process.env.GIT_INDEX_FILE;
  if (!given) return {};
  const [top = '', own = ''] = (await runGit(root, ['rev-parse', '--show-toplevel', '--absolute-git-dir'])).split('\n');
  // git runs hooks at the top of the work tree. An index of another repository is none of this one's.
  const index = resolve(top, given);
  return index.startsWith(join(own, '/')) ? { GIT_INDEX_FILE: index } : {};
}
