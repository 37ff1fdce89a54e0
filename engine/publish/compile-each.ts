import type { Customer } from '../../schemas/customer.ts';
import { type CompiledCustomer, compileCustomer } from '../compile/compile-customer.ts';
import type { PreparedWorld } from '../compile/prepare-world.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Entry } from '../model.ts';

/** Compiles customers one after the other, so that nobody needs to hold them all; what is wrong with them is added to `diagnostics`. */
export function* compileEach(
  entries: Iterable<Entry<Customer>>,
  world: PreparedWorld,
  diagnostics: Diagnostic[],
): Generator<[id: string, compiled: CompiledCustomer, entry: Entry<Customer>]> {
  for (const entry of entries) {
    const compiled = compileCustomer(entry, world);
    diagnostics.push(...compiled.diagnostics);
    yield [entry.id, compiled, entry];
  }
}
