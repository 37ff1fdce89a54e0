import { compareDecimals, type Decimal, decimalOf } from './decimal.ts';

/** How much a value is, where it can be more or less: a decimal, or above every decimal. */
export type Size = Decimal | 'unlimited';

const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** Numbers, quoted decimals, `unlimited`, payment terms by their days, billing intervals by their months. */
export function sizeOf(value: unknown): Size | undefined {
  if (value === 'unlimited') return 'unlimited';
  if (value === 'dueOnReceipt') return decimalOf(0);
  if (typeof value !== 'string') return decimalOf(value);
  const days = /^net([0-9]{1,3})$/.exec(value)?.[1];
  return decimalOf(days ?? (Object.hasOwn(months, value) ? months[value] : value));
}

/** Below 0 where `a` is less than `b`, above 0 where it is more. */
export function compareSizes(a: Size, b: Size): number {
  if (a === 'unlimited' || b === 'unlimited') return Number(a === 'unlimited') - Number(b === 'unlimited');
  return compareDecimals(a, b);
}
