/** Keeps what was used last, up to a weight; what is forgotten is asked for again. */
export interface BoundedCache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T, weight?: number): void;
  delete(key: string): void;
}

/** `most` is a count, or a sum of the weights that are given. */
export function boundedCache<T>(most: number): BoundedCache<T> {
  // In the order of use: a map keeps the order in which its keys were set.
  const kept = new Map<string, { value: T; weight: number }>();
  let total = 0;
  const forget = (key: string): void => {
    total -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (!found) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set(key, value, weight = 1) {
      forget(key);
      kept.set(key, { value, weight });
      total += weight;
      for (const oldest of kept.keys()) {
        if (total <= most) break;
        forget(oldest);
      }
    },
    delete: forget,
  };
}
