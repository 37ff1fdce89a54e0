import type { Settings, ValuesOf } from '../../schemas/setting.ts';
import { type AskedDetail, askedDetails } from '../terms/asked-details.ts';
import { onDay } from '../terms/at.ts';
import { dayOf } from '../terms/days.ts';
import { type Folded, fold, foldSetting, withQuantities } from '../terms/fold.ts';
import { may, type Permission } from '../terms/may.ts';
import type { Rules } from '../terms/rules.ts';
import type { Access, Day, Layer, Segment, Stage, Terms, Value } from '../terms/timeline.ts';
import { checkKnown, checkMay } from './check-asked.ts';
import type { CustomerView, Explanation } from './customer-view.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type FollowedPlan, leadsTo } from './follow-plan.ts';
import type { Freshness } from './freshness.ts';
import { layOut } from './lay-out.ts';
import { type Leaf, timelineOf } from './leaf.ts';
import { type Bought, countingIn, type Plans } from './quantities.ts';
import { showValue } from './show-value.ts';

/** What all views of one release on one day share. */
export interface Ground {
  settings: Settings;
  /** The settings that were explained, each with its place among what a view keeps: a product asks for few, and for the same. */
  places: Map<string, number>;
  rules: Rules;
  freshness: Freshness;
  day: Day;
  /** What the catalogue says to answer while the data is too old; nothing while it is not. */
  safe: Readonly<Record<string, Value>>;
}

/** What the caller says of an account. */
export interface Said {
  /** What it bought, and the plans that may sell it. */
  bought?: Bought;
  plans?: Plans;
  /** The plan of an account that has a file of its own. */
  said?: FollowedPlan | undefined;
  /** The plan of an account without a file. */
  given?: string;
}

const NOTHING: Said = {};

/** A customer on a day. */
export const viewOn = <S extends Settings>(ground: Ground, leaf: Leaf, said = NOTHING): CustomerView<S> =>
  new View<S>(ground, leaf, said);

/** A ground on which nothing was explained yet. */
export const groundOf = (
  { settings, rules }: Pick<Ground, 'settings' | 'rules'>,
  freshness: Freshness,
  day: Day,
  isStale: boolean,
): Ground => ({
  settings,
  places: new Map(),
  rules,
  freshness,
  day,
  safe: isStale ? safeValues(settings) : {},
});

/**
 * Reads of many customers in no order cost as much as the memory they touch: a view is small, which is why it is of a class, and
 * what is seldom asked for is read from the leaf again. Functions are had with the view they are of, so that they may be taken out of it.
 */
class View<S extends Settings> implements CustomerView<S> {
  // First, where whoever asks for them finds them beside the head of the object.
  readonly settings: ValuesOf<S>;
  /** Of the setting at place 0 of the ground; those of the others by their places. */
  #first: Explanation | undefined;
  #others: readonly (Explanation | undefined)[] | undefined;
  readonly customer: string;
  readonly account: string;
  readonly release: number;
  readonly freshness: Freshness;
  readonly plan: string;
  readonly stage: Stage;
  declare readonly values: Readonly<Record<string, Value>>;
  declare readonly terms: Terms;
  declare readonly access: Access;
  declare readonly drift?: { plan: string };
  declare readonly moved?: { from: string; on: Day };
  readonly #ground: Ground;
  readonly #leaf: Leaf;
  readonly #said: Said;
  /** Once something of it was handed out, which stays the same object. */
  #segment: Segment | undefined;
  #values: Readonly<Record<string, Value>> | undefined;

