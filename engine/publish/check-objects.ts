import { type GetObjects, type SnapshotError, verifyObject } from '../../runtime/snapshot/object.ts';
import type { Snapshot } from '../../runtime/snapshot/release.ts';
import type { Tally } from '../../runtime/stores/store.ts';
import { walkRelease } from './walk-release.ts';

/** What was read of a release, and every object of it that is missing or not what it should be, by its hash. */
export interface CheckedObjects extends Tally {
  damaged: ReadonlyMap<string, SnapshotError>;
  /** Something that leads to others is damaged, so that there may be more. */
  isPartial: boolean;
}

const BATCH = 256;

/**
 * Reads every object of a release, a few at a time. With the same release compiled anew no damage hides another: every
 * object is known by then.
 */
export async function checkObjects(
  get: GetObjects,
  root: string,
  compiled: Snapshot | undefined,
  onRead: (objects: number) => void = () => {},
): Promise<CheckedObjects> {
  const damaged = new Map<string, SnapshotError>();
  const tally = { objects: 0, bytes: 0 };
  let isPartial = false;
  const count = (size: number): void => {
    tally.bytes += size;
    tally.objects += 1;
    if (tally.objects % 5_000 === 0) onRead(tally.objects);
  };
  const isCompiled = compiled?.root === root;
  if (isCompiled) {
    const hashes = [...compiled.objects.keys()];
    for (let start = 0; start < hashes.length; start += BATCH) {
      const batch = hashes.slice(start, start + BATCH);
      const found = await get(batch);
      for (const hash of batch) {
        const size = compiled.objects.get(hash)?.length ?? 0;
        const fault = faultOf({ hash, size }, found.get(hash));
        if (fault) damaged.set(hash, fault);
        count(size);
      }
    }
  } else
    for await (const { hash, bytes, fault } of walkRelease(get, root, { reads: true })) {
      if (fault) damaged.set(hash, fault);
      count(bytes?.length ?? 0);
      isPartial ||= fault !== undefined;
    }
  return { ...tally, damaged, isPartial };
}

function faultOf(ref: { hash: string; size: number }, bytes: Uint8Array | undefined): SnapshotError | undefined {
  try {
    verifyObject(ref, bytes);
    return undefined;
  } catch (error) {
    return error as SnapshotError;
  }
}
