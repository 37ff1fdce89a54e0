import type { Customer } from '../../schemas/customer.ts';

/** A customer's file as it would read, and what was written into it, for people. */
export interface Hypothesis {
  customer: Customer;
  written: string[];
}

/** A record as it would stand in the file, on one line. */
export const writtenRecord = (where: string, record: object): string => `${where}: ${flow(record)}`;

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return pairs.length === 0 ? '{}' : `{ ${pairs.map(([key, inner]) => `${key}: ${flow(inner)}`).join(', ')} }`;
}
