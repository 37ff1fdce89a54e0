import type { ReadStore } from '../../runtime/stores/store.ts';
import { type Evidence, isEvidence } from '../verify/evidence.ts';
import { readBeside } from './read-beside.ts';

/**
 * The evidence with these hashes, each read when it is asked for.
 *
 * @throws SnapshotError where one is missing or damaged; StoreError when the store cannot be used.
 */
export async function* evidenceOf(store: Pick<ReadStore, 'get'>, hashes: readonly string[]): AsyncGenerator<Evidence> {
  for (const hash of hashes) {
    const object = await readBeside(store, hash);
    // Why something was brought back proves no approval, and what a later version writes is for later versions to read.
    if (isEvidence(object)) yield object;
  }
}
