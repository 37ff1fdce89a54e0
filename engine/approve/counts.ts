/** When an approval counts: every condition on its own, with the words for those who wonder why theirs does not. */
import type { Approver } from '../../schemas/approvals.ts';
import type { ApprovalNeed, Authorship, GivenReview, Item } from './approval.ts';
import { compareDecimals, decimalOf } from './decimal.ts';
import { namesOf, sameName } from './names-of.ts';

/** What approvals are held against, the same for all of them. */
export interface ApprovalContext {
  people: readonly Approver[];
  /** Of the limits of approvers. */
  currency: string | undefined;
  authorship: Authorship;
  reviews: readonly GivenReview[];
}

/** One class of a change, as far as an approval is about it. */
export type Wanted = Pick<ApprovalNeed, 'class' | 'subject' | 'code' | 'items'>;

export interface Condition {
  name: string;
  holds(review: GivenReview, need: Wanted, context: ApprovalContext): boolean;
  /** Why an approval does not count that does not meet it. */
  why(need: Wanted, review: GivenReview): string;
}

/** The same about a person: whoever fails one of these could not approve, whatever they wrote. */
interface PersonCondition {
  name: string;
  holds(person: Person, need: Wanted, context: ApprovalContext): boolean;
  why(need: Wanted): string;
}

/** Somebody at the place where approvals are given; `approver` where the policy lists them. */
export interface Person {
  id: number;
  login: string;
  type: string;
  approver: Approver | undefined;
}

/** The entry of an account. One that is there twice could say two things, and says nothing. */
export function approverOf(people: readonly Approver[], id: number): Approver | undefined {
  const [entry, ...others] = people.filter((person) => person.id === id);
  return others.length === 0 ? entry : undefined;
}

const isWithin = (limit: string, item: Item, currency: string | undefined): boolean => {
  if (!item.amount) return true;
  const [most, amount] = [decimalOf(limit), decimalOf(item.amount.amount)];
  return currency !== undefined && item.amount.currency === currency && !!most && !!amount
    ? compareDecimals(amount, most) <= 0
    : false;
};

const partiesOf = (key: 'askedBy' | 'owner', items: readonly Item[]): string[] =>
  items.flatMap((item) => [...(item[key] === undefined ? [] : [item[key]]), ...(item.parties?.[key] ?? [])]);

const isParty =
  (key: 'askedBy' | 'owner') =>
  (person: Person, { items }: Wanted): boolean =>
    partiesOf(key, items).some((party) => namesOf(person).some((name) => sameName(name, party)));

/** Who may approve, as far as the policy and the change alone can tell. */
export const personConditions: readonly PersonCondition[] = [
  { name: 'listed', holds: ({ approver }) => approver !== undefined, why: () => 'is not in policies/approvers.yaml' },
  {
    name: 'human',
    holds: ({ type }) => type === 'User',
    why: () => 'is a program, and approvals are given by people',
  },
  {
    name: 'class',
    holds: ({ approver }, need) => approver?.classes.includes(need.class) !== false,
    why: (need) => `may not approve ${need.class}`,
  },
  {
    name: 'limit',
    holds: ({ approver }, { items }, { currency }) => {
      const limit = approver?.limit;
      return limit === undefined || items.every((item) => isWithin(limit, item, currency));
    },
    why: () => 'may not approve that much',
  },
  {
    name: 'notAuthor',
    holds: ({ id }, _, { authorship }) => authorship.people.every((author) => author.id !== id),
    why: () => 'wrote part of the change',
  },
  {
    name: 'notAuthorByEmail',
    holds: (person, _, { authorship }) => !wroteByEmail(person, authorship),
    why: () => 'wrote part of the change, by the e-mail of a commit',
  },
  {
    name: 'notAsker',
    holds: (person, need) => !isParty('askedBy')(person, need),
    why: () => 'asked for the exception',
  },
  {
    name: 'notOwner',
    holds: (person, need) => !isParty('owner')(person, need),
    why: () => 'owns the exception',
  },
];

const HIDDEN_ADDRESS = /^(?:([0-9]+)\+)?(.+)@users\.noreply\.github\.com$/i;

function wroteByEmail(person: Person, { emails, unknown }: Authorship): boolean {
  const addresses = person.approver?.emails ?? [];
  const names = [...addresses, person.approver?.name, person.login, person.approver?.login];
  return (
    emails.some((email) => isAddressOf(email, person, addresses)) ||
    unknown.some(
      (name) => isAddressOf(name, person, addresses) || names.some((own) => own !== undefined && sameName(own, name)),
    )
  );
}

