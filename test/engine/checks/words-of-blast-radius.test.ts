import { expect, it } from 'vitest';
import { findingsOf } from '../../fixtures/checks/example-company.ts';

const many = (line: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`customers/c${index + 10}.yaml`, line]));
const before = many('plan: studio@2', 20);
const after = many('plan: studio@2\naddOns: [{ id: extraCalls }]', 4);

/** What is said of a change of 4 customers of 21, with these policies. */
async function said(policies: Readonly<Record<string, string>>): Promise<{ message: string; help: string }[]> {
  const found = await findingsOf({ ...before, ...policies }, after);
  return found.flatMap(({ rule, message, help = '' }) => (rule === 'blast-radius' ? [{ message, help }] : []));
}

it.each([
  ['both', 'customers: 3, percent: 2', '', '3 customers or 2 percent is the most at once (policies/publish.yaml)'],
  [
    'the number',
    'customers: 3',
    'percent: 100',
    '3 customers (policies/publish.yaml) or 100 percent is the most at once',
  ],
  ['the share', 'percent: 2', '', '500 customers or 2 percent (policies/publish.yaml) is the most at once'],
  ['none', 'customers: 3, percent: 9', 'customers: 3, percent: 8', '3 customers or 8 percent is the most at once'],
])('a limit names policies/publish.yaml where that sets it: %s', async (_, blast, options, limit) => {
  const found = await said({
    'policies/publish.yaml': `language: 1\nenvironments: { production: { blast: { ${blast} } } }`,
    'policies/checks.yaml': `blast-radius: { atLeast: 3${options && `, ${options}`} }`,
  });
  expect(found.map(({ message }) => message)).toEqual([
    `this reaches 4 customers of 21; ${limit}: c10, c11, c12 and c13`,
  ]);
});

it('who is asked to approve the number is said in words', async () => {
  const found = await said({
    'policies/checks.yaml': 'blast-radius: { customers: 3 }',
    'policies/approvals.yaml':
      'classes: { bulk: { needs: 1 } }\nlines: [{ when: { customers: { above: 3 } }, class: bulk, because: many }]',
  });
  expect(found.map(({ help }) => help)).toEqual(['people of the class bulk are asked, and approve this number']);
});
