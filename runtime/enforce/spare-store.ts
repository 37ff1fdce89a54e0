import { performance } from 'node:perf_hooks';
import type { Counter } from './counter.ts';
import { MeterError } from './meter-error.ts';
import { whyDown } from './why-down.ts';

/** Asks a store; `onLate` is told of an answer nobody waited for any more. @throws MeterError (`unavailable`) */
export type Ask = <T>(work: () => Promise<T>, onLate?: (answer: T) => void) => Promise<T>;

/** After a failure the store is asked again by one request in so many milliseconds; the others go on without it. */
const PAUSE = 1_000;

/**
 * Keeps the outage of a store from becoming one of its callers: nobody waits for it longer than `patience` milliseconds,
 * and while it fails hardly anybody asks. `onTrouble` is told once in so long.
 */
export function spareStore(
  patience: number,
  onTrouble: (error: MeterError) => void,
  { place, trouble = () => undefined }: Pick<Counter, 'place' | 'trouble'>,
  timer: () => number = () => performance.now(),
): Ask {
  let failedAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  let failure: MeterError | undefined;
  const told = (error: MeterError): MeterError => {
    if (timer() - toldAt >= PAUSE) {
      toldAt = timer();
      onTrouble(error);
    }
    return error;
  };
  const late = (cause: unknown): MeterError =>
    unavailable(
      `the store of use in ${place} has not answered within ${patience} milliseconds${whyDown(cause)}`,
      cause,
    );
  return async (work, onLate) => {
    if (failure && timer() - failedAt < PAUSE) throw failure;
    // Whoever comes while one tries again does not wait for how that ends.
    if (failure) failedAt = timer();
    try {
      const answer = await inTime(work(), patience, () => late(trouble()), onLate);
      failure = undefined;
      return answer;
    } catch (error) {
      failedAt = timer();
      failure = told(
        error instanceof MeterError
          ? error
          : unavailable(`the store of use in ${place} failed${whyDown(error)}`, error),
      );
      throw failure;
    }
  };
}

function inTime<T>(
  work: Promise<T>,
  patience: number,
  late: () => MeterError,
  onLate: (answer: T) => void = () => {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(late());
    }, patience);
    work.then((answer) => (isLate ? onLate(answer) : resolve(answer)), reject).finally(() => clearTimeout(timer));
  });
}

const unavailable = (message: string, cause?: unknown): MeterError =>
  new MeterError('unavailable', message, cause === undefined ? undefined : { cause });
