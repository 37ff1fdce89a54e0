import type { Setting } from '../../schemas/setting.ts';
import type { Value } from './timeline.ts';

const size = (value: Value): number => (value === 'unlimited' ? Number.POSITIVE_INFINITY : (value as number));

/**
 * Compares two values of one setting with the customer's eyes: > 0 when `a` is more favourable, < 0 when less,
 * 0 when neither; undefined when the setting has no order.
 */
export function compareFavour(setting: Setting, a: Value, b: Value): number | undefined {
  switch (setting.kind) {
    case 'feature':
      return a === b ? 0 : a === setting.favours ? 1 : -1;
    case 'limit': {
      const order = Math.sign(size(a) - size(b)) || 0;
      return setting.favours === 'more' ? order : -order || 0;
    }
    case 'choice':
      return setting.favours && Math.sign(setting.favours.indexOf(a as string) - setting.favours.indexOf(b as string));
    default:
      return undefined;
  }
}

/** True when the setting has an order and `a` is the better value. */
export const isMoreFavourable = (setting: Setting, a: Value, b: Value): boolean =>
  (compareFavour(setting, a, b) ?? 0) > 0;

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
