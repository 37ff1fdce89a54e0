import type { UnapprovedCommit } from '../verify/unapproved.ts';

/** A publish or rollback that must not happen; nothing was changed. Words are for the person who ran it. */
export interface Refused {
  outcome: 'refused';
  reason:
    | 'empty'
    | 'vanished'
    | 'diverged'
    | 'unknownCommit'
    | 'foreign'
    | 'damaged'
    | 'noKey'
    | 'noNumber'
    | 'noSuchRelease'
    | 'behind'
    | 'canary'
    | 'unapproved'
    | 'notAsReviewed'
    | 'notExpected'
    | 'noPolicy'
    | 'overdue'
    | 'tooLate'
    | 'busy'
    | 'unlisted'
    | 'backup'
    | 'ahead'
    | 'blast';
  message: string;
  /** What to do about it. */
  help: string;
  /** The commits that stand in the way, where it is about approvals. */
  commits?: readonly UnapprovedCommit[];
}

export const refuse = (reason: Refused['reason'], message: string, help: string): Refused => ({
  outcome: 'refused',
  reason,
  message,
  help,
});
