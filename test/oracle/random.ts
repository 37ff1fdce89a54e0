/** A small seeded source of chance (mulberry32): the same seed gives the same worlds everywhere. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True in about `share` of the calls (0…1). */
  yes(share?: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Some of the items, in their order. */
  some<Item>(items: readonly Item[], share?: number): Item[];
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const yes = (share = 0.5) => next() < share;
  return {
    int,
    yes,
    pick: <Item>(items: readonly Item[]) => items[int(0, items.length - 1)] as Item,
    some: <Item>(items: readonly Item[], share = 0.5) => items.filter(() => yes(share)),
  };
}
