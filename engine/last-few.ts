/** Values by key, of which only the last few are there. */
export interface LastFew<V> {
  get(key: string): V | undefined;
  /** Of a key that is not there. */
  set(key: string, value: V): void;
}

/**
 * Keeps so many, each in the place of the oldest. Not in a map: one from which entries leave goes on through tables, and each that was
 * left keeps what it held until all memory is collected.
 */
export function startLastFew<V>(most: number): LastFew<V> {
  const kept: { key: string; value: V }[] = [];
  let oldest = 0;
  return {
    get(key) {
      for (const one of kept) if (one.key === key) return one.value;
      return undefined;
    },
    set(key, value) {
      kept[oldest] = { key, value };
      oldest = (oldest + 1) % most;
    },
  };
}
