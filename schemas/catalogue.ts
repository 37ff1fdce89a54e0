import { z } from 'zod';
import { key, text } from './scalars.ts';
import { areas, overCaps, periods, type Settings } from './setting.ts';

const described = {
  label: text.optional(),
  description: text,
  area: z.enum(areas),
  onEnd: z.enum(['release', 'hold']).optional(),
};
const amount = z.union([z.number().min(0), z.literal('unlimited')]);
const stale = <T extends z.ZodType>(value: T) => z.union([z.literal('keepLast'), value]).optional();

const setting = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('feature'),
    ...described,
    default: z.boolean(),
    favours: z.boolean(),
    whenStale: stale(z.boolean()),
  }),
  z.strictObject({
    kind: z.literal('limit'),
    ...described,
    unit: text,
    per: z.enum(periods).optional(),
    default: amount,
    favours: z.enum(['more', 'less']),
    fractional: z.boolean().optional(),
    bounds: z.array(key).optional(),
    overCap: z.enum(overCaps).optional(),
    whenStale: stale(amount),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    ...described,
    of: z.array(text).min(1),
    default: text,
    favours: z.array(text).optional(),
    whenStale: stale(text),
  }),
  z.strictObject({ kind: z.literal('text'), ...described, default: z.string(), whenStale: stale(z.string()) }),
  z.strictObject({
    kind: z.literal('list'),
    ...described,
    default: z.array(z.string()),
    whenStale: stale(z.array(z.string())),
  }),
]);

/** The settings of a product as data: `schemas/generated/catalogue.json`. */
export const catalogue = z
  .strictObject({ v: z.literal(1), settings: z.record(key, setting) })
  .meta({ title: 'Settings catalogue' });

/** A catalogue as every command and every reader knows it. */
export interface Catalogue {
  v: 1;
  settings: Settings;
}
