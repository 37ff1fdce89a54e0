import type { Head } from '../../runtime/snapshot/head.ts';
import { type Refused, refuse } from './outcome.ts';

/** What the first commit is to the second; `unknown` when one of them is not in this clone. */
export type Ancestry = 'same' | 'ancestor' | 'descendant' | 'diverged' | 'unknown';

export interface AncestryTools {
  ancestry(first: string, second: string): Promise<Ancestry>;
}

/** A release of a newer commit is in force; this one has nothing to add. */
export interface Superseded {
  outcome: 'superseded';
  release: number;
  commit: string;
}

/** A rollback is in force, and this commit has nothing newer than what was rolled back. */
export interface Held {
  outcome: 'held';
  release: number;
  /** A commit that builds on this one may be published. */
  hold: string;
}

/** Undefined when the commit is what is published or comes after it. */
export async function placeCommit(
  { ancestry }: AncestryTools,
  { payload }: Head,
  commit: string,
): Promise<Superseded | Refused | undefined> {
  const relation = payload.commit === commit ? 'same' : await ancestry(payload.commit, commit);
  if (relation === 'descendant') return { outcome: 'superseded', release: payload.n, commit: payload.commit };
  if (relation === 'diverged' || relation === 'unknown') return offTheLine(relation, payload.commit, commit);
  return undefined;
}

/** After a rollback only a commit that builds on the one rolled back may be published. */
export async function placeAfterRollback(
  { ancestry }: AncestryTools,
  { payload }: Head,
  commit: string,
): Promise<Held | Refused | undefined> {
  const hold = payload.releaseHold;
  if (hold === undefined) return undefined;
  const relation = hold === commit ? 'same' : await ancestry(hold, commit);
  if (relation === 'ancestor') return undefined;
  if (relation === 'diverged' || relation === 'unknown') return offTheLine(relation, hold, commit);
  return { outcome: 'held', release: payload.n, hold };
}

export const short = (commit: string): string => commit.slice(0, 12);

const offTheLine = (relation: 'diverged' | 'unknown', published: string, commit: string): Refused =>
  relation === 'diverged'
    ? refuse(
        'diverged',
        `commit ${short(commit)} does not contain ${short(published)}, which was published`,
        'history was rewritten, or this is another branch; publish from the main branch, and bring the published commit back into it with a merge',
      )
    : refuse(
        'unknownCommit',
        `commit ${short(published)}, which was published, is not in this clone`,
        'fetch the whole history first: `git fetch --unshallow`, or fetch the main branch',
      );
