import { z } from 'zod';
import { key, money } from './scalars.ts';
import type { Amount, Setting, Settings } from './setting.ts';

type Value = boolean | Amount | string | readonly string[];

/**
 * The parts of a file that are keyed by a setting. The shape of every file is written once over these,
 * and made twice: for any catalogue (the compiled validators) and for one catalogue (the editor's JSON Schema).
 */
export interface SettingFields {
  /** Setting → value of its kind. */
  values: z.ZodType<Record<string, Value>>;
  /** Setting sold by the unit → whole quantity. */
  quantities: z.ZodType<Record<string, number>>;
  amendedQuantities: z.ZodType<Record<string, number | 'unset'>>;
  /** Limit → what is added to it. */
  adds: z.ZodType<Record<string, number>>;
  /** Limit → price of a unit. */
  prices: z.ZodType<Record<string, string>>;
  amendedPrices: z.ZodType<Record<string, string>>;
  units: z.ZodType<Record<string, { amount: string; min?: number; max?: number }>>;
  usage: z.ZodType<Record<string, { amount: string }>>;
  /** The name of a setting. */
  name: z.ZodType<string>;
}

const quantity = z.number().min(0);
const unit = z.strictObject({
  amount: money.meta({ description: 'Price of one unit above what the plan includes.' }),
  min: quantity.optional().meta({ description: 'The fewest one may buy, as a total.' }),
  max: quantity.optional().meta({ description: 'The most one may buy, as a total.' }),
});
const used = z.strictObject({ amount: money.meta({ description: 'Price of one unit above the limit.' }) });
const unset = z.literal('unset');

const byKey = <T extends z.ZodType>(value: T) => z.record(key, value);

/** For any catalogue: names and values are judged by the engine, with the catalogue as data. */
export const anySettings: SettingFields = {
  values: byKey(z.unknown()) as unknown as SettingFields['values'],
  quantities: byKey(quantity),
  amendedQuantities: byKey(z.union([quantity, unset])),
  adds: byKey(z.number()),
  prices: byKey(money),
  amendedPrices: byKey(z.union([money, unset])),
  units: byKey(unit),
  usage: byKey(used),
  name: key,
};

/** For one catalogue: every setting is a documented key, so an editor completes and explains it. */
export function fieldsOf(settings: Settings): SettingFields {
  const all = Object.entries(settings);
  const limits = all.filter(([, setting]) => setting.kind === 'limit');
  const keyed = <T>(entries: [string, Setting][], value: (setting: Setting) => z.ZodType) =>
    z.strictObject(
      Object.fromEntries(
        entries.map(([name, setting]) => [name, value(setting).optional().meta(documentation(setting))]),
      ),
    ) as unknown as z.ZodType<T>;
  return {
    values: keyed(all, valueSchema),
    quantities: keyed(limits, () => quantity),
    amendedQuantities: keyed(limits, () => z.union([quantity, unset])),
    adds: keyed(limits, () => z.number()),
    prices: keyed(limits, () => money),
    amendedPrices: keyed(limits, () => z.union([money, unset])),
    units: keyed(limits, () => unit),
    usage: keyed(limits, () => used),
    name: z.enum(all.map(([name]) => name) as [string, ...string[]]),
  };
}

/** The values one setting can have, as a schema. */
export function valueSchema(setting: Setting): z.ZodType<Value> {
  switch (setting.kind) {
    case 'feature':
      return z.boolean();
    case 'limit':
      return z.union([setting.fractional ? z.number().min(0) : z.int().min(0), z.literal('unlimited')]);
    case 'choice':
      return z.enum(setting.of as [string, ...string[]]);
    case 'text':
      return z.string();
    default:
      return z.array(z.string());
  }
}

const documentation = (setting: Setting) => ({
  title: setting.label,
  description: `${setting.description} Without it: ${JSON.stringify(setting.default)}.`,
});
