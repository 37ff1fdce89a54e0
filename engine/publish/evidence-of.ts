import { parseObject, SnapshotError, sha256 } from '../../runtime/snapshot/object.ts';
import type { ReadStore } from '../../runtime/stores/store.ts';
import type { Evidence } from '../verify/evidence.ts';

/**
 * The evidence with these hashes, each read when it is asked for.
 *
 * @throws SnapshotError where one is missing or damaged; StoreError when the store cannot be used.
 */
export async function* evidenceOf(store: Pick<ReadStore, 'get'>, hashes: readonly string[]): AsyncGenerator<Evidence> {
  for (const hash of hashes) {
    const bytes = (await store.get([hash])).get(hash);
    if (!bytes) throw new SnapshotError('missing', hash, `evidence ${hash} is missing from the store`);
    if (sha256(bytes) !== hash)
      throw new SnapshotError('hash', hash, `evidence ${hash} is damaged: its content has another hash`);
    const evidence = parseObject(hash, bytes) as Evidence;
    // What a later version writes is for later versions to read.
    if (evidence.v === 1 && evidence.kind === 'evidence') yield evidence;
  }
}
