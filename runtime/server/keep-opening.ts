import { TermsError } from '../client/terms-error.ts';
import { SnapshotError } from '../snapshot/object.ts';
import { StoreError } from '../stores/store.ts';

/** Milliseconds; an attempt after a failure waits up to the longest, and half of it on average. */
const SHORTEST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export interface KeepOpening {
  /** Told of every attempt that failed. */
  onTrouble(error: unknown): void;
  /** Ends the attempts. */
  signal: AbortSignal;
  /** From 0 to 1. */
  random?: () => number;
}

/**
 * Opens something until it works: a store that is not there yet, or has no release yet, is waited for.
 *
 * @throws what the first attempt threw, where no waiting helps: a kind of store there is not, keys that are missing. After
 * that nothing but `signal` ends it, which is thrown.
 */
export async function keepOpening<T>(
  open: () => Promise<T>,
  { onTrouble, signal, random = Math.random }: KeepOpening,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await open();
    } catch (error) {
      if (failures === 0 && !isWorthWaiting(error)) throw error;
      onTrouble(error);
    }
    await pause(Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** Math.min(failures, 16)) * random(), signal);
  }
}

function isWorthWaiting(error: unknown): boolean {
  if (error instanceof TermsError) return error.code === 'notPublished';
  return error instanceof StoreError ? error.trouble !== 'unsuitable' : error instanceof SnapshotError;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
