import { hash } from 'node:crypto';
import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { Item } from './approval.ts';

/** What an approval of each class is given to: sha256 over the class and its items, 64 hex digits, whatever their order. */
export function subjectsOf(items: Iterable<Pick<Item, 'class' | 'id'>>): ReadonlyMap<string, string> {
  const ids = new Map<string, Set<string>>();
  for (const item of items) ids.set(item.class, (ids.get(item.class) ?? new Set()).add(item.id));
  return new Map(
    [...ids]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, own]) => [name, hash('sha256', canonicalJson({ class: name, items: [...own].sort() }))]),
  );
}
