import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import type { CompiledCustomer } from '../compile/compile-customer.ts';
import { compileWhenAsked } from '../compile/compiled-customers.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry, Model } from '../model.ts';

/** A repository on a day, each customer compiled when looked at. Of many only the last are kept: what goes through all looks at each once. */
export interface Company {
  model: Model;
  at: Day;
  world: PreparedWorld;
  /** By id, each read when it comes. */
  customers: Iterable<Entry<Customer>>;
  compiled(entry: Entry<Customer>): CompiledCustomer;
  /** Faults of plans and policies, and of customers over time. */
  diagnostics(): readonly Diagnostic[];
  /** What is found of customers, by id: of one of them, or of all. */
  each<T>(find: (entry: Entry<Customer>) => readonly T[], only?: string): T[];
}

/** Prepares a repository for the views. */
export function companyOn(model: Model, at: Day): Company {
  const ids = [...model.customers.keys()].sort();
  const all = compileWhenAsked(model, ids);
  function* read(wanted: readonly string[]): Generator<Entry<Customer>> {
    for (const id of wanted) {
      const entry = model.customers.get(id);
      if (entry) yield entry;
    }
  }
  const compiled = ({ id }: Entry<Customer>): CompiledCustomer => all.customers.get(id) as CompiledCustomer;
  return {
    model,
    at,
    world: all.world,
    customers: { [Symbol.iterator]: () => read(ids) },
    compiled,
    diagnostics: () => all.diagnostics,
    each<T>(find: (entry: Entry<Customer>) => readonly T[], only?: string): T[] {
      const found: T[] = [];
      // One by one: there may be more of them than arguments of a call.
      for (const entry of read(only === undefined ? ids : [only])) for (const one of find(entry)) found.push(one);
      return found;
    },
  };
}
