import type { Customer } from '../../schemas/customer.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry, Model } from '../model.ts';
import { checkWorld } from './check-world.ts';
import { type CompiledCustomer, compileCustomer } from './compile-customer.ts';
import { type PreparedWorld, prepareWorld } from './prepare-world.ts';

export interface Compiled {
  world: PreparedWorld;
  /** By customer id, in the order of the ids. */
  customers: ReadonlyMap<string, CompiledCustomer>;
  /** Faults of plans and policies, then of these customers. */
  diagnostics: readonly Diagnostic[];
  /** Ids of those who come to no timeline. */
  withoutTerms: readonly string[];
}

/** Compiles a whole repository, or only some of its customers; the faults of plans and policies are always reported. */
export function compileModel(model: Model, only?: Iterable<string>): Compiled {
  const world = prepareWorld(model.world);
  const diagnostics = checkWorld(model.world);
  const customers = new Map<string, CompiledCustomer>();
  for (const id of [...(only ?? model.customers.keys())].sort()) {
    const compiled = compileCustomer(model.customers.get(id) as Entry<Customer>, world);
    customers.set(id, compiled);
    for (const diagnostic of compiled.diagnostics) diagnostics.push(diagnostic);
  }
  const withoutTerms = [...customers].flatMap(([id, { timeline }]) => (timeline ? [] : [id]));
  return { world, customers, diagnostics, withoutTerms };
}
