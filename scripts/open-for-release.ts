import { folderInRepository } from '../engine/io/place-in-git.ts';
import type { MadeOf } from '../engine/publish/earlier-release.ts';
import type { Context } from './command.ts';
import { openRepository, type Repository } from './open-repository.ts';
import { openCommit } from './open-tree.ts';
import { version } from './version.ts';

export interface OpenedCommit extends Repository {
  commit: string;
  /** What its release depends on beside the files of customers. */
  madeOf: MadeOf;
}

/**
 * Reads a commit through git objects, whatever the working tree holds. `isProof`: every file is read, so that nothing that was
 * kept is believed.
 */
export async function openForRelease(
  context: Pick<Context, 'root' | 'progress'>,
  ref: string,
  { isProof = false } = {},
): Promise<OpenedCommit> {
  context.progress(`reading ${ref}`);
  const repository = isProof ? await openRepository(context, { ref }) : await openCommit(context, ref);
  const folder = (await folderInRepository(context.root)).replace(/\/$/, '');
  const madeOf = {
    policyDigest: repository.model.world.digest,
    compiler: `proviso ${version()}`,
    ...(folder !== '' && { folder }),
  };
  context.progress('');
  return { ...repository, commit: repository.commit as string, madeOf };
}
