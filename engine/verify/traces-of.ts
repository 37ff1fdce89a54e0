import { canonicalJson } from '../../runtime/snapshot/canonical-json.ts';
import type { Customer } from '../../schemas/customer.ts';
import { isMachinery } from '../approve/is-machinery.ts';
import { customerAt } from '../customer-at.ts';
import type { ChangeSet } from '../review/change-set.ts';

/** One thing that a change does: to a customer's terms or records, or to a file that everybody shares. */
export interface Trace {
  customer?: string;
  path: string;
  /** Where it lies: a later one at one place replaces an earlier one. */
  place: string;
  /** Equal for equal traces of two changes: the same thing, from the same to the same. */
  key: string;
}

/** Everything a change does that anybody could ever read, however little it matters to the policy. */
export function tracesOf({ diff, files, base, head }: ChangeSet): Trace[] {
  const values = diff.customers.flatMap(({ customer, changes }) =>
    changes.map(({ path, from, to, effective, until = null }) => trace({ customer, path }, from, to, effective, until)),
  );
  const edited = [...new Set(files.flatMap(({ path }) => customerAt(path) ?? []))];
  const records = edited.flatMap((customer) => {
    const [before, after] = [base, head].map(({ model }) => partsOf(model.customers.get(customer)?.data));
    const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
    return [...paths].flatMap((path) => {
      const made = trace({ customer, path }, before?.get(path) ?? null, after?.get(path) ?? null);
      return canonicalJson(before?.get(path) ?? null) === canonicalJson(after?.get(path) ?? null) ? [] : [made];
    });
  });
  const shared = files.flatMap(({ path, before = null, after = null }) =>
    isMachinery(path) || /^plans\/.*\.yaml$/.test(path) ? [trace({ path }, before, after)] : [],
  );
  return [...values, ...records, ...shared];
}

const trace = (of: Pick<Trace, 'customer' | 'path'>, ...what: readonly unknown[]): Trace => {
  const where = [of.customer ?? null, of.path, what.length];
  return { ...of, place: canonicalJson(where), key: canonicalJson([...where, ...what]) };
};

/** A customer's file by its parts; each exception is one of its own. */
function partsOf(data: Customer | undefined): Map<string, unknown> {
  const { exceptions = [], ...rest } = data ?? {};
  return new Map<string, unknown>([
    ...Object.entries(rest),
    ...exceptions.map((record) => [`exceptions.${record.id}`, record] as const),
  ]);
}
