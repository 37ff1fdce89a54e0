import type { ApprovalNeed, GivenReview } from '../approve/approval.ts';
import { hasCode } from '../approve/counts.ts';
import { findItems } from '../approve/find-items.ts';
import { subjectsOf } from '../approve/subjects-of.ts';
import { verdictOf } from '../approve/verdict-of.ts';
import type { JudgedCommit } from './judge-commit.ts';
import { joined } from './provenance-from-pulls.ts';

/** What people may allow afterwards; what a check forbids or nobody can read they can only take back. */
export const allowable: ReadonlySet<string> = new Set(['noPullRequest', 'notApproved', 'mixed', 'notAsReviewed']);

export interface Ratification {
  /** The pull request that names the commit. */
  pull: number;
  needs: readonly ApprovalNeed[];
}

/**
 * Whether a later commit is the merge of a pull request that ratifies this one: it names it, and its approvals hold the
 * line with each subject of this one, by people who wrote neither. A plain approval says nothing about another commit.
 */
export async function ratified(
  { commit, change, authorship, faults }: JudgedCommit,
  later: readonly JudgedCommit[],
): Promise<Ratification | undefined> {
  if (!faults.every(({ kind }) => allowable.has(kind))) return undefined;
  const items = findItems(change);
  const subjects = subjectsOf(items);
  for (const { provenance, ...other } of later) {
    if (!provenance?.pull || other.faults.length > 0 || !names(provenance.pull.body, commit.id)) continue;
    const reviews = (await provenance.reviews(subjects)).map((review) => onlyByCode(review, subjects));
    const needs = verdictOf(items, change.base.model.world, reviews, joined(provenance.authorship, authorship));
    if (needs.every(({ satisfied }) => satisfied)) return { pull: provenance.pull.number, needs };
  }
  return undefined;
}

/** `ratify 3f2a…` with at least twelve digits of the commit. */
function names(body: string, commit: string): boolean {
  const named = body.matchAll(/\bratify\s+`?([0-9a-f]{12,64})\b/gi);
  return [...named].some(([, id = '']) => commit.startsWith(id.toLowerCase()));
}

function onlyByCode({ seen: _, ...review }: GivenReview, subjects: ReadonlyMap<string, string>): GivenReview {
  if (review.lastEditedAt !== null) return review;
  const said = [...subjects].filter(([, subject]) => hasCode(review.body, subject));
  return { ...review, seen: Object.fromEntries(said) };
}
