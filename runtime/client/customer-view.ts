import type { Settings, ValuesOf } from '../../schemas/setting.ts';
import type { AskedDetail } from '../terms/asked-details.ts';
import type { Permission, User } from '../terms/may.ts';
import type { Access, Day, Layer, Stage, Terms, Value } from '../terms/timeline.ts';
import type { Freshness } from './freshness.ts';

/** The settings of one kind, by key; without a catalogue any key. */
export type KeysOf<S extends Settings, Kind extends Settings[string]['kind']> = {
  [Key in keyof S & string]: S[Key]['kind'] extends Kind ? Key : Kind extends S[Key]['kind'] ? Key : never;
}[keyof S & string];

/** Why a setting has its value: the layer that gave it, and all that name it, in order. */
export interface Explanation {
  readonly value: Value;
  /** Absent: the day-one default, or the safe value of data that is too old. */
  readonly layer?: Layer;
  readonly layers: readonly Layer[];
  /** The data is too old, and the catalogue says what to answer then. */
  readonly isStale?: true;
}

/** A customer at one moment. */
export interface CustomerView<S extends Settings = Settings> {
  readonly customer: string;
  /** The product's own id of it: what the file says, else the name of the file, or the account that was asked for. */
  readonly account: string;
  readonly release: number;
  readonly freshness: Freshness;
  readonly plan: string;
  readonly stage: Stage;
  /** Typed by the catalogue; an unlimited limit is `Infinity`. */
  readonly settings: ValuesOf<S>;
  /** As published; an unlimited limit is `unlimited`. */
  readonly values: Readonly<Record<string, Value>>;
  readonly terms: Terms;
  readonly access: Access;
  /** The plan the caller named, where the customer's file says another; not what that plan has become. */
  readonly drift?: { plan: string };
  /** Of an account without a file: the plan the caller named, where it has become another, and since when. */
  readonly moved?: { from: string; on: Day };
  /** Whether the customer has a feature. @throws RangeError for what is no feature */
  feature(key: KeysOf<S, 'feature'>): boolean;
  /** A limit; unlimited is `Infinity`. @throws RangeError for what is no limit */
  limit(key: KeysOf<S, 'limit'>): number;
  /** Any setting. @throws RangeError for what is none */
  value<Key extends keyof S & string>(key: Key): ValuesOf<S>[Key];
  /** What the catalogue of the same release says of a setting: its kind, unit, period. @throws RangeError for what is none */
  describe(key: string & keyof S): Settings[string];
  /** The layers that name a setting, in order; the last that took effect gives its value. None: the day-one default. */
  explain(key: string & keyof S): Explanation;
  /** Whether somebody there may do something, by the base roles and by what was agreed with this customer. @throws RangeError for what is no user, action or group */
  may(user: User, action: string, of?: { group?: string }): Permission;
  /** The details this customer still has to be asked for, but those that are known. @throws RangeError for what is no list */
  onboardingNeeds(known?: readonly string[]): AskedDetail[];
  /** The same customer at another day or instant, in the same release. @throws RangeError for what is no day or instant. */
  at(moment: Day | Date): CustomerView<S>;
}
