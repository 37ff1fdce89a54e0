import type { Customer } from '../../schemas/customer.ts';
import { startLastFew } from '../last-few.ts';
import type { Entry } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import { CustomersWhenAsked } from './customers-when-asked.ts';
import { idIn } from './id-in.ts';
import { soundEntryOf } from './sound-entry-of.ts';

/** Somebody is mostly asked about more than once in a row. */
const KEPT = 16;

/**
 * Customers whose files are there and were found sound, and are read again for whoever asks: to hold what thousands of files say
 * takes ten times the room of the files, and more of the collector's time than reading them again takes. In the order of their files.
 */
export class RereadCustomers extends CustomersWhenAsked {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #kept = startLastFew<Entry<Customer>>(KEPT);

  constructor(files: Iterable<SourceFile>) {
    super();
    this.#files = new Map(Array.from(files, (file) => [idIn(file.path), file]));
  }

  get size(): number {
    return this.#files.size;
  }

  has(id: string): boolean {
    return this.#files.has(id);
  }

  get(id: string): Entry<Customer> | undefined {
    const file = this.#files.get(id);
    return file && (this.#kept.get(id) ?? this.#read(id, file));
  }

  files(): SourceFile[] {
    return [...this.#files.values()];
  }

  keys(): MapIterator<string> {
    return this.#files.keys();
  }

  *values(): MapIterator<Entry<Customer>> {
    for (const [id, file] of this.#files) yield this.#kept.get(id) ?? this.#read(id, file);
  }

  #read(id: string, file: SourceFile): Entry<Customer> {
    const entry = soundEntryOf(file);
    this.#kept.set(id, entry);
    return entry;
  }
}