  /** Properties of each view, which a copy of it has too; all views share how they are read. */
  static readonly #read: PropertyDescriptorMap & ThisType<View<Settings>> = {
    values: {
      enumerable: true,
      get() {
        this.#values ??= published(this.#ground.settings, this.settings);
        return this.#values;
      },
    },
    terms: {
      enumerable: true,
      get() {
        return deepFreeze(this.#today().terms);
      },
    },
    access: {
      enumerable: true,
      get() {
        return deepFreeze(this.#today().access);
      },
    },
  };

  constructor(ground: Ground, leaf: Leaf, said: Said) {
    const { settings, freshness, day, safe } = ground;
    const timeline = timelineOf(leaf);
    const segment = onDay(timeline, day);
    const values = Object.assign(fold(settings, layersOf(settings, segment, said)), safe);
    this.settings = layOut(settings, typed(settings, values)) as ValuesOf<S>;
    this.#first = undefined;
    this.#others = undefined;
    this.customer = timeline.customer;
    this.account = timeline.account ?? timeline.customer;
    this.release = freshness.release;
    this.freshness = freshness;
    this.plan = segment.plan;
    this.stage = segment.stage;
    this.#ground = ground;
    this.#leaf = leaf;
    this.#said = said;
    this.#segment = undefined;
    this.#values = undefined;
    Object.defineProperties(this, View.#read);
    const { given, said: other } = said;
    if (other && !leadsTo(other, segment.plan, day)) this.drift = { plan: other.given };
    if (given !== undefined && segment.from !== null) this.moved = { from: given, on: segment.from };
  }

  get feature(): CustomerView<S>['feature'] {
    return (key) => this.#valueOf(key, 'feature') as boolean;
  }

  get limit(): CustomerView<S>['limit'] {
    return (key) => this.#valueOf(key, 'limit') as number;
  }

  get value(): CustomerView<S>['value'] {
    return (key) => this.#valueOf(key) as ValuesOf<S>[typeof key];
  }

  get describe(): CustomerView<S>['describe'] {
    return (key) => describe(this.#ground.settings, key);
  }

  get explain(): CustomerView<S>['explain'] {
    return (key) => {
      const place = this.#ground.places.get(key);
      const known = place === 0 ? this.#first : place === undefined ? undefined : this.#others?.[place];
      return known ?? this.#explain(key);
    };
  }

  get may(): CustomerView<S>['may'] {
    return (user, action, of = {}): Permission => {
      checkMay(user, action, of);
      return may(this.#ground.rules, this.#today().access, user, action, of.group);
    };
  }

  get onboardingNeeds(): CustomerView<S>['onboardingNeeds'] {
    return (known): AskedDetail[] => {
      checkKnown(known);
      return askedDetails(this.#ground.rules, this.#today(), this.values, known);
    };
  }

  get at(): CustomerView<S>['at'] {
    return (moment) => viewOn<S>({ ...this.#ground, day: dayOf(instantOf(moment)) }, this.#leaf, this.#said);
  }

  #today(): Segment {
    this.#segment ??= onDay(timelineOf(this.#leaf), this.#ground.day);
    return this.#segment;
  }

  #explain(key: string): Explanation {
    const { settings, places, day, safe } = this.#ground;
    describe(settings, key);
    const layers = layersOf(settings, this.#segment ?? onDay(timelineOf(this.#leaf), day), this.#said);
    const naming = layers.filter(({ set, add, take }) =>
      [set, add, take].some((part) => part && Object.hasOwn(part, key)),
    );
    const explanation = deepFreeze(explanationOf(key, safe, foldSetting(settings, key, layers), naming));
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    if (place === 0) this.#first = explanation;
    else {
      const before = this.#others ?? [];
      // As long as it is and no longer: an array that grows has room for many more.
      const length = Math.max(before.length, place + 1);
      this.#others = Array.from({ length }, (_, at) => (at === place ? explanation : before[at]));
    }
    return explanation;
  }

  #valueOf(key: string, kind?: Settings[string]['kind']): unknown {
    const setting = describe(this.#ground.settings, key);
    if (kind && setting.kind !== kind) throw new RangeError(`${key} is a ${setting.kind} and no ${kind}`);
    return (this.settings as Record<string, unknown>)[key];
  }
}

/** Written out and not spread, so that all are laid out alike. */
const explanationOf = (
  key: string,
  safe: Ground['safe'],
  { value, layer }: Folded,
  layers: readonly Layer[],
): Explanation => {
  if (Object.hasOwn(safe, key)) return { value: safe[key] as Value, isStale: true, layers };
  return layer ? { value, layer, layers } : { value, layers };
};

/** The layers of a segment, with what the account bought. */
const layersOf = (settings: Settings, segment: Segment, { bought, plans }: Said): readonly Layer[] =>
  bought && plans ? withQuantities(settings, segment, countingIn(segment, settings, bought, plans)) : segment.layers;

/** Values as the product reads them: unlimited is a number too. */
function typed(settings: Settings, values: Record<string, Value>): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = values;
  for (const key in values)
    if (values[key] === 'unlimited' && settings[key]?.kind === 'limit') read[key] = Number.POSITIVE_INFINITY;
  return read;
}

/** Values as they are published, of those the product reads; the same, where nothing is unlimited. */
function published(settings: Settings, read: Readonly<Record<string, unknown>>): Readonly<Record<string, Value>> {
  const entries = Object.entries(read as Readonly<Record<string, Value>>);
  if (!entries.some(([, value]) => value === Number.POSITIVE_INFINITY)) return read as Readonly<Record<string, Value>>;
  const values = entries.map(([key, value]) => [key, value === Number.POSITIVE_INFINITY ? 'unlimited' : value]);
  return layOut(settings, Object.fromEntries(values)) as Readonly<Record<string, Value>>;
}

function describe(settings: Settings, key: string): Settings[string] {
  const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
  if (!setting) throw new RangeError(`no setting is named ${key}`);
  return setting;
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
  if (moment instanceof Date && !Number.isNaN(moment.getTime())) return moment.getTime();
  if (typeof moment !== 'string')
    throw new RangeError(`${showValue(moment)} is no day like '2026-06-03', and no Date for an instant`);
  const instant = Date.parse(`${moment}T00:00:00Z`);
  if (Number.isNaN(instant) || dayOf(instant) !== moment)
    throw new RangeError(`"${moment}" is not a day like 2026-06-03; an instant is a Date`);
  return instant;
}
