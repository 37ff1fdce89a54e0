import { expect, it } from 'vitest';
import { findItems } from '../../../engine/approve/find-items.ts';
import { verdictOf } from '../../../engine/approve/verdict-of.ts';
import { reviewMarkdown } from '../../../engine/report/review-markdown.ts';
import { reviewedExceptions } from '../../../engine/review/reviewed-exceptions.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { company, edited, exception } from '../../fixtures/diff/small-company.ts';
import { reviewOf } from '../../fixtures/review/reviews.ts';

const policies = {
  'policies/approvals.yaml': `currency: USD
classes: { product: { needs: 1 }, finance: { label: Finance, needs: 1, code: true }, bulk: { needs: 2 }, machinery: { needs: 1 } }
lines:
  - { when: { setting: seats, direction: takes }, class: product, because: capacity }
  - { when: { decision: configuration }, class: finance, because: it is special }
  - { when: { edits: plans }, class: finance, because: the list changes }
  - { when: { customers: { above: 2 } }, class: bulk, because: many are touched }
  - { when: { machinery: true }, class: machinery, because: it decides how we decide }
`,
  'policies/approvers.yaml': `people:
  - { id: 1, login: cto-kim, classes: [product, bulk, machinery] }
  - { id: 2, login: fin-ola, classes: [finance, bulk] }
`,
};

it('words every kind of thing that needs approval as the policy finds it', async () => {
  const base = { ...company, ...policies };
  const head = edited(base, {
    'plans/studio@2.yaml': company['plans/studio@2.yaml']?.replace('seats: 50', 'seats: 40'),
    'customers/free.yaml': `${company['customers/free.yaml']}${exception(
      'EX-2',
      'decision: configuration, set: { sso: true }, starts: 2026-12-01, expires: 2026-12-31',
    )}`,
    'policies/roles.yaml': 'roles: { editor: { may: [writePages, exportReports] } }\n',
  });
  const change = await changeOf(base, head);
  const approvals = verdictOf(findItems(change), change.base.model.world, [], { people: [], unknown: [], emails: [] });
  const text = reviewMarkdown(
    reviewOf(change.diff, { verdict: 'needsApproval', approvals, exceptions: reviewedExceptions(change) }),
  );
  const from = text.indexOf('### Approval by');
  expect(
    text
      .slice(from, text.indexOf('### What happens next'))
      .replace(/^approve [0-9a-f]{64}$/gm, 'approve <subject>')
      .trimEnd(),
  ).toMatchInlineSnapshot(`
    "### Approval by bulk: waits for 2 different people of cto-kim and fin-ola

    Needed because: many are touched (1 item).
    An approving review is enough.

    - **6 customers** at once: gives to 1, takes from 5, 2 of them under a contract

    ### Approval by Finance: waits for fin-ola

    Needed because: it is special and the list changes (3 items, 1 customer).

    - **exception EX-2** added: free, until 2026-12-31, USD 1.00 at stake, asked by jo@product.example, owner team-a: agreed with sales; it is special
    - **sso** false → true: free, from 2026-12-01 until 2026-12-31, exception EX-2, USD 1.00 at stake, asked by jo@product.example, owner team-a: agreed with sales; it is special
    - **plans/studio@2.yaml settings.seats** 50 → 40: the list changes

    The review that approves this holds the line

    \`\`\`text
    approve <subject>
    \`\`\`

    ### Approval by machinery: waits for cto-kim

    Needed because: it decides how we decide (1 item).
    An approving review is enough.

    - **policies/roles.yaml** changed

    ### Approval by product: waits for cto-kim

    Needed because: capacity (6 items, 5 customers).
    An approving review is enough.

    - **takes** **seats** 55 → 45: adding, at once
    - **takes** **seats** 50 → 40: bare, at once
    - **takes** **seats** 50 → 40: later, from 2027-03-01 until 2027-12-31
    - **takes** **seats** 50 → 40: special, from 2027-01-01
    - **takes** **seats** 50 → 40: earlier, in the past: from 2025-03-01 until 2025-12-31
    - **takes** **seats** 50 → 40: special, in the past: until 2025-12-31"
  `);
});
