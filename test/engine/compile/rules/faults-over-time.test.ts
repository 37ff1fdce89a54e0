import { proveFaults } from './read-sample.ts';

const records = (...lines: string[]) => lines.map((line) => `  - ${line}`).join('\n');
const contracts = (...lines: string[]) => `plan: starter@1\ncontracts:\n${records(...lines)}`;
const contract = (more: string, id = 'C-1') => `{ id: ${id}, plan: enterprise@1, ${more} }`;
const manual = 'starts: 2026-02-01, ends: 2026-03-31, renewal: { kind: manual }';
const auto = 'starts: 2026-02-01, ends: 2026-03-31, renewal: { kind: auto }';
const open = 'starts: 2026-02-01';
const next = (starts: string) => contract(`starts: ${starts}`, 'C-2');
const amended = (first: string, ...amendments: string[]) =>
  contract(`${first}, amendments: [${amendments.join(', ')}]`);
const afterEnd = 'write the next contract instead, or amend `ends` on a day of the contract';

proveFaults('contracts one after another', [
  { says: 'the next day', acme: contracts(contract(manual), next('2026-04-01')), faults: [] },
  { says: 'in rolled terms', acme: contracts(contract(auto), next('2026-04-20')), faults: [] },
  {
    says: 'do not overlap, not on one day: the later one is wrong',
    acme: contracts(next('2026-03-31'), contract(manual)),
    faults: [
      'contracts-overlap :4 «2026-03-31» contract C-2 starts 2026-03-31, but C-1 lasts until 2026-03-31 | contracts do not overlap: move one of the two dates | C-1 is here :5 «{ id: C-1, plan: ent…»',
    ],
    model: ['contracts-overlap'],
  },
  {
    says: '`auto` does not give way before its written end',
    acme: contracts(contract(auto), next('2026-03-31')),
    faults: [
      'contracts-overlap :5 «2026-03-31» contract C-2 starts 2026-03-31, but C-1 lasts until 2026-03-31 | contracts do not overlap: move one of the two dates | C-1 is here :4 «{ id: C-1, plan: ent…»',
    ],
    model: ['contracts-overlap'],
  },
  {
    says: 'month to month is ended by an amendment first',
    acme: contracts(contract(open), next('2026-05-01')),
    faults: [
      'contracts-overlap :5 «2026-05-01» contract C-2 starts 2026-05-01 while C-1 goes on month to month | end C-1 first, by an amendment with `ends` and `renewal: { kind: none }` | C-1 is here :4 «{ id: C-1, plan: ent…»',
    ],
    model: ['contracts-overlap'],
  },
  {
    says: 'and then it may be followed',
    acme: contracts(amended(open, '{ on: 2026-04-01, ends: 2026-04-30, renewal: { kind: none } }'), next('2026-05-01')),
    faults: [],
  },
]);

