import { StoreError, type StoreTrouble } from '../store.ts';
import type { Address } from './read-address.ts';

/** What the server itself answered; everything else is the connection's. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Two transactions got in each other's way and this one was undone. */
export const isCollision = (error: unknown): boolean => sqlStateOf(error)?.startsWith('40') ?? false;

/** The connection is gone, whoever ended it. */
export const isLost = (error: unknown): boolean => /^(08|57P0[1-4])/.test(sqlStateOf(error) ?? '08');

interface Reading {
  states: RegExp;
  trouble: StoreTrouble;
  /** Follows the place: "PostgreSQL at db:5432 …". */
  says: string;
}

/** By the SQLSTATE of the server; the first that fits. */
const readings: readonly Reading[] = [
  {
    states: /^(42P01|3F000|42883|42703)$/,
    trouble: 'unsuitable',
    says: 'holds no store that is ready: run `proviso store init` with a user who may create tables',
  },
  { states: /^3D000$/, trouble: 'unsuitable', says: 'has no such database: create it, or correct the URL' },
  { states: /^28/, trouble: 'denied', says: 'does not let this user in: check user, password and pg_hba.conf' },
  {
    states: /^25006$/,
    trouble: 'denied',
    says: 'is read-only: a standby, or default_transaction_read_only; publish to the primary',
  },
  {
    states: /^42501$/,
    trouble: 'denied',
    says: 'does not permit this: publishers need the role that ends in _writer, `proviso store init` the owner of the schema',
  },
  { states: /^(53100|54)/, trouble: 'full', says: 'has no room left: make room and publish again' },
  { states: /^(XX001|XX002|58P01)$/, trouble: 'damaged', says: 'cannot read what it stored: restore it from a backup' },
  { states: /^(57014|55P03)$/, trouble: 'unavailable', says: 'did not come to an end in time' },
  { states: /^53300$/, trouble: 'unavailable', says: 'has no connection left' },
  { states: /^57P03$/, trouble: 'unavailable', says: 'is starting or stopping' },
];

/** Runs `work` and says what goes wrong in our words; what the server said follows, without the password. */
export async function reportTrouble<T>(address: Address, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw troubleOf(error, address);
  }
}

function troubleOf(error: unknown, { place, secrets }: Address): StoreError {
  const state = sqlStateOf(error);
  const reading = readings.find(({ states }) => state !== undefined && states.test(state));
  const says = reading?.says ?? (state === undefined ? 'cannot be reached' : 'failed');
  let detail = detailOf(error);
  for (const secret of secrets) detail = detail.replaceAll(secret, '***');
  return new StoreError(reading?.trouble ?? 'unavailable', `${place} ${says} (${detail})`);
}

/** One line; of an error of several, such as one for each address of a host, all. */
function detailOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(detailOf).join('; ');
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0] ?? '';
}
