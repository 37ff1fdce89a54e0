import { editsOfFolder } from '../engine/io/edits-of-folder.ts';
import type { Context } from './command.ts';
import { openRepository, type Repository } from './open-repository.ts';
import { openEdited, type ReadBefore, type RegisterLimits, usualLimits } from './open-tree.ts';

/** Reads the working tree as `openRepository` does, and of a large repository only those customers that were edited or are asked about. */
export async function openFolder(
  context: Pick<Context, 'root'> & Partial<Pick<Context, 'progress'>>,
  before?: ReadBefore,
  limits: RegisterLimits = usualLimits,
): Promise<Repository> {
  const edits = await editsOfFolder(context.root, limits.few);
  return (edits && (await openEdited(context, edits, before, limits))) ?? openRepository(context);
}