proveFaults('ends and renewals', [
  {
    says: '`renewal` is demanded beside `ends`',
    acme: contracts(contract('starts: 2026-02-01, ends: 2026-03-31')),
    faults: [
      'renewal-missing :4 «2026-03-31» a contract that ends says what happens then | add `renewal: { kind: manual }`, `auto` or `none`',
    ],
    model: ['renewal-beside-ends'],
  },
  {
    says: 'and refused without',
    acme: contracts(contract('starts: 2026-02-01, renewal: { kind: none }')),
    faults: [
      'renewal-without-end :4 «{ kind: none }» a month-to-month contract has no `renewal` | add `ends`, or remove `renewal`',
    ],
    model: ['renewal-beside-ends'],
  },
  {
    says: 'in an amendment too, of which a part of `renewal` is not enough',
    acme: contracts(amended(open, '{ on: 2026-02-10, ends: 2026-02-20, renewal: { noticeDays: 3 } }')),
    faults: [
      'renewal-missing :4 «2026-02-20» a contract that ends says what happens then | add `renewal: { kind: manual }`, `auto` or `none`',
    ],
  },
  {
    says: '`ends: unset` takes `renewal` with it, in so many words',
    acme: contracts(amended(manual, '{ on: 2026-02-10, ends: unset }')),
    faults: [
      'renewal-without-end :4 «on» a month-to-month contract has no `renewal` | add `ends`, or remove `renewal`',
    ],
  },
  {
    says: 'said once: an amendment of something else does not say it again',
    acme: contracts(amended('starts: 2026-02-01, ends: 2026-03-31', '{ on: 2026-02-10, because: x }')),
    faults: [
      'renewal-missing :4 «2026-03-31» a contract that ends says what happens then | add `renewal: { kind: manual }`, `auto` or `none`',
    ],
    model: ['renewal-beside-ends'],
  },
  {
    says: 'a contract may last one day',
    acme: contracts(contract('starts: 2026-02-01, ends: 2026-02-01, renewal: { kind: none }')),
    faults: [],
  },
  {
    says: 'but not end before it starts',
    acme: contracts(contract('starts: 2026-02-01, ends: 2026-01-31, renewal: { kind: none }')),
    faults: ['ends-before-start :4 «2026-01-31» it ends 2026-01-31, before it starts, 2026-02-01'],
    model: ['dates-reversed'],
  },
  {
    says: 'nor by an amendment before that amendment',
    acme: contracts(amended(manual, '{ on: 2026-02-10, ends: 2026-02-09, renewal: { kind: none } }')),
    faults: ['ends-before-start :4 «2026-02-09» it ends 2026-02-09, before it starts, 2026-02-10'],
    model: ['amendment-after-end'],
  },
  {
    says: 'on the day of the amendment it may',
    acme: contracts(amended(manual, '{ on: 2026-02-10, ends: 2026-02-10, renewal: { kind: none } }')),
    faults: [],
  },
]);

proveFaults('amendments', [
  {
    says: 'on the first and on the last day',
    acme: contracts(amended(manual, '{ on: 2026-02-01, because: x }', '{ on: 2026-03-31, because: x }')),
    faults: [],
  },
  {
    says: 'not before the start',
    acme: contracts(amended(manual, '{ on: 2026-01-31, because: x }')),
    faults: [
      "amendment-before-start :4 «2026-01-31» the amendment of 2026-01-31 lies before the contract's start, 2026-02-01",
    ],
    model: ['amendment-before-start'],
  },
  {
    says: 'not later than the end, in grace either',
    acme: contracts(amended(manual, '{ on: 2026-04-01, because: x }')),
    faults: [
      `amendment-after-end :4 «2026-04-01» the amendment of 2026-04-01 is later than the contract's last day, 2026-03-31 | ${afterEnd}`,
    ],
    model: ['amendment-after-end'],
  },
  {
    says: 'not later than an end amended before',
    acme: contracts(
      amended(
        manual,
        '{ on: 2026-03-01, because: x }',
        '{ on: 2026-02-10, ends: 2026-02-20, renewal: { kind: none } }',
      ),
    ),
    faults: [
      `amendment-after-end :4 «2026-03-01» the amendment of 2026-03-01 is later than the contract's last day, 2026-02-20 | ${afterEnd}`,
    ],
    model: ['amendment-after-end'],
  },
  {
    says: 'in rolled terms of `auto` until the next entry',
    acme: contracts(amended(auto, '{ on: 2026-04-19, because: x }'), next('2026-04-20')),
    faults: [],
  },
  {
    says: 'not from the next entry on',
    acme: contracts(amended(auto, '{ on: 2026-04-20, because: x }'), next('2026-04-20')),
    faults: [
      "amendment-after-end :4 «2026-04-20» the amendment of 2026-04-20 is later than the contract's last day: the next one starts 2026-04-20 | amend the next contract instead",
    ],
    model: ['amendment-after-end'],
  },
  {
    says: 'one in rolled terms that changes `renewal` states `ends` too',
    acme: contracts(amended(auto, '{ on: 2026-04-10, renewal: { kind: none } }')),
    faults: [
      'rolled-renewal-without-end :4 «{ kind: none }» the contract has been renewed by itself: an amendment that changes `renewal` states `ends` too',
    ],
    model: ['rolled-renewal-without-ends'],
  },
  {
    says: 'with `ends` it may',
    acme: contracts(amended(auto, '{ on: 2026-04-10, ends: 2026-04-30, renewal: { kind: none } }')),
    faults: [],
  },
  {
    says: 'before the roll `renewal` alone may change',
    acme: contracts(amended(auto, '{ on: 2026-03-31, renewal: { kind: none } }')),
    faults: [],
  },
  {
    says: 'a plan change that says nothing of what was bought is pointed out',
    acme: `plan: studio@1\nquantities: { seats: 9 }\namendments: [{ on: 2026-02-10, plan: enterprise@1 }]`,
    faults: [
      'warning quantities-end :4 «enterprise@1» the plan changes from studio@1 to enterprise@1, and what was bought ends with it: seats 9 | state `quantities` beside `plan`: those it does not state end',
    ],
  },
  {
    says: 'not one to the same plan',
    acme: 'plan: studio@1\nquantities: { seats: 9 }\namendments: [{ on: 2026-02-10, plan: studio@1 }]',
    faults: [],
  },
  {
    says: 'not where nothing was bought',
    acme: 'plan: studio@1\namendments: [{ on: 2026-02-10, plan: enterprise@1 }]',
    faults: [],
  },
  {
    says: 'not where quantities are stated',
    acme: 'plan: studio@1\nquantities: { seats: 9 }\namendments: [{ on: 2026-02-10, plan: enterprise@1, quantities: { seats: 30 } }]',
    faults: [],
  },
]);

