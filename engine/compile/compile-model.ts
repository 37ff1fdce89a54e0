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
  diagnostics: readonly Diagnostic[];
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
  return { world, customers, diagnostics };
}
