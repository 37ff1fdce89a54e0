import { expect, it } from 'vitest';
import { reviewJson } from '../../../engine/report/review-json.ts';
import { reviewText } from '../../../engine/report/review-text.ts';
import { company, diffOf, edited, exception } from '../../fixtures/diff/small-company.ts';
import { itemOf, needOf, recordOf, reviewedOf, reviewOf } from '../../fixtures/review/reviews.ts';

const sample = () =>
  diffOf(
    company,
    edited(company, {
      'customers/free.yaml': `${company['customers/free.yaml']}${exception(
        'EX-2',
        'decision: configuration, set: { sso: true }, starts: 2026-12-01, expires: 2026-12-31',
      )}`,
    }),
  );

const finance = needOf({
  code: true,
  mayApprove: ['fin-ola', 'fin-max'],
  items: [
    itemOf({
      kind: 'record',
      path: 'exceptions.EX-2',
      to: {},
      customer: 'free',
      exception: 'EX-2',
      expires: '2026-12-31',
    }),
  ],
  ignored: [{ login: 'jo', why: 'asked for exception EX-2' }],
});
const product = needOf({
  class: 'product',
  because: ['capacity'],
  given: [{ login: 'cto-kim', id: 1001, at: '2026-11-20T10:00:00Z', review: 7 }],
  satisfied: true,
});

it('says of every class what an entry of a file of approvals holds, where there is one', async () => {
  const waiting = needOf({ class: 'support', label: 'Support' });
  const review = reviewOf(await sample(), { verdict: 'needsApproval', approvals: [product, finance, waiting] });
  const entries = (text: string) => text.split('\n').filter((line) => line.includes('file of approvals'));
  expect(entries(reviewText(review, { inFile: true }))).toEqual(
    [finance, waiting].map(
      (need) => `  an entry of the file of approvals holds: "class": "${need.class}", "subject": "${need.subject}"`,
    ),
  );
  expect(entries(reviewText(review))).toEqual([]);
});

it('says in a terminal who must approve and why, on one screen for a small change', async () => {
  const text = reviewText(
    reviewOf(await sample(), {
      verdict: 'needsApproval',
      approvals: [product, finance],
      exceptions: [reviewedOf({ customer: 'free', name: 'Free', path: 'customers/free.yaml' })],
    }),
  );
  expect(text).toBe(`Needs approval by finance

finance: fin-ola or fin-max (margin)
  exception EX-2 added: free, until 2026-12-31
  does not count: jo, asked for exception EX-2
  the review holds the line: approve ${finance.subject}
product: approved by cto-kim on 2026-11-20 (capacity)

Exceptions
  EX-0031 for Free (free), added: sets { seats: 60 }
    Managers must confirm refunds above $500.
    configuration: Others run refunds the same way with another amount.
    USD 84000.00 a year; a pattern: globex and initech want the same; until 2027-12-31; customers/free.yaml:4
    team-billing keeps it true (1 hour a month, 4 hours to build), support-tier-2 answers when it breaks

Terms change for 1 customer.

What was edited
  customers/free.yaml
    exception EX-2 added: 1 customer

What changes
  free (Free)
    gives    sso false → true, from 2026-12-01 until 2026-12-31 (exception EX-2, customers/free.yaml:4; was the default): agreed with sales

Checksum of what changes: 36f05a22d1a225b7

What happens next
  1. Approval by finance: fin-ola or fin-max, in a review that holds the line shown with it.
  2. Nobody approves what they wrote, asked for or own; an edit asks again only for what it alters.
  3. Then merge: it is published with the next release and takes effect by itself on 2026-12-01.
`);
  expect(text.split('\n').length).toBeLessThan(40);
});

it('tells whoever opens an emergency by when it has to be closed', async () => {
  const made = (breakGlass: object, expires: string) =>
    reviewedOf({ record: recordOf({ breakGlass: { on: '2026-11-21', because: 'down', ...breakGlass }, expires }) });
  const steps = async (reviewed: ReturnType<typeof reviewedOf>) =>
    reviewText(reviewOf(await diffOf(company, company), { exceptions: [reviewed] })).split('What happens next\n')[1];
  const asked = (day: string) =>
    `  2. By ${day} bring EX-0031 under the usual approvals and say so in \`breakGlass.closed\`: releases wait for it from the next day on.\n`;
  const merge = '  1. Merge: no customer’s terms change with it.\n';
  expect(await steps(made({}, '2026-11-23'))).toBe(merge + asked('2026-11-23'));
  expect(await steps(made({}, '2026-11-21'))).toBe(merge + asked('2026-11-21'));
  expect(await steps(made({ closed: { on: '2026-11-22', because: 'up' } }, '2026-11-23'))).toBe(merge);
});

it('says how many items a terminal does not show', async () => {
  const items = Array.from({ length: 30 }, (_, index) =>
    itemOf({ customer: `c${index}`, path: 'settings.seats', from: 5, to: 10 + index }),
  );
  const text = reviewText(
    reviewOf(await diffOf(company, company), { verdict: 'needsApproval', approvals: [needOf({ items })] }),
  );
  expect(text).toContain('  seats 5 → 39: c29\n');
  expect(text).toContain('  … and 22 more items (--format json has all)\n');
});

it('gives programs what was agreed, and nothing else', async () => {
  const diff = await sample();
  const { diagnostics, ...rest } = diff;
  const review = reviewOf(diff, { verdict: 'needsApproval', approvals: [finance], exceptions: [reviewedOf()] });
  expect(reviewJson(review)).toStrictEqual({
    base: 'main',
    head: 'more-seats',
    verdict: 'needsApproval',
    approvals: [
      {
        class: 'finance',
        subject: finance.subject,
        needs: 1,
        because: ['margin'],
        mayApprove: ['fin-ola', 'fin-max'],
        given: [],
        satisfied: false,
      },
    ],
    exceptions: [reviewedOf()],
    checksum: '36f05a22d1a225b7043bba57da94e51641f3ac9e5eef7cf2096e324f3c81f10b',
    diff: rest,
  });
});
