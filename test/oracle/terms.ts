import type { Tree } from './world.ts';

/** Keys that exclude each other: a new one replaces the other while the neighbours stay. */
const exclusive: Record<string, string[]> = {
  discount: ['percent', 'amount'],
  price: ['amount', 'formula', 'free', 'contactSales'],
};

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Objects merge leaf by leaf, lists and scalars replace, `unset` removes what came from below;
 * an object over a scalar, or the reverse, replaces.
 */
export function merge(below: Tree, above: Tree = {}, name = ''): Tree {
  if (Object.keys(above).length === 0) return below;
  const merged = { ...below };
  const rivals = exclusive[name] ?? [];
  if (rivals.some((key) => above[key] !== undefined && above[key] !== 'unset'))
    for (const key of rivals) if (above[key] === undefined) delete merged[key];
  for (const [key, value] of Object.entries(above)) {
    const under = merged[key];
    if (value === 'unset') delete merged[key];
    else if (isTree(value)) merged[key] = merge(isTree(under) ? under : {}, value, key);
    else merged[key] = value;
  }
  return merged;
}

/** A discount or a credit leaves the day after its `until`; gone is absent. */
export function withoutPast(terms: Tree, day: string): Tree {
  const billing = isTree(terms.billing) ? { ...terms.billing } : {};
  if (billing.discount === undefined && billing.credits === undefined) return { ...terms, billing };
  const isPast = (entry: unknown) => isTree(entry) && typeof entry.until === 'string' && entry.until < day;
  if (isPast(billing.discount)) delete billing.discount;
  if (Array.isArray(billing.credits)) {
    const credits = billing.credits.filter((credit) => !isPast(credit));
    if (credits.length > 0) billing.credits = credits;
    else delete billing.credits;
  }
  return { ...terms, billing };
}

/** At the first rolled term of an `auto` contract its credits leave. */
export const withoutCredits = (terms: Tree): Tree => merge(terms, { billing: { credits: 'unset' } });

/** The dotted paths of every leaf a layer names; `unset` names its leaf too. */
export function leavesOf(tree: unknown, path = ''): string[] {
  if (!isTree(tree)) return tree === undefined ? [] : [path];
  return Object.entries(tree).flatMap(([key, value]) => leavesOf(value, path === '' ? key : `${path}.${key}`));
}

/** One path is the other, a parent of it or a leaf of it. */
export const touches = (a: string, b: string): boolean => `${a}.`.startsWith(`${b}.`) || `${b}.`.startsWith(`${a}.`);