/** An address that GitHub made up holds the account itself. */
function isAddressOf(email: string, { id, login, approver }: Person, addresses: readonly string[]): boolean {
  const [, hiddenId, hiddenLogin = ''] = HIDDEN_ADDRESS.exec(email.trim()) ?? [];
  if (hiddenId !== undefined) return hiddenId === String(id);
  return (
    addresses.some((address) => sameName(address, email)) ||
    [login, approver?.login].some((own) => own !== undefined && hiddenLogin !== '' && sameName(own, hiddenLogin))
  );
}

/** Whether the text holds, on a line of its own, the words the report offers to copy. A quotation of them is none. */
export function hasCode(body: string, subject: string): boolean {
  return body.split(/\r\n|\r|\n/).some((line) => {
    const [, code] = /^[ \t]*approve ([0-9a-f]{64})[ \t]*$/i.exec(line) ?? [];
    return code?.toLowerCase() === subject;
  });
}

/** Reviews that say yes or no, or said so once; a remark, a draft and an approval still to come say neither. */
const isSaid = ({ state, isAhead }: GivenReview): boolean => state !== 'COMMENTED' && state !== 'PENDING' && !isAhead;

function isLater(one: GivenReview, other: GivenReview): boolean {
  const later = Date.parse(one.submittedAt) - Date.parse(other.submittedAt);
  return later > 0 || (!(later < 0) && one.id > other.id);
}

export const isAbout = (review: GivenReview, name: string): boolean =>
  review.class === undefined || review.class === name;

/**
 * Whether it is the last thing its author said about a class: an earlier one never comes back, not even when this one is
 * dismissed.
 */
export const isLatest = (
  review: GivenReview,
  { class: name }: Pick<Wanted, 'class'>,
  reviews: readonly GivenReview[],
) =>
  !reviews.some(
    (other) => other.user?.id === review.user?.id && isAbout(other, name) && isSaid(other) && isLater(other, review),
  );

const reviewConditions: readonly Condition[] = [
  {
    name: 'toldFromAuthors',
    holds: ({ user }, _, { people: listed, authorship: { people, unknown, emails } }) =>
      people.length + unknown.length > 0 ||
      emails.length === 0 ||
      (approverOf(listed, user?.id ?? 0)?.emails ?? []).length > 0,
    why: () =>
      'cannot be told from those who wrote the change: git knows them by e-mail, and policies/approvers.yaml gives none',
  },
  {
    name: 'approved',
    holds: ({ state }) => state === 'APPROVED',
    why: (_, { state }) => (state === 'DISMISSED' ? 'was dismissed' : 'is no approval'),
  },
  {
    name: 'given',
    holds: ({ isAhead }) => !isAhead,
    why: (_, { submittedAt }) => `is dated ${submittedAt}, which is still to come`,
  },
  {
    name: 'latest',
    holds: (review, need, { reviews }) => isLatest(review, need, reviews),
    why: () => 'was followed by another review of the same person',
  },
  {
    name: 'unedited',
    holds: ({ lastEditedAt }) => typeof lastEditedAt !== 'string',
    why: () => 'was edited after it was given',
  },
  {
    name: 'knownUnedited',
    holds: ({ lastEditedAt }, { code }) => !code || lastEditedAt !== undefined,
    why: () => 'may have been edited after it was given: nobody can tell',
  },
  {
    name: 'code',
    holds: ({ body }, { code, subject }) => !code || hasCode(body, subject),
    why: ({ subject }) => `lacks the line \`approve ${subject}\``,
  },
  {
    name: 'sawThis',
    holds: ({ body, seen, lastEditedAt }, need) =>
      need.code ||
      (Object.hasOwn(seen ?? {}, need.class) && seen?.[need.class] === need.subject) ||
      (lastEditedAt === null && hasCode(body, need.subject)),
    why: (_, { seen }) =>
      seen
        ? 'was given to something else: the change, or what it changes, is another one now'
        : 'was given to something that cannot be read any more',
  },
];

const ofPerson = ({ name, holds, why }: PersonCondition): Condition => ({
  name,
  why: (need, { user }) => (user === null ? 'was given by an account that is gone' : why(need)),
  holds: ({ user }, need, context) =>
    user !== null && holds({ ...user, approver: approverOf(context.people, user.id) }, need, context),
});

/** Everything an approval must meet; what it fails first is the reason that is told. */
export const conditions: readonly Condition[] = [
  {
    name: 'about',
    holds: (review, need) => isAbout(review, need.class),
    why: (_, review) => `was given to ${review.class}`,
  },
  ...personConditions.map(ofPerson),
  ...reviewConditions,
];

/** The first condition that a review does not meet; undefined where it counts. */
export const failed = (
  review: GivenReview,
  need: Wanted,
  context: ApprovalContext,
  table: readonly Condition[] = conditions,
): Condition | undefined => table.find((condition) => !condition.holds(review, need, context));

/** Whether a review is an approval of the class. */
export const counts = (...args: Parameters<typeof failed>): boolean => failed(...args) === undefined;
