import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { Pointer } from '../document.ts';
import type { Entry } from '../model.ts';
import type { Ending, EndingKind } from './ending.ts';

/** Makes the endings of one customer's records; the place is that of the record. */
export const newEnding =
  (entry: Entry<Customer>) =>
  (kind: EndingKind, id: string, last: Day, pointer: Pointer, what: string, then: string): Ending => {
    const place = entry.document.locate(pointer, 'key');
    return {
      customer: entry.id,
      name: entry.data.name,
      kind,
      id,
      last,
      what,
      then,
      isFollowed: false,
      endsWith: [],
      promises: [],
      path: place.path,
      line: place.start.line,
    };
  };
