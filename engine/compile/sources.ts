import { sinceEver } from '../../runtime/terms/days.ts';
import { isMoreFavourable } from '../../runtime/terms/favour.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Layer, Stage, Value } from '../../runtime/terms/timeline.ts';
import type { CountingAddOn } from './add-ons.ts';
import { type ExceptionCourse, isActive } from './exception-course.ts';
import type { ReportFault } from './fault.ts';
import type { Moment } from './moment.ts';
import { pointerText } from './pointer-text.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Purchase } from './purchase.ts';

/** A layer, and which entry of the file gave it since when: what decides whether a held value is let go. */
export interface Source {
  layer: Layer;
  giver: string;
  since: Day;
}

/** The giver of a value that nobody named: a day-one default. */
export const nobody = 'nobody';

const layersOf = (sources: readonly Source[]): Layer[] => sources.map(({ layer }) => layer);
const isEmpty = (values: object): boolean => Object.keys(values).length === 0;

/** Everything that sets a customer's settings on a day, in order, up to the active exceptions. */
export function sourcesOf(
  moment: Moment,
  counting: readonly CountingAddOn[],
  exceptions: readonly ExceptionCourse[],
  world: PreparedWorld,
): Source[] {
  const trialStage = moment.dateStage === 'trial' || moment.dateStage === 'pilot' ? moment.dateStage : undefined;
  const base = bought(moment.purchase, trialStage, world);
  return [...base, ...betterInTrial(moment, base, world), ...fromAddOns(counting), ...fromExceptions(exceptions, moment.day)];
}

function bought(purchase: Purchase, stage: Stage | undefined, world: PreparedWorld): Source[] {
  const plan = world.plans.get(purchase.plan);
  const sources: Source[] = [];
  if (plan && !isEmpty(plan.settings))
    sources.push({ layer: { kind: 'plan', id: purchase.plan, set: plan.settings }, giver: `plan ${purchase.plan}`, since: purchase.planSince });
  if (stage) sources.push(...taken(stage, world));
  const byPlace = new Map<string, { set: Record<string, number>; since: Day }>();
  for (const [key, { value, since, at }] of purchase.quantities) {
    const place = byPlace.get(at) ?? { set: {}, since };
    place.set[key] = value;
    byPlace.set(at, place);
  }
  for (const [at, { set, since }] of byPlace)
    sources.push({ layer: { kind: 'quantity', id: purchase.by, set, at }, giver: `quantity ${at}`, since });
  return sources;
}

/** What a stage takes, as a layer. */
export function taken(stage: Stage, world: PreparedWorld): Source[] {
  const take = world.lifecycle.takes[stage];
  return take ? [{ layer: { kind: 'stage', id: stage, take }, giver: `stage ${stage}`, since: sinceEver }] : [];
}

/**
 * A trial over a contract or a paid plan only adds: the settings its side (default, plan, quantities) makes more
 * favourable than the other side.
 */
function betterInTrial(moment: Moment, base: readonly Source[], world: PreparedWorld): Source[] {
  const { trial } = moment;
  if (!trial || trial.full || moment.purchase !== moment.agreed) return [];
  const side = bought(trial.purchase, undefined, world);
  const plan: Layer = { kind: 'plan', id: trial.purchase.plan };
  const [own, other] = [layersOf(base), layersOf(side)];
  const better = new Map<Layer | undefined, Record<string, Value>>();
  for (const key of namedIn([...own, ...other])) {
    const setting = world.settings[key];
    const { value, layer } = foldSetting(world.settings, key, other);
    if (!setting || !isMoreFavourable(setting, value, foldSetting(world.settings, key, own).value)) continue;
    better.set(layer, { ...better.get(layer), [key]: value });
  }
  const byDefault: Source = { layer: plan, giver: nobody, since: sinceEver };
  return [byDefault, ...side].flatMap((source) => {
    const set = better.get(source === byDefault ? undefined : source.layer);
    return set ? [{ ...source, layer: { ...source.layer, set } }] : [];
  });
}

