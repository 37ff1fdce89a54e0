/** A clock that never goes back: what has ended cannot begin again because somebody set the machine's clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** It is at least so late: a signed release says so, or an earlier reading. */
  atLeast(instant: number): void;
  /** How far the machine's clock is behind, in milliseconds. */
  behind(): number;
}

/** Goes on by the machine's timer while `wall` is behind what is known. */
export function forwardClock(wall: () => number, timer: () => number = () => performance.now()): Clock {
  let [latest, at] = [wall(), timer()];
  const now = (): number => {
    const said = wall();
    // Within a millisecond many ask, and a clock is dear to read.
    if (said === latest) return latest;
    const elapsed = timer();
    latest = said > latest ? said : Math.max(said, latest + Math.max(0, elapsed - at));
    at = elapsed;
    return latest;
  };
  return {
    now,
    atLeast: (instant) => {
      if (instant > now()) [latest, at] = [instant, timer()];
    },
    behind: () => now() - wall(),
  };
}
