import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { compileSides } from '../diff/compile-sides.ts';
import type { CustomerDiff, DiffSide } from '../diff/diff.ts';
import { compareModels } from '../diff/diff-models.ts';
import { isUnderContract, type Learned } from '../diff/learned.ts';
import type { Entry, Model } from '../model.ts';
import { differing } from '../register/differing.ts';
import type { ChangeSet } from '../review/change-set.ts';
import { agreedChanges } from './agreed-changes.ts';
import { type Effect, effectOf, type FindSides, findSides } from './effect.ts';
import type { TouchedRecord } from './touched-records.ts';

/**
 * Every effective change of every customer, one after the other: a shared edit has one for everybody. Of a customer that the base
 * could not compile, everything it will have.
 */
export function* effectsOf(change: ChangeSet): Generator<Effect> {
  const { at, base, head, diff, learned } = change;
  const worlds = [base.model.world, head.model.world] as const;
  const find = findSides((id) => [
    [base.model.customers.get(id), change.before(id), worlds[0]],
    [head.model.customers.get(id), change.after(id), worlds[1]],
  ]);
  yield* comparedEffects(diff.customers, learned, find, at);
  for (const id of differing(base.model.customers, head.model.customers)) {
    const [before, after] = [base.model.customers.get(id), head.model.customers.get(id)];
    if (!after) continue;
    for (const one of agreedChanges(before, after, worlds)) {
      const timeline = change.before(id)?.timeline;
      const underContract = isUnderContract(timeline, one);
      yield effectOf(id, one, find, { isNew: timeline === undefined, isEdited: true, underContract });
    }
  }
  for (const id of unknownBefore(change)) yield* alone(change, id);
}

function* comparedEffects(
  customers: readonly CustomerDiff[],
  { edited, excepted, underContract }: Learned,
  find: FindSides,
  since?: Day,
): Generator<Effect> {
  for (const { customer, kind, changes } of customers)
    for (const change of changes)
      yield effectOf(customer, change, find, {
        ...(since !== undefined && { since }),
        isNew: kind === 'added',
        isEdited: edited.has(customer),
        underContract: underContract.has(change),
        isPlain: !excepted.has(customer),
      });
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
function alone({ base, head, at }: ChangeSet, id: string): Iterable<Effect> {
  const entry = head.model.customers.get(id) as Entry<Customer>;
  return between(
    at,
    id,
    { name: base.name, model: withOnly(base.model) },
    { name: head.name, model: withOnly(head.model, entry) },
  );
}

/** Everything that an exception does as the base has it, on every day, as if this change brought it. */
export function effectsOfRecord({ base, at }: ChangeSet, { customer, id }: TouchedRecord): Iterable<Effect> {
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
): Iterable<Effect> {
  const { base, head } = compileSides(before, after);
  const { diff, learned } = compareModels(base, head, { at });
  const side = ({ model, compiled }: DiffSide) =>
    [model.customers.get(id), compiled.customers.get(id), model.world] as const;
  const find = findSides(() => [side(base), side(head)]);
  return comparedEffects(diff.customers, learned, find);
}
