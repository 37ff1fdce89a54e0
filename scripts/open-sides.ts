import type { Context } from './command.ts';
import type { Named } from './compare-repositories.ts';
import { type Base, openBase } from './open-base.ts';
import { openHead } from './open-head.ts';
import { openCommit, type ReadBefore } from './open-tree.ts';

/** Both sides of a change, at once where both are named. Throws as `openHead` does, then as `openBase` does. */
export async function openSides(
  context: Pick<Context, 'root' | 'progress'>,
  named: { base?: string; head?: string },
): Promise<{ head: Named; base: Base }> {
  const { base: ref, head: headRef } = named;
  if (ref === undefined || headRef === undefined) {
    const head = await openHead(context, headRef);
    return { head, base: await openBase(context, named, head) };
  }
  // What both have in common is parsed once.
  const before: ReadBefore = { documents: new Map() };
  const [head, base] = await Promise.allSettled([
    openHead(context, headRef, before),
    openCommit(context, ref, undefined, before),
  ]);
  if (head.status === 'rejected') throw head.reason;
  if (base.status === 'rejected') throw base.reason;
  return { head: head.value, base: { ...base.value, name: ref, why: '' } };
}
