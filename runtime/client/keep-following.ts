import type { OnHint } from '../stores/store.ts';

/** Milliseconds; an attempt after a failure waits up to the longest, and half of it on average. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;

export interface Pace {
  /** Looks whether there is something newer, `news` being what a hint said of it. It may fail in any way: there is no failure after which nobody looks again. */
  look(news?: readonly string[]): Promise<unknown>;
  /** Calls back when something may be newer; looking does not wait for it. */
  watch?: ((onHint: OnHint) => () => void) | undefined;
  /** Milliseconds between two looks where nothing hints; a fifth more or less, so that machines started at once part. */
  every: number;
  /** The store could not be read at the start: the first look is one after a failure. */
  isBehind?: boolean;
  onFailure(error: unknown): void;
  /** From 0 to 1. */
  random?: () => number;
}

/**
 * Looks again and again until it is stopped: on hints at once, else by the clock, after failures ever less often. Hints are not
 * spread over time: what each costs the store is one small answer, and whoever waited would serve what is no longer in force.
 */
export function keepFollowing(pace: Pace): () => void {
  const { look, watch, every, isBehind = false, random = Math.random } = pace;
  let isStopped = false;
  let isLooking = false;
  let isHinted = false;
  let news: readonly string[] | undefined;
  let failures = isBehind ? 1 : 0;
  let timer: NodeJS.Timeout | undefined;
  let unwatch: (() => void) | undefined;

  const onFailure = (error: unknown): void => {
    if (isStopped) return;
    try {
      pace.onFailure(error);
    } catch {
      // Nobody is left to tell, and looking goes on.
    }
  };
  const wait = (): number =>
    failures === 0 ? every * (0.8 + 0.4 * random()) : longestAfter(failures, every) * random();
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
    const told = news;
    news = undefined;
    try {
      await look(told);
      failures = 0;
    } catch (error) {
      failures += 1;
      onFailure(error);
    }
    isLooking = false;
    startWatching();
    waitFor(isHinted && failures === 0 ? 0 : wait());
  }

  function hint(told?: readonly string[]): void {
    isHinted = true;
    news = told ?? news;
    // After failures a hint is one more reason to be in a hurry for everybody at once.
    if (!isStopped && !isLooking && failures === 0) void lookNow();
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

  waitFor(wait());
  startWatching();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    unwatch?.();
  };
}

/** Who looks often where all is well need not be kept waiting for two of its looks; a herd parts within the first wait. */
const longestAfter = (failures: number, every: number): number =>
  Math.min(Math.max(FIRST_WAIT, Math.min(LONGEST_WAIT, 2 * every)), FIRST_WAIT * 2 ** Math.min(failures - 1, 16));