const namedIn = (layers: readonly Layer[]): Set<string> => new Set(layers.flatMap(({ set }) => Object.keys(set ?? {})));

/** Sets before adds. */
function fromAddOns(counting: readonly CountingAddOn[]): Source[] {
  const place = ({ addOn, index }: CountingAddOn) => ({
    kind: 'addOn' as const,
    id: addOn.id,
    at: pointerText(['addOns', index]),
    ...(addOn.ends && { until: addOn.ends }),
  });
  const source = (counted: CountingAddOn, layer: Layer): Source => ({
    layer,
    giver: `add-on ${layer.at}`,
    since: counted.addOn.starts ?? sinceEver,
  });
  const sets = counting.flatMap((counted) =>
    counted.sold.sets && !isEmpty(counted.sold.sets) ? [source(counted, { ...place(counted), set: counted.sold.sets })] : [],
  );
  const adds = counting.flatMap((counted) => {
    const add = Object.fromEntries(Object.entries(counted.sold.adds ?? {}).map(([key, more]) => [key, more * counted.quantity]));
    return isEmpty(add) ? [] : [source(counted, { ...place(counted), add })];
  });
  return [...sets, ...adds];
}

function fromExceptions(courses: readonly ExceptionCourse[], day: Day): Source[] {
  return courses.flatMap((course): Source[] => {
    const { exception, index, starts } = course;
    if (exception.decision !== 'configuration' || !isActive(course, day)) return [];
    const until = exception.expires === 'contract' ? undefined : exception.expires;
    const layer: Layer = { kind: 'exception', id: exception.id, at: pointerText(['exceptions', index]), ...(until && { until }) };
    const { set, add } = exception;
    const both: Layer[] = [];
    if (set && !isEmpty(set)) both.push({ ...layer, set });
    if (add && !isEmpty(add)) both.push({ ...layer, add });
    return both.map((layer) => ({ layer, giver: `exception ${exception.id}`, since: starts }));
  });
}

/** Reports two exceptions on one setting, or two rules for one action and group, active on one day. */
export function checkActive(courses: readonly ExceptionCourse[], day: Day, report: ReportFault): void {
  const settings = new Map<string, ExceptionCourse>();
  const rules: { action: string; group: string | undefined; course: ExceptionCourse; at: (string | number)[] }[] = [];
  for (const course of courses) {
    const { exception, index } = course;
    if (exception.decision !== 'configuration' || !isActive(course, day)) continue;
    for (const part of ['set', 'add'] as const)
      for (const key of Object.keys(exception[part] ?? {})) {
        const other = settings.get(key);
        if (other && other !== course) clash(other, course, [part, key], `${key}`);
        else settings.set(key, course);
      }
    exception.access?.forEach((rule, position) => {
      const at = ['exceptions', index, 'access', position];
      const other = rules.find(
        ({ action, group }) => action === rule.action && (group === rule.group || group === undefined || rule.group === undefined),
      );
      if (other)
        report(at, 'access-twice', `${exception.id} and ${other.course.exception.id} both rule who may ${rule.action}${rule.group ? ` in ${rule.group}` : ''} on ${day}`, {
          help: 'a rule without `group` is for all; end one of the two, or give each its own group',
          related: { message: 'the other rule is here', at: other.at },
        });
      rules.push({ action: rule.action, group: rule.group, course, at });
    });
  }
  function clash(a: ExceptionCourse, b: ExceptionCourse, path: string[], what: string): void {
    const [earlier, later] = a.starts <= b.starts ? [a, b] : [b, a];
    const at = ['exceptions', later.index, ...(later === b ? path : [])];
    report(at, 'exceptions-overlap', `${later.exception.id} and ${earlier.exception.id} both set ${what} on ${day}`, {
      help: 'two exceptions on one setting cannot be active on one day: let the first expire before the second starts, or merge them',
      related: { message: `${earlier.exception.id} is here`, at: ['exceptions', earlier.index] },
    });
  }
}
