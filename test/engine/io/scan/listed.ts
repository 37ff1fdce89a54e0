import { listSources } from '../../../../engine/io/scan/list-sources.ts';
import type { Listing } from '../../../../engine/io/scan/source-finder.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';

/** Every file of a folder that is looked at, and why each other one is not. */
export async function listed(
  folder: string,
  listing: Partial<Listing> = {},
): Promise<{ sources: string[]; skipped: string[] }> {
  const sources: string[] = [];
  const skipped: string[] = [];
  const onSkip: Listing['onSkip'] = (path, why) => void skipped.push(`${path}: ${why}`);
  for await (const some of listSources(folder, { policy: noPolicy, onSkip, ...listing }))
    sources.push(...some.map(({ path }) => path));
  return { sources, skipped };
}
