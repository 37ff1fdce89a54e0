import { customerAt } from '../customer-at.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { SETTINGS_FILE } from '../schemas/files.ts';

/** Customers of whom nobody can say what the change does to them, because a side has no valid terms of theirs. Sorted ids. */
export function uncomparedCustomers({ base, head, files, before, after }: ChangeSet): string[] {
  const edited = files.flatMap(({ path }) => customerAt(path) ?? []);
  const ids = new Set([...edited, ...base.compiled.customers.keys(), ...head.compiled.customers.keys()]);
  const sides = [
    { model: base.model, compiled: before, lost: idsIn(base.unread) },
    { model: head.model, compiled: after, lost: idsIn(head.unread) },
  ];
  return [...ids]
    .filter((id) =>
      sides.some(({ model, compiled, lost }) => lost.has(id) || (model.customers.has(id) && !compiled(id)?.timeline)),
    )
    .sort();
}

/** Whether both sides can be read well enough for the difference to be all there is. */
export const isCompared = (change: ChangeSet): boolean =>
  isWorldCompared(change) && uncomparedCustomers(change).length === 0;

/** Whether plans, policies and settings of both sides can be read. */
export const isWorldCompared = ({ base, head }: Pick<ChangeSet, 'base' | 'head'>): boolean =>
  [base, head].every(({ model, unread }) => model.world.unread.size === 0 && !unread?.has(SETTINGS_FILE));

const idsIn = (paths: Iterable<string> = []): Set<string> =>
  new Set([...paths].flatMap((path) => customerAt(path) ?? []));
