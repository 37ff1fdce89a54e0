import type { World } from '../model.ts';
import type { ApprovalNeed, Authorship, GivenReview, Item } from './approval.ts';
import { classOf } from './approval-policy.ts';
import {
  type ApprovalContext,
  approverOf,
  type Condition,
  conditions,
  failed,
  isAbout,
  isLatest,
  personConditions,
} from './counts.ts';
import { subjectsOf } from './subjects-of.ts';

/**
 * What each class has to approve of these items and how far that is, by name of the class. `world` is that of the base:
 * a change is judged by the policy and the people it found. `table` is for tests that leave a condition out.
 */
export function verdictOf(
  items: readonly Item[],
  world: World,
  reviews: readonly GivenReview[],
  authorship: Authorship,
  table: readonly Condition[] = conditions,
): ApprovalNeed[] {
  const policy = world.approvals?.data;
  const context: ApprovalContext = {
    people: world.approvers?.data.people ?? [],
    currency: policy?.currency,
    authorship,
    reviews,
  };
  return [...subjectsOf(items)].map(([name, subject]) => {
    const own = items.filter((item) => item.class === name).sort(byPlace);
    const { needs, code = false, label } = classOf(policy, name);
    return needOf(
      {
        class: name,
        ...(label !== undefined && { label }),
        subject,
        // Whoever wrote under an address that nobody knows may be the one who approves.
        needs: needs + (authorship.unknown.length > 0 ? 1 : 0),
        code,
        because: [...new Set(own.map(({ because }) => because))].sort(),
        items: own,
      },
      context,
      table,
    );
  });
}

type Asked = Omit<ApprovalNeed, 'mayApprove' | 'given' | 'ignored' | 'refusedBy' | 'satisfied'>;

function needOf(asked: Asked, context: ApprovalContext, table: readonly Condition[]): ApprovalNeed {
  const given = new Map<number, ApprovalNeed['given'][number]>();
  const ignored: ApprovalNeed['ignored'][number][] = [];
  for (const review of context.reviews) {
    const { id, user, state, submittedAt } = review;
    const condition = failed(review, asked, context, table);
    if (!condition && user) given.set(user.id, { login: user.login, id: user.id, at: submittedAt, review: id });
    else if (
      condition &&
      (state === 'APPROVED' || state === 'DISMISSED') &&
      isAbout(review, asked.class) &&
      isLatest(review, asked, context.reviews)
    )
      ignored.push({ login: user?.login ?? 'ghost', why: condition.why(asked, review) });
  }
  const refusedBy = whoRefuses(asked, context);
  return {
    ...asked,
    mayApprove: whoMayApprove(asked, context),
    given: [...given.values()].sort((a, b) => a.id - b.id),
    ignored,
    refusedBy,
    satisfied: given.size >= asked.needs && refusedBy.length === 0,
  };
}

/** Those of the policy whose approval would count, by the logins it knows them by. */
const whoMayApprove = (asked: Asked, context: ApprovalContext): string[] =>
  context.people
    .filter(({ id, login }) => {
      const person = { id, login, type: 'User', approver: approverOf(context.people, id) };
      return personConditions.every(({ holds }) => holds(person, asked, context));
    })
    .map(({ login }) => login);

/** Whoever is of the class can stop it, also where they could not approve it: they asked for it, or it is above their limit. */
function whoRefuses(asked: Asked, { people, reviews }: ApprovalContext): string[] {
  const refusals = reviews.filter(
    (review) =>
      review.state === 'CHANGES_REQUESTED' && isAbout(review, asked.class) && isLatest(review, asked, reviews),
  );
  return refusals.flatMap(({ user }) =>
    user?.type === 'User' && approverOf(people, user.id)?.classes.includes(asked.class) ? [user.login] : [],
  );
}

const byPlace = (one: Item, other: Item): number => {
  const [a, b] = [one, other].map(({ customer = '', path, id }) => `${customer}\n${path}\n${id}`);
  return (a as string) < (b as string) ? -1 : 1;
};
