import { isTree } from '../compile/terms-tree.ts';

/** A value in a sentence; `nothing` where there is none. */
export function showValue(value: unknown, nothing = 'none'): string {
  if (value === null || value === undefined) return nothing;
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map((item) => showValue(item)).join(', ');
  if (!isTree(value)) return String(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${key} ${showValue(inner)}`);
  return pairs.length === 0 ? 'nothing' : `{${pairs.join(', ')}}`;
}

export const showChange = (from: unknown, to: unknown, nothing = 'none'): string =>
  `${showValue(from, nothing)} → ${showValue(to, nothing)}`;
