import type { Diagnostic } from '../diagnostic.ts';
import { type LastFew, startLastFew } from '../last-few.ts';
import type { Model } from '../model.ts';
import { expectAll } from '../register/expect-all.ts';
import { checkWorld } from './check-world.ts';
import { type CompiledCustomer, compileCustomer } from './compile-customer.ts';
import type { Compiled } from './compile-model.ts';
import { type PreparedWorld, prepareWorld } from './prepare-world.ts';

/** Customers that are kept once they were compiled. */
const KEPT = 2_000;

/** Of more than can be kept none comes again before it is gone. */
const IN_TURN = 16;

interface Facts {
  diagnostics: readonly Diagnostic[];
  hasTerms: boolean;
}

/** One for all who are as they should be. */
const sound: Facts = { diagnostics: [], hasTerms: true };

const factsOf = ({ diagnostics, timeline }: CompiledCustomer): Facts =>
  timeline && diagnostics.length === 0 ? sound : { diagnostics, hasTerms: timeline !== undefined };

/**
 * Some customers of a repository, each compiled when it is asked for. Only the last are kept, and of all what is wrong with them, so that
 * a hundred thousand take no more room than a few.
 */
class CompiledCustomers implements Compiled, ReadonlyMap<string, CompiledCustomer> {
  readonly world: PreparedWorld;
  readonly #model: Model;
  readonly #ids: readonly string[];
  readonly #wanted: ReadonlySet<string>;
  readonly #kept: LastFew<CompiledCustomer>;
  /** What is wrong with each that was compiled; whether it has terms. */
  readonly #told = new Map<string, Facts>();

  constructor(model: Model, ids: readonly string[]) {
    this.#model = model;
    this.#ids = ids;
    this.#wanted = new Set(ids);
    this.#kept = ids.length > KEPT ? startLastFew(IN_TURN) : new Map();
    this.world = prepareWorld(model.world);
    expectAll(model.customers, ids);
  }

  get customers(): this {
    return this;
  }

  get size(): number {
    return this.#ids.length;
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...checkWorld(this.#model.world), ...this.#ids.flatMap((id) => this.#facts(id).diagnostics)];
  }

  get withoutTerms(): readonly string[] {
    return this.#ids.filter((id) => !this.#facts(id).hasTerms);
  }

  has(id: string): boolean {
    return this.#wanted.has(id);
  }

  get(id: string): CompiledCustomer | undefined {
    const known = this.#kept.get(id);
    if (known) return known;
    const entry = this.#wanted.has(id) ? this.#model.customers.get(id) : undefined;
    if (!entry) return undefined;
    const compiled = compileCustomer(entry, this.world);
    if (!this.#told.has(id)) this.#told.set(id, factsOf(compiled));
    this.#kept.set(id, compiled);
    return compiled;
  }

  keys(): MapIterator<string> {
    return this.#wanted.keys();
  }

  *values(): MapIterator<CompiledCustomer> {
    for (const [, compiled] of this) yield compiled;
  }

  *entries(): MapIterator<[string, CompiledCustomer]> {
    for (const id of this.#ids) yield [id, this.get(id) as CompiledCustomer];
  }

  [Symbol.iterator](): MapIterator<[string, CompiledCustomer]> {
    return this.entries();
  }

  forEach(each: (compiled: CompiledCustomer, id: string, all: ReadonlyMap<string, CompiledCustomer>) => void): void {
    for (const [id, compiled] of this) each(compiled, id, this);
  }

  #facts(id: string): Facts {
    if (!this.#told.has(id)) this.get(id);
    return this.#told.get(id) ?? { diagnostics: [], hasTerms: false };
  }
}

/** Some customers of a repository, compiled when somebody asks; `ids` are those of customers that are there. */
export const compileWhenAsked = (model: Model, ids: Iterable<string>): Compiled =>
  new CompiledCustomers(model, [...new Set(ids)].sort());
