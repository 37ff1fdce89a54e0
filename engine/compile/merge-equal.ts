import type { Segment } from '../../runtime/terms/timeline.ts';

/** Equal neighbours are one segment: a boundary is a day on which something changes. */
export function mergeEqual(segments: readonly Segment[]): Segment[] {
  const merged: Segment[] = [];
  for (const segment of segments) {
    const last = merged.at(-1);
    if (!last || !isSame(last, segment)) merged.push(segment);
  }
  return merged;
}

/** What did not change is mostly the very same object, so that little is compared by its text. */
function isSame(a: Segment, b: Segment): boolean {
  return (
    a.plan === b.plan &&
    a.stage === b.stage &&
    a.layers.length === b.layers.length &&
    a.layers.every((layer, index) => isEqual(layer, b.layers[index])) &&
    isEqual(a.terms.billing, b.terms.billing) &&
    isEqual(a.terms.support, b.terms.support) &&
    isEqual(a.terms.contract, b.terms.contract) &&
    isEqual(a.access.groups, b.access.groups) &&
    isEqual(a.access.rules, b.access.rules) &&
    isEqual(a.open, b.open) &&
    isEqual(a.promised, b.promised)
  );
}

const isEqual = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
