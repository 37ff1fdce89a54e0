import { among } from './among.ts';

/** What a request took at most, in seconds, for each bucket but the last, which has no bound. */
export const BOUNDS = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30] as const;

interface Answers {
  route: string;
  method: string;
  status: number;
  count: number;
}

interface Durations {
  route: string;
  /** In seconds. */
  sum: number;
  /** How many took as long as each bucket says, and no less than the one before; one more than there are bounds. */
  within: number[];
}

export interface CountedRequests {
  /** A request of a route (its pattern; none where no path matched), answered after so many milliseconds; of a stream without. */
  answered(route: string | undefined, method: string, status: number, ms?: number): void;
  answers(): Iterable<Answers>;
  durations(): Durations[];
}

/** Counts requests in plain numbers: every one of them is counted. */
export function countRequests(): CountedRequests {
  /** By method, route and status: a name put together of them would be made anew for every request. */
  const answers = new Map<string, Map<string, Map<number, Answers>>>();
  const durations = new Map<string, Durations>();
  const begin = (route: string): Durations => {
    const begun = { route, sum: 0, within: Array.from({ length: BOUNDS.length + 1 }, () => 0) };
    durations.set(route, begun);
    return begun;
  };
  return {
    answered(route = 'none', method, status, ms) {
      const byStatus = among(among(answers, method), route);
      const known = byStatus.get(status);
      if (known) known.count += 1;
      else byStatus.set(status, { route, method, status, count: 1 });
      if (ms === undefined) return;
      const seconds = ms / 1_000;
      const taken = durations.get(route) ?? begin(route);
      taken.sum += seconds;
      let bucket = 0;
      while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] as number)) bucket += 1;
      taken.within[bucket] = (taken.within[bucket] as number) + 1;
    },
    *answers() {
      for (const byRoute of answers.values()) for (const byStatus of byRoute.values()) yield* byStatus.values();
    },
    durations: () => [...durations.values()],
  };
}
