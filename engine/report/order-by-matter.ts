/** Compared from left to right; larger matters more. */
export type Weight = readonly number[];

const compareWeights = (a: Weight, b: Weight): number => {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) > (b[at] ?? 0) ? -1 : 1;
};

/**
 * Things by what matters, so that however many of one family there are, none hides the others: the weightiest of every
 * family first, then the second of every family, and so on.
 */
export function orderByMatter<T>(
  things: readonly T[],
  { familyOf, weightOf }: { familyOf: (thing: T) => string; weightOf: (thing: T) => Weight },
): T[] {
  const weighed = things.map((thing) => ({ thing, weight: weightOf(thing), family: familyOf(thing), rank: 0 }));
  weighed.sort((a, b) => compareWeights(a.weight, b.weight));
  const seen = new Map<string, number>();
  for (const one of weighed) {
    one.rank = seen.get(one.family) ?? 0;
    seen.set(one.family, one.rank + 1);
  }
  return weighed.sort((a, b) => a.rank - b.rank || compareWeights(a.weight, b.weight)).map(({ thing }) => thing);
}

/** How far apart two values are, where both are numbers, decimals or `unlimited`; of one that came or went its size. */
export function distance(from: unknown, to: unknown): number {
  const [before, after] = [amountOf(from), amountOf(to)];
  if (before === undefined || after === undefined || before === after) return 0;
  return Math.abs(after - before);
}

/** Of what is the same for many: the largest first, then that of most; where sizes mean nothing, what is rare stands out. */
export function spread(from: unknown, to: unknown, count: number): Weight {
  const far = distance(from, to);
  return [far, far > 0 ? count : -count];
}

function amountOf(value: unknown): number | undefined {
  if (value === null || value === undefined) return 0;
  if (value === 'unlimited') return Number.POSITIVE_INFINITY;
  const amount = typeof value === 'boolean' || value === '' ? Number.NaN : Number(value);
  return Number.isNaN(amount) ? undefined : amount;
}
