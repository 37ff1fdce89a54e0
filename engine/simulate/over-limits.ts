import type { Value } from '../../runtime/terms/timeline.ts';
import type { Settings } from '../../schemas/setting.ts';
import type { OverLimit, Usage } from './simulation.ts';

/** The limits that a customer's use exceeds, in the order of the catalogue. */
export const overLimits = (
  settings: Settings,
  values: Readonly<Record<string, Value | undefined>>,
  usage: Usage = {},
): OverLimit[] =>
  Object.entries(settings).flatMap(([key, setting]): OverLimit[] => {
    const used = Object.hasOwn(usage, key) ? usage[key] : undefined;
    const cap = values[key];
    if (setting.kind !== 'limit' || used === undefined || typeof cap !== 'number' || used <= cap) return [];
    return [{ setting: key, cap, usage: used, then: setting.overCap ?? null }];
  });
