import type { MainCommit } from '../verify/main-commit.ts';
import { isAncestor } from './git.ts';
import { runGit } from './run-git.ts';

/** One a line; only the message, which comes last, may have several, and no commit holds the NUL between records. */
const FIELDS = '%H%n%P%n%T%n%an%n%ae%n%cn%n%ce%n%cI%n%B';

/**
 * What the branch that ends in `to` has become since `from`, oldest first, as far as it builds on `from`: each commit
 * with what stands beside it in the history, none of what was merged into it. Where the branch jumped to a commit that
 * has `from` only among its other parents, the first commit listed is that one. `from` must be an ancestor of `to`.
 */
export async function firstParents(root: string, from: string, to: string): Promise<MainCommit[]> {
  const how = [
    '--first-parent',
    '--reverse',
    '-z',
    '--encoding=UTF-8',
    '--no-show-signature',
    `--format=tformat:${FIELDS}`,
  ];
  const records = (await runGit(root, ['log', ...how, `${from}..${to}`, '--'])).split('\0');
  const listed = records.filter(Boolean).map(commitOf);
  if (listed[0]?.parents[0] === from) return listed;
  for (const [index, { id }] of listed.entries()) if (await isAncestor(root, from, id)) return listed.slice(index);
  return [];
}

function commitOf(record: string): MainCommit {
  const [id = '', parents = '', tree = '', name = '', email = '', by = '', byEmail = '', committedAt = '', ...message] =
    record.split('\n');
  return {
    id,
    parents: parents.split(' ').filter(Boolean),
    tree,
    author: { name, email },
    committer: { name: by, email: byEmail },
    committedAt,
    message: message.join('\n'),
  };
}

/** Whether git has only the newest part of the history here. */
export const isShallow = async (root: string): Promise<boolean> =>
  (await runGit(root, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
