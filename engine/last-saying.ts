import type { Day } from '../runtime/terms/timeline.ts';
import { inOrder } from './compile/contract-course.ts';
import type { Pointer } from './document.ts';

/** What an agreement says of a key on a day: its last amendment up to then that names it, else the agreement itself. */
export function lastSaying(
  entry: { amendments?: readonly { on: Day }[] | undefined },
  at: Pointer,
  day: Day,
  key: string,
): { value: unknown; at: Pointer } {
  const said = inOrder(entry.amendments ?? []).findLast(
    ({ amendment }) => amendment.on <= day && Object.hasOwn(amendment, key),
  );
  return said
    ? { value: Reflect.get(said.amendment, key), at: [...at, 'amendments', said.at, key] }
    : { value: Reflect.get(entry, key), at: [...at, key] };
}
