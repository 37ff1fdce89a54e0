import { describe, expect, it } from 'vitest';
import { reviewMarkdown } from '../../../engine/report/review-markdown.ts';
import { company, diffOf, edited, exception, replaced } from '../../fixtures/diff/small-company.ts';
import { itemOf, itemsOf, needOf, recordOf, reviewedOf, reviewOf } from '../../fixtures/review/reviews.ts';

const STUDIO = 'plans/studio@2.yaml';
const sample = () =>
  diffOf(
    company,
    edited(replaced(company, STUDIO, 'seats: 50', 'seats: 40'), {
      'customers/free.yaml': `${company['customers/free.yaml']}${exception(
        'EX-2',
        'decision: configuration, set: { sso: true }, starts: 2026-12-01, expires: 2026-12-31',
      )}`,
    }),
  );

const seats = (customer: string, from: number, to: number) =>
  itemOf({ class: 'product', because: 'capacity', customer, path: 'settings.seats', from, to });

describe('a review as a comment', () => {
  it('tells first what it comes to, then what changes, exceptions, approvals, checks and what happens next', async () => {
    const diff = await sample();
    const finance = needOf({
      code: true,
      label: 'Finance',
      mayApprove: ['fin-ola', 'fin-max'],
      items: [
        itemOf({
          kind: 'record',
          path: 'exceptions.EX-2',
          to: {},
          customer: 'free',
          exception: 'EX-2',
          amount: { amount: '84000.00', currency: 'USD' },
          expires: '2026-12-31',
          owner: 'team-a',
          askedBy: 'jo@product.example',
        }),
      ],
      ignored: [{ login: 'jo', why: 'asked for exception EX-2' }],
    });
    const product = needOf({
      class: 'product',
      because: ['capacity'],
      items: itemsOf(diff, (path) => path === 'settings.seats').filter(({ customer }) =>
        ['adding', 'bare', 'special'].includes(customer ?? ''),
      ),
      mayApprove: ['cto-kim'],
      given: [{ login: 'cto-kim', id: 1001, at: '2026-11-20T10:00:00Z', review: 7 }],
      satisfied: true,
    });
    const text = reviewMarkdown(
      reviewOf(diff, {
        verdict: 'needsApproval',
        approvals: [product, finance],
        exceptions: [reviewedOf({ customer: 'free', name: 'Free', path: 'customers/free.yaml', line: 4 })],
        diagnostics: [
          {
            rule: 'expires-soon',
            severity: 'warning',
            message: 'exception EX-2 ends in 40 days',
            help: 'say what happens then',
            at: { path: 'customers/free.yaml', start: { line: 4, column: 5 } },
          },
        ],
      }),
      { link: 'https://ci.example/runs/1' },
    );
    expect(text).toBe(`## Needs approval by Finance

**Terms change for 6 customers (1 only before 2026-11-21).**

- plan studio@2: seats 50 → 40: takes from 4 customers, 1 shielded
- Free: exception EX-2 added

**Who must still approve:** Finance (fin-ola or fin-max).

**Next:** Approval by Finance: fin-ola or fin-max, in a review that holds the line shown with it.

### What was edited

- **seats 50 → 40** in \`plans/studio@2.yaml settings.seats\`: 4 customers, 1 shielded
  - takes from 4: adding, bare, later and special
  - shielded: bought (bought by account)
  - rewrites only the past of: earlier

### What changes for customers edited by name

- **Free** (free): needs approval
  - gives **sso** false → true, from 2026-12-01 until 2026-12-31 (exception EX-2, customers/free.yaml:4; was the default): agreed with sales

### What changes for everybody else

- **takes** **seats** 55 → 45: adding, at once
- **takes** **seats** 50 → 40: bare, at once
- **takes** **seats** 50 → 40: later, from 2027-03-01 until 2027-12-31
- **takes** **seats** 50 → 40: special, from 2027-01-01

### Exceptions

- **EX-0031** for Free (free), added
  - Need: Managers must confirm refunds above <span>$</span>500. (asked by jo@product.example, used by finance managers, weekly)
  - Does: sets { seats: 60 }
  - Worth: USD 84000.00 a year; a pattern: globex and initech want the same
  - Upkeep: team-billing keeps it true (1 hour a month, 4 hours to build), support-tier-2 answers when it breaks
  - Lasts: until 2027-12-31; upgrade: keep, downgrade: drop, lapse: drop
  - Decision: configuration: Others run refunds the same way with another amount.
  - File: \`customers/free.yaml:4\`

### Approval by Finance: waits for fin-ola or fin-max

Needed because: margin (1 item, 1 customer).

Approvals that do not count:
- jo: asked for exception EX-2

What needs it:

- **exception EX-2** added: free, until 2026-12-31, USD 84000.00 at stake, asked by jo@product.example, owner team-a

The review that approves this holds the line

\`\`\`text
approve ${finance.subject}
\`\`\`

### Approval by product: approved by cto-kim on 2026-11-20

Needed because: capacity (4 items, 3 customers).

<details>
<summary>What product approved: 4 lines</summary>

- **takes** **seats** 55 → 45: adding, at once
- **takes** **seats** 50 → 40: bare, at once
- **takes** **seats** 50 → 40: special, from 2027-01-01
- **takes** **seats** 50 → 40: special, in the past: until 2025-12-31

</details>

### Checks: 1 warning

- Warning \`customers/free.yaml:4:5\` exception EX-2 ends in 40 days (expires-soon)
  - say what happens then

### What happens next

1. Approval by Finance: fin-ola or fin-max, in a review that holds the line shown with it.
2. Nobody approves what they wrote, asked for or own; an edit asks again only for what it alters.
3. Then merge: with the next release it takes effect at once, and by itself on 2026-12-01, 2027-01-01 and 2027-03-01.

Compared more-seats with main, as of 2026-11-21 (checksum \`a09f45bba12132b2\`). [Full report](<https://ci.example/runs/1>)
`);
  });

  it('is short where nothing changes for anybody', async () => {
    expect(reviewMarkdown(reviewOf(await diffOf(company, company)))).toBe(`## Nobody needs to approve this

**Nothing changes for anybody.**

**Next:** Merge: no customer’s terms change with it.

### What happens next

1. Merge: no customer’s terms change with it.

Compared more-seats with main, as of 2026-11-21.
`);
  });

  it('begins with what is wrong where something is', async () => {
    const text = reviewMarkdown(
      reviewOf(await sample(), {
        verdict: 'blocked',
        approvals: [needOf({ refusedBy: ['fin-ola'], items: [seats('bare', 50, 40)] })],
        diagnostics: [
          {
            rule: 'record-removed',
            severity: 'error',
            message: 'exception EX-1 is gone',
            at: { path: 'customers/special.yaml', start: { line: 1, column: 1 } },
          },
        ],
      }),
    );
    const sections = text.split('\n').filter((line) => line.startsWith('#'));
    expect(sections).toEqual([
      '## Blocked: 1 error to mend; fin-ola asked for changes',
      '### Checks: 1 error',
      '### What was edited',
      '### What changes for customers edited by name',
      '### What changes for everybody else',
      '### Approval by finance: waits for fin-ola',
      '### What happens next',
    ]);
    expect(text).toContain('**Next:** Mend what is wrong (1 error): nothing can be merged before.\n');
    expect(text).toContain('\nAsked for changes: fin-ola.\n');
  });
});

