import { describe, expect, it } from 'vitest';
import { exampleCompany, findingsOf, linesOf } from '../../fixtures/checks/example-company.ts';
import { acme, contract, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

const studio = (text: string, other: string) => {
  const file = exampleCompany['plans/studio@2.yaml'] ?? '';
  if (!file.includes(text)) throw new Error(`studio@2 does not hold ${text}`);
  return { 'plans/studio@2.yaml': file.replace(text, other) };
};
const two = {
  'customers/globex.yaml': 'plan: studio@2',
  'customers/hooli.yaml': 'plan: studio@2\nexceptions: [{ set: { apiCalls: 90000 } }]',
};

proveCheck('plan-edit-takes', [
  [
    'a limit that sinks',
    two,
    studio('apiCalls: 50000', 'apiCalls: 40000'),
    [
      'error plans/studio@2.yaml «apiCalls» apiCalls 50000 → 40000 takes from who has studio@2 already: 3 customers (acme, globex and hooli)',
    ],
  ],
  ['a limit that rises', two, studio('apiCalls: 50000', 'apiCalls: 60000'), []],
  [
    'a feature that goes',
    two,
    studio(', auditLog: true', ''),
    [
      'error plans/studio@2.yaml «settings» auditLog true → false (the default) takes from who has studio@2 already: 3 customers (acme, globex and hooli)',
    ],
  ],
  [
    'a price that rises, for who has agreed none',
    {
      ...two,
      ...acme(
        'plan: starter@1',
        'contracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, quantities: { seats: 9 }, billing: { unitPrices: { seats: "7.00" } } }]',
      ),
    },
    studio('seats: { amount: "9.00" }', 'seats: { amount: "10.00" }'),
    [
      'error plans/studio@2.yaml «amount» list price of a unit of seats 9.00 → 10.00 takes from who has studio@2 already: 2 customers (globex and hooli)',
    ],
  ],
  [
    'the price of the plan rises',
    { 'customers/acme.yaml': 'plan: starter@1', 'customers/globex.yaml': 'plan: studio@2' },
    studio('amount: "49.00"', 'amount: "59.00"'),
    [
      'error plans/studio@2.yaml «amount» list price 49.00 → 59.00 takes from who has studio@2 already: 1 customer (globex)',
    ],
  ],
  ['a price that sinks', two, studio('amount: "49.00"', 'amount: "39.00"'), []],
  [
    'a slower support',
    { 'customers/acme.yaml': 'plan: starter@1', 'customers/globex.yaml': 'plan: studio@2' },
    studio('firstResponseHours: 24', 'firstResponseHours: 48'),
    [
      'error plans/studio@2.yaml «firstResponseHours» support.firstResponseHours 24 → 48 takes from who has studio@2 already: 1 customer (globex)',
    ],
  ],
  [
    'nobody with a file has it, and others may',
    { 'customers/acme.yaml': 'plan: starter@1' },
    studio('apiCalls: 50000', 'apiCalls: 40000'),
    [
      'error plans/studio@2.yaml «apiCalls» apiCalls 50000 → 40000 takes from who has studio@2 already: accounts without a file',
    ],
  ],
  [
    'nobody has it, where everybody has a file',
    { 'customers/acme.yaml': 'plan: starter@1', 'policies/checks.yaml': 'plan-edit-takes: { withoutFile: false }' },
    studio('apiCalls: 50000', 'apiCalls: 40000'),
    [],
  ],
  [
    'who is shielded loses nothing, where everybody has a file',
    {
      'customers/acme.yaml': 'plan: starter@1',
      'customers/hooli.yaml':
        'plan: studio@2\nexceptions: [{ set: { apiCalls: 90000 }, starts: 2020-01-01, expires: 2099-12-31 }]',
      'policies/checks.yaml': 'plan-edit-takes: { withoutFile: false }',
    },
    studio('apiCalls: 50000', 'apiCalls: 60000'),
    [],
  ],
  [
    'a new version beside the old one',
    two,
    {
      'plans/studio@3.yaml': (exampleCompany['plans/studio@2.yaml'] ?? '').replace(
        'apiCalls: 50000',
        'apiCalls: 40000',
      ),
    },
    [],
  ],
  ['no longer sold: who has it keeps it', two, studio('rank: 20', 'rank: 20\nsold: false'), []],
  [
    'what everybody who has it moves to on a stated day',
    two,
    studio('rank: 20', 'rank: 20\nbecomes: { plan: starter@1, on: 2027-03-01 }'),
    [],
  ],
  ['another name', two, studio('name: Studio', 'name: Studio Plus'), []],
]);

const both = {
  ...acme(
    'plan: starter@1',
    'contracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01 }]',
    'addOns: [{ id: extraCalls }]',
  ),
  'customers/globex.yaml': 'plan: studio@2\naddOns: [{ id: extraCalls }]',
};
const menu = (calls: number) => ({
  'policies/menu.yaml': `addOns: { extraCalls: { plans: [studio], adds: { apiCalls: ${calls} } } }\n`,
});
proveCheck('takes-under-contract', [
  [
    'the menu, from who is under contract and not from others',
    both,
    menu(5000),
    [
      'error policies/menu.yaml «apiCalls» add-on extraCalls adds apiCalls 10000 → 5000 takes from 1 customer under contract: acme',
    ],
  ],
  ['the menu, giving', both, menu(20000), []],
  [
    'the menu, where an approval is asked for it always',
    {
      ...both,
      'policies/approvals.yaml':
        'classes: { founder: { needs: 1 } }\nlines: [{ when: { direction: takes, underContract: true }, class: founder, because: they have a contract }]',
    },
    menu(5000),
    [
      'warning policies/menu.yaml «apiCalls» add-on extraCalls adds apiCalls 10000 → 5000 takes from 1 customer under contract: acme',
    ],
  ],
  [
    'an add-on is taken off',
    both,
    acme('plan: starter@1', 'contracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01 }]'),
    ['warning «{» this takes from Acme, who is under contract: settings.apiCalls 60000 → 50000'],
  ],
  [
    'an amendment that was agreed',
    acme(contract('starts: 2026-01-01, quantities: { seats: 9 }')),
    acme(
      contract(
        'starts: 2026-01-01, quantities: { seats: 9 }, amendments: [{ on: 2026-12-01, quantities: { seats: 7 } }]',
      ),
    ),
    [],
  ],
  [
    'an exception that ends earlier',
    acme(contract('starts: 2026-01-01'), 'exceptions: [{ set: { sso: true } }]'),
    acme(contract('starts: 2026-01-01'), 'exceptions: [{ set: { sso: true }, expires: 2026-12-31 }]'),
    ['warning «{» this takes from Acme, who is under contract: settings.sso true → false'],
  ],
  [
    'the same without a contract',
    exception('set: { sso: true }'),
    exception('set: { sso: true }, expires: 2026-12-31'),
    [],
  ],
  [
    'after the contract has ended',
    acme(
      contract('starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: none }'),
      'exceptions: [{ set: { sso: true } }]',
    ),
    acme(
      contract('starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: none }'),
      'exceptions: [{ set: { sso: true }, expires: 2026-12-31 }]',
    ),
    [],
  ],
]);

const many = (count: number, line: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`customers/c${index + 10}.yaml`, line]));
const limits = (rest: string) => ({ 'policies/checks.yaml': `blast-radius: { ${rest} }` });
const edited = (count: number) => many(count, 'plan: studio@2\naddOns: [{ id: extraCalls }]');
proveCheck('blast-radius', [
  [
    'as many as there may be',
    { ...many(20, 'plan: studio@2'), ...limits('customers: 3, percent: 100') },
    edited(3),
    [],
  ],
  [
    'one more',
    { ...many(20, 'plan: studio@2'), ...limits('customers: 3, percent: 100') },
    edited(4),
    [
      'error customers/c10.yaml «{» this reaches 4 customers of 21; 3 customers or 100 percent is the most at once: c10, c11, c12 and c13',
    ],
  ],
  [
    'a share of them',
    { ...many(20, 'plan: studio@2'), ...limits('customers: 500, percent: 10, atLeast: 2') },
    edited(3),
    [
      'error customers/c10.yaml «{» this reaches 3 customers of 21; 500 customers or 10 percent is the most at once: c10, c11 and c12',
    ],
  ],
  [
    'a share that is few',
    { ...many(20, 'plan: studio@2'), ...limits('customers: 500, percent: 10, atLeast: 3') },
    edited(3),
    [],
  ],
  [
    'new customers are nobody’s loss',
    { ...many(20, 'plan: studio@2'), ...limits('customers: 0') },
    { 'customers/zeta.yaml': 'plan: studio@2' },
    [],
  ],
  [
    'what publishing allows, where that is less',
    {
      ...many(20, 'plan: studio@2'),
      ...limits('customers: 500, percent: 100'),
      'policies/publish.yaml': 'language: 1\nenvironments: { production: { blast: { customers: 3 } } }',
    },
    edited(4),
    [
      'error customers/c10.yaml «{» this reaches 4 customers of 21; 3 customers (policies/publish.yaml) or 100 percent is the most at once: c10, c11, c12 and c13',
    ],
  ],
  [
    'a plan that reaches everybody',
    { ...many(20, 'plan: studio@2'), ...limits('customers: 3') },
    studio('apiCalls: 50000', 'apiCalls: 60000'),
    [
      'error plans/studio@2.yaml «apiCalls» this reaches 21 customers of 21; 3 customers or 5 percent is the most at once: acme, c10, c11, c12, c13 and 16 more',
    ],
  ],
  [
    'with a class that approves such a number',
    {
      ...many(20, 'plan: studio@2'),
      ...limits('customers: 3'),
      'policies/approvals.yaml':
        'classes: { bulk: { needs: 1 } }\nlines: [{ when: { customers: { above: 3 } }, class: bulk, because: many }]',
    },
    edited(4),
    [
      'warning customers/c10.yaml «{» this reaches 4 customers of 21; 3 customers or 5 percent is the most at once: c10, c11, c12 and c13',
    ],
  ],
  [
    'with a class that approves only larger numbers',
    {
      ...many(20, 'plan: studio@2'),
      ...limits('customers: 3'),
      'policies/approvals.yaml':
        'classes: { bulk: { needs: 1 } }\nlines: [{ when: { customers: { above: 4 } }, class: bulk, because: many }]',
    },
    edited(4),
    [
      'error customers/c10.yaml «{» this reaches 4 customers of 21; 3 customers or 5 percent is the most at once: c10, c11, c12 and c13',
    ],
  ],
]);

