import type { Day } from '../../runtime/terms/timeline.ts';
import type { Customer } from '../../schemas/customer.ts';
import { type CompiledCustomer, compileCustomer } from '../compile/compile-customer.ts';
import { type PreparedWorld, prepareWorld } from '../compile/prepare-world.ts';
import type { Entry, Model } from '../model.ts';

/** A repository on a day, each customer compiled once, when first looked at. */
export interface Company {
  model: Model;
  at: Day;
  world: PreparedWorld;
  /** By id. */
  customers: readonly Entry<Customer>[];
  compiled(entry: Entry<Customer>): CompiledCustomer;
}

/** Prepares a repository for the views. */
export function companyOn(model: Model, at: Day): Company {
  const world = prepareWorld(model.world);
  const known = new Map<string, CompiledCustomer>();
  return {
    model,
    at,
    world,
    customers: [...model.customers.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
    compiled(entry) {
      const compiled = known.get(entry.id) ?? compileCustomer(entry, world);
      known.set(entry.id, compiled);
      return compiled;
    },
  };
}
