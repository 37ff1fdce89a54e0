/** The first of so many things in order, by its number, that is not below what is looked for; their count where all are. */
export function firstNotBelow(count: number, isBelow: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBelow(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
