/** What a line's `above` and `below` hold a value against. */
import { foldSetting } from '../../runtime/terms/fold.ts';
import type { ApprovalWhen } from '../../schemas/approvals.ts';
import type { Plan } from '../../schemas/plan.ts';
import { isTree } from '../compile/terms-tree.ts';
import type { World } from '../model.ts';
import { type Decimal, decimalOf, timesDecimal } from './decimal.ts';
import type { Effect } from './effect.ts';
import { type Size, sizeOf } from './size-of.ts';

type Bound = NonNullable<ApprovalWhen['above']>;

/** Both sides of a change: what is shared is read as the base has it, so that nobody moves the bound along. */
export interface Worlds {
  base: World;
  head: World;
}

/**
 * Every size the bound has on the days of a change; undefined stands for a day on which there is nothing to hold the
 * value against, which is then beyond the bound either way.
 */
export function boundsOf(bound: Bound, effect: Effect, worlds: Worlds): readonly (Size | undefined)[] {
  if (typeof bound !== 'object') return bound === 'standard' ? standardsOf(effect, worlds) : [decimalOf(bound)];
  const times = decimalOf(bound.timesPlan) as Decimal;
  return hadOf(effect, worlds).map((value) => {
    const size = sizeOf(value);
    return size === undefined || size === 'unlimited' ? size : timesDecimal(size, times);
  });
}

/** What the customer had bought on those days, else what the plan gave; a new one is held against its base plan. */
function hadOf(effect: Effect, worlds: Worlds): readonly unknown[] {
  const { change, before, after } = effect;
  const [area, key = ''] = change.path.split('.');
  if (area !== 'settings') return standardValues(effect, worlds);
  const { settings } = Object.hasOwn(worlds.base.settings, key) ? worlds.base : worlds.head;
  if (before)
    return before.segments.map(({ layers }) => {
      const bought = layers.filter(
        ({ kind, heldSince }) => (kind === 'plan' || kind === 'quantity') && heldSince === undefined,
      );
      return foldSetting(settings, key, bought).value;
    });
  return [settingIn(planIn(worlds, after?.entry.data.plan), key, worlds)];
}

const standardsOf = (effect: Effect, worlds: Worlds): readonly (Size | undefined)[] =>
  standardValues(effect, worlds).map(sizeOf);

/** What the plan they will have on those days gives everybody: a setting, a standard term, the list price of a unit or of a service. */
export function standardValues({ after, change }: Effect, worlds: Worlds): readonly unknown[] {
  const [area, ...steps] = change.path.split('.');
  if (area === 'services') return [servicePrice(steps[0] ?? '', worlds)];
  const plans = [...new Set(after?.segments.map(({ plan }) => plan))];
  return plans.map((id) => {
    const plan = planIn(worlds, id);
    if (area === 'settings') return settingIn(plan, steps[0] ?? '', worlds);
    const [part, word, unit = ''] = steps;
    if (part === 'billing' && word === 'unitPrices') return plan?.price.units?.[unit]?.amount;
    return steps.reduce<unknown>(
      (tree, step) => (isTree(tree) ? (Object.hasOwn(tree, step) ? tree[step] : undefined) : tree),
      plan?.standardTerms,
    );
  });
}

const servicePrice = (id: string, { base: { menu } }: Worlds): unknown =>
  Object.hasOwn(menu?.data.services ?? {}, id) ? menu?.data.services?.[id]?.price.amount : undefined;

function settingIn(plan: Plan | undefined, key: string, { base, head }: Worlds): unknown {
  const own = plan?.settings ?? {};
  return Object.hasOwn(own, key) ? own[key] : (base.settings[key] ?? head.settings[key])?.default;
}

const planIn = ({ base, head }: Worlds, id: string | undefined): Plan | undefined =>
  id === undefined ? undefined : (base.plans.get(id) ?? head.plans.get(id))?.data;
