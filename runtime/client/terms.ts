import type { Settings } from '../../schemas/setting.ts';
import type { Rules } from '../terms/rules.ts';
import type { Day } from '../terms/timeline.ts';
import type { Change, Ending } from './changes.ts';
import type { CustomerView } from './customer-view.ts';
import type { Freshness } from './freshness.ts';
import type { Quantities } from './quantities.ts';

/** What the caller knows of an account: its plan and what it bought. */
export interface Account<S extends Settings = Settings> {
  account: string;
  plan?: string;
  quantities?: Quantities<S>;
}

/** Which release is read; `channel` is another than that of everybody where it is a canary. */
export interface ReleaseName {
  n: number;
  root: string;
  commit: string;
  issuedAt: string;
  channel: string;
}

/** What every reader knows of the release it reads, whichever way it reads customers. */
export interface Reading<S extends Settings = Settings> {
  readonly release: ReleaseName;
  /** The day it is read on, UTC. */
  readonly day: Day;
  readonly freshness: Freshness;
  /** The settings of the product, by their keys. */
  readonly settings: Settings & { readonly [Key in keyof S]: Settings[string] };
  readonly rules: Rules;
}

/** One release on one day. What is asked of it never mixes two. */
export interface Reader<S extends Settings = Settings> extends Reading<S> {
  /** A customer by id or by account id; undefined when the release has no such file. @throws SnapshotError, RangeError for what is no text */
  customer(idOrAccount: string): CustomerView<S> | undefined;
  /**
   * An account by its plan and quantities. Where it has a file, the file's plan wins and the caller's is reported as drift.
   *
   * @throws TermsError for a quantity nobody can buy, and without a file for a plan that is missing or unknown;
   * RangeError for what names no account.
   */
  account(account: Account<S>): CustomerView<S>;
}

/** The same where customers are read when they are asked for. */
export interface LazyReader<S extends Settings = Settings> extends Reading<S> {
  /** As `Reader.customer`. @throws StoreError where the store is needed and cannot be read, SnapshotError */
  customer(idOrAccount: string): Promise<CustomerView<S> | undefined>;
  /** As `Reader.account`. */
  account(account: Account<S>): Promise<CustomerView<S>>;
}

/** What stops a listener. */
export type Stop = () => void;

/** Goes on from release to release until it is closed. */
export interface Following<S extends Settings = Settings> {
  /**
   * Calls back when what customers have has changed: by a release, by a day that began, or because the data became too
   * old. With a customer's id only about that one. Where customers are read lazily, days are told of those whose id was given.
   *
   * @throws RangeError for what is no listener or no customer, as `onEnding` for what are no days.
   */
  onChange(listener: (change: Change<S>) => void, customer?: string): Stop;
  /**
   * Calls back once for everything that ends within so many days, as soon as that is so: once a listener, so that a process
   * that starts again is told again. Customers as in `onChange`.
   */
  onEnding(days: number, listener: (ending: Ending<S>) => void, customer?: string): Stop;
  /** Calls back when another release is read. */
  onRelease(listener: (release: ReleaseName) => void): Stop;
  /** Calls back with what went wrong: a store that cannot be read, a head that is refused, a cache that cannot be written. */
  onTrouble(listener: (error: Error) => void): Stop;
  /**
   * Reads the head again; true when another release is in force from now on: a newer one, or a canary that begins or ends.
   * Of each channel an older one is never taken.
   */
  refresh(): Promise<boolean>;
  /** Stops following and closes the store, also one that was opened by the caller. */
  close(): Promise<void>;
}

/** Every customer is in memory: answers come at once. */
export interface Terms<S extends Settings = Settings> extends Reader<S>, Following<S> {
  /** What everybody who asks for something in one request should ask: one release, whatever comes into force meanwhile. */
  snapshot(): Reader<S>;
}

/** Customers are read when they are asked for, and some are kept. */
export interface LazyTerms<S extends Settings = Settings> extends LazyReader<S>, Following<S> {
  snapshot(): LazyReader<S>;
}
