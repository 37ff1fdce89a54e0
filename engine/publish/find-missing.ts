import { listObjects } from '../../runtime/snapshot/find.ts';
import { SnapshotError } from '../../runtime/snapshot/object.ts';
import type { WriteStore } from '../../runtime/stores/store.ts';

/**
 * Why a release cannot be put in force as the store has it: its first object that is missing, or that leads on and is
 * damaged. What is there is kept from being swept from now on. Undefined where all of it is there.
 */
export async function findMissing(
  store: Pick<WriteStore, 'get' | 'has'>,
  root: string,
): Promise<SnapshotError | undefined> {
  const hashes: string[] = [];
  try {
    for await (const hash of listObjects((wanted) => store.get(wanted), root)) hashes.push(hash);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    return error;
  }
  const stored = await store.has(hashes);
  const gone = hashes.find((hash) => !stored.has(hash));
  return gone === undefined
    ? undefined
    : new SnapshotError('missing', gone, `object ${gone} is missing from the store`);
}
