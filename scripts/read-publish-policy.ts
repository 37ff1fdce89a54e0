import { listTree } from '../engine/io/git.ts';
import { readBlobs } from '../engine/io/read-blobs.ts';
import { loadModel } from '../engine/load-model.ts';
import { kinds } from '../schemas/kinds.ts';
import type { Publish } from '../schemas/policies.ts';

/** What a commit says about where releases go, without reading the rest of it; undefined where it says nothing. */
export async function readPublishPolicy(root: string, commit: string): Promise<Publish | undefined> {
  const files = (await listTree(root, commit, [kinds.publish.files.path])).filter(({ mode }) => mode.startsWith('100'));
  const blobs = await readBlobs(
    root,
    files.map(({ oid }) => oid),
  );
  const sources = files.map(({ path, oid }, index) => ({ path, oid, bytes: blobs[index] ?? new Uint8Array() }));
  return (await loadModel(sources, {})).model.world.publish?.data;
}
