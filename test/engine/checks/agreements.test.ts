import { acme, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

const contract = (rest: string, ...more: string[]) =>
  acme('plan: starter@1', `contracts: [{ id: C-1, plan: studio@2, ${rest} }${more.join('')}]`);

proveCheck('agreement-ends', [
  [
    'before the days before its notice',
    {},
    contract('starts: 2026-01-01, ends: 2027-01-20, renewal: { kind: manual, noticeDays: 30 }'),
    [],
  ],
  [
    'on the first of them',
    {},
    contract('starts: 2026-01-01, ends: 2027-01-19, renewal: { kind: manual, noticeDays: 30 }'),
    ['warning «"2027-01-19"» contract C-1 ends 2027-01-19, with notice by 2026-12-20: grace from the next day on'],
  ],
  [
    'that ends for good',
    {},
    contract('starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: none }'),
    ['warning «"2026-11-30"» contract C-1 ends 2026-11-30: starter@1 from the next day on'],
  ],
  [
    'that has a successor',
    {},
    contract(
      'starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: manual }',
      ', { id: C-2, plan: studio@2, starts: 2026-12-01 }',
    ),
    [],
  ],
  [
    'that ended without one',
    {},
    contract('starts: 2026-01-01, ends: 2026-11-15, renewal: { kind: manual }'),
    ['warning «"2026-11-15"» contract C-1 ended 2026-11-15 and has no successor: starter@1 from 2026-11-30 on'],
  ],
  [
    'that ended early, by an amendment',
    {},
    contract(
      'starts: 2026-01-01, ends: 2027-12-31, renewal: { kind: manual }, amendments: [{ on: 2026-10-01, ends: 2026-12-01, renewal: { kind: none } }]',
    ),
    ['warning «"2027-12-31"» contract C-1 ends 2026-12-01: starter@1 from the next day on'],
  ],
  [
    'that renews by itself, before it can be told off',
    {},
    contract('starts: 2026-01-01, ends: 2026-12-31, renewal: { kind: auto, noticeDays: 30 }'),
    ['note «"2026-12-31"» contract C-1 renews by itself on 2027-01-01; 2026-12-01 is the last day to say otherwise'],
  ],
  [
    'that renews by itself, too late to be told off',
    {},
    contract('starts: 2026-01-01, ends: 2026-12-31, renewal: { kind: auto, noticeDays: 60 }'),
    [],
  ],
  [
    'that has renewed by itself already, twice',
    {},
    contract('starts: 2024-01-01, ends: 2024-12-31, renewal: { kind: auto, noticeDays: 20, months: 12 }'),
    ['note «"2024-12-31"» contract C-1 renews by itself on 2027-01-01; 2026-12-11 is the last day to say otherwise'],
  ],
  ['from month to month', {}, contract('starts: 2026-01-01'), []],
  [
    'of a customer who is closed',
    {},
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: studio@2, starts: 2026-01-01, ends: 2026-11-30, renewal: { kind: none } }]',
      'statuses: [{ stage: closed, since: 2026-11-01 }]',
    ),
    [],
  ],
  [
    'a pilot with nothing after it',
    {},
    acme('plan: starter@1', 'trials: [{ kind: pilot, plan: pilot@1, starts: 2026-10-01, ends: 2026-12-04 }]'),
    [
      'warning «"2026-12-04"» the pilot of pilot@1 ends 2026-12-04 with nothing after it: starter@1 from the next day on',
    ],
  ],
  [
    'a pilot with a contract after it',
    {},
    acme(
      'plan: starter@1',
      'trials: [{ kind: pilot, plan: pilot@1, starts: 2026-10-01, ends: 2026-12-04 }]',
      'contracts: [{ id: C-1, plan: studio@2, starts: 2026-12-05 }]',
    ),
    [],
  ],
  [
    'a pilot that ends later',
    {},
    acme('plan: starter@1', 'trials: [{ kind: pilot, plan: pilot@1, starts: 2026-10-01, ends: 2026-12-05 }]'),
    [],
  ],
]);

const trials = (...more: string[]) => acme('plan: starter@1', `trials: [${more.join(', ')}]`);
const month = (starts: string, ends: string) => `{ kind: trial, plan: studio@2, starts: ${starts}, ends: ${ends} }`;
proveCheck('endless-trial', [
  ['as long as it may be', {}, trials(month('2026-12-01', '2027-01-14')), []],
  [
    'a day more',
    {},
    trials(month('2026-12-01', '2027-01-15')),
    ['warning «"2027-01-15"» the trial lasts 46 days; a trial lasts 45 at most'],
  ],
  ['a pilot may be longer', {}, trials('{ kind: pilot, plan: pilot@1, starts: 2026-12-01, ends: 2027-03-01 }'), []],
  [
    'three in a row, close to each other',
    trials(month('2026-09-01', '2026-09-30'), month('2026-10-01', '2026-10-31')),
    trials(month('2026-09-01', '2026-09-30'), month('2026-10-01', '2026-10-31'), month('2026-12-01', '2026-12-31')),
    ['warning «"2026-12-01"» this is trial number 3 in a row; 2 is the most'],
  ],
  [
    'a third one a year later',
    trials(month('2025-09-01', '2025-09-30'), month('2025-10-01', '2025-10-31')),
    trials(month('2025-09-01', '2025-09-30'), month('2025-10-01', '2025-10-31'), month('2026-12-01', '2026-12-31')),
    [],
  ],
  [
    'one that gets longer',
    trials(month('2026-11-01', '2026-12-10')),
    trials(month('2026-11-01', '2027-01-31')),
    ['warning «"2027-01-31"» the trial lasts 92 days; a trial lasts 45 at most'],
  ],
  [
    'one that was as long before',
    trials(month('2026-11-01', '2027-01-31')),
    trials(month('2026-11-01', '2027-01-30')),
    [],
  ],
]);

