import { dayOf } from '../../runtime/terms/days.ts';
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Authorship, GivenReview } from '../approve/approval.ts';
import { findItems } from '../approve/find-items.ts';
import { subjectsOf } from '../approve/subjects-of.ts';
import type { SubmittedReview } from '../review/pull-request.ts';
import { type Between, dayMade } from './day-made.ts';
import type { MainCommit } from './main-commit.ts';
import type { Provenance, ProvenanceOf } from './provenance.ts';
import type { CommitPull, PullRequestSource } from './pull-request-source.ts';
import type { Trees } from './trees.ts';

/**
 * Approvals of the pull request that a commit is the merge of, given before it was merged. A plain approval is held
 * against what the reviewed commit does to `base`, whatever has become of the branch since.
 */
export function provenanceFromPulls(
  source: PullRequestSource,
  trees: Trees,
  branch: string,
  between: Between,
): ProvenanceOf {
  return async (commit, base) => {
    const pulls = (await source.mergedFor(commit.id)).filter(({ mergedAt }) => mergedAt !== null);
    const own = pulls.filter(({ mergeCommit, base: { ref } }) => mergeCommit === commit.id && ref === branch);
    const authors = await authorsOf(commit, base, source, trees);
    if (own.length === 0) return { at: dayMade(commit, between), authorship: authors, because: whyNone(pulls, branch) };
    return Promise.all(
      own.map(async ({ number, body, mergedAt, head }): Promise<Provenance> => {
        const merged = Date.parse(mergedAt as string);
        const at = dayOf(merged);
        return {
          pull: { number, body },
          at,
          authorship: joined(await source.authorshipOf(number), authors),
          // A merge commit may name a later commit as its second parent than the one that people saw.
          reviewed: async () => {
            await source.fetch?.(number, [head.commit]);
            return head.commit;
          },
          reviews: async (subjects) => {
            const given = await source.reviewsOf(number);
            const before = given.filter(({ submittedAt }) => Date.parse(submittedAt) <= merged);
            if (subjects.size > 0) await source.fetch?.(number, approvedOn(before));
            return withSeen(before, { commit, base, at, subjects, trees });
          },
        };
      }),
    );
  };
}

function whyNone(pulls: readonly CommitPull[], branch: string): string {
  const [part] = pulls.filter(({ base }) => base.ref === branch);
  if (part) return `is only a part of pull request #${part.number}, which was merged by a rebase: squash or merge only`;
  const [other] = pulls;
  if (other) return `belongs to pull request #${other.number}, which was merged into ${other.base.ref}, not ${branch}`;
  return 'was pushed without a pull request';
}

/** A merge that holds what its parents hold is nobody's writing; anything else is also that of whoever made it. */
async function authorsOf(
  { id, parents, tree }: MainCommit,
  base: string,
  source: PullRequestSource,
  { mergedTree }: Trees,
): Promise<Authorship> {
  const [first, second, third] = parents;
  const isPlain =
    first === base && second !== undefined && third === undefined && (await mergedTree(first, second)) === tree;
  return isPlain ? { people: [], unknown: [], emails: [] } : source.authorsOf(id);
}

export const joined = (one: Authorship, other: Authorship): Authorship => ({
  people: [...one.people, ...other.people.filter(({ id }) => !one.people.some((person) => person.id === id))],
  unknown: [...new Set([...one.unknown, ...other.unknown])],
  emails: [...new Set([...one.emails, ...other.emails])],
});

const approvedOn = (reviews: readonly SubmittedReview[]): string[] => [
  ...new Set(reviews.flatMap(({ state, commit }) => (state === 'APPROVED' && commit !== null ? [commit] : []))),
];

interface Seeing {
  commit: MainCommit;
  base: string;
  at: Day;
  subjects: ReadonlyMap<string, string>;
  trees: Trees;
}

async function withSeen(reviews: readonly SubmittedReview[], seeing: Seeing): Promise<GivenReview[]> {
  const seenOn = new Map<string, Promise<GivenReview['seen']>>();
  return Promise.all(
    reviews.map(async ({ commit, ...review }): Promise<GivenReview> => {
      if (review.state !== 'APPROVED' || commit === null) return review;
      const seen = seenOn.get(commit) ?? subjectsSeen(commit, seeing);
      seenOn.set(commit, seen);
      return { ...review, seen: await seen };
    }),
  );
}

async function subjectsSeen(
  reviewed: string,
  { commit, base, at, subjects, trees }: Seeing,
): Promise<GivenReview['seen']> {
  const tree = await trees.mergedTree(base, reviewed);
  if (tree === undefined) return undefined;
  if (tree === commit.tree) return Object.fromEntries(subjects);
  return Object.fromEntries(subjectsOf(findItems(await trees.change(base, tree, at))));
}
