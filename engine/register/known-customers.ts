import type { Customer } from '../../schemas/customer.ts';
import { readDocument } from '../document.ts';
import type { Entry } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import { customerKey } from './card.ts';
import { idIn } from './id-in.ts';
import type { Customers } from './register.ts';
import type { Row, Rows } from './row.ts';

/** A file by git's id of what is in it. */
export interface NamedBlob {
  path: string;
  oid: string;
}

export interface KnownFrom {
  rows: Rows;
  /** How many customers the rows are of. */
  count: number;
  /** Customers whose files are not as the rows say, or were read anyway, by id. */
  own: ReadonlyMap<string, Entry<Customer>>;
  /** Paths of which the rows say nothing any more. */
  masked: ReadonlySet<string>;
  /** Reads files, in the order asked for. */
  read(files: readonly NamedBlob[]): readonly SourceFile[];
  /** Is told of every file that was read because somebody asked for that customer. */
  seen(file: SourceFile): void;
}

type FileRow = Pick<Row, 'path' | 'value'>;

/** Files read at a time when everybody is gone through. */
const AT_ONCE = 1_000;

const byPath = (one: { path: string }, other: { path: string }): number =>
  one.path < other.path ? -1 : one.path > other.path ? 1 : 0;

/**
 * Everybody, of whom a file is only read when somebody asks for that customer. Going through all of them keeps none. In the order
 * of their files, as everywhere.
 */
export class KnownCustomers implements ReadonlyMap<string, Entry<Customer>>, Customers {
  readonly size: number;
  readonly #from: KnownFrom;
  readonly #read = new Map<string, Entry<Customer>>();

  constructor(from: KnownFrom) {
    this.#from = from;
    let masked = 0;
    for (const path of from.masked)
      if (from.rows.find(customerKey(idIn(path))).some((row) => row.path === path)) masked += 1;
    this.size = from.count - masked + from.own.size;
  }

  get(id: string): Entry<Customer> | undefined {
    this.read([id]);
    return this.#from.own.get(id) ?? this.#read.get(id);
  }

  /** Reads of these whoever has not been read, all at once; they are kept. */
  read(ids: Iterable<string>): void {
    const rows = [...ids].flatMap((id) =>
      this.#from.own.has(id) || this.#read.has(id) ? [] : (this.#rowOf(id) ?? []),
    );
    for (const entry of this.#open(rows, this.#from.seen)) this.#read.set(entry.id, entry);
  }

  /** Everybody with git's id of the file, in no order, without one being read. */
  *oids(): Generator<readonly [id: string, oid: string]> {
    for (const { path, value } of this.#everywhere()) yield [idIn(path), value as string];
  }

  has(id: string): boolean {
    return this.#from.own.has(id) || this.#rowOf(id) !== undefined;
  }

  *keys(): MapIterator<string> {
    for (const { path } of this.#all()) yield idIn(path);
  }

  *values(): MapIterator<Entry<Customer>> {
    const all = this.#all();
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const part = all.slice(start, start + AT_ONCE);
      const unread = part.filter(({ path }) => !this.#held(path));
      const opened = new Map(this.#open(unread).map((entry) => [entry.document.path, entry]));
      for (const { path } of part) yield (this.#held(path) ?? opened.get(path)) as Entry<Customer>;
    }
  }

  *entries(): MapIterator<[string, Entry<Customer>]> {
    for (const entry of this.values()) yield [entry.id, entry];
  }

  [Symbol.iterator](): MapIterator<[string, Entry<Customer>]> {
    return this.entries();
  }

  forEach(each: (entry: Entry<Customer>, id: string, all: Customers) => void): void {
    for (const [id, entry] of this) each(entry, id, this);
  }

  #rowOf(id: string): Row | undefined {
    return this.#from.rows.find(customerKey(id)).find(({ path }) => !this.#from.masked.has(path));
  }

  #held(path: string): Entry<Customer> | undefined {
    const entry = this.#from.own.get(idIn(path)) ?? this.#read.get(idIn(path));
    return entry?.document.path === path ? entry : undefined;
  }

  #all(): FileRow[] {
    return [...this.#everywhere()].sort(byPath);
  }

  *#everywhere(): Generator<FileRow> {
    const { rows, masked, own } = this.#from;
    for (const { document, oid } of own.values()) yield { path: document.path, value: oid };
    for (const { path, value } of rows.startingWith(customerKey(''))) if (!masked.has(path)) yield { path, value };
  }

  /** What was sound when it was written down is sound now: the same bytes, the same settings, the same program. */
  #open(rows: readonly FileRow[], seen?: KnownFrom['seen']): Entry<Customer>[] {
    if (rows.length === 0) return [];
    const files = this.#from.read(rows.map(({ path, value }) => ({ path, oid: value as string })));
    return files.map((file) => {
      seen?.(file);
      const { document } = readDocument(file);
      if (!document) throw new Error(`${file.path} was sound, and is not`);
      return { id: idIn(file.path), data: document.data as Customer, document, oid: file.oid };
    });
  }
}
