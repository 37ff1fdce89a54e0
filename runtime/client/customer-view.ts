import type { Settings, ValuesOf } from '../../schemas/setting.ts';
import { onDay } from '../terms/at.ts';
import { dayOf } from '../terms/days.ts';
import { fold, foldSetting, withQuantities } from '../terms/fold.ts';
import type { Access, Day, Layer, Stage, Terms, Timeline, Value } from '../terms/timeline.ts';
import { type FollowedPlan, leadsTo } from './follow-plan.ts';
import { type Bought, countingIn, type Plans } from './quantities.ts';

/** A customer at one moment. */
export interface CustomerView<S extends Settings = Settings> {
  readonly customer: string;
  readonly release: number;
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
  /** The layers that name a setting, in order; the last that took effect gives its value. None: the day-one default. */
  explain(key: string & keyof S): { value: Value; layer?: Layer; layers: readonly Layer[] };
  /** The same customer at another day or instant, in the same release. @throws RangeError for what is no day or instant. */
  at(moment: Day | Date): CustomerView<S>;
}

export interface Source {
  timeline: Timeline;
  settings: Settings;
  release: number;
  now: () => number;
  /** What the caller says the account bought, and the plans that may sell it. */
  bought?: Bought | undefined;
  plans?: Plans | undefined;
  /** The plan the caller says the account has, which has a file of its own. */
  said?: FollowedPlan | undefined;
  /** The plan the caller says an account without a file has. */
  given?: string | undefined;
}

/** A customer now, by the clock of the source. */
export const viewOf = <S extends Settings>(source: Source): CustomerView<S> => viewOn<S>(source, dayOf(source.now()));

function viewOn<S extends Settings>(source: Source, day: Day): CustomerView<S> {
  const { timeline, settings, release, bought = {}, plans = new Map(), said, given } = source;
  const segment = onDay(timeline, day);
  const layers = withQuantities(settings, segment, countingIn(segment, settings, bought, plans));
  const values = fold(settings, layers);
  const typed = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      settings[key]?.kind === 'limit' && value === 'unlimited' ? Number.POSITIVE_INFINITY : value,
    ]),
  );
  return {
    customer: timeline.customer,
    release,
    plan: segment.plan,
    stage: segment.stage,
    settings: typed as ValuesOf<S>,
    values,
    terms: segment.terms,
    access: segment.access,
    ...(said && !leadsTo(said, segment.plan, day) && { drift: { plan: said.given } }),
    ...(given !== undefined && segment.from !== null && { moved: { from: given, on: segment.from } }),
    explain: (key) => ({
      ...foldSetting(settings, key, layers),
      layers: layers.filter(({ set, add, take }) => [set, add, take].some((part) => part && Object.hasOwn(part, key))),
    }),
    at: (moment) => viewOn<S>(source, dayOf(instantOf(moment))),
  };
}

/** A day is its first instant, UTC. Some runtimes parse more than days, and 2026-02-31 as a day of March. */
function instantOf(moment: Day | Date): number {
  if (typeof moment !== 'string') return moment.getTime();
  const instant = Date.parse(`${moment}T00:00:00Z`);
  if (Number.isNaN(instant) || dayOf(instant) !== moment)
    throw new RangeError(`"${moment}" is not a day like 2026-06-03; an instant is a Date`);
  return instant;
}