proveFaults('quantities', [
  { says: 'from the plan’s value', acme: 'plan: studio@1\nquantities: { seats: 5 }', faults: [] },
  { says: 'to the most', acme: 'plan: studio@1\nquantities: { seats: 50 }', faults: [] },
  {
    says: 'not below the plan’s value',
    acme: 'plan: studio@1\nquantities: { seats: 4 }',
    faults: [
      'quantity :3 «4» seats: 4 cannot be bought: studio@1 already includes 5 seats; a quantity is the total and cannot be below that',
    ],
    model: ['quantity-bounds'],
  },
  {
    says: 'nor below the default, where the plan names none',
    acme: 'plan: starter@1\nquantities: { seats: 2 }',
    faults: [
      'quantity :3 «2» seats: 2 cannot be bought: starter@1 already includes 3 seats; a quantity is the total and cannot be below that',
    ],
    model: ['quantity-bounds'],
  },
  {
    says: 'not above the most',
    acme: 'plan: studio@1\nquantities: { seats: 51 }',
    faults: ['quantity :3 «51» seats: 51 cannot be bought: studio@1 sells at most 50 seats'],
    model: ['quantity-bounds'],
  },
  {
    says: 'not below the least',
    acme: 'plan: studio@1\nquantities: { seats: 7 }',
    faults: ['quantity :3 «7» seats: 7 cannot be bought: studio@1 sells at least 8 seats'],
    files: {
      'plans/studio@1.yaml':
        'name: S\nrank: 1\nsettings: { seats: 5 }\nprice: { currency: USD, per: month, amount: "1.00", units: { seats: { amount: "1.00", min: 8 } } }\n',
    },
  },
  {
    says: 'only of settings the plan sells by the unit',
    acme: 'plan: studio@2\nquantities: { seats: 7 }',
    faults: ['quantity :3 «7» seats: 7 cannot be bought: studio@2 does not sell seats by the unit'],
    model: ['quantity-not-sold'],
  },
  {
    says: 'nothing above unlimited',
    acme: 'plan: studio@1\nquantities: { seats: 7 }',
    faults: [
      'quantity :3 «7» seats: 7 cannot be bought: studio@1 already includes unlimited seats; a quantity is the total and cannot be below that',
    ],
    files: {
      'plans/studio@1.yaml':
        'name: S\nrank: 1\nsettings: { seats: unlimited }\nprice: { currency: USD, per: month, amount: "1.00", units: { seats: { amount: "1.00" } } }\n',
    },
  },
  {
    says: 'in contracts and amendments, at the one that states it',
    acme: contracts(
      amended('starts: 2026-02-01, quantities: { seats: 19 }', '{ on: 2026-02-10, quantities: { seats: 18 } }'),
    ),
    faults: [19, 18].map(
      (seats) =>
        `quantity :4 «${seats}» seats: ${seats} cannot be bought: enterprise@1 already includes 20 seats; a quantity is the total and cannot be below that`,
    ),
    model: ['quantity-bounds'],
  },
  {
    says: 'once: an amendment that does not state it goes on with it',
    acme: contracts(amended('starts: 2026-02-01, quantities: { seats: 19 }', '{ on: 2026-02-10, because: x }')),
    faults: [
      'quantity :4 «19» seats: 19 cannot be bought: enterprise@1 already includes 20 seats; a quantity is the total and cannot be below that',
    ],
    model: ['quantity-bounds'],
  },
  {
    says: 'not where it is taken away',
    acme: 'plan: studio@1\nquantities: { seats: 9 }\namendments: [{ on: 2026-02-10, quantities: { seats: unset } }]',
    faults: [],
  },
  {
    says: 'in amendments of the account',
    acme: 'plan: studio@1\namendments: [{ on: 2026-02-10, quantities: { seats: 99 } }]',
    faults: ['quantity :3 «99» seats: 99 cannot be bought: studio@1 sells at most 50 seats'],
    model: ['quantity-bounds'],
  },
]);