describe('who must still approve', () => {
  it.each([
    ['one of two', { mayApprove: ['a', 'b'] }, 'a or b'],
    ['two of three', { needs: 2, mayApprove: ['a', 'b', 'c'] }, '2 different people of a, b and c'],
    [
      'one more, after one approved',
      { needs: 2, mayApprove: ['a', 'b', 'c'], given: [{ login: 'b', id: 2, at: '2026-11-20T10:00:00Z', review: 1 }] },
      'a or c',
    ],
    ['nobody there is', { mayApprove: [] }, 'nobody who is left may approve it'],
    ['more than there are', { needs: 2, mayApprove: ['a'] }, '2 people, of whom only a may'],
  ])('%s', async (_, fields, said) => {
    const text = reviewMarkdown(
      reviewOf(await diffOf(company, company), { verdict: 'needsApproval', approvals: [needOf(fields)] }),
    );
    expect(text).toContain(`**Who must still approve:** finance (${said}).\n`);
    expect(text).toContain(`### Approval by finance: waits for ${said}\n`);
    const isHopeless = said.includes('nobody') || said.includes('only');
    expect(text.includes('has to be named in policies/approvers.yaml first.')).toBe(isHopeless);
  });
});

describe('an exception', () => {
  it.each([
    ['one buyer', recordOf({ demand: [] }), 'Worth: USD 84000.00 a year; one buyer so far'],
    ['no upkeep', recordOf({ hoursPerMonth: 0, buildHours: 0 }), 'team-billing keeps it true (no upkeep)'],
    ['as long as a contract', recordOf({ expires: 'contract' }), 'Lasts: as long as the contract; upgrade: keep'],
  ])('%s', async (_, record, said) => {
    const text = reviewMarkdown(reviewOf(await diffOf(company, company), { exceptions: [reviewedOf({ record })] }));
    expect(text).toContain(said);
  });
});
