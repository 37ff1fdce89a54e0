import type { Clock } from './clock.ts';
import type { FollowedRelease } from './follow-releases.ts';
import type { Freshness } from './freshness.ts';
import type { Found } from './open-release.ts';

/** A store that has not answered for so long is told as unreachable; in milliseconds. */
const UNREACHABLE = 900_000;
/** How far a machine's clock may be behind before it is told; in milliseconds. */
const CLOCK_SKEW = 300_000;

export interface FreshnessTeller {
  /** Of a release by its number, as it is whenever it is asked. */
  of(release: number): Freshness;
  isStale(): boolean;
  /** When whoever publishes last said that this is in force; milliseconds since 1970. */
  issuedAt(): number;
}

export function tellFreshness(
  followed: Pick<FollowedRelease<Found>, 'newest' | 'origin' | 'answeredAt'>,
  clock: Clock,
): FreshnessTeller {
  // Parsed once for each head: freshness is asked for with every answer.
  let instants = { of: followed.newest, issued: 0, staleAfter: 0 };
  const readInstants = (): typeof instants => {
    const { issuedAt, staleAfter } = followed.newest.payload;
    instants = { of: followed.newest, issued: Date.parse(issuedAt), staleAfter: Date.parse(staleAfter) };
    return instants;
  };
  readInstants();
  const instantsNow = (): typeof instants => (instants.of === followed.newest ? instants : readInstants());
  // What nobody signed, nobody confirms either.
  const isStaleAt = (now: number): boolean => followed.newest.trust !== 'unsigned' && now > instantsNow().staleAfter;
  return {
    isStale: () => isStaleAt(clock.now()),
    issuedAt: () => instantsNow().issued,
    of: (release) => ({
      release,
      get source() {
        return followed.origin;
      },
      get age() {
        return Math.max(0, clock.now() - instantsNow().issued);
      },
      get lastAnswer() {
        return followed.answeredAt === undefined ? undefined : Math.max(0, clock.now() - followed.answeredAt);
      },
      get state() {
        // The clock is read once: every flag that is answered asks for this.
        const now = clock.now();
        if (isStaleAt(now)) return 'stale';
        const { answeredAt } = followed;
        return answeredAt === undefined || now - answeredAt > UNREACHABLE ? 'unreachable' : 'fresh';
      },
      get isClockBehind() {
        return clock.behind() > CLOCK_SKEW;
      },
    }),
  };
}
