/** Milliseconds; an attempt after a failure waits up to the longest, and half of it on average. */
const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

export interface Pace {
  /** Looks whether there is something newer. It may fail in any way: there is no failure after which nobody looks again. */
  look(): Promise<unknown>;
  /** Calls back when something may be newer; looking does not wait for it. */
  watch?: ((onHint: () => void) => () => void) | undefined;
  /** Milliseconds between two looks where nothing hints; a fifth more or less, so that machines started at once part. */
  every: number;
  onFailure(error: unknown): void;
  /** From 0 to 1. */
  random?: () => number;
}

/** Looks again and again until it is stopped: on hints at once, else by the clock, after failures ever less often. */
export function keepFollowing({ look, watch, every, onFailure, random = Math.random }: Pace): () => void {
  let isStopped = false;
  let isLooking = false;
  let isHinted = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let unwatch: (() => void) | undefined;

  const waitFor = (delay: number): void => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void lookNow(), delay);
    timer.unref();
  };

  async function lookNow(): Promise<void> {
    clearTimeout(timer);
    isLooking = true;
    isHinted = false;
    try {
      await look();
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!isStopped) onFailure(error);
    }
    isLooking = false;
    startWatching();
    if (isHinted && failures === 0) waitFor(0);
    else waitFor(failures === 0 ? every * (0.8 + 0.4 * random()) : backOff(failures) * random());
  }

  function hint(): void {
    isHinted = true;
    // After failures a hint is one more reason to be in a hurry for everybody at once.
    if (!isLooking && failures === 0) void lookNow();
  }

  /** A store that could not be watched is tried again with every look. */
  function startWatching(): void {
    if (unwatch || isStopped || !watch) return;
    try {
      unwatch = watch(hint);
    } catch (error) {
      onFailure(error);
    }
  }

  startWatching();
  waitFor(every * (0.8 + 0.4 * random()));
  return () => {
    isStopped = true;
    clearTimeout(timer);
    unwatch?.();
  };
}

const backOff = (failures: number): number => Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** Math.min(failures, 16));
