import { expect, it } from 'vitest';
import { findItems } from '../../../engine/approve/find-items.ts';
import { runChecks } from '../../../engine/checks/run-checks.ts';
import { changeOf } from '../../fixtures/approve/change-of.ts';
import { company, exception } from '../../fixtures/diff/small-company.ts';

const signed = `plan: starter@1
contracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: 2027-12-31, renewal: { kind: none } }]
`;

const base = {
  ...company,
  'policies/approvals.yaml': `classes: { product: { needs: 1 }, bulk: { needs: 1 } }
lines:
  - { when: { direction: takes, underContract: true }, class: product, because: they have a contract }
  - { when: { past: true }, class: product, because: it changes days that are over }
  - { when: { decision: configuration }, class: product, because: somebody has to keep it }
  - { when: { customers: { above: 1 } }, class: bulk, because: many at once }
`,
  'policies/onboarding.yaml': 'details: { contact: { type: email, when: { setting: sso, is: true } } }\n',
  'customers/signed.yaml': `name: Signed\n${signed}`,
  'customers/excepted.yaml': `name: Excepted\n${signed}${exception(
    'EX-2',
    'decision: configuration, set: { apiCalls: 900 }, starts: 2026-02-01, expires: 2027-02-01',
  )}`,
};

it('compiles nobody again to ask who approves a change of a plan and to check it, but those with exceptions', async () => {
  const head = {
    ...base,
    'plans/studio@2.yaml': company['plans/studio@2.yaml']?.replace('seats: 50', 'seats: 40') as string,
  };
  const change = await changeOf(base, head);
  const asked = new Set<string>();
  const watch =
    (find: typeof change.before): typeof change.before =>
    (id) => {
      asked.add(id);
      return find(id);
    };
  const watched = { ...change, before: watch(change.before), after: watch(change.after) };

  expect(change.diff.customers.map(({ customer }) => customer)).toEqual(expect.arrayContaining(['bare', 'signed']));
  expect(findItems(watched).map(({ class: name, customer = 'all' }) => `${name} ${customer}`)).toEqual(
    expect.arrayContaining(['bulk all', 'product excepted', 'product signed']),
  );
  expect(runChecks(watched).map(({ rule }) => rule)).toContain('takes-under-contract');
  const plain = change.diff.customers.filter(({ customer }) => !['excepted', 'special'].includes(customer));
  expect(plain.filter(({ customer }) => asked.has(customer))).toEqual([]);
});
