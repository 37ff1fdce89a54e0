import { isDeepStrictEqual } from 'node:util';
import type { Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import { customerAt } from '../customer-at.ts';
import type { Entry } from '../model.ts';
import { whatItDoes } from '../what-it-does.ts';
import type { ChangeSet } from './change-set.ts';
import type { ReviewedException } from './review.ts';

/** Every exception record that a change adds, alters or takes away, by customer in the order of the files. */
export function reviewedExceptions({ base, head, files }: ChangeSet): ReviewedException[] {
  const paths = new Set(files.map(({ path }) => path));
  const touched = (entry: Entry<Customer> | undefined): boolean => !!entry && paths.has(entry.document.path);
  const ids = files.flatMap(({ path }) => customerAt(path) ?? []);
  return [...new Set(ids)].sort().flatMap((id): ReviewedException[] => {
    const [before, after] = [base.model.customers.get(id), head.model.customers.get(id)];
    return touched(before) || touched(after) ? compareRecords(id, before, after) : [];
  });
}

function compareRecords(
  customer: string,
  before: Entry<Customer> | undefined,
  after: Entry<Customer> | undefined,
): ReviewedException[] {
  const old = new Map(before?.data.exceptions?.map((record, index) => [record.id, { record, index }]));
  const reviewed = (entry: Entry<Customer>, record: Exception, index: number, change: ReviewedException['change']) => {
    const { path, start } = entry.document.locate(['exceptions', index], 'key');
    return { customer, name: entry.data.name, change, record, does: whatItDoes(record), path, line: start.line };
  };
  const there =
    after?.data.exceptions?.flatMap((record, index) => {
      const known = old.get(record.id);
      old.delete(record.id);
      if (known && isDeepStrictEqual(known.record, record)) return [];
      return [reviewed(after, record, index, known ? 'changed' : 'added')];
    }) ?? [];
  const gone = before ? [...old.values()].map(({ record, index }) => reviewed(before, record, index, 'removed')) : [];
  return [...there, ...gone];
}
