import { type GetObjects, parseObject, readObjects } from '../../runtime/snapshot/object.ts';
import type { CustomerEntry } from '../../runtime/snapshot/tree.ts';
import type { Timeline } from '../../runtime/terms/timeline.ts';
import { type Refused, refuse } from './outcome.ts';

const named = 5;

/**
 * Refuses when a customer that is published is gone without having been closed: a missing file is no decision.
 * `removed` are entries of the published release, read through `get`.
 */
export async function vanishedCustomers(
  get: GetObjects,
  removed: readonly CustomerEntry[],
): Promise<Refused | undefined> {
  const leaves = await readObjects(
    get,
    removed.map(({ leaf }) => leaf),
  );
  const ids: string[] = [];
  for (const { leaf } of removed) {
    const timeline = parseObject(leaf.hash, leaves.get(leaf.hash) as Uint8Array) as Timeline;
    if (timeline.segments.at(-1)?.stage !== 'closed') ids.push(timeline.customer);
  }
  if (ids.length === 0) return undefined;
  const listed = ids.sort().slice(0, named).join(', ');
  const more = ids.length > named ? ` and ${ids.length - named} more` : '';
  return refuse(
    'vanished',
    ids.length === 1
      ? `customer ${listed} is published and no longer in the repository`
      : `${ids.length} customers are published and no longer in the repository: ${listed}${more}`,
    'bring the files back; to end a customer, give it the status `closed` and publish: then its file may go',
  );
}
