import type { Customer } from '../../schemas/customer.ts';
import { type LastFew, startLastFew } from '../last-few.ts';
import type { Entry } from '../model.ts';
import type { SourceFile } from '../source-file.ts';
import { customerKey } from './card.ts';
import { CustomersWhenAsked } from './customers-when-asked.ts';
import { idIn } from './id-in.ts';
import type { Row, Rows } from './row.ts';
import { soundEntryOf } from './sound-entry-of.ts';

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
}

/** Files read at a time where many are asked for one after the other: git takes as long for one as for hundreds. */
const AT_ONCE = 4_000;

/** Customers that are kept once they were read. */
const KEPT = 2_000;

/** Of more than can be kept none comes again before it is gone; so only those that both sides of a comparison ask for in turn are. */
const IN_TURN = 16;

/** In which order many are going to be asked for, and where in it everybody stands. */
interface Order {
  ids: readonly string[];
  places: ReadonlyMap<string, number>;
}

/** What was read, by git's id and path, for all that have the same rows. */
interface Shared {
  /** Files that were read ahead: they take a tenth of the room of what they say. */
  ahead: Map<string, SourceFile>;
  read: Map<string, Entry<Customer>>;
  inTurn: LastFew<Entry<Customer>>;
}

const sharedBy = new WeakMap<Rows, Shared>();

const nameOf = ({ path, oid }: NamedBlob): string => `${oid} ${path}`;

const byPath = (one: { path: string }, other: { path: string }): number =>
  one.path < other.path ? -1 : one.path > other.path ? 1 : 0;

/**
 * Everybody, of whom a file is only read when somebody asks for that customer. Going through all of them keeps few. In the order
 * of their files, as everywhere.
 */
export class KnownCustomers extends CustomersWhenAsked {
  readonly size: number;
  readonly #from: KnownFrom;
  readonly #shared: Shared;
  #latest: Order | undefined;
  #longest: Order | undefined;

  constructor(from: KnownFrom) {
    super();
    this.#from = from;
    this.#shared = sharedBy.get(from.rows) ?? {
      ahead: new Map(),
      read: new Map(),
      inTurn: startLastFew(IN_TURN),
    };
    sharedBy.set(from.rows, this.#shared);
    let masked = 0;
    for (const path of from.masked)
      if (from.rows.find(customerKey(idIn(path))).some((row) => row.path === path)) masked += 1;
    this.size = from.count - masked + from.own.size;
  }

  get(id: string): Entry<Customer> | undefined {
    const known = this.#from.own.get(id);
    if (known) return known;
    const file = this.#fileOf(id);
    if (!file) return undefined;
    const name = nameOf(file);
    const { ahead, read, inTurn } = this.#shared;
    const there = read.get(name) ?? inTurn.get(name);
    if (there) return there;
    return this.#open(ahead.get(name) ?? this.#readAhead([file, ...this.#next(id)]));
  }

  /** Everybody with git's id of the file, in no order, without one being read. */
  *oids(): Generator<readonly [id: string, oid: string]> {
    for (const { path, oid } of this.#everywhere()) yield [idIn(path), oid];
  }

  files(): NamedBlob[] {
    return this.#all();
  }

  /**
   * Says in which order many are going to be asked for: then they are read in parts, and not one by one. Who goes through a few
   * meanwhile does not undo what was said of all.
   */
  expect(ids: readonly string[]): void {
    this.#latest = { ids, places: new Map(ids.map((id, place) => [id, place])) };
    if (ids.length >= (this.#longest?.ids.length ?? 0)) this.#longest = this.#latest;
  }

  has(id: string): boolean {
    return this.#from.own.has(id) || this.#fileOf(id) !== undefined;
  }

  *keys(): MapIterator<string> {
    for (const { path } of this.#all()) yield idIn(path);
  }

  *values(): MapIterator<Entry<Customer>> {
    const all = this.#all();
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const part = all.slice(start, start + AT_ONCE);
      // Held until they are given: what is read meanwhile may push them out of what is kept.
      const held = part.map((file) => this.#held(file));
      const files = this.#from.read(part.filter((_, index) => !held[index]));
      let next = 0;
      for (const [index, known] of held.entries()) {
        const entry = known ?? soundEntryOf(files[next++] as SourceFile);
        // Who is gone through may be asked about by name, too.
        if (!known) this.#shared.inTurn.set(nameOf(part[index] as NamedBlob), entry);
        yield entry;
      }
    }
  }

  #fileOf(id: string): NamedBlob | undefined {
    const row = this.#from.rows.find(customerKey(id)).find(({ path }) => !this.#from.masked.has(path));
    return row && blobOf(row);
  }

  #held(file: NamedBlob): Entry<Customer> | undefined {
    const entry = this.#from.own.get(idIn(file.path));
    return entry?.document.path === file.path ? entry : this.#shared.read.get(nameOf(file));
  }

  /** Who is expected after somebody, and has not been read. */
  #next(id: string): NamedBlob[] {
    const order = this.#latest?.places.has(id) ? this.#latest : this.#longest;
    const place = order?.places.get(id);
    if (!order || place === undefined) return [];
    return order.ids.slice(place + 1, place + AT_ONCE).flatMap((next) => {
      const file = this.#from.own.has(next) ? undefined : this.#fileOf(next);
      return file && !this.#shared.read.has(nameOf(file)) ? [file] : [];
    });
  }

  #all(): NamedBlob[] {
    return [...this.#everywhere()].sort(byPath);
  }

  *#everywhere(): Generator<NamedBlob> {
    const { rows, masked, own } = this.#from;
    for (const { document, oid } of own.values()) yield { path: document.path, oid };
    for (const row of rows.startingWith(customerKey(''))) if (!masked.has(row.path)) yield blobOf(row);
  }

  /** Gives the first. Somebody who comes out of turn does not undo what was read ahead. */
  #readAhead(wanted: readonly NamedBlob[]): SourceFile {
    const files = this.#from.read(wanted);
    const [first] = files as [SourceFile];
    if (files.length > 1) this.#shared.ahead = new Map(files.map((file) => [nameOf(file), file]));
    return first;
  }

  #open(file: SourceFile): Entry<Customer> {
    const entry = soundEntryOf(file);
    const { read, inTurn } = this.#shared;
    if ((this.#longest?.ids.length ?? 0) > KEPT) inTurn.set(nameOf(file), entry);
    else read.set(nameOf(file), entry);
    for (const oldest of read.keys())
      if (read.size > KEPT) read.delete(oldest);
      else break;
    return entry;
  }
}

/** A customer's file, if rows are of it. */
export function blobAt(rows: Rows, path: string): NamedBlob | undefined {
  const row = rows.find(customerKey(idIn(path))).find((other) => other.path === path);
  return row && blobOf(row);
}

const blobOf = ({ path, value }: Row): NamedBlob => ({ path, oid: value as string });
