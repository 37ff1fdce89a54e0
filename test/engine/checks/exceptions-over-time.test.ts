import { acme, contract, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

proveCheck('expires-soon', [
  [
    'on its last day',
    {},
    exception('set: { sso: true }, starts: 2026-03-01, expires: 2026-11-20'),
    ['warning «"2026-11-20"» EX-acme-1 ends 2026-11-20, today'],
  ],
  [
    'on the last day that counts',
    {},
    exception('set: { sso: true }, starts: 2026-03-01, expires: 2026-12-20'),
    ['warning «"2026-12-20"» EX-acme-1 ends 2026-12-20, in 30 days'],
  ],
  ['a day later: not yet', {}, exception('set: { sso: true }, starts: 2026-03-01, expires: 2026-12-21'), []],
  ['the day after its end: over', {}, exception('set: { sso: true }, starts: 2026-03-01, expires: 2026-11-19'), []],
  ['one that has not begun', {}, exception('set: { sso: true }, starts: 2026-11-21, expires: 2026-12-01'), []],
  [
    'one that the next record carries on',
    {},
    exception(
      'set: { sso: true }, starts: 2026-03-01, expires: 2026-11-30',
      'set: { sso: true }, starts: 2026-12-01, expires: 2027-11-30',
    ),
    [],
  ],
  [
    'with the contract',
    {},
    acme(
      contract('starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: none }'),
      'exceptions: [{ set: { sso: true }, expires: contract }]',
    ),
    ['warning «"contract"» EX-acme-1 ends 2026-11-30, in 10 days'],
  ],
  [
    'dropped by a downgrade before its own end',
    {},
    acme(
      'plan: starter@1\ncontracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: none } }]',
      'exceptions: [{ set: { sso: true }, expires: 2027-06-30, onDowngrade: drop }]',
    ),
    ['warning «"2027-06-30"» EX-acme-1 is dropped after 2026-11-30, in 10 days'],
  ],
]);

proveCheck('ended-still-felt', [
  [
    'a value that is held',
    {},
    exception('set: { dataRegion: eu }, starts: 2026-03-01, expires: 2026-09-30'),
    ['warning «{» EX-acme-1 ended, and what it gave is held since 2026-10-01, paid by nothing: dataRegion eu'],
  ],
  [
    'a value that the next record names',
    {},
    exception(
      'set: { dataRegion: eu }, starts: 2026-03-01, expires: 2026-09-30',
      'set: { dataRegion: eu }, starts: 2026-10-15',
    ),
    [],
  ],
  [
    'dates that do not tell of the drop',
    {},
    acme(
      'plan: starter@1\ncontracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: 2026-10-31, renewal: { kind: none } }]',
      'exceptions: [{ set: { sso: true }, starts: 2026-03-01, onDowngrade: drop }]',
    ),
    ['note «"2027-06-30"» EX-acme-1 reads as if it were in force, and a downgrade dropped it for good on 2026-11-01'],
  ],
  [
    'a customer who is closed',
    {},
    acme(
      'statuses: [{ stage: closed, since: 2026-10-01 }]',
      'exceptions: [{ set: { sso: true }, starts: 2026-03-01 }]',
    ),
    [],
  ],
]);

proveCheck('lasts-too-long', [
  ['the longest there may be', {}, exception('set: { sso: true }, starts: 2026-12-01, expires: 2028-01-04'), []],
  [
    'a day more',
    {},
    exception('set: { sso: true }, starts: 2026-12-01, expires: 2028-01-05'),
    ['warning «"2028-01-05"» EX-acme-1 lasts 401 days; a configuration lasts 400 at most'],
  ],
  [
    'a promise may be longer',
    {},
    exception('terms: { support: { channel: chat } }, starts: 2026-12-01, expires: 2028-01-05'),
    [],
  ],
  [
    'a promise, too long',
    {},
    exception('terms: { support: { channel: chat } }, starts: 2026-12-01, expires: 2029-12-01'),
    ['warning «"2029-12-01"» EX-acme-1 lasts 1,097 days; a promise lasts 800 at most'],
  ],
  [
    'as long as the contract',
    {},
    acme(contract('starts: 2026-01-01'), 'exceptions: [{ set: { sso: true }, expires: contract }]'),
    [],
  ],
  [
    'a service',
    {},
    exception('decision: service, askedOn: 2026-11-01, ends: 2027-11-01'),
    ['warning «"2027-11-01"» EX-acme-1 lasts 366 days; a service lasts 200 at most'],
  ],
  [
    'one that lasted as long before',
    exception('set: { sso: true }, starts: 2026-12-01, expires: 2029-01-01'),
    exception('set: { sso: true }, starts: 2026-12-01, expires: 2029-01-01, owner: team-b'),
    [],
  ],
  [
    'one that is ended earlier, and is still long',
    exception('set: { sso: true }, starts: 2026-12-01, expires: 2030-01-01'),
    exception('set: { sso: true }, starts: 2026-12-01, expires: 2029-01-01'),
    [],
  ],
]);

proveCheck('no-effect', [
  [
    'dates the wrong way round: another rule speaks of that',
    {},
    exception('set: { sso: true }, starts: 2027-01-01, expires: 2026-12-01'),
    [],
  ],
  [
    'what the plan gives',
    {},
    acme('plan: enterprise@1', 'exceptions: [{ set: { sso: true } }]'),
    ['warning «true» EX-acme-1 gives sso yes, which the customer has anyway on all its days (enterprise@1)'],
  ],
  [
    'what only a later plan gives',
    {},
    acme(
      'plan: studio@2',
      'amendments: [{ on: 2027-01-01, plan: enterprise@1 }]',
      'exceptions: [{ set: { sso: true } }]',
    ),
    [],
  ],
  [
    'half of it',
    {},
    acme('plan: enterprise@1', 'exceptions: [{ set: { sso: true, sessionHours: 8 } }]'),
    ['warning «true» EX-acme-1 gives sso yes, which the customer has anyway on all its days (enterprise@1)'],
  ],
  [
    'a rule of access is something',
    {},
    acme('plan: enterprise@1', 'exceptions: [{ access: [{ action: exportReports, only: [admin] }] }]'),
    [],
  ],
  [
    'a promise of what is agreed',
    {},
    exception('terms: { billing: { paymentTerms: net15 } }'),
    ['warning «{» EX-acme-1 promises what is agreed anyway, on all its days'],
  ],
  ['a promise of something else', {}, exception('terms: { billing: { paymentTerms: net60 } }'), []],
  [
    'what a day-one default gives',
    {},
    exception('set: { dataRegion: us }'),
    ['warning «"us"» EX-acme-1 gives dataRegion us, which the customer has anyway on all its days (studio@2)'],
  ],
  [
    'one that was there before, in another line',
    exception('set: { dataRegion: us }'),
    { 'customers/acme.yaml': 'accountOwner: x\nexceptions: [{ set: { dataRegion: us } }]' },
    [],
  ],
]);

proveCheck('lowers-unsaid', [
  [
    'less than the plan gives',
    {},
    exception('set: { apiCalls: 20000 }'),
    ['error «20000» EX-acme-1 lowers apiCalls: 20000 instead of 50000 from 2026-11-01 until 2027-06-30 (studio@2)'],
  ],
  ['as much: nothing is lower', {}, exception('set: { apiCalls: 50000 }'), []],
  ['more', {}, exception('set: { apiCalls: 60000 }'), []],
  ['a number of which less is better', {}, exception('set: { sessionHours: 8 }'), []],
  [
    'more of what less is better',
    {},
    exception('set: { sessionHours: 800 }'),
    ['error «800» EX-acme-1 lowers sessionHours: 800 instead of 720 from 2026-11-01 until 2027-06-30 (studio@2)'],
  ],
  [
    'a feature taken away',
    {},
    exception('set: { auditLog: false }'),
    ['error «false» EX-acme-1 lowers auditLog: no instead of yes from 2026-11-01 until 2027-06-30 (studio@2)'],
  ],
  ['said', {}, exception('set: { auditLog: false }, lowers: true'), []],
  ['no order, nothing to lower', {}, exception('set: { dataRegion: eu }'), []],
  [
    'only from the day of a better plan on',
    {},
    acme('amendments: [{ on: 2027-02-01, plan: enterprise@1 }]', 'exceptions: [{ set: { apiCalls: 60000 } }]'),
    [
      'error «60000» EX-acme-1 lowers apiCalls: 60000 instead of 500000 from 2027-02-01 until 2027-06-30 (enterprise@1)',
    ],
  ],
  [
    'only after it was dropped',
    {},
    acme(
      'amendments: [{ on: 2027-02-01, plan: enterprise@1 }]',
      'exceptions: [{ set: { apiCalls: 60000 }, onUpgrade: drop }]',
    ),
    [],
  ],
  [
    'less than an add-on makes of it',
    {},
    acme('addOns: [{ id: extraCalls }]', 'exceptions: [{ set: { apiCalls: 55000 } }]'),
    ['error «55000» EX-acme-1 lowers apiCalls: 55000 instead of 60000 from 2026-11-01 until 2027-06-30 (studio@2)'],
  ],
]);

const at = 'which one counts is left to their order';
proveCheck('exceptions-at-odds', [
  [
    'two promises of one term',
    {},
    exception(
      'terms: { billing: { paymentTerms: net60 } }',
      'terms: { billing: { paymentTerms: net45 } }, starts: 2026-12-01',
    ),
    [`error «"net45"» EX-acme-2 and EX-acme-1 both promise billing.paymentTerms on 2026-12-01; ${at}`],
  ],
  [
    'a term and a part of it',
    {},
    exception(
      'terms: { support: { firstResponseHours: 4 } }',
      'terms: { support: { firstResponseHours: { severity1: 1 } } }',
    ),
    [`error «1» EX-acme-2 and EX-acme-1 both promise support.firstResponseHours.severity1 on 2026-11-20; ${at}`],
  ],
  [
    'one after the other',
    {},
    exception(
      'terms: { billing: { paymentTerms: net60 } }, expires: 2026-11-30',
      'terms: { billing: { paymentTerms: net45 } }, starts: 2026-12-01',
    ),
    [],
  ],
  [
    'only in the past',
    {},
    exception(
      'terms: { billing: { paymentTerms: net60 } }, starts: 2026-01-01, expires: 2026-06-30',
      'terms: { billing: { paymentTerms: net45 } }, starts: 2026-02-01, expires: 2026-06-30',
    ),
    [],
  ],
  [
    'a limit on what the other takes away',
    {},
    exception('set: { auditDays: 90 }', 'set: { auditLog: false }, lowers: true'),
    ['error «90» EX-acme-1 sets auditDays, and EX-acme-2 switches auditLog to no, so that there is nothing to limit'],
  ],
  ['a limit on what the other gives', {}, exception('set: { auditDays: 90 }', 'set: { auditLog: true }'), []],
]);
