import type { Settings } from '../../schemas/setting.ts';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../usage-error.ts';
import type { Usage } from './simulation.ts';

/**
 * Reads how much is in use, JSON: `{ "seats": 5 }` for whoever is asked about, or `{ "acme": { "seats": 5 } }` by customer.
 * Of many customers only the second says whose use it is. Throws `UsageError` for anything else, and for what is no limit
 * of the catalogue.
 */
export function readUsage(
  text: string,
  path: string,
  settings: Settings,
  of: 'one' | 'many',
): (customer: string) => Usage | undefined {
  const all = objectIn(text, path);
  const entries = Object.entries(all);
  if (entries.every(([, used]) => typeof used === 'number')) {
    if (of === 'many' && entries.length > 0)
      throw new UsageError(
        `${path} does not say whose use it is, and not everybody on a plan uses the same`,
        'name the customers: { "acme": { "seats": 5 } }',
      );
    const usage = usageIn(all, path, settings);
    return () => usage;
  }
  const byCustomer = new Map(
    entries.map(([customer, used]) => {
      if (typeof used !== 'object' || used === null || Array.isArray(used)) throw shapeError(path, customer);
      return [customer, usageIn(used as Record<string, unknown>, path, settings)] as const;
    }),
  );
  return (customer) => byCustomer.get(customer);
}

function objectIn(text: string, path: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON`, 'write { "seats": 5 }, or by customer { "acme": { "seats": 5 } }');
  }
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  throw shapeError(path);
}

const shapeError = (path: string, key?: string): UsageError =>
  new UsageError(
    `${path} does not say how much is in use${key === undefined ? '' : ` at ${key}`}`,
    'write { "seats": 5 }, or by customer { "acme": { "seats": 5 } }',
  );

function usageIn(data: Readonly<Record<string, unknown>>, path: string, settings: Settings): Usage {
  return Object.fromEntries(
    Object.entries(data).map(([key, used]) => {
      const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
      if (setting?.kind !== 'limit')
        throw new UsageError(
          `${path}: ${setting ? `${key} is no limit, so nothing of it is in use` : `there is no setting ${key}${didYouMean(key, Object.keys(settings))}`}`,
        );
      if (typeof used !== 'number' || !Number.isFinite(used) || used < 0)
        throw new UsageError(`${path}: the use of ${key} is a number from 0`);
      return [key, used];
    }),
  );
}
