import { sortKeys } from '../../runtime/snapshot/sort-keys.ts';
import type { Day, TermsTree } from '../../runtime/terms/timeline.ts';

/** An object with named leaves, not a list or a scalar. */
export const isTree = (value: unknown): value is TermsTree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of one object that exclude each other: writing one replaces the others, their neighbours stay. */
const exclusive: Readonly<Record<string, readonly string[]>> = { percent: ['amount'], amount: ['percent'] };

/**
 * Lays terms over terms: objects merge leaf by leaf, lists and scalars replace, an object over a scalar (or the
 * reverse) replaces, and `unset` removes the key as it came from everything below.
 */
export function layTerms(below: TermsTree, above: TermsTree | undefined): TermsTree {
  if (above === undefined) return below;
  const merged: Record<string, unknown> = { ...below };
  for (const key of Object.keys(above)) {
    const value = above[key];
    if (value === 'unset') {
      delete merged[key];
      continue;
    }
    for (const other of exclusive[key] ?? []) delete merged[other];
    if (isTree(value)) merged[key] = layTerms(isTree(merged[key]) ? merged[key] : {}, value);
    else merged[key] = value;
  }
  return merged;
}

/** Whether there is anything in these billing terms that can leave by itself. */
export const mayLeave = (billing: TermsTree): boolean =>
  billing.discount !== undefined || billing.credits !== undefined;

/** Discounts and credits leave the day after their `until`. */
export function withoutLeft(billing: TermsTree, day: Day): TermsTree {
  if (!mayLeave(billing)) return billing;
  const { discount, credits, ...rest } = billing;
  const hasLeft = (item: unknown) => isTree(item) && typeof item.until === 'string' && item.until < day;
  const left = Array.isArray(credits) ? credits.filter((credit) => !hasLeft(credit)) : [];
  return {
    ...rest,
    ...(discount !== undefined && !hasLeft(discount) && { discount }),
    ...(left.length > 0 && { credits: left }),
  };
}

/** An object whose every leaf was taken away is gone too. */
export function withoutEmpty(tree: TermsTree): TermsTree {
  const kept: Record<string, unknown> = {};
  for (const key of sortKeys(Object.keys(tree))) {
    const value = isTree(tree[key]) ? withoutEmpty(tree[key]) : tree[key];
    if (!isTree(value) || Object.keys(value).length > 0) kept[key] = value;
  }
  return kept;
}

/** The days on which something in these billing terms leaves by itself. */
export function leavingDays(billing: unknown): Day[] {
  if (!isTree(billing) || !mayLeave(billing)) return [];
  const dated = [billing.discount, ...(Array.isArray(billing.credits) ? billing.credits : [])];
  return dated.flatMap((item) =>
    isTree(item) && typeof item.until === 'string' && item.until !== 'unset' ? [item.until] : [],
  );
}

/** Paths of every leaf, such as `support.firstResponseHours.other`. */
export function leafPaths(tree: TermsTree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) ? leafPaths(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

/** True when one path is the other, its parent or its leaf. */
export const pathsTouch = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
