import { sinceEver } from '../../runtime/terms/days.ts';
import { isMoreFavourable } from '../../runtime/terms/favour.ts';
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { Day, Layer, Stage, Value } from '../../runtime/terms/timeline.ts';
import type { BoughtAddOn } from './add-ons.ts';
import { type ExceptionCourse, isActive } from './exception-course.ts';
import type { ReportFault } from './fault.ts';
import type { Moment } from './moment.ts';
import type { PreparedWorld } from './prepare-world.ts';
import type { Purchase } from './purchase.ts';
import { nobody, type Source } from './source.ts';

/** By a loop: what `map` gives is laid out in another way once the engine has compiled it, and all that read it again. */
export function layersOf(sources: readonly Source[]): Layer[] {
  const layers: Layer[] = [];
  for (const { layer } of sources) layers.push(layer);
  return layers;
}

/** Everything that sets a customer's settings on a day, in order, up to the active exceptions; add-ons that set before those that add. */
export function sourcesOf(
  moment: Moment,
  counting: readonly BoughtAddOn[],
  exceptions: readonly ExceptionCourse[],
  world: PreparedWorld,
): Source[] {
  const trialStage = moment.dateStage === 'trial' || moment.dateStage === 'pilot' ? moment.dateStage : undefined;
  const sources = bought(moment.purchase, trialStage, world);
  sources.push(...betterInTrial(moment, sources, world));
  for (const { sets } of counting) sources.push(...sets);
  for (const { adds } of counting) sources.push(...adds);
  for (const course of exceptions) if (isActive(course, moment.day)) sources.push(...course.sources);
  return sources;
}

function bought(purchase: Purchase, stage: Stage | undefined, world: PreparedWorld): Source[] {
  const sources: Source[] = [];
  const layer = world.planLayers.get(purchase.plan);
  if (layer) sources.push({ layer, giver: `plan ${purchase.plan}`, since: purchase.planSince });
  const taken = stage && world.lifecycle.takes[stage];
  if (taken) sources.push(taken);
  sources.push(...purchase.sources);
  return sources;
}

/**
 * A trial over a contract or a paid plan only adds: the settings its side (default, plan, quantities) makes more
 * favourable than the other side.
 */
function betterInTrial(moment: Moment, base: readonly Source[], world: PreparedWorld): Source[] {
  const { trial } = moment;
  if (!trial || trial.full || moment.purchase !== moment.agreed) return [];
  const side = bought(trial.purchase, undefined, world);
  const { kind, ends } = trial.trial;
  const plan: Layer = { kind: 'plan', id: trial.purchase.plan };
  const [own, other] = [layersOf(base), layersOf(side)];
  const better = new Map<Layer | undefined, Record<string, Value>>();
  for (const key of namedIn([...own, ...other])) {
    const setting = world.settings[key];
    if (!setting) continue;
    const { value, layer } = foldSetting(world.settings, key, other);
    if (!isMoreFavourable(setting, value, foldSetting(world.settings, key, own).value)) continue;
    better.set(layer, { ...better.get(layer), [key]: value });
  }
  const byDefault: Source = { layer: plan, giver: nobody, since: sinceEver };
  return [byDefault, ...side].flatMap((source) => {
    const set = better.get(source === byDefault ? undefined : source.layer);
    // The plan goes on without it, so nothing but the layer says that a trial gives this, and until when.
    return set ? [{ ...source, layer: { ...source.layer, set, trial: kind, until: ends } }] : [];
  });
}

const namedIn = (layers: readonly Layer[]): Set<string> => new Set(layers.flatMap(({ set }) => Object.keys(set ?? {})));

/** Reports two exceptions on one setting, or two rules for one action and group, active on one day: at the later one. */
export function checkActive(courses: readonly ExceptionCourse[], day: Day, report: ReportFault): void {
  const active: ExceptionCourse[] = [];
  let rulesActive = 0;
  for (const course of courses) {
    if (course.exception.decision !== 'configuration' || !isActive(course, day)) continue;
    active.push(course);
    rulesActive += course.rules.length;
  }
  if (active.length < 2 && rulesActive < 2) return;
  active.sort((a, b) => (a.starts < b.starts ? -1 : a.starts > b.starts ? 1 : 0));
  const settings = new Map<string, ExceptionCourse>();
  const rules: { action: string; group: string | undefined; course: ExceptionCourse; at: (string | number)[] }[] = [];
  for (const course of active) {
    const { exception, index } = course;
    if (exception.decision !== 'configuration') continue;
    for (const part of ['set', 'add'] as const)
      for (const key of Object.keys(exception[part] ?? {})) {
        const other = settings.get(key);
        if (!other) settings.set(key, course);
        else if (other !== course)
          report(
            ['exceptions', index, part, key],
            'exceptions-overlap',
            `${exception.id} and ${other.exception.id} both set ${key} on ${day}`,
            {
              help: 'two exceptions on one setting cannot be active on one day: let the first expire before the second starts, or merge them',
              related: { message: `${other.exception.id} is here`, at: ['exceptions', other.index] },
            },
          );
      }
    exception.access?.forEach((rule, position) => {
      const at = ['exceptions', index, 'access', position];
      const other = rules.find(
        ({ action, group }) =>
          action === rule.action && (group === rule.group || group === undefined || rule.group === undefined),
      );
      if (other)
        report(
          at,
          'access-twice',
          `${exception.id} and ${other.course.exception.id} both rule who may ${rule.action}${rule.group ? ` in ${rule.group}` : ''} on ${day}`,
          {
            help: 'a rule without `group` is for all; end one of the two, or give each its own group',
            related: { message: 'the other rule is here', at: other.at },
          },
        );
      rules.push({ action: rule.action, group: rule.group, course, at });
    });
  }
}
