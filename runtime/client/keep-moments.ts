import type { Settings } from '../../schemas/setting.ts';
import { dayOf } from '../terms/days.ts';
import type { Clock } from './clock.ts';
import type { FollowedRelease } from './follow-releases.ts';
import { type Listeners, listenersOf } from './listeners.ts';
import type { Found, OpenRelease } from './open-release.ts';
import { nameOf } from './readers.ts';
import { type ChangeTeller, tellChanges } from './tell-changes.ts';
import type { FreshnessTeller } from './tell-freshness.ts';
import type { ReleaseName } from './terms.ts';
import type { Moment } from './view-customers.ts';

/** The release and the day it is now, and who is told when they become others. */
export interface Moments<S extends Settings, F extends Found> {
  current(): Moment<F>;
  /** The same day with another release, which was asked instead. */
  of(release: OpenRelease<F>): Moment<F>;
  /** Looks what release is read, what day it is and how old the data is. */
  move(): void;
  readonly changes: ChangeTeller<S>;
  readonly releases: Listeners<ReleaseName>;
  /** Nothing moves any more, and nobody is told. */
  close(): void;
}

interface Keeping<F extends Found> {
  followed: FollowedRelease<F>;
  freshness: FreshnessTeller;
  clock: Clock;
  /** Settings with a `whenStale` value keep what was published. */
  isAsPublished: boolean;
  onTrouble(error: unknown): void;
}

export function keepMoments<S extends Settings, F extends Found>({
  followed,
  freshness,
  clock,
  isAsPublished,
  onTrouble,
}: Keeping<F>): Moments<S, F> {
  let isClosed = false;
  const of = (release: OpenRelease<F>): Moment<F> => ({
    release,
    day: dayOf(clock.now()),
    isStale: !isAsPublished && freshness.isStale(),
    freshness: freshness.of(release.head.n),
  });
  let current = of(followed.current);
  const changes = tellChanges<S>(() => current, onTrouble);
  const releases = listenersOf<ReleaseName>(onTrouble);

  const step = (next: Moment<F>): void => {
    const before = current;
    current = next;
    changes.moved(before, next);
  };
  return {
    current: () => current,
    of,
    move() {
      if (isClosed) return;
      const next = of(followed.current);
      // One step at a time, so that each listener is told what the step was.
      if (next.release !== current.release) {
        step({ ...current, release: next.release, freshness: next.freshness });
        releases.tell(nameOf(next.release));
      }
      if (next.day !== current.day) step({ ...current, day: next.day });
      if (next.isStale !== current.isStale) step({ ...current, isStale: next.isStale });
    },
    changes,
    releases,
    close() {
      isClosed = true;
      changes.close();
    },
  };
}
