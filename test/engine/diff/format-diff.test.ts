import { expect, it } from 'vitest';
import { formatDiff } from '../../../engine/diff/format-diff.ts';
import { company, diffOf, edited, exception, replaced } from '../../fixtures/diff/small-company.ts';

const STUDIO = 'plans/studio@2.yaml';

it('tells first what was edited and whom it reaches, then what changes for each', async () => {
  const head = edited(replaced(company, STUDIO, 'seats: 50', 'seats: 40'), {
    'policies/roles.yaml': 'roles: { editor: { may: [writePages, exportReports] } }\n',
    'customers/free.yaml': `${company['customers/free.yaml']}${exception(
      'EX-2',
      'decision: configuration, set: { sso: true }, starts: 2026-12-01, expires: 2026-12-31',
    )}`,
  });
  expect(
    formatDiff(await diffOf(company, head), { names: 2, customers: 3 }),
  ).toBe(`Terms change for 6 customers (1 only before 2026-11-21).

What was edited
  plans/studio@2.yaml settings.seats
    seats 50 → 40: 4 customers, 1 shielded
    takes from 4: adding, bare and 2 more
    shielded: bought (bought by account)
  customers/free.yaml
    exception EX-2 added: 1 customer

Also edited, with no effect on any customer
  policies/roles.yaml roles.editor.may: editor may exportReports

What changes
  free (Free)
    gives    sso false → true, from 2026-12-01 until 2026-12-31 (exception EX-2, customers/free.yaml:4; was the default): agreed with sales
  adding (Adding)
    takes    seats 55 → 45, at once (add-on moreSeats, customers/adding.yaml:3)
  bare (Bare)
    takes    seats 50 → 40, at once (plan studio@2, plans/studio@2.yaml:4)
  … and 2 more customers (--format json has all)

plans/studio@2.yaml settings.seats also rewrites only the past of earlier.
`);
});

it('says so when nothing changes for anybody', async () => {
  expect(formatDiff(await diffOf(company, company))).toBe('Nothing changes for anybody.\n');
  const head = replaced(company, 'policies/roles.yaml', 'writePages', 'writePages, exportReports');
  expect(formatDiff(await diffOf(company, head))).toBe(`Nothing changes for anybody.

Edited, with no effect on any customer
  policies/roles.yaml roles.editor.may: editor may exportReports
`);
});

it('shows apart what rewrites the past, and how far back an edit reaches', async () => {
  const head = edited(company, {
    'customers/free.yaml': `${company['customers/free.yaml']}amendments:
  - { on: 2026-02-01, support: { channel: chat } }
trials: [{ kind: trial, plan: studio@2, starts: 2025-01-01, ends: 2025-01-31 }]
`,
  });
  const text = formatDiff(await diffOf(company, head), { lines: 1 });
  expect(text.slice(text.indexOf('What changes'))).toBe(`What changes
  free (Free)
    changes  support.channel chat, at once and back to 2026-02-01 (the account, customers/free.yaml:4)

Rewrites the past
  free (Free)
    gives    plan starter@1 → studio@2, from 2025-01-01 until 2025-01-31 (the trial, customers/free.yaml:5; was the account)
             and with it seats 3 → 50, apiCalls 100 → 400, billing.method none → card and 2 more
    … and 1 more
`);
});

it('tells who came, who is closed and whose file is gone', async () => {
  const head = edited(company, {
    'customers/bare.yaml': undefined,
    'customers/new.yaml': 'name: New\nplan: studio@2\nquantities: { seats: 60 }\n',
    'customers/free.yaml': `${company['customers/free.yaml']}statuses: [{ stage: closed, since: 2027-01-01, because: moved away }]\n`,
  });
  const text = formatDiff(await diffOf(company, head));
  expect(text.slice(0, text.indexOf('\n'))).toBe('Terms change for 3 customers (1 new, 2 closed).');
  expect(text.slice(text.indexOf('What changes'))).toBe(`What changes
  bare (Bare), its file is gone
    changes  plan studio@2 → none, at once (was the account, customers/bare.yaml:2)
  free (Free), closed
    takes    stage active → closed, from 2027-01-01 (status closed, customers/free.yaml:3; was the account): moved away
    takes    seats 3 → 0, from 2027-01-01 (stage closed, policies/lifecycle.yaml:6; was the default)
  new (New), new
    changes  plan studio@2, at once (the account, customers/new.yaml:2)
    changes  stage active, at once (the account, customers/new.yaml:2)
    gives    seats 60, at once (bought by the account, customers/new.yaml:3)
`);
});

it('tells whom a list price applies to', async () => {
  const head = replaced(company, STUDIO, '49.00', '59.00');
  const text = formatDiff(await diffOf(company, head));
  expect(text).toBe(`No settings or terms change for anybody, but a list price does.

What was edited
  plans/studio@2.yaml price.amount
    list price 49.00 → 59.00: applies to 5 customers
    applies to: adding, bare, bought, later, special
`);
});
