import { dayOf } from '../../runtime/terms/days.ts';
import type { Approver } from '../../schemas/approvals.ts';
import type { Authorship, GivenReview } from './approval.ts';
import type { ProvenanceOf } from './provenance.ts';

/** An approval that was written down: who approved what, by class and subject. */
export interface WrittenApproval {
  class: string;
  subject: string;
  /** The login of an approver, as policies/approvers.yaml has it. */
  by: string;
}

export interface FileTools {
  approvals: readonly WrittenApproval[];
  /** Who wrote what a commit adds to another. */
  authorship(base: string, head: string): Promise<Authorship>;
  /** The approvers of a commit. */
  approvers(commit: string): Promise<readonly Approver[]>;
  /** Instants between which a commit must have been made to be part of the release. */
  since: number;
  now: number;
}

/**
 * Approvals that somebody wrote down, for places without pull requests. Each is given to a subject and to nothing else,
 * so it counts whenever it was given. A commit's clock is believed only between the last release and now.
 */
export function provenanceFromFile({ approvals, authorship, approvers, since, now }: FileTools): ProvenanceOf {
  return async ({ id, committedAt }, base) => {
    const people = await approvers(base);
    const at = dayOf(Math.min(now, Math.max(since, Date.parse(committedAt))));
    const reviews = async (subjects: ReadonlyMap<string, string>): Promise<GivenReview[]> =>
      people.flatMap(({ id: person, login }, index): GivenReview[] => {
        const own = approvals.filter(({ by, class: name, subject }) => by === login && subjects.get(name) === subject);
        if (own.length === 0) return [];
        return [
          {
            id: index + 1,
            user: { id: person, login, type: 'User' },
            state: 'APPROVED',
            body: own.map(({ subject }) => `approve ${subject}`).join('\n'),
            submittedAt: new Date(now).toISOString(),
            lastEditedAt: null,
            seen: Object.fromEntries(own.map(({ class: name, subject }) => [name, subject])),
          },
        ];
      });
    return [{ at, authorship: await authorship(base, id), reviews }];
  };
}
