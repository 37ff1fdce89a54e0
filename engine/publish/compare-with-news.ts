import { compareReleases } from '../../runtime/snapshot/compare.ts';
import type { GetObjects } from '../../runtime/snapshot/object.ts';
import type { Release } from '../../runtime/snapshot/release.ts';

type Compared = Awaited<ReturnType<typeof compareReleases>>;

/**
 * Compares two releases, and tells with `news` the objects that a reader of the one before looks at to go on to the one after:
 * its root first, the nodes on both sides of every difference, and what is new to it; not the records, which no reader reads.
 */
export async function compareWithNews(
  get: GetObjects,
  before: Release,
  after: Release,
): Promise<Compared & { news: string[] }> {
  const news = new Set([after.root]);
  const compared = await compareReleases(
    (hashes) => {
      for (const hash of hashes) news.add(hash);
      return get(hashes);
    },
    before,
    after,
  );
  for (const hash of compared.needed) news.add(hash);
  const { added, changed } = compared.changes;
  for (const { record } of [...added, ...changed.map((change) => change.after)]) if (record) news.delete(record.hash);
  return { ...compared, news: [...news] };
}
