import type { Settings } from '../../schemas/setting.ts';
import { isMoreFavourable } from './favour.ts';
import type { Layer, PlanLeaf, Segment, TermsTree, Value } from './timeline.ts';

/** A setting's value and the layer that gave it; no layer: the day-one default. */
export interface Folded {
  value: Value;
  layer?: Layer;
}

/** Adding to `unlimited` stays unlimited. */
export const addAmount = (value: Value, more: number): Value =>
  value === 'unlimited' ? value : (value as number) + more;

/** The effective value of one setting under these layers, applied in order on the day-one default. */
export function foldSetting(settings: Settings, key: string, layers: readonly Layer[]): Folded {
  const setting = settings[key];
  if (!setting) throw new RangeError(`no setting named ${key}`);
  let value: Value = setting.default;
  let from: Layer | undefined;
  for (const layer of layers) {
    if (layer.set && Object.hasOwn(layer.set, key)) value = layer.set[key] as Value;
    else if (layer.add && Object.hasOwn(layer.add, key)) value = addAmount(value, layer.add[key] as number);
    else if (layer.take && Object.hasOwn(layer.take, key)) {
      const taken = layer.take[key] as Value;
      if (!isMoreFavourable(setting, value, taken)) continue;
      value = taken;
    } else continue;
    from = layer;
  }
  return from ? { value, layer: from } : { value };
}

/** Every setting of the catalogue under these layers, in the catalogue's order. */
export function fold(settings: Settings, layers: readonly Layer[]): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const key in settings) values[key] = settings[key]?.default as Value;
  for (const layer of layers) {
    for (const key in layer.set) if (key in values) values[key] = layer.set[key] as Value;
    for (const key in layer.add)
      if (key in values) values[key] = addAmount(values[key] as Value, layer.add[key] as number);
    for (const key in layer.take) {
      const setting = settings[key];
      const taken = layer.take[key] as Value;
      if (setting && isMoreFavourable(setting, values[key] as Value, taken)) values[key] = taken;
    }
  }
  return values;
}

/** What an account buys, checked against what its plan sells by the unit. */
export function quantityProblem(plan: PlanLeaf, settings: Settings, key: string, quantity: number): string | undefined {
  const unit = Object.hasOwn(plan.units, key) ? plan.units[key] : undefined;
  if (!unit) return `${plan.plan} does not sell ${key} by the unit`;
  const included = Object.hasOwn(plan.settings, key) ? plan.settings[key] : settings[key]?.default;
  if (included === 'unlimited' || quantity < (included as number))
    return `${plan.plan} already includes ${included} ${key}; a quantity is the total and cannot be below that`;
  if (unit.min !== undefined && quantity < unit.min) return `${plan.plan} sells at least ${unit.min} ${key}`;
  if (unit.max !== undefined && quantity > unit.max) return `${plan.plan} sells at most ${unit.max} ${key}`;
  return undefined;
}

/** The one segment of an account that has no file: its plan, what it bought, and the plan's standard terms. */
export function foldAccount(plan: PlanLeaf, quantities: Readonly<Record<string, number>> = {}): Segment {
  const layers: Layer[] = [{ kind: 'plan', id: plan.plan, set: plan.settings }];
  if (Object.keys(quantities).length > 0) layers.push({ kind: 'quantity', id: 'account', set: quantities });
  const none: TermsTree = {};
  return {
    from: null,
    plan: plan.plan,
    stage: 'active',
    layers,
    terms: { billing: plan.standardTerms.billing ?? none, support: plan.standardTerms.support ?? none, contract: null },
    access: { groups: [], rules: [] },
  };
}

/**
 * The layers of a segment with the quantities the caller brings, for the settings the file leaves open:
 * they count where a plan's own quantities would, below add-ons.
 */
export function withQuantities(segment: Segment, quantities: Readonly<Record<string, number>>): readonly Layer[] {
  const own = Object.fromEntries(Object.entries(quantities).filter(([key]) => segment.open?.includes(key)));
  if (Object.keys(own).length === 0) return segment.layers;
  const above = segment.layers.findIndex(
    (layer) => layer.kind === 'addOn' || layer.kind === 'exception' || isLateStage(layer),
  );
  const cut = above === -1 ? segment.layers.length : above;
  return [...segment.layers.slice(0, cut), { kind: 'quantity', id: 'account', set: own }, ...segment.layers.slice(cut)];
}

const isLateStage = (layer: Layer): boolean => layer.kind === 'stage' && layer.id !== 'trial' && layer.id !== 'pilot';
