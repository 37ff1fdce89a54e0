import { dayOf } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { MainCommit } from './main-commit.ts';

/** Instants between which a commit must have been made to be part of the next release: those of the last one and of now. */
export interface Between {
  since: number;
  now: number;
}

/** The day a commit was made: anybody may set its clock, so that it is believed only between the last release and now. */
export function dayMade({ committedAt }: Pick<MainCommit, 'committedAt'>, { since, now }: Between): Day {
  const said = Date.parse(committedAt);
  // Years above 9999 are no instants that anybody could parse.
  return dayOf(Number.isNaN(said) ? now : Math.min(now, Math.max(since, said)));
}
