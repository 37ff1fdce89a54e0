import { sinceEver } from '../../runtime/terms/days.ts';
import type { Day, Layer, PlanLeaf, Values } from '../../runtime/terms/timeline.ts';
import type { MenuAddOn } from '../../schemas/policies.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { World } from '../model.ts';
import type { TermsLayer } from './contract-course.ts';
import type { Source } from './source.ts';
import { leavingDays } from './terms-tree.ts';

type StageName = keyof NonNullable<World['lifecycle']>['data']['stages'];
type Runs = number | 'never';

/** The lifecycle policy with every stage that is left out made plain. */
export interface Lifecycle {
  has(stage: StageName): boolean;
  /** What a stage takes, as the one source all who are in it share; none where it takes nothing. */
  takes: Readonly<Partial<Record<StageName, Source>>>;
  graceDays: Runs;
  /** Days of `pastDue` by payment method; a method not named: never. */
  pastDueDays(method: unknown): Runs;
  /** Every number of days `pastDue` can last. */
  everyPastDue: readonly number[];
  suspendedDays: Runs;
  lapsedPlan: string | undefined;
}

/** What customers are compiled against, looked up once for all of them. */
export interface PreparedWorld {
  settings: Settings;
  plans: ReadonlyMap<string, PlanLeaf>;
  addOns: ReadonlyMap<string, MenuAddOn>;
  services: ReadonlySet<string>;
  lifecycle: Lifecycle;
  /** Settings that keep their value when what gave it ends. */
  holds: readonly string[];
  /** What a plan sets, as the one layer all its customers share; none when it sets nothing. */
  planLayers: ReadonlyMap<string, Layer>;
  planTerms: ReadonlyMap<string, TermsLayer>;
  /** The last days of discounts and credits in plans' standard terms. */
  planLastDays: readonly Day[];
  /** Every action some base role may do. */
  actions: ReadonlySet<string>;
  world: World;
}

/** Prepares a world once; every customer is then compiled on its own. */
export function prepareWorld(world: World): PreparedWorld {
  const menu = world.menu?.data;
  const plans = [...world.plans.keys()].map((ref) => planLeafOf(world, ref));
  return {
    settings: world.settings,
    plans: new Map(plans.map((leaf) => [leaf.plan, leaf])),
    planLayers: new Map(
      plans.flatMap(({ plan, settings }) =>
        Object.keys(settings).length > 0 ? [[plan, { id: plan, kind: 'plan', set: inOrder(settings) }] as const] : [],
      ),
    ),
    planTerms: new Map(
      plans.map(({ plan, standardTerms: { billing, support } }) => [
        plan,
        { kind: 'plan', id: plan, since: sinceEver, at: undefined, billing, support },
      ]),
    ),
    planLastDays: plans.flatMap(({ standardTerms }) => leavingDays(standardTerms.billing)),
    actions: new Set(Object.values(world.roles?.data.roles ?? {}).flatMap(({ may }) => may)),
    addOns: new Map(Object.entries(menu?.addOns ?? {})),
    services: new Set(Object.keys(menu?.services ?? {})),
    lifecycle: lifecycleOf(world),
    holds: Object.entries(world.settings).flatMap(([key, setting]) => (setting.onEnd === 'hold' ? [key] : [])),
    world,
  };
}

/** Every customer's timeline holds a plan's layer: its keys are put once into the order in which they are spelled. */
const inOrder = (settings: Values): Values =>
  Object.fromEntries(Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1)));

/** A plan as a release holds it: what an account without a file is folded from. */
export function planLeafOf(world: World, ref: string): PlanLeaf {
  const plan = world.plans.get(ref)?.data;
  if (!plan) throw new RangeError(`no plan ${ref}`);
  return {
    plan: ref,
    name: plan.name,
    rank: plan.rank,
    free: plan.price.free === true,
    sold: plan.sold ?? true,
    settings: plan.settings ?? {},
    units: Object.fromEntries(
      Object.entries(plan.price.units ?? {}).map(([key, { min, max }]) => [
        key,
        { ...(min !== undefined && { min }), ...(max !== undefined && { max }) },
      ]),
    ),
    standardTerms: plan.standardTerms ?? {},
    ...(plan.becomes && { becomes: plan.becomes }),
  };
}

function lifecycleOf(world: World): Lifecycle {
  const stages = world.lifecycle?.data.stages ?? {};
  const { set: _, ...pastDue } = stages.pastDue ?? {};
  const takes: Partial<Record<StageName, Source>> = {};
  for (const [name, policy] of Object.entries(stages)) {
    const [stage, take] = [name as StageName, policy?.set ?? {}];
    if (Object.keys(take).length === 0) continue;
    takes[stage] = { layer: { id: stage, kind: 'stage', take }, giver: `stage ${stage}`, since: sinceEver };
  }
  return {
    has: (stage) => stages[stage] !== undefined,
    takes,
    graceDays: stages.grace?.days ?? 0,
    pastDueDays: (method) =>
      (typeof method === 'string' && Object.hasOwn(pastDue, method)
        ? pastDue[method as keyof typeof pastDue]
        : undefined) ?? 'never',
    everyPastDue: Object.values(pastDue).filter((days): days is number => typeof days === 'number'),
    suspendedDays: stages.suspended?.days ?? 'never',
    lapsedPlan: stages.lapsed?.plan,
  };
}
