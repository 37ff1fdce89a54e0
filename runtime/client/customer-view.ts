import type { Settings, ValuesOf } from '../../schemas/setting.ts';
import { type AskedDetail, askedDetails } from '../terms/asked-details.ts';
import { onDay } from '../terms/at.ts';
import { dayOf } from '../terms/days.ts';
import { fold, foldSetting, withQuantities } from '../terms/fold.ts';
import { may, type Permission, type User } from '../terms/may.ts';
import type { Rules } from '../terms/rules.ts';
import type { Access, Day, Layer, Stage, Terms, Timeline, Value } from '../terms/timeline.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type FollowedPlan, leadsTo } from './follow-plan.ts';
import type { Freshness } from './freshness.ts';
import { type Bought, countingIn, type Plans } from './quantities.ts';

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
  /** Whether somebody there may do something, by the base roles and by what was agreed with this customer. */
  may(user: User, action: string, of?: { group?: string }): Permission;
  /** The details this customer still has to be asked for, but those that are known. */
  onboardingNeeds(known?: readonly string[]): AskedDetail[];
  /** The same customer at another day or instant, in the same release. @throws RangeError for what is no day or instant. */
  at(moment: Day | Date): CustomerView<S>;
}

/** What a view is made of. */
export interface Source {
  timeline: Timeline;
  /** Of a release: what its settings are, and what holds for everybody. */
  settings: Settings;
  rules: Rules;
  freshness: Freshness;
  /** Where the data is too old, settings with a `whenStale` value have that. */
  isStale: boolean;
  /** What the caller says the account bought, and the plans that may sell it. */
  bought?: Bought | undefined;
  plans?: Plans | undefined;
  /** The plan the caller says the account has, which has a file of its own. */
  said?: FollowedPlan | undefined;
  /** The plan the caller says an account without a file has. */
  given?: string | undefined;
}

/** A customer on a day. */
export function viewOn<S extends Settings>(source: Source, day: Day): CustomerView<S> {
  const { timeline, settings, rules, freshness, isStale, bought = {}, plans = new Map(), said, given } = source;
  const segment = onDay(timeline, day);
  const layers = withQuantities(settings, segment, countingIn(segment, settings, bought, plans));
  const values = fold(settings, layers);
  const old = isStale ? safeValues(settings) : {};
  Object.assign(values, old);
  // Copied and not built: copies are laid out as what they are of, for reading.
  const typed: Record<string, unknown> = { ...values };
  for (const key in values)
    if (values[key] === 'unlimited' && settings[key]?.kind === 'limit') typed[key] = Number.POSITIVE_INFINITY;
  let explained: Map<string, Explanation> | undefined;
  const explanationOf = (key: string): Explanation => ({
    ...(Object.hasOwn(old, key) ? { value: old[key] as Value, isStale: true } : foldSetting(settings, key, layers)),
    layers: layers.filter(({ set, add, take }) => [set, add, take].some((part) => part && Object.hasOwn(part, key))),
  });
  const describe = (key: string): Settings[string] => {
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
    if (!setting) throw new RangeError(`no setting is named ${key}`);
    return setting;
  };
  const valueOf = (key: string, kind?: Settings[string]['kind']): unknown => {
    const setting = describe(key);
    if (kind && setting.kind !== kind) throw new RangeError(`${key} is a ${setting.kind} and no ${kind}`);
    return typed[key];
  };
  return {
    // First, where whoever asks for a setting finds it beside the head of the object.
    settings: deepFreeze(typed) as ValuesOf<S>,
    customer: timeline.customer,
    account: timeline.account ?? timeline.customer,
    release: freshness.release,
    freshness,
    plan: segment.plan,
    stage: segment.stage,
    values: deepFreeze(values),
    terms: deepFreeze(segment.terms),
    access: deepFreeze(segment.access),
    ...(said && !leadsTo(said, segment.plan, day) && { drift: { plan: said.given } }),
    ...(given !== undefined && segment.from !== null && { moved: { from: given, on: segment.from } }),
    feature: (key) => valueOf(key, 'feature') as boolean,
    limit: (key) => valueOf(key, 'limit') as number,
    value: (key) => valueOf(key) as ValuesOf<S>[typeof key],
    describe,
    explain(key) {
      explained ??= new Map();
      const known = explained.get(key);
      if (known) return known;
      const found = deepFreeze(explanationOf(key));
      explained.set(key, found);
      return found;
    },
    may: (user, action, { group } = {}) => may(rules, segment.access, user, action, group),
    onboardingNeeds: (known) => askedDetails(rules, segment, values, known),
    at: (moment) => viewOn<S>(source, dayOf(instantOf(moment))),
  };
}

/** What the catalogue says to answer while the data is too old. */
const safeValues = (settings: Settings): Record<string, Value> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([key, { whenStale }]) =>
      whenStale === undefined || whenStale === 'keepLast' ? [] : [[key, whenStale]],
    ),
  );

/** A day is its first instant, UTC. Some runtimes parse more than days, and 2026-02-31 as a day of March. */
function instantOf(moment: Day | Date): number {
  if (typeof moment !== 'string') return moment.getTime();
  const instant = Date.parse(`${moment}T00:00:00Z`);
  if (Number.isNaN(instant) || dayOf(instant) !== moment)
    throw new RangeError(`"${moment}" is not a day like 2026-06-03; an instant is a Date`);
  return instant;
}
