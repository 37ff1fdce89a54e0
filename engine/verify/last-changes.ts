import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../../schemas/customer.ts';
import { recordsOf } from './records-of.ts';

/** A commit of the published branch that changed a customer's file. */
export interface CustomerStep {
  commit: string;
  /** The customer on both sides; null: there was none; undefined: nobody can read what there was. */
  before: Customer | null | undefined;
  after: Customer | null | undefined;
}

/**
 * The commit that gave each record of a customer the form it has now, by the record's name. `steps` are the changes of
 * its file, newest first, and are followed no further than needed. A record that is not published as it is shown, or that
 * comes from further back than the steps tell, has none.
 */
export async function lastChanges(shown: Customer, steps: AsyncIterable<CustomerStep>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let open: Map<string, unknown> | undefined;
  for await (const { commit, before, after } of steps) {
    if (before === undefined || after === undefined) break;
    open ??= sharedRecords(recordsOf(shown), after);
    const older = sharedRecords(open, before);
    for (const name of open.keys()) if (!older.has(name)) found.set(name, commit);
    open = older;
    if (open.size === 0) break;
  }
  return found;
}

/** Those of the records that a customer has in the same form. */
function sharedRecords(records: ReadonlyMap<string, unknown>, customer: Customer | null): Map<string, unknown> {
  const others = customer ? recordsOf(customer) : new Map<string, unknown>();
  return new Map([...records].filter(([name, record]) => isDeepStrictEqual(record, others.get(name))));
}
