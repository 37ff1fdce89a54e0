import { describe, expect, it } from 'vitest';
import type { GivenReview } from '../../../engine/approve/approval.ts';
import { approvalOf, itemOf, needFor, nobody, person, subjectOf } from '../../fixtures/approve/class-of-one.ts';

const item = itemOf('finance');
const subject = subjectOf(item);
const plain = itemOf('product');

/** Whether one approval counts, and why not. */
function judge(review: GivenReview, how: Parameters<typeof needFor>[2] = {}): true | string | undefined {
  const need = needFor(review.seen && 'product' in review.seen ? plain : item, [review], how);
  return need.satisfied || need.ignored[0]?.why;
}

describe('the line that is copied', () => {
  it.each([
    ['alone', `approve ${subject}`],
    ['among words', `Fine with me.\n\napprove ${subject}\n\nThanks!`],
    ['with the line ends of Windows', `Fine.\r\napprove ${subject}\r\nThanks!`],
    ['in capitals', `approve ${subject.toUpperCase()}`],
    ['with spaces around it', `  approve ${subject}\t`],
    ['beside that of another class', `approve ${'0'.repeat(64)}\napprove ${subject}`],
  ])('counts %s', (_, body) => {
    expect(judge(approvalOf(item, 1, { body }))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['praise', 'LGTM'],
    ['a quotation', `> approve ${subject}`],
    ['a code span', `\`approve ${subject}\``],
    ['a sentence', `I approve ${subject}`],
    ['a sentence after it', `approve ${subject} once the seats are right`],
    ['a full stop', `approve ${subject}.`],
    ['capitals', `APPROVED ${subject}`],
    ['a list', `- approve ${subject}`],
    ['half of it', `approve ${subject.slice(0, 32)}`],
    ['all but one digit', `approve ${subject.slice(0, 63)}`],
    ['one digit more', `approve ${subject}0`],
    ['another subject', `approve ${subjectOf(itemOf('finance', { to: 61 }))}`],
    ['the subject of another class', `approve ${subjectOf(plain)}`],
    ['two lines', `approve\n${subject}`],
    ['two spaces', `approve  ${subject}`],
    ['letters that look alike', `\u0430pprove ${subject}`],
    ['a space that is none', `approve\u00a0${subject}`],
  ])('is not %s', (_, body) => {
    expect(judge(approvalOf(item, 1, { body }))).toBe(`lacks the line \`approve ${subject}\``);
  });
});

describe('where no code is wanted', () => {
  const seen = { product: subjectOf(plain) };
  it.each<[string, Partial<GivenReview>, true | string]>([
    ['the plain approval counts', { body: '', seen }, true],
    ['also where nobody can tell whether it was edited', { body: '', seen, lastEditedAt: undefined }, true],
    ['not an edited one', { body: '', seen, lastEditedAt: '2026-11-21T10:00:00Z' }, 'was edited after it was given'],
    [
      'not one given to something else',
      { body: '', seen: { product: subject } },
      'was given to something else: the change, or what it changes, is another one now',
    ],
    ['unless the code says so', { seen: { product: subject } }, true],
    [
      'but not in a text that may have been edited',
      { seen: { product: subject }, lastEditedAt: undefined },
      'was given to something else: the change, or what it changes, is another one now',
    ],
    [
      'nor what a prototype says',
      { body: '', seen: { product: '', constructor: '' } },
      'was given to something else: the change, or what it changes, is another one now',
    ],
  ])('%s', (_, more, expected) => {
    expect(judge(approvalOf(plain, 1, more))).toBe(expected);
  });

  it('one on a head that is gone does not count', () => {
    const { seen: _, ...review } = approvalOf(plain, 1, { body: '' });
    expect(needFor(plain, [review]).ignored).toEqual([
      { login: 'user-1', why: 'was given to something that cannot be read any more' },
    ]);
  });
});

describe('of orders of events', () => {
  const at = (index: number): string => new Date(Date.UTC(2026, 10, 21, 9, index)).toISOString();
  const events: Readonly<Record<string, Partial<GivenReview>>> = {
    approved: {},
    approvedAndEdited: { lastEditedAt: '2026-11-22T00:00:00Z' },
    refused: { state: 'CHANGES_REQUESTED' },
    dismissed: { state: 'DISMISSED' },
    remarked: { state: 'COMMENTED' },
    drafted: { state: 'PENDING' },
  };
  const said = ['approved', 'approvedAndEdited', 'refused', 'dismissed'];

  function* ordersOf(left: readonly string[]): Generator<string[]> {
    yield [];
    for (const one of left) for (const rest of ordersOf(left.filter((other) => other !== one))) yield [one, ...rest];
  }
  const orders = [...ordersOf(Object.keys(events))].filter(({ length }) => length > 0);

  it(`only the last word counts, in ${orders.length} orders`, () => {
    expect(orders.length).toBeGreaterThan(300);
    for (const order of orders) {
      const reviews = order.map((name, index) => ({
        ...approvalOf(item, 1),
        submittedAt: at(index),
        id: 1 + ((index * 7) % 11),
        ...events[name],
      }));
      const last = order.findLast((name) => said.includes(name));
      // Given in another order than it comes back in.
      const need = needFor(item, [...reviews].reverse());
      expect({ order, satisfied: need.satisfied, refused: need.refusedBy }).toEqual({
        order,
        satisfied: last === 'approved',
        refused: last === 'refused' ? ['user-1'] : [],
      });
    }
  });

  it('at one instant, the one with the higher number is the later one', () => {
    const review = approvalOf(item, 1);
    expect(
      needFor(item, [
        { ...review, id: 9, state: 'DISMISSED' },
        { ...review, id: 8 },
      ]).satisfied,
    ).toBe(false);
    expect(
      needFor(item, [
        { ...review, id: 8, state: 'DISMISSED' },
        { ...review, id: 9 },
      ]).satisfied,
    ).toBe(true);
  });

  it('time zones are read, not compared as letters', () => {
    const earlier = approvalOf(item, 1, { id: 9, submittedAt: '2026-11-21T12:00:00+05:00', state: 'DISMISSED' });
    expect(
      needFor(item, [earlier, approvalOf(item, 1, { id: 8, submittedAt: '2026-11-21T09:00:00Z' })]).satisfied,
    ).toBe(true);
  });

  it('where one is about one class only, it leaves the others alone', () => {
    const both = [
      approvalOf(item, 1),
      approvalOf(item, 1, { id: 2, submittedAt: at(59), state: 'DISMISSED', class: 'product' }),
    ];
    expect(needFor(item, both).satisfied).toBe(true);
    expect(needFor(plain, both).satisfied).toBe(false);
  });
});

describe('fifty people who are renamed, or whose login somebody else took', () => {
  const cases = Array.from({ length: 10 }, (_, index) => 11 + index).flatMap((id) => {
    const listed = person(id);
    const given = (more: object) => approvalOf(item, id, { user: { id, login: listed.login, type: 'User', ...more } });
    return [
      [`${id} as listed`, [listed], given({}), true],
      [`${id} renamed`, [listed], given({ login: `now-${id}` }), true],
      [
        `the login of ${id} with another number`,
        [listed],
        given({ id: 900 + id }),
        'is not in policies/approvers.yaml',
      ],
      [`${id} taken off the list`, [person(999)], given({}), 'is not in policies/approvers.yaml'],
      [`${id} listed twice`, [listed, person(id, { login: 'other' })], given({}), 'is not in policies/approvers.yaml'],
    ] as const;
  });

  it.each(cases)('%s', (_, people, review, expected) => {
    expect(judge(review, { people })).toBe(expected);
  });
});

describe('a verdict', () => {
  it('counts nobody who cannot be told from the authors, where those are known by e-mail alone', () => {
    const item = itemOf('finance');
    const satisfied = (emails: readonly string[], wrote: readonly string[]) =>
      needFor(item, [approvalOf(item, 1)], {
        people: [person(1, { emails: [...emails] })],
        authorship: { ...nobody, emails: [...wrote] },
      }).satisfied;
    expect(satisfied([], ['one@product.example'])).toBe(false);
    expect(satisfied(['two@product.example'], ['one@product.example'])).toBe(true);
    expect(satisfied([], [])).toBe(true);
  });

  it('says who could approve now, who did, who did not count and why', () => {
    const people = [
      person(1),
      person(2),
      person(3, { limit: '99.99' }),
      person(4, { classes: ['product'] }),
      person(5, { emails: ['five@product.example'] }),
      person(6),
    ];
    const worth = itemOf('finance', { owner: '@User-6', amount: { amount: '100.00', currency: 'USD' } });
    const reviews = [1, 3, 4, 5, 6, 7].map((id) => approvalOf(worth, id));
    expect(
      needFor(
        worth,
        [
          ...reviews,
          approvalOf(worth, 8, { user: null }),
          approvalOf(worth, 9, { user: { id: 9, login: 'robot', type: 'Bot' } }),
        ],
        {
          people,
          needs: 2,
          authorship: {
            ...nobody,
            people: [{ id: 99, login: 'author', type: 'User' }],
            emails: ['Five@Product.example'],
          },
        },
      ),
    ).toEqual({
      class: 'finance',
      subject: subjectOf(worth),
      needs: 2,
      code: true,
      because: ['of the test'],
      items: [worth],
      mayApprove: ['user-1', 'user-2'],
      given: [{ login: 'user-1', id: 1, at: '2026-11-21T09:00:00Z', review: 1 }],
      ignored: [
        { login: 'user-3', why: 'may not approve that much' },
        { login: 'user-4', why: 'may not approve finance' },
        { login: 'user-5', why: 'wrote part of the change, by the e-mail of a commit' },
        { login: 'user-6', why: 'owns the exception' },
        { login: 'user-7', why: 'is not in policies/approvers.yaml' },
        { login: 'ghost', why: 'was given by an account that is gone' },
        { login: 'robot', why: 'is not in policies/approvers.yaml' },
      ],
      refusedBy: [],
      satisfied: false,
    });
  });

  it.each<[string, string, string | undefined, boolean]>([
    ['at the limit', '50000.00', 'USD', true],
    ['written otherwise', '50000', 'USD', true],
    ['a cent above it', '50000.01', 'USD', false],
    ['in another currency', '1.00', 'EUR', false],
    ['in none', '1.00', undefined, false],
    ['what a float takes for the limit', '50000.000000000000001', 'USD', false],
  ])('holds the limit %s', (_, amount, currency, counts) => {
    const worth = itemOf('finance', { amount: { amount, ...(currency && { currency }) } });
    expect(needFor(worth, [approvalOf(worth, 1)], { people: [person(1, { limit: '50000.00' })] }).satisfied).toBe(
      counts,
    );
    expect(needFor(worth, [approvalOf(worth, 1)]).satisfied).toBe(true);
  });

  it('is stopped by whoever is of the class, though they could not approve', () => {
    const refusal = approvalOf(item, 2, { state: 'CHANGES_REQUESTED' });
    const people = [person(1), person(2, { limit: '0' }), person(3, { classes: ['product'] })];
    const worth = itemOf('finance', { amount: { amount: '1.00', currency: 'USD' }, askedBy: 'user-2' });
    expect(needFor(worth, [approvalOf(worth, 1), refusal], { people })).toMatchObject({
      satisfied: false,
      refusedBy: ['user-2'],
    });
    const other = { ...refusal, user: { id: 3, login: 'user-3', type: 'User' as const } };
    expect(needFor(worth, [approvalOf(worth, 1), other], { people })).toMatchObject({ satisfied: true, refusedBy: [] });
  });

  it('of a class that nobody describes wants the code', () => {
    expect(needFor(itemOf('nowhere'), [])).toMatchObject({ needs: 1, code: true, mayApprove: [], satisfied: false });
  });

  it('counts people, not reviews', () => {
    const twice = [approvalOf(item, 1), approvalOf(item, 1, { id: 7 })];
    expect(needFor(item, twice, { needs: 2, people: [person(1), person(2)] }).satisfied).toBe(false);
    expect(needFor(item, [...twice, approvalOf(item, 2)], { needs: 2, people: [person(1), person(2)] }).satisfied).toBe(
      true,
    );
  });
});
