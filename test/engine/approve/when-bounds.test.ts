import { company, exception } from '../../fixtures/diff/small-company.ts';
import { bare, bought, contract, free, proveLines, seats, sets, studio, underContract } from './prove-lines.ts';

proveLines('above', [
  ['more', '{ setting: seats, above: 10 }', free(seats(11)), ['free settings.seats']],
  ['not as much', '{ setting: seats, above: 10 }', free(seats(10)), []],
  ['not less', '{ setting: seats, above: 10 }', free(seats(9)), []],
  ['unlimited is above all', '{ setting: seats, above: 1000000 }', free(seats('unlimited')), ['free settings.seats']],
  [
    'a percentage',
    '{ term: billing.discount.percent, above: "20" }',
    free('billing: { discount: { percent: "20.01", until: 2027-01-01 } }\n'),
    ['free terms.billing.discount.percent'],
  ],
  [
    'at it',
    '{ term: billing.discount.percent, above: "20" }',
    free('billing: { discount: { percent: "20.00", until: 2027-01-01 } }\n'),
    [],
  ],
  [
    'what a float cannot tell apart',
    '{ term: billing.discount.percent, above: "0.1" }',
    free('billing: { discount: { percent: "0.1000000000000000000001", until: 2027-01-01 } }\n'),
    ['free terms.billing.discount.percent'],
  ],
  ['nothing is not above anything', '{ setting: seats, above: 0 }', { 'customers/free.yaml': undefined }, []],
]);

proveLines('below', [
  [
    'less',
    '{ term: support.firstResponseHours, below: 4 }',
    free('support: { firstResponseHours: 3 }\n'),
    ['free terms.support.firstResponseHours'],
  ],
  ['not as much', '{ term: support.firstResponseHours, below: 4 }', free('support: { firstResponseHours: 4 }\n'), []],
  ['unlimited is below nothing', '{ setting: seats, below: 1000 }', free(seats('unlimited')), []],
  [
    'by severity',
    '{ term: support.firstResponseHours, below: 4 }',
    free('support: { firstResponseHours: { severity1: 3, other: 8 } }\n'),
    ['free terms.support.firstResponseHours.severity1'],
  ],
]);

const twice = '{ setting: seats, above: { timesPlan: 2 } }';
proveLines('times the plan', [
  ['more than twice what the plan gives', twice, bare(seats(101)), ['bare settings.seats']],
  ['twice', twice, bare(seats(100)), []],
  ['of the quantity, where one was bought', twice, bought(`quantities: { seats: 70 }\n${seats(140)}`), []],
  ['more than that', twice, bought(`quantities: { seats: 70 }\n${seats(141)}`), ['bought settings.seats']],
  [
    'what is bought in the same change does not move it',
    twice,
    bought(`quantities: { seats: 120 }\n${seats(141)}`),
    ['bought settings.seats'],
  ],
  [
    'add-ons and exceptions do not either',
    twice,
    {
      'customers/special.yaml': `name: Special\nplan: studio@2\n${exception('EX-1', 'decision: configuration, set: { seats: 101 }, starts: 2026-01-01, expires: 2026-12-31')}`,
    },
    ['special settings.seats'],
  ],
  [
    'nor a plan that grows in the same change',
    twice,
    { ...bare(seats(101)), ...studio('seats: 50', 'seats: 90') },
    ['bare settings.seats'],
  ],
  ['unlimited is more than twice', twice, bare(seats('unlimited')), ['bare settings.seats']],
  [
    'a new customer is held against its base plan',
    twice,
    { 'customers/new.yaml': `name: New\nplan: starter@1\n${contract('quantities: { seats: 100 }')}` },
    ['new settings.seats'],
  ],
  [
    'and asked nothing within it',
    twice,
    { 'customers/new.yaml': 'name: New\nplan: studio@2\nquantities: { seats: 100 }\n' },
    [],
  ],
  ['half of it', '{ setting: seats, below: { timesPlan: 0.5 } }', bare(seats(24)), ['bare settings.seats']],
  ['not half', '{ setting: seats, below: { timesPlan: 0.5 } }', bare(seats(25)), []],
  [
    'a list price',
    '{ term: billing.unitPrices, below: { timesPlan: 0.8 } }',
    bare('billing: { unitPrices: { seats: "7.19" } }\n'),
    ['bare terms.billing.unitPrices.seats'],
  ],
  [
    'exactly so much of it',
    '{ term: billing.unitPrices, below: { timesPlan: 0.8 } }',
    bare('billing: { unitPrices: { seats: "7.20" } }\n'),
    [],
  ],
]);