const statuses = (...lines: string[]) => `plan: studio@1\nstatuses:\n${records(...lines)}`;

proveFaults('statuses', [
  {
    says: 'one after another',
    acme: statuses('{ stage: pastDue, since: 2026-02-01, until: 2026-02-10 }', '{ stage: closed, since: 2026-02-11 }'),
    faults: [],
  },
  {
    says: 'do not overlap, not on one day: the later one is wrong',
    acme: statuses(
      '{ stage: suspended, since: 2026-02-10 }',
      '{ stage: pastDue, since: 2026-02-01, until: 2026-02-10 }',
    ),
    faults: [
      'statuses-overlap :4 «2026-02-10» status suspended begins 2026-02-10, but pastDue of 2026-02-01 lasts until 2026-02-10 | end the earlier status with `until`: statuses do not overlap | pastDue begins here :5 «{ stage: pastDue, si…»',
    ],
    model: ['statuses-overlap'],
  },
  {
    says: 'two that begin on one day: the second in the file',
    acme: statuses('{ stage: pastDue, since: 2026-02-01 }', '{ stage: closed, since: 2026-02-01 }'),
    faults: [
      'statuses-overlap :5 «2026-02-01» status closed begins 2026-02-01, but pastDue of 2026-02-01 has no end | end the earlier status with `until`: statuses do not overlap | pastDue begins here :4 «{ stage: pastDue, since: 2026-02-01 }»',
    ],
    model: ['statuses-overlap'],
  },
  {
    says: 'one without end is the last',
    acme: statuses('{ stage: pastDue, since: 2026-02-01 }', '{ stage: closed, since: 2026-03-01 }'),
    faults: [
      'statuses-overlap :5 «2026-03-01» status closed begins 2026-03-01, but pastDue of 2026-02-01 has no end | end the earlier status with `until`: statuses do not overlap | pastDue begins here :4 «{ stage: pastDue, since: 2026-02-01 }»',
    ],
    model: ['statuses-overlap'],
  },
  { says: 'may last a day', acme: statuses('{ stage: pastDue, since: 2026-02-01, until: 2026-02-01 }'), faults: [] },
  {
    says: 'do not end before they begin',
    acme: statuses('{ stage: pastDue, since: 2026-02-01, until: 2026-01-31 }'),
    faults: ['ends-before-start :4 «2026-01-31» the status ends 2026-01-31, before it begins, 2026-02-01'],
    model: ['dates-reversed'],
  },
  {
    says: 'closed has no end',
    acme: statuses('{ stage: closed, since: 2026-02-01, until: 2026-03-01 }'),
    faults: [
      'closed-with-end :4 «2026-03-01» a closed account stays closed | remove `until`; an account that comes back is a new customer',
    ],
  },
]);
