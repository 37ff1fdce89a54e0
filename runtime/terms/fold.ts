import type { Setting, Settings } from '../../schemas/setting.ts';
import { isMoreFavourable } from './favour.ts';
import type { Layer, PlanLeaf, Segment, TermsTree, Value } from './timeline.ts';

/** A setting's value and the layer that gave it; no layer: the day-one default. */
export interface Folded {
  value: Value;
  layer?: Layer;
}

/** Adding to `unlimited` stays unlimited. Decimals add up as they are written: 0.1 and 0.2 are 0.3. */
export function addAmount(value: Value, more: number): Value {
  if (value === 'unlimited') return value;
  const sum = (value as number) + more;
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(15));
}

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

const dayOnes = new WeakMap<Settings, Readonly<Record<string, Value>>>();

/**
 * What everybody has on the first day. An object that grows key by key becomes a hash table, slower to read and larger; one
 * that is parsed does not, and neither do its copies.
 */
function dayOneOf(settings: Settings): Readonly<Record<string, Value>> {
  const known = dayOnes.get(settings);
  if (known) return known;
  const defaults = Object.entries(settings).map(([key, setting]) => [key, setting.default]);
  const values = JSON.parse(JSON.stringify(Object.fromEntries(defaults))) as Record<string, Value>;
  dayOnes.set(settings, values);
  return values;
}

/** Every setting of the catalogue under these layers, in the catalogue's order. */
export function fold(settings: Settings, layers: readonly Layer[]): Record<string, Value> {
  const values: Record<string, Value> = { ...dayOneOf(settings) };
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
 * The layers of a segment with the quantities the caller brings, for the settings the file leaves open: they count with
 * the base plan, below add-ons. What a trial adds, or what is held, counts on where it is the more favourable.
 */
export function withQuantities(
  settings: Settings,
  { layers, open }: Segment,
  quantities: Readonly<Record<string, number>>,
): readonly Layer[] {
  const isBetter = (key: string, value: Value, other: Value): boolean =>
    isMoreFavourable(settings[key] as Setting, value, other);
  const above = layers.findIndex((layer) => !isBought(layer));
  const cut = above === -1 ? layers.length : above;
  const base = layers.slice(0, cut);
  const own = Object.entries(quantities).filter(
    ([key, quantity]) => open?.includes(key) && !isBetter(key, foldSetting(settings, key, base).value, quantity),
  );
  if (own.length === 0) return layers;
  const all: Layer[] = [
    ...base,
    { kind: 'quantity', id: 'account', set: Object.fromEntries(own) },
    ...layers.slice(cut),
  ];
  const given = all.filter(({ kind, heldSince }) => kind !== 'stage' && heldSince === undefined);
  const gives = new Map(own.map(([key]) => [key, foldSetting(settings, key, given).value]));
  return all.filter(({ heldSince, set = {} }) => {
    const [key = '', value = ''] = heldSince === undefined ? [] : (Object.entries(set)[0] ?? []);
    const other = gives.get(key);
    return other === undefined || isBetter(key, value, other);
  });
}

/** Plans and quantities that count today, the base plan's and a trial's. */
const isBought = ({ kind, heldSince }: Layer): boolean =>
  (kind === 'plan' || kind === 'quantity') && heldSince === undefined;
