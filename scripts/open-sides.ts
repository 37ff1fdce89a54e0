import { readBlobs } from '../engine/io/read-blobs.ts';
import { type Difference, diffTrees } from '../engine/io/trees.ts';
import type { Context } from './command.ts';
import type { Named } from './compare-repositories.ts';
import { type Base, openBase } from './open-base.ts';
import { openHead } from './open-head.ts';
import type { Repository } from './open-repository.ts';
import type { ReadBefore } from './open-tree.ts';

/** Both sides of a change; what both have in common is read and parsed once. Throws as `openHead` does, then as `openBase` does. */
export async function openSides(
  context: Pick<Context, 'root' | 'progress'>,
  named: { base?: string; head?: string },
): Promise<{ head: Named; base: Base }> {
  const before = { documents: new Map(), blobs: new Map() } satisfies ReadBefore;
  const head = await openHead(context, named.head, before);
  const base = await openBase(context, named, head, before);
  await readDiffering(context.root, base, head, before.blobs);
  return { head, base };
}

/** Customers that are read at once because both sides are going to be asked about them; of more, each is read in its turn. */
const AT_ONCE = 500;

async function readDiffering(
  root: string,
  base: Repository,
  head: Repository,
  blobs: Map<string, Uint8Array>,
): Promise<void> {
  if (base.commit === undefined || head.commit === undefined) return;
  const differing = await diffTrees(root, base.commit, head.commit, ['customers']);
  if (differing.length > AT_ONCE) return;
  const oids = differing.flatMap(({ before, after }) => [before, after]).flatMap((side) => readable(side) ?? []);
  const unread = [...new Set(oids)].filter((oid) => !blobs.has(oid));
  const read = await readBlobs(root, unread);
  for (const [index, oid] of unread.entries()) blobs.set(oid, read[index] as Uint8Array);
}

/** Links and submodules are no files. */
const readable = (side: Difference['before']): string | undefined =>
  side?.mode.startsWith('100') ? side.oid : undefined;
