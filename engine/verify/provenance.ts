/** How a commit came to the published branch. */
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Authorship, GivenReview } from '../approve/approval.ts';
import type { MainCommit } from './main-commit.ts';

export interface Provenance {
  /** Absent where approvals come without pull requests. */
  pull?: { number: number; body: string };
  /** The day it counts from: what lies before it is the past, and no review given later counts. */
  at: Day;
  authorship: Authorship;
  /** The commit that was reviewed, brought to where trees are read if it can be had; only with a pull request. */
  reviewed?(): Promise<string>;
  /** What was said about a change with these subjects, by class. */
  reviews(subjects: ReadonlyMap<string, string>): Promise<readonly GivenReview[]>;
}

/** Nothing vouches for the commit. */
export interface Unproven {
  at: Day;
  authorship: Authorship;
  /** Why, as the end of a sentence about the commit: `was pushed without a pull request`. */
  because: string;
}

/** Every way in which a commit that follows `base` may have been approved, or none. */
export type ProvenanceOf = (commit: MainCommit, base: string) => Promise<readonly Provenance[] | Unproven>;
