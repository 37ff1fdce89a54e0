import type { Customer } from '../../schemas/customer.ts';
import type { Entry } from '../model.ts';
import type { NamedBlob } from './known-customers.ts';
import type { Customers } from './register.ts';

/** Everybody, in the order of their files, each read when somebody asks; going through all of them keeps none. */
export abstract class CustomersWhenAsked implements Customers {
  abstract readonly size: number;
  abstract get(id: string): Entry<Customer> | undefined;
  abstract has(id: string): boolean;
  abstract keys(): MapIterator<string>;
  abstract values(): MapIterator<Entry<Customer>>;
  /** Everybody's files in their order, without one being read. */
  abstract files(): readonly NamedBlob[];

  *entries(): MapIterator<[string, Entry<Customer>]> {
    for (const entry of this.values()) yield [entry.id, entry];
  }

  [Symbol.iterator](): MapIterator<[string, Entry<Customer>]> {
    return this.entries();
  }

  forEach(each: (entry: Entry<Customer>, id: string, all: Customers) => void): void {
    for (const [id, entry] of this) each(entry, id, this);
  }
}