describe('blast-radius over a day', () => {
  const base = { ...many(20, 'plan: studio@2'), ...limits('customers: 3, percent: 100') };
  it.each([
    ['nothing else was released', [], []],
    ['others were released, few enough together', ['c20'], []],
    ['the same were released', ['c10', 'c11'], []],
    [
      'others were released, too many together',
      ['c20', 'c21'],
      [
        'error customers/c10.yaml «{» with the releases of the last 24 hours this reaches 4 customers of 21; 3 customers or 100 percent is the most in a day',
      ],
    ],
  ])('where %s', async (_, recent, found) => {
    expect(await linesOf('blast-radius', base, edited(2), { recent: { customers: new Set(recent) } })).toEqual(found);
  });

  it('says nothing of a change that reaches nobody', async () => {
    expect(
      await linesOf('blast-radius', base, studio('name: Studio', 'name: Atelier'), {
        recent: { customers: new Set(['c1', 'c2', 'c3', 'c4', 'c5']) },
      }),
    ).toEqual([]);
  });
});

const gone = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`customers/c${index + 10}.yaml`, undefined]));
proveCheck('customers-missing', [
  ['a few', many(20, 'plan: studio@2'), gone(5), []],
  [
    'more',
    many(20, 'plan: studio@2'),
    gone(6),
    ['error customers «» 6 customers of 21 are missing: c10, c11, c12, c13, c14 and 1 more'],
  ],
  [
    'all',
    many(20, 'plan: studio@2'),
    { ...gone(20), 'customers/acme.yaml': undefined },
    ['error customers «» there is no customer left of 21'],
  ],
  ['the only one', {}, { 'customers/acme.yaml': undefined }, ['error customers «» there is no customer left of 1']],
  ['closed ones that a release holds', many(20, 'statuses: [{ stage: closed, since: 2026-01-01 }]'), gone(20), []],
  [
    'moved to another folder',
    many(20, 'plan: studio@2'),
    {
      ...gone(20),
      ...Object.fromEntries(
        Object.entries(many(20, 'plan: studio@2')).map(([path, text]) => [
          path.replace('customers/', 'customers/old/'),
          text,
        ]),
      ),
    },
    [],
  ],
]);