proveCheck('details-before-start', [
  [
    'needed within the days',
    {},
    { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-12-04 }]' },
    ['error «"name"» securityContact (`securityContact`) is needed from 2026-12-04 on, because sso is true'],
  ],
  ['needed a day later', {}, { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-12-05 }]' }, []],
  [
    'needed now',
    {},
    { 'customers/acme.yaml': 'plan: enterprise@1' },
    ['error «"name"» securityContact (`securityContact`) is needed now, because sso is true'],
  ],
  ['given', {}, exception('set: { sso: true }'), []],
  [
    'needed because of the plan, by somebody who is not edited',
    { 'customers/globex.yaml': 'plan: studio@2' },
    {
      'plans/studio@2.yaml':
        'name: Studio\nrank: 20\nsettings: { seats: 5, apiCalls: 50000, auditLog: true, sso: true }\nprice: { currency: USD, per: month, amount: "49.00" }\n',
    },
    ['error customers/globex.yaml «"name"» securityContact (`securityContact`) is needed now, because sso is true'],
  ],
  [
    'needed before, by somebody who is not edited',
    { 'customers/globex.yaml': 'plan: enterprise@1' },
    {
      'plans/enterprise@1.yaml':
        'name: Enterprise\nrank: 30\nsettings: { seats: 20, apiCalls: 500000, sso: true, auditLog: true }\nprice: { currency: USD, per: year, amount: "0.00" }\n',
    },
    [],
  ],
]);

const owned = (owner: string) => `exceptions: [{ owner: ${owner}, set: { sessionHours: 8 } }]`;
const most = { 'policies/checks.yaml': 'owns-too-much: { most: 1 }' };
proveCheck('owns-too-much', [
  [
    'one person, by address',
    { ...most, 'customers/globex.yaml': owned('lee@product.example') },
    exception('owner: LEE@product.example, set: { sso: true }'),
    [
      'warning «"LEE@product.example"» LEE@product.example owns 2 exceptions at acme and globex; 1 is the most for one person',
    ],
  ],
  [
    'one person, under two names that the approvers know',
    {
      ...most,
      'policies/approvers.yaml':
        'people: [{ id: 1, login: lee-k, name: Lee Kim, emails: [lee@product.example], classes: [] }]',
      'customers/globex.yaml': owned('lee-k'),
    },
    exception('owner: Lee Kim, set: { sso: true }'),
    ['warning «"Lee Kim"» Lee Kim owns 2 exceptions at acme and globex; 1 is the most for one person'],
  ],
  [
    'a team',
    { ...most, 'customers/globex.yaml': owned('team-access') },
    exception('owner: team-access, set: { sso: true }'),
    [],
  ],
  [
    'what is over is no burden',
    {
      ...most,
      'customers/globex.yaml':
        'exceptions: [{ owner: lee@product.example, set: { sessionHours: 8 }, starts: 2026-01-01, expires: 2026-06-30 }]',
    },
    exception('owner: lee@product.example, set: { sso: true }'),
    [],
  ],
  [
    'too much already, and somebody else is edited',
    {
      ...most,
      'customers/globex.yaml': owned('lee@product.example'),
      'customers/initech.yaml': owned('lee@product.example'),
    },
    exception('owner: team-access, set: { sso: true }'),
    [],
  ],
]);

proveCheck('plan-not-sold', [
  [
    'a new customer',
    {},
    { 'customers/globex.yaml': 'plan: studio@1' },
    ['error customers/globex.yaml «"studio@1"» studio@1 is no longer sold, and Globex has never had it'],
  ],
  [
    'a trial',
    {},
    acme('plan: starter@1', 'trials: [{ kind: trial, plan: studio@1, starts: 2026-12-01, ends: 2026-12-31 }]'),
    ['error «"studio@1"» studio@1 is no longer sold, and Acme has never had it'],
  ],
  [
    'an amendment of a contract',
    {},
    contract('starts: 2026-01-01, amendments: [{ on: 2026-12-01, plan: studio@1, quantities: {} }]'),
    ['error «"studio@1"» studio@1 is no longer sold, and Acme has never had it'],
  ],
  [
    'somebody who has it keeps it, in a new contract too',
    acme('plan: studio@1'),
    acme('plan: studio@1', 'contracts: [{ id: C-1, plan: studio@1, starts: 2026-12-01 }]'),
    [],
  ],
  [
    'sold again in the same change',
    {},
    {
      'plans/studio@1.yaml':
        'name: Studio (2024)\nrank: 20\nsettings: { seats: 5 }\nprice: { currency: USD, per: month, amount: "39.00" }\n',
      'customers/globex.yaml': 'plan: studio@1',
    },
    ['error customers/globex.yaml «"studio@1"» studio@1 is no longer sold, and Globex has never had it'],
  ],
  [
    'the first customers of a repository',
    { 'customers/acme.yaml': undefined },
    { 'customers/globex.yaml': 'plan: studio@1' },
    [],
  ],
]);
