import type { Customer } from '../../schemas/customer.ts';
import { compileSides } from '../diff/compile-sides.ts';
import type { DiffSide } from '../diff/diff.ts';
import { diffModels } from '../diff/diff-models.ts';
import type { Entry, Model } from '../model.ts';
import { differing } from '../register/differing.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { agreedChanges } from './agreed-changes.ts';
import { type Effect, effectOf, findSides } from './effect.ts';
import type { TouchedRecord } from './touched-records.ts';

/** Every effective change of every customer; of one that the base could not compile, everything it will have. */
export function effectsOf(change: ChangeSet): Effect[] {
  const { at, base, head, diff } = change;
  const worlds = [base.model.world, head.model.world] as const;
  const find = findSides((id) => [
    [base.model.customers.get(id), change.before(id), worlds[0]],
    [head.model.customers.get(id), change.after(id), worlds[1]],
  ]);
  const compared = diff.customers.flatMap(({ customer, changes }) =>
    changes.map((one) => effectOf(customer, one, find, at)),
  );
  const agreed = differing(base.model.customers, head.model.customers).flatMap((id) => {
    const [before, after] = [base.model.customers.get(id), head.model.customers.get(id)];
    if (!after) return [];
    return agreedChanges(before, after, worlds).map((one) => effectOf(id, one, find));
  });
  return [...compared, ...agreed, ...unknownBefore(change).flatMap((id) => alone(change, id))];
}

/** Customers that have terms in the head, and of whom nobody knows what they had: the base's file has a fault. */
function unknownBefore({ base, head }: ChangeSet): string[] {
  const unread = differing(base.model.customers, head.model.customers).filter((id) => {
    const here = head.model.customers.get(id)?.document.path;
    if (here === undefined || base.model.customers.has(id)) return false;
    return [...(base.unread ?? [])].some((path) => isFileOf(path, id, here));
  });
  return [...base.compiled.withoutTerms, ...unread].filter((id) => head.compiled.customers.get(id)?.timeline).sort();
}

const isFileOf = (path: string, id: string, here: string): boolean => path === here || path.endsWith(`/${id}.yaml`);

/** As if the customer had just come. */
function alone({ base, head, at }: ChangeSet, id: string): Effect[] {
  const entry = head.model.customers.get(id) as Entry<Customer>;
  return between(
    at,
    id,
    { name: base.name, model: withOnly(base.model) },
    { name: head.name, model: withOnly(head.model, entry) },
  );
}

/** Everything that an exception does as the base has it, on every day, as if this change brought it. */
export function effectsOfRecord({ base, at }: ChangeSet, { customer, id }: TouchedRecord): Effect[] {
  const entry = base.model.customers.get(customer);
  if (!entry) return [];
  const exceptions = entry.data.exceptions?.filter((record) => record.id !== id) ?? [];
  // Another file as far as anybody can tell, so that it is compiled and compared.
  const without = { ...entry, oid: '', data: { ...entry.data, exceptions } };
  return between(
    at,
    customer,
    { name: base.name, model: withOnly(base.model, without) },
    { name: base.name, model: withOnly(base.model, entry) },
  );
}

const withOnly = (model: Model, entry?: Entry<Customer>): Model => ({
  ...model,
  customers: new Map(entry ? [[entry.id, entry]] : []),
});

function between(
  at: string,
  id: string,
  before: Omit<DiffSide, 'compiled'>,
  after: Omit<DiffSide, 'compiled'>,
): Effect[] {
  const { base, head } = compileSides(before, after);
  const { customers } = diffModels(base, head, { at });
  const side = ({ model, compiled }: DiffSide) =>
    [model.customers.get(id), compiled.customers.get(id), model.world] as const;
  const find = findSides(() => [side(base), side(head)]);
  return customers.flatMap(({ changes }) => changes.map((change) => effectOf(id, change, find)));
}
