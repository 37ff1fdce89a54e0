/** Time as GitHub's client sees it; tests give their own. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const realPace: Pace = {
  now: Date.now,
  sleep: (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
};

const TRIES = 5;
const FIRST_WAIT = 1_000;
/** A limit that is lifted later than this is for another run: a job that waits is paid for. */
const LONGEST_WAIT = 90_000;

/** What to do about a failure: try again after so many milliseconds, or give up. */
export type Advice = { wait: number | 'backoff' } | 'giveUp';

/** Runs `work` until it succeeds, `advise` gives up, or it has been tried five times; throws its last failure. */
export async function retry<T>(
  { sleep }: Pace,
  work: () => Promise<T>,
  advise: (error: unknown) => Advice,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const advice = tried < TRIES ? advise(error) : 'giveUp';
      if (advice === 'giveUp') throw error;
      const wait = advice.wait === 'backoff' ? FIRST_WAIT * 2 ** (tried - 1) : advice.wait;
      if (wait > LONGEST_WAIT) throw error;
      await sleep(wait);
    }
  }
}
