/** A small seeded source of chance (mulberry32): the same seed gives the same choices everywhere. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True in about `share` of the calls (0…1). */
  yes(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** That many different items, beginning anywhere; at most all of them. */
  take<Item>(items: readonly Item[], count: number): Item[];
}

export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const take = <Item>(items: readonly Item[], count: number): Item[] => {
    const from = int(0, items.length - 1);
    return [...items.slice(from), ...items.slice(0, from)].slice(0, count);
  };
  return {
    int,
    yes: (share) => next() < share,
    pick: <Item>(items: readonly Item[]) => items[int(0, items.length - 1)] as Item,
    take,
  };
}
