/** What proves the approvals of a release: an object beside it, whose hash its head names. */
import type { ApprovalNeed } from '../approve/approval.ts';

export interface ClassEvidence {
  /** What was approved: sha256 over the class and its items. */
  subject: string;
  /** Ids of reviews, and of those who gave them. */
  reviews: readonly number[];
  users: readonly number[];
}

export interface CommitEvidence {
  commit: string;
  /** The number of the pull request it is the merge of. */
  pull?: number;
  /** Checksums of what it was reviewed to do to customers and of what it does; only where both had to be computed. */
  reviewed?: string;
  published?: string;
  /** The pull request that ratified it, to which its approvals were given. */
  ratifiedBy?: number;
  /** The commit with which nothing of it was left, or nothing that others had not approved. */
  undoneBy?: string;
  /** By class of approval; empty where nothing needed one. */
  classes: Readonly<Record<string, ClassEvidence>>;
}

export interface Evidence {
  v: 1;
  kind: 'evidence';
  repo: string;
  env: string;
  channel: string;
  /** Where the approvals were looked up. */
  verify: 'github' | 'file';
  /** The commit that was published before, and the one it is for. */
  from: string;
  to: string;
  /** Every commit of the published branch between them, oldest first. */
  commits: readonly CommitEvidence[];
  /** The checksum of all of it together, where a person had read that and named it. */
  expected?: string;
  /** Where some of it was approved by number: whom the rest of it changes, which counts with the releases of a day. */
  counted?: readonly string[];
}

/** Whether an object beside a release is evidence, of a version that is known here. */
export const isEvidence = (object: unknown): object is Evidence =>
  typeof object === 'object' &&
  object !== null &&
  Reflect.get(object, 'v') === 1 &&
  Reflect.get(object, 'kind') === 'evidence';

export const classesOf = (needs: readonly ApprovalNeed[]): CommitEvidence['classes'] =>
  Object.fromEntries(
    needs.map(({ class: name, subject, given }) => [
      name,
      { subject, reviews: given.map(({ review }) => review), users: given.map(({ id }) => id) },
    ]),
  );