const later = '{ term: billing.paymentTerms, above: standard }';
proveLines('standard', [
  [
    'on receipt is sooner than any',
    '{ term: billing.paymentTerms, below: standard }',
    bare('billing: { paymentTerms: dueOnReceipt }\n'),
    ['bare terms.billing.paymentTerms'],
  ],
  [
    'later than the plan has it',
    later,
    bare('billing: { paymentTerms: net30 }\n'),
    ['bare terms.billing.paymentTerms'],
  ],
  ['sooner', later, bare('billing: { paymentTerms: dueOnReceipt }\n'), []],
  ['by days, not by letters', later, bare('billing: { paymentTerms: net7 }\n'), []],
  [
    'where the plan has none, anything is beyond it',
    later,
    free('billing: { paymentTerms: net1 }\n'),
    ['free terms.billing.paymentTerms'],
  ],
  [
    'a standard that moves in the same change is the old one',
    later,
    {
      ...bare('billing: { paymentTerms: net30 }\n'),
      ...studio('net15', 'net45'),
    },
    [
      'adding terms.billing.paymentTerms',
      'bare terms.billing.paymentTerms',
      'bought terms.billing.paymentTerms',
      'earlier terms.billing.paymentTerms',
      'later terms.billing.paymentTerms',
      'special terms.billing.paymentTerms',
    ],
  ],
  [
    'faster than standard',
    '{ term: support.firstResponseHours, below: standard }',
    bare('support: { firstResponseHours: 8 }\n'),
    ['bare terms.support.firstResponseHours'],
  ],
  [
    'slower',
    '{ term: support.firstResponseHours, below: standard }',
    bare('support: { firstResponseHours: 48 }\n'),
    [],
  ],
]);

proveLines('is', [
  ['the value', '{ setting: region, is: eu }', free(sets('set: { region: eu }')), ['free settings.region']],
  ['not another', '{ setting: region, is: us }', free(sets('set: { region: eu }')), []],
  ['one of some', '{ setting: seats, is: [4, 5] }', free(seats(5)), ['free settings.seats']],
  ['true, not what it was', '{ setting: sso, is: false }', free(sets('set: { sso: true }')), []],
  [
    'one of a list it is now',
    '{ term: support.contacts, is: a@x.example }',
    free('support: { contacts: [b@x.example, a@x.example] }\n'),
    ['free terms.support.contacts'],
  ],
  [
    'the same decimal',
    '{ term: billing.discount.percent, is: 20 }',
    free('billing: { discount: { percent: "20.00", until: 2027-01-01 } }\n'),
    ['free terms.billing.discount.percent'],
  ],
]);

proveLines('underContract', [
  [
    'where the base has one on those days',
    '{ setting: seats, underContract: true }',
    underContract('quantities: { seats: 90 }'.replace('90', '120')),
    ['free settings.seats'],
    underContract('quantities: { seats: 200 }'),
  ],
  [
    'not where it only comes',
    '{ setting: seats, underContract: true }',
    underContract('quantities: { seats: 120 }'),
    [],
  ],
  [
    'not after it',
    '{ setting: seats, underContract: true }',
    { 'customers/earlier.yaml': `${company['customers/earlier.yaml']}${seats(9)}` },
    [],
  ],
]);

proveLines('past', [
  [
    'days that are over',
    '{ setting: seats, past: true }',
    free(exception('EX-9', 'decision: configuration, set: { seats: 4 }, starts: 2026-01-01, expires: 2026-01-31')),
    ['free settings.seats'],
  ],
  ['not days that come', '{ setting: seats, past: true }', free(seats(4)), []],
  [
    'also what the menu sells: the days may have been invoiced',
    '{ past: true }',
    bare('addOns: [{ id: moreSeats, starts: 2025-01-01, ends: 2026-11-01 }]\n'),
    ['bare settings.seats'],
  ],
]);
