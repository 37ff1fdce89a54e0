import { expect, it } from 'vitest';
import { both, type Change, discount, joins, leaves, seats, seatsLine } from '../fixtures/verify/changes.ts';
import { approvalsFile, approversFile, start } from '../fixtures/verify/company.ts';
import { type Approval, type History, startHistory } from '../fixtures/verify/history.ts';
import { verified } from '../fixtures/verify/verify-history.ts';

const policy = 'policies/approvals.yaml';
const people = 'policies/approvers.yaml';
const lines = approvalsFile(start.seatsLine);
const without = (text: string): string =>
  lines
    .split('\n')
    .filter((line) => !line.includes(text))
    .join('\n');

/** Files that ask for less than they did, and what then needs nobody. */
const weaker: readonly (readonly [what: string, files: Readonly<Record<string, string | undefined>>])[] = [
  ['no line for seats', { [policy]: without('setting: seats') }],
  ['no line for discounts', { [policy]: without('billing.discount') }],
  ['no line for many customers', { [policy]: without('customers:') }],
  ['no line for the policy itself', { [policy]: without('machinery: true') }],
  ['no lines', { [policy]: `${lines.slice(0, lines.indexOf('lines:'))}lines: []\n` }],
  ['no policy', { [policy]: undefined }],
  ['a policy that cannot be read', { [policy]: 'lines: [' }],
  ['a higher line', { [policy]: approvalsFile(1000) }],
  ['a line nobody can reach', { [policy]: lines.replace('above: 50', 'above: 50, area: hosting') }],
  [
    'another class for seats',
    { [policy]: lines.replace('class: product, because: capacity', 'class: bulk, because: capacity') },
  ],
  ['no codes', { [policy]: lines.replaceAll(', code: true', '') }],
  ['a new approver of everything', { [people]: approversFile([...start.people, 'eve']) }],
  [
    'an approver with more classes',
    {
      [people]: approversFile(start.people).replace(
        '[finance, bulk, machinery]',
        '[finance, bulk, machinery, product]',
      ),
    },
  ],
  [
    'the number of another person',
    { [people]: approversFile(start.people).replace('id: 1, login: kim', 'id: 4, login: kim') },
  ],
  ['approvers that cannot be read', { [people]: 'people: [' }],
];

const uses: readonly (readonly [what: string, change: Change, approvals: readonly Approval[]])[] = [
  ['more seats', seats(0, 80), []],
  ['a discount', discount(1, 60), [{ by: 'eve', code: true }]],
  ['many customers', both(...[0, 1, 2, 3, 4].map((index) => seats(index, 30))), [{ by: 'eve' }]],
  ['a policy of its own', both(seatsLine(999), joins('eve'), leaves('ravi')), [{ by: 'eve', code: true }]],
];

interface Case {
  what: string;
  files: Readonly<Record<string, string | undefined>>;
  change: Change;
  approvals: readonly Approval[];
}

const cases = weaker.flatMap(([rule, files]) =>
  uses.map(([use, change, approvals]): Case => ({ what: `${rule}: ${use}`, files, change, approvals })),
);

function lay(history: History, commit: number, files: Readonly<Record<string, string | undefined>>): void {
  const planned = history.planned[commit] as History['planned'][number];
  const kept = Object.entries({ ...planned.files, ...files }).filter(([, content]) => content !== undefined);
  history.planned[commit] = { ...planned, files: Object.fromEntries(kept) as Record<string, string> };
}

it.each([
  [
    'together, in one merge',
    (history: History, { files, change, approvals }: Case) =>
      lay(history, history.pull({ author: 'sal', change, approvals }), files),
  ],
  [
    'one after the other',
    (history: History, { files, change, approvals }: Case) => {
      lay(history, history.pull({ author: 'sal', change: seatsLine(51), approvals }), files);
      lay(history, history.pull({ author: 'sal', change, approvals }), files);
    },
  ],
  [
    'the one pushed, the other merged',
    (history: History, { files, change, approvals }: Case) => {
      lay(history, history.push('dev', seatsLine(51)), files);
      lay(history, history.pull({ author: 'sal', change, approvals }), files);
    },
  ],
])('lets none of 60 changes weaken a rule and use it at once: %s', async (_, make) => {
  const passed: string[] = [];
  for (const one of cases) {
    const history = startHistory();
    make(history, one);
    if ((await verified(history)).outcome === 'verified') passed.push(one.what);
  }
  expect(cases.length).toBe(60);
  expect(passed).toEqual([]);
});
