import { dayOf } from '../../runtime/terms/days.ts';
import type { Authorship, GivenReview } from '../approve/approval.ts';
import { hasCode } from '../approve/counts.ts';
import type { ProvenanceOf } from './provenance.ts';

export interface FileTools {
  /** All that was written down, about whatever commit. */
  approvals: readonly GivenReview[];
  /** Who wrote what a commit adds to another. */
  authorship(base: string, head: string): Promise<Authorship>;
  /** Instants between which a commit must have been made to be part of the release. */
  since: number;
  now: number;
}

/**
 * Approvals that somebody wrote down, for places without pull requests. One that names a subject is about that and
 * nothing else, so it counts whenever it was given, but not before; one that names none is about everything. A commit's clock is believed only
 * between the last release and now.
 */
export function provenanceFromFile({ approvals, authorship, since, now }: FileTools): ProvenanceOf {
  return async ({ id, committedAt }, base) => {
    const at = dayOf(Math.min(now, Math.max(since, Date.parse(committedAt))));
    const reviews = async (subjects: ReadonlyMap<string, string>): Promise<readonly GivenReview[]> =>
      approvals.filter(({ body }) => body === '' || [...subjects.values()].some((subject) => hasCode(body, subject)));
    return [{ at, authorship: await authorship(base, id), reviews }];
  };
}
