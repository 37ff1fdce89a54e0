import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenReview } from '../../../engine/approve/approval.ts';
import { type Condition, conditions } from '../../../engine/approve/counts.ts';
import { verdictOf } from '../../../engine/approve/verdict-of.ts';
import { type Happening, happenings, reportOf, situationOf, startForge } from '../../fixtures/approve/forge.ts';
import { referenceVerdict } from '../../fixtures/approve/reference-verdict.ts';
import { seed, timesFrom } from '../../fixtures/release/counts.ts';

const SEQUENCES = timesFrom('PROVISO_APPROVALS', 2_000);

const number = fc.nat({ max: 200 });
const happening: fc.Arbitrary<Happening> = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('approve' as const, 'approveWithCode' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...(Object.keys(happenings) as (keyof typeof happenings)[])) },
  ),
  number,
  number,
  number,
);
const sequence = fc.array(happening, { minLength: 1, maxLength: 30 });

/** What the engine says after these, in the words of the reference. */
function verdictAfter(
  forge: ReturnType<typeof startForge>,
  table: readonly Condition[],
  change = (report: Report) => report,
) {
  const { items, world, reviews, authorship } = change(reportOf(forge));
  const idOf = (login: string) => forge.accounts.find((account) => account.login === login)?.id;
  return Object.fromEntries(
    verdictOf(items, world, reviews, authorship, table).map((need) => [
      need.class,
      {
        needs: need.needs,
        given: need.given.map(({ id }) => id),
        refused: need.refusedBy.map(idOf).sort(),
        may: need.mayApprove,
        satisfied: need.satisfied,
      },
    ]),
  );
}

type Report = ReturnType<typeof reportOf>;

/** Lets all of it happen, and compares after every fifth thing and at the end. */
function compare(all: readonly Happening[], table = conditions, change?: (report: Report) => Report): void {
  const forge = startForge();
  all.forEach(([what, who, which, how], index) => {
    happenings[what](forge, who, which, how);
    if (index % 5 === 4 || index === all.length - 1)
      expect(verdictAfter(forge, table, change)).toEqual(referenceVerdict(situationOf(forge)));
  });
}

it(`agrees with the protocol after every one of ${SEQUENCES} sequences of events, from seed ${seed}`, () => {
  fc.assert(
    fc.property(sequence, (all) => compare(all)),
    { numRuns: SEQUENCES, seed },
  );
}, 600_000);

function expectTold(name: string, holds: (all: readonly Happening[]) => void): void {
  const { failed, numRuns } = fc.check(fc.property(sequence, holds), { numRuns: 2_000, seed: 1, endOnFailure: true });
  expect({ name, failed, numRuns }).toMatchObject({ failed: true });
}

/** A review as those would take it who know people by their logins. */
function byLogin(review: GivenReview, { world }: Report): GivenReview {
  const person = world.approvers?.data.people.find(({ login }) => login === review.user?.login);
  return person && review.user ? { ...review, user: { ...review.user, id: person.id } } : review;
}

describe('is told from the protocol within 2,000 sequences', () => {
  // Where everybody has an account, as here, everybody can be told from the authors.
  it.each(conditions.map(({ name }) => name).filter((name) => name !== 'toldFromAuthors'))('without `%s`', (name) => {
    const table = conditions.filter((condition) => condition.name !== name);
    expectTold(name, (all) => compare(all, table));
  });

  it.each<[string, (report: Report) => Report]>([
    [
      'one more for addresses of nobody',
      (report) => ({ ...report, authorship: { ...report.authorship, unknown: [] } }),
    ],
    [
      'people by their numbers',
      (report) => ({ ...report, reviews: report.reviews.map((one) => byLogin(one, report)) }),
    ],
    ['the people of the policy of now', (report) => ({ ...report, world: reportOf(startForge()).world })],
    ['effects in subjects', (report) => ({ ...report, items: report.items.map((one) => ({ ...one, id: one.path })) })],
    [
      'the order in time',
      (report) => ({ ...report, reviews: report.reviews.map((one) => ({ ...one, submittedAt: '' })) }),
    ],
  ])('without %s', (name, change) => {
    expectTold(name, (all) => compare(all, conditions, change));
  });
});
