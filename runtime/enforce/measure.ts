import type { Limit } from '../../schemas/setting.ts';

/** Stores count whole numbers; what may be divided is counted in millionths. */
const PARTS = 1_000_000;

/** How amounts of one setting are written in whole numbers. */
export interface Measure {
  /** @throws RangeError for what nobody can use: nothing, less than that, or a part of what is whole. */
  countOf(amount: number): number;
  amountOf(count: number): number;
  /** The most that may be counted: never more than the limit, and as much as a store can write where there is none. */
  mostOf(limit: number): number;
  /** Tells counts of this measure apart from those of another, should the catalogue change. */
  mark: string;
}

export function measureOf({ fractional }: Pick<Limit, 'fractional'>, key: string): Measure {
  const parts = fractional ? PARTS : 1;
  return {
    countOf(amount) {
      if (!(amount > 0) || amount === Number.POSITIVE_INFINITY)
        throw new RangeError(`${amount} of ${key} cannot be used: an amount is a number above 0`);
      if (!fractional && !Number.isInteger(amount))
        throw new RangeError(`${amount} of ${key} cannot be used: it is counted in whole numbers`);
      const count = Math.max(1, Math.round(amount * parts));
      if (count > Number.MAX_SAFE_INTEGER) throw new RangeError(`${amount} of ${key} is more than can be counted`);
      return count;
    },
    amountOf: (count) => count / parts,
    // What the limit is in binary may be a hair below what it is as it is written.
    mostOf: (limit) =>
      Math.min(Math.floor(limit * parts + 1e-3 * Number(fractional ?? false)), Number.MAX_SAFE_INTEGER),
    mark: fractional ? '~6' : '',
  };
}
