import { isDeepStrictEqual } from 'node:util';
import type { Exception } from '../../schemas/exception.ts';
import { differing } from '../register/differing.ts';
import type { ChangeSet } from '../review/change-set.ts';

/** The record of an exception that a change adds, alters or takes away; absent on the side that has none. */
export interface TouchedRecord {
  customer: string;
  id: string;
  before?: Exception;
  after?: Exception;
}

/** Every record that differs, whatever it does. What a file that cannot be read says is unknown, not gone. */
export function touchedRecords({ base, head }: Pick<ChangeSet, 'base' | 'head'>): TouchedRecord[] {
  return differing(base.model.customers, head.model.customers).flatMap((customer): TouchedRecord[] => {
    const [before, after] = [base.model.customers.get(customer), head.model.customers.get(customer)];
    if (before && !after && head.unread?.has(before.document.path)) return [];
    const [old, young] = [before, after].map(
      (entry) => new Map(entry?.data.exceptions?.map((record) => [record.id, record])),
    ) as [Map<string, Exception>, Map<string, Exception>];
    return [...new Set([...old.keys(), ...young.keys()])].flatMap((id) => {
      const [one, other] = [old.get(id), young.get(id)];
      return isDeepStrictEqual(one, other)
        ? []
        : [{ customer, id, ...(one && { before: one }), ...(other && { after: other }) }];
    });
  });
}
