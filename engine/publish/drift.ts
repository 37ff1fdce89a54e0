import { compareTrees } from '../../runtime/snapshot/compare.ts';
import { listCustomers } from '../../runtime/snapshot/find.ts';
import { type GetObjects, type ObjectRef, readObject } from '../../runtime/snapshot/object.ts';
import { readRelease, type Snapshot } from '../../runtime/snapshot/release.ts';
import { fold } from '../../runtime/terms/fold.ts';
import type { Timeline } from '../../runtime/terms/timeline.ts';
import type { Catalogue } from '../../schemas/catalogue.ts';

/**
 * The customers for whom a published release is not what the repository says now: another timeline or record, or
 * other effective values because the settings themselves changed. Sorted ids.
 *
 * @throws SnapshotError when the published release cannot be read.
 */
export async function driftOf(get: GetObjects, published: string, now: Snapshot): Promise<string[]> {
  if (published === now.root) return [];
  const both: GetObjects = async (hashes) => {
    const own = hashes.flatMap((hash) =>
      now.objects.has(hash) ? [[hash, now.objects.get(hash) as Uint8Array] as const] : [],
    );
    const known = new Set(own.map(([hash]) => hash));
    const rest = hashes.filter((hash) => !known.has(hash));
    return new Map([...own, ...(rest.length > 0 ? await get(rest) : [])]);
  };
  const before = await readRelease(both, published);
  const after = await readRelease(both, now.root);
  const read = async (ref: ObjectRef) => (await readObject(both, ref)) as Timeline;
  const { added, removed, changed } = await compareTrees(both, before, after);
  const ids = new Set<string>();
  for (const { leaf } of [...added, ...removed, ...changed.map((pair) => pair.after)])
    ids.add((await read(leaf)).customer);
  if (before.catalogue.hash !== after.catalogue.hash) {
    const [old, fresh] = (await Promise.all([before, after].map(({ catalogue }) => readObject(both, catalogue)))) as [
      Catalogue,
      Catalogue,
    ];
    for await (const { leaf } of listCustomers(both, after)) {
      const timeline = await read(leaf);
      const values = ({ settings }: Catalogue) =>
        JSON.stringify(timeline.segments.map(({ layers }) => fold(settings, layers)));
      if (values(old) !== values(fresh)) ids.add(timeline.customer);
    }
  }
  return [...ids].sort();
}
