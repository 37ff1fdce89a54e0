import { isDeepStrictEqual } from 'node:util';
import type { Contract, Customer } from '../../schemas/customer.ts';
import type { Exception } from '../../schemas/exception.ts';
import { type CompiledCustomer, compileCustomer } from '../compile/compile-customer.ts';
import { isSameFile } from '../diff/find-edits.ts';
import type { Pointer } from '../document.ts';
import { startLastFew } from '../last-few.ts';
import type { Entry, World } from '../model.ts';
import { differing } from '../register/differing.ts';
import type { ChangeSet } from '../review/change-set.ts';

/** A file that says something else than before; one that came or went has one side only. */
export interface Edited<T> {
  id: string;
  before?: Entry<T>;
  after?: Entry<T>;
}

/** A record in a customer's file that is new or says something else. */
export interface EditedRecord<T> {
  customer: Entry<Customer>;
  index: number;
  pointer: Pointer;
  before?: T;
  after: T;
}

/** A change with what checks ask of it, worked out when first asked for. Nothing here compiles a customer that no check asks about. */
export interface CheckedChange extends ChangeSet {
  /** Customers whose own file the change writes: these are *touched*. Somebody whom only a shared edit reaches is not. */
  readonly customers: readonly Edited<Customer>[];
  /** Customers, plans and policies that say something else. */
  readonly documents: readonly Edited<unknown>[];
  /** Exceptions that are new or say something else than when they end. */
  readonly exceptions: readonly EditedRecord<Exception>[];
  /** Contracts that are new or say something else. */
  readonly contracts: readonly EditedRecord<Contract>[];
  /** Whose state is judged: the touched customers, or everybody where everybody is asked about. */
  readonly standing: Iterable<Entry<Customer>>;
  /** Customers that releases of the last 24 hours have changed. */
  readonly recent: ReadonlySet<string>;
  /** A customer of the head as it would be, were one exception not there. */
  without(customer: Entry<Customer>, exception: number): CompiledCustomer;
}

export interface ChecksAsked {
  /** Judges the state of every customer, not only of those the change touches. */
  all?: boolean;
  /** What the releases of the last 24 hours have changed already. */
  recent?: { customers: ReadonlySet<string> };
}

const nobody: ReadonlySet<string> = new Set();

/** Several checks ask what one customer would be without some exception. */
const WITHOUT = 64;

/** Prepares a change for the checks. */
export function checkedChangeOf(change: ChangeSet, { all = false, recent }: ChecksAsked): CheckedChange {
  const { base, head } = change;
  const customers = differing(base.model.customers, head.model.customers)
    .map((id) => ({ id, before: base.model.customers.get(id), after: head.model.customers.get(id) }))
    // What is there and cannot be read is unknown, not gone.
    .filter(({ before, after }) => (before && after) || !isUnread(change, (after ?? before) as Entry<Customer>));
  const touched = customers.flatMap(({ after }) => after ?? []);
  const without = startLastFew<CompiledCustomer>(WITHOUT);
  return {
    ...change,
    customers,
    documents: [...customers, ...editedShared(base.model.world, head.model.world)],
    exceptions: customers.flatMap((edited) =>
      recordsOf(edited, 'exceptions').filter(
        ({ before, after }) => !before || !isDeepStrictEqual(endless(before), endless(after)),
      ),
    ),
    contracts: customers.flatMap((edited) => recordsOf(edited, 'contracts')),
    standing: all ? { [Symbol.iterator]: () => head.model.customers.values() } : touched,
    recent: recent?.customers ?? nobody,
    without(customer, exception) {
      const key = `${exception} ${customer.id}`;
      const known = without.get(key);
      if (known) return known;
      const data = { ...customer.data, exceptions: customer.data.exceptions?.toSpliced(exception, 1) };
      const made = compileCustomer({ ...customer, data }, head.compiled.world);
      without.set(key, made);
      return made;
    },
  };
}

const isUnread = ({ base, head }: ChangeSet, { document: { path } }: Entry<unknown>): boolean =>
  base.unread?.has(path) === true || head.unread?.has(path) === true;

function editedOf<T>(before: ReadonlyMap<string, Entry<T>>, after: ReadonlyMap<string, Entry<T>>): Edited<T>[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].sort().flatMap((id) => {
    const [one, other] = [before.get(id), after.get(id)];
    return isSameFile(one, other) ? [] : [{ id, before: one, after: other }];
  });
}

const policies = ['menu', 'lifecycle', 'roles', 'onboarding', 'publish', 'approvals', 'approvers', 'checks'] as const;

function editedShared(before: World, after: World): Edited<unknown>[] {
  const shared = (world: World) =>
    new Map<string, Entry<unknown>>([
      ...world.plans,
      ...policies.flatMap((name): [string, Entry<unknown>][] => {
        const entry = world[name];
        return entry ? [[name, entry]] : [];
      }),
    ]);
  return editedOf(shared(before), shared(after));
}

/** Records that are new or say something else; they are known by their ids. */
function recordsOf<Name extends 'exceptions' | 'contracts'>(
  { before, after }: Edited<Customer>,
  name: Name,
): EditedRecord<NonNullable<Customer[Name]>[number]>[] {
  if (!after) return [];
  type Item = NonNullable<Customer[Name]>[number];
  const known = new Map(((before?.data[name] ?? []) as Item[]).map((record) => [record.id, record]));
  return ((after.data[name] ?? []) as Item[]).flatMap((record, index) => {
    const old = known.get(record.id);
    return isDeepStrictEqual(old, record)
      ? []
      : [{ customer: after, index, pointer: [name, index], before: old, after: record }];
  });
}

/** To end a record earlier, or to close it, is not to say something else. */
function endless(exception: Exception): unknown {
  const { expires, breakGlass, ...rest } = exception as Exception & { expires?: unknown; breakGlass?: object };
  return rest;
}
