/**
 * The words a settings catalogue is written with: `defineSettings`, `feature`, `limit`, `choice`, `text` and `list`.
 * Plain functions over plain data, with no dependency, so that a catalogue can be evaluated anywhere.
 */

/** The four places a special ask touches, and `hosting` for where the data lies. */
export const areas = ['onboarding', 'billing', 'support', 'access', 'hosting'] as const;
export type Area = (typeof areas)[number];

/** How long a limit lasts before its count starts again; absent = it does not reset. */
export const periods = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof periods)[number];

/** What happens to use above a limit. */
export const overCaps = ['noNewUse', 'readOnly', 'block'] as const;
export type OverCap = (typeof overCaps)[number];

/** A limit's value as it is written and published; readers see `unlimited` as `Infinity`. */
export type Amount = number | 'unlimited';

interface Described<Value> {
  /** What the product does with it, in one sentence. */
  description: string;
  /** What people call it; defaults to the key in words. */
  label?: string;
  area: Area;
  /** The value on the first day, before any plan. */
  default: Value;
  /** What a reader answers when its data is too old: the last value it had, or a stated safe one. */
  whenStale?: 'keepLast' | Value;
  /** When what gave the value ends: fall back at once, or keep the value until something new names it. */
  onEnd?: 'release' | 'hold';
}

export interface Feature extends Described<boolean> {
  kind: 'feature';
  /** The value a customer would rather have; `true` unless stated. */
  favours: boolean;
}

export interface Limit extends Described<Amount> {
  kind: 'limit';
  unit: string;
  per?: Period;
  favours: 'more' | 'less';
  /** True where halves make sense; otherwise values are whole numbers. */
  fractional?: boolean;
  /** Features this limit bounds. */
  bounds?: readonly string[];
  overCap?: OverCap;
}

export interface Choice<Of extends readonly string[] = readonly string[]> extends Described<Of[number]> {
  kind: 'choice';
  of: Of;
  /** Every choice from worst to best for the customer, where there is such an order. */
  favours?: readonly Of[number][];
}

export interface Text extends Described<string> {
  kind: 'text';
}

export interface List extends Described<readonly string[]> {
  kind: 'list';
}

export type Setting = Feature | Limit | Choice | Text | List;
export type Settings = Readonly<Record<string, Setting>>;

/** The type a reader sees: limits are numbers (`unlimited` is `Infinity`), choices their own words. */
export type ValueOf<S extends Setting> = S extends Limit
  ? number
  : S extends Feature
    ? boolean
    : S extends Choice<infer Of>
      ? Of[number]
      : S extends Text
        ? string
        : readonly string[];

export type ValuesOf<S extends Settings> = { readonly [Key in keyof S]: ValueOf<S[Key]> };

export const feature = (setting: Omit<Feature, 'kind' | 'favours'> & { favours?: boolean }): Feature => ({
  kind: 'feature',
  ...setting,
  favours: setting.favours ?? true,
});

export const limit = (setting: Omit<Limit, 'kind'>): Limit => ({ kind: 'limit', ...setting });

export const choice = <const Of extends readonly string[]>(setting: Omit<Choice<Of>, 'kind'>): Choice<Of> => ({
  kind: 'choice',
  ...setting,
});

export const text = (setting: Omit<Text, 'kind'>): Text => ({ kind: 'text', ...setting });

export const list = (setting: Omit<List, 'kind'>): List => ({ kind: 'list', ...setting });

/** Names the settings of a product; keys keep their types for the reader. */
export const defineSettings = <const S extends Settings>(settings: S): S => settings;
