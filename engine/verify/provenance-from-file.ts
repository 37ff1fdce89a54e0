import type { Authorship, GivenReview } from '../approve/approval.ts';
import { hasCode } from '../approve/counts.ts';
import { type Between, dayMade } from './day-made.ts';
import type { ProvenanceOf } from './provenance.ts';

export interface FileTools extends Between {
  /** All that was written down, about whatever commit. */
  approvals: readonly GivenReview[];
  /** Who wrote what a commit adds to another. */
  authorship(base: string, head: string): Promise<Authorship>;
}

/**
 * Approvals that somebody wrote down, for places without pull requests. One that names a subject is about that and
 * nothing else, so it counts whenever it was given before now; one that names none is about everything.
 */
export function provenanceFromFile({ approvals, authorship, ...between }: FileTools): ProvenanceOf {
  return async (commit, base) => {
    const at = dayMade(commit, between);
    const reviews = async (subjects: ReadonlyMap<string, string>): Promise<readonly GivenReview[]> =>
      approvals.filter(({ body }) => body === '' || [...subjects.values()].some((subject) => hasCode(body, subject)));
    return [{ at, authorship: await authorship(base, commit.id), reviews }];
  };
}
