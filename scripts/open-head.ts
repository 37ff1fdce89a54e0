import type { Context } from './command.ts';
import type { Named } from './compare-repositories.ts';
import { openFolder } from './open-folder.ts';
import { openCommit, type ReadBefore } from './open-tree.ts';

/** What a change leads to: the commit that is named, else the folder. */
export const openHead = async (
  context: Pick<Context, 'root' | 'progress'>,
  ref?: string,
  before?: ReadBefore,
): Promise<Named> =>
  ref === undefined
    ? { ...(await openFolder(context, before)), name: 'working tree' }
    : { ...(await openCommit(context, ref, undefined, before)), name: ref };
