import { dirtyPaths, resolveCommit } from '../engine/io/git.ts';
import { dataRooms } from '../engine/io/rooms.ts';
import { runGit } from '../engine/io/run-git.ts';
import { loadModel } from '../engine/load-model.ts';
import { CATALOGUE_FILE } from '../engine/schemas/files.ts';
import { UsageError } from '../engine/usage-error.ts';
import type { Context } from './command.ts';
import type { Repository } from './open-repository.ts';
import { openCommit, type ReadBefore } from './open-tree.ts';

/** What a change is compared with. */
export interface Base extends Repository {
  /** What people call it. */
  name: string;
  /** Why this one, where nobody named it; begins with a separator. */
  why: string;
}

/**
 * Reads what `head` is compared with: the ref that is named; else HEAD where the folder holds edits; else the commit
 * before the one that is asked about. Before the first commit there was nobody. Throws `UsageError` as `openRepository` does.
 */
export async function openBase(
  context: Pick<Context, 'root' | 'progress'>,
  named: { base?: string; head?: string },
  head: Repository,
  before?: ReadBefore,
): Promise<Base> {
  const { root } = context;
  const open = async (ref: string, why: string): Promise<Base> => ({
    ...(await openCommit(context, ref, undefined, before)),
    name: ref,
    why: why && `; ${why}`,
  });
  if (named.base !== undefined) return open(named.base, '');
  if (named.head === undefined) {
    const edited = await dirtyPaths(root, [...dataRooms, CATALOGUE_FILE]);
    if (edited.length > 0) return open('HEAD', 'the folder holds edits that are not committed');
  }
  const parent = `${named.head ?? 'HEAD'}~1`;
  const why =
    named.head === undefined ? 'everything is committed, so the last commit is shown' : 'the commit before it';
  try {
    await resolveCommit(root, parent);
  } catch (error) {
    if (!(error instanceof UsageError) || !(await isFirst(root, named.head ?? 'HEAD'))) throw error;
    const { model } = await loadModel([], head.settings);
    return {
      files: [],
      filesAt: () => [],
      settings: head.settings,
      model,
      diagnostics: [],
      name: 'nothing',
      why: '; it is the first commit',
    };
  }
  return open(parent, why);
}

/** A shallow clone also lacks the commit before, but there is one. */
async function isFirst(root: string, ref: string): Promise<boolean> {
  const commit = await resolveCommit(root, ref);
  const parents = await runGit(root, ['cat-file', 'commit', commit]);
  return !/^parent /m.test(parents.slice(0, parents.indexOf('\n\n')));
}
