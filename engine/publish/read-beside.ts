import { parseObject, SnapshotError, sha256 } from '../../runtime/snapshot/object.ts';
import type { ReadStore } from '../../runtime/stores/store.ts';

/**
 * An object beside a release, which its head names as its evidence.
 *
 * @throws SnapshotError where it is missing or damaged; StoreError when the store cannot be used.
 */
export async function readBeside(store: Pick<ReadStore, 'get'>, hash: string): Promise<unknown> {
  const bytes = (await store.get([hash])).get(hash);
  if (!bytes) throw new SnapshotError('missing', hash, `evidence ${hash} is missing from the store`);
  if (sha256(bytes) !== hash)
    throw new SnapshotError('hash', hash, `evidence ${hash} is damaged: its content has another hash`);
  return parseObject(hash, bytes);
}