describe('rules-with-customers', () => {
  const found = async (head: Record<string, string | undefined>, base = {}) =>
    (await findingsOf(base, head))
      .filter(({ rule }) => rule === 'rules-with-customers')
      .map(({ at, message }) => `${at.path}: ${message}`);
  const acmeEdited = acme('accountOwner: team-cs');

  it.each([
    [
      'a policy',
      { ...acmeEdited, 'policies/roles.yaml': 'roles: { admin: { may: [all] } }' },
      ['policies/roles.yaml: this changes policies/roles.yaml and the customers in customers/acme.yaml at once'],
    ],
    [
      'who may approve',
      { ...acmeEdited, 'policies/approvers.yaml': 'people: []' },
      [
        'policies/approvers.yaml: this changes policies/approvers.yaml and the customers in customers/acme.yaml at once',
      ],
    ],
    [
      'a workflow',
      { ...acmeEdited, '.github/workflows/publish.yaml': 'on: push' },
      [
        '.github/workflows/publish.yaml: this changes .github/workflows/publish.yaml and the customers in customers/acme.yaml at once',
      ],
    ],
    [
      'the settings',
      { ...acmeEdited, 'schemas/settings.ts': 'x' },
      ['schemas/settings.ts: this changes schemas/settings.ts and the customers in customers/acme.yaml at once'],
    ],
    ['a plan: it is terms', { ...acmeEdited, ...studio('name: Studio', 'name: Atelier') }, []],
    ['words for people', { ...acmeEdited, 'docs/security.md': 'x', 'README.md': 'y' }, []],
    ['only customers', acmeEdited, []],
    ['only rules', { 'policies/roles.yaml': 'roles: { admin: { may: [all] } }' }, []],
  ])('customers with %s', async (_, head, lines) => {
    expect(await found(head)).toEqual(lines);
  });

  it('lets the first change of a repository bring everything', async () => {
    expect(
      await found(
        { ...acmeEdited, 'policies/roles.yaml': 'roles: { admin: { may: [all] } }' },
        { 'customers/acme.yaml': undefined },
      ),
    ).toEqual([]);
  });
});
