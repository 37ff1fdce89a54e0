import { readBlobs } from '../engine/io/read-blobs.ts';
import { listTree } from '../engine/io/trees.ts';
import { loadModel } from '../engine/load-model.ts';
import type { World } from '../engine/model.ts';
import { kinds } from '../schemas/kinds.ts';

type PolicyName = 'approvers' | 'publish';

/**
 * What a commit says of who approves, or about where releases go, without reading the rest of it; undefined where it says
 * nothing. Throws `UsageError` where the commit is not in this clone.
 */
export async function readPolicy<Name extends PolicyName>(
  root: string,
  commit: string,
  name: Name,
): Promise<NonNullable<World[Name]>['data'] | undefined> {
  const { path: place } = kinds[name].files;
  const files = (await listTree(root, commit, [place])).filter(({ mode }) => mode.startsWith('100'));
  const blobs = await readBlobs(
    root,
    files.map(({ oid }) => oid),
  );
  const sources = files.map(({ path, oid }, index) => ({ path, oid, bytes: blobs[index] ?? new Uint8Array() }));
  return (await loadModel(sources, {})).model.world[name]?.data;
}
