import { acme, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

const trial = (rest: string) => acme('plan: starter@1', `trials: [${rest}]`);
const status = (rest: string) => acme(`statuses: [${rest}]`);
const enterprise = (rest: string, ...more: string[]) =>
  acme('plan: starter@1', `contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-02-01${rest} }${more.join('')}]`);
const running = ', ends: 2027-01-31, renewal: { kind: none }, quantities: { seats: 40 }';

proveCheck('record-removed', [
  [
    'an exception',
    exception('id: EX-1, set: { sso: true }', 'id: EX-2, decision: no'),
    exception('id: EX-1, set: { sso: true }'),
    ['error «"exceptions"» exception EX-2 is gone'],
  ],
  [
    'the key that held it',
    exception('id: EX-1, set: { sso: true }'),
    acme(),
    ['error «"name"» exception EX-1 is gone'],
  ],
  [
    'an exception in other letters stays itself',
    exception('id: EX-a, set: { sso: true }'),
    exception('id: ex-A, set: { sso: true }'),
    [],
  ],
  [
    'exceptions in another order',
    exception('id: EX-1, set: { sso: true }', 'id: EX-2, decision: no'),
    exception('id: EX-2, decision: no', 'id: EX-1, set: { sso: true }'),
    [],
  ],
  [
    'a contract, also one to come',
    enterprise(running, ', { id: C-2, plan: enterprise@1, starts: 2027-02-01 }'),
    enterprise(running),
    ['error «"contracts"» contract C-2 is gone'],
  ],
  [
    'an amendment that has taken effect',
    enterprise(`${running}, amendments: [{ on: 2026-11-20, quantities: { seats: 50 } }]`),
    enterprise(`${running}, amendments: []`),
    ['error «"amendments"» the amendment of C-1 on 2026-11-20 is gone'],
  ],
  [
    'an amendment to come',
    enterprise(`${running}, amendments: [{ on: 2026-11-21, quantities: { seats: 50 } }]`),
    enterprise(`${running}, amendments: []`),
    ['warning «"amendments"» the amendment of C-1 on 2026-11-21 is gone, before it began'],
  ],
  [
    'an amendment to come that moves',
    enterprise(`${running}, amendments: [{ on: 2026-12-01, quantities: { seats: 50 } }]`),
    enterprise(`${running}, amendments: [{ on: 2026-12-15, quantities: { seats: 50 } }]`),
    [],
  ],
  [
    'one of two amendments of a day',
    enterprise(
      `${running}, amendments: [{ on: 2026-06-01, quantities: { seats: 50 } }, { on: 2026-06-01, billing: { interval: year } }]`,
    ),
    enterprise(`${running}, amendments: [{ on: 2026-06-01, quantities: { seats: 50 } }]`),
    ['error «"amendments"» the amendment of C-1 on 2026-06-01 is gone'],
  ],
  [
    'an amendment of the account',
    acme('amendments: [{ on: 2026-03-01, plan: enterprise@1 }]'),
    acme(),
    ['error «"name"» the amendment of the account on 2026-03-01 is gone'],
  ],
  [
    'a trial that has begun gets another first day',
    trial('{ kind: trial, plan: studio@2, starts: 2026-11-01, ends: 2026-12-01 }'),
    trial('{ kind: trial, plan: studio@2, starts: 2026-11-05, ends: 2026-12-01 }'),
    ['error «"trials"» the trial of 2026-11-01 is gone'],
  ],
  [
    'a trial to come gets another first day',
    trial('{ kind: trial, plan: studio@2, starts: 2026-12-01, ends: 2026-12-31 }'),
    trial('{ kind: trial, plan: studio@2, starts: 2026-12-05, ends: 2026-12-31 }'),
    [],
  ],
  [
    'a trial ends earlier',
    trial('{ kind: trial, plan: studio@2, starts: 2026-11-01, ends: 2026-12-31 }'),
    trial('{ kind: trial, plan: studio@2, starts: 2026-11-01, ends: 2026-11-21 }'),
    [],
  ],
  [
    'a status',
    status('{ stage: pastDue, since: 2026-11-01 }'),
    acme(),
    ['error «"name"» the status pastDue of 2026-11-01 is gone'],
  ],
  [
    'a status that ends',
    status('{ stage: pastDue, since: 2026-11-01 }'),
    status('{ stage: pastDue, since: 2026-11-01, until: 2026-11-20 }'),
    [],
  ],
  [
    'a closed customer who comes back',
    status('{ stage: closed, since: 2026-11-01 }'),
    acme('name: Acme'),
    ['error «"name"» the status closed of 2026-11-01 is gone'],
  ],
  [
    'the whole file: another rule speaks of that',
    exception('id: EX-1, set: { sso: true }'),
    { 'customers/acme.yaml': undefined, 'customers/globex.yaml': 'plan: studio@2' },
    [],
  ],
]);

proveCheck('contract-edited-in-place', [
  [
    'a quantity',
    enterprise(running),
    enterprise(running.replace('40', '60')),
    [
      'error «"quantities"» contract C-1 has run since 2026-02-01, and `quantities` says something else now: {seats 40} → {seats 60}',
    ],
  ],
  [
    'the last day',
    enterprise(running),
    enterprise(running.replace('2027-01-31', '2027-06-30')),
    [
      'error «"ends"» contract C-1 has run since 2026-02-01, and `ends` says something else now: 2027-01-31 → 2027-06-30',
    ],
  ],
  [
    'a key that is gone',
    enterprise(running),
    enterprise(running.replace(', quantities: { seats: 40 }', '')),
    ['error «"id"» contract C-1 has run since 2026-02-01, and `quantities` says something else now: {seats 40} → none'],
  ],
  [
    'an amendment, as it should be',
    enterprise(running),
    enterprise(`${running}, amendments: [{ on: 2026-12-01, quantities: { seats: 60 } }]`),
    [],
  ],
  ['the day of the signature, learnt later', enterprise(running), enterprise(`${running}, signed: 2026-01-10`), []],
  [
    'another day of the signature',
    enterprise(`${running}, signed: 2026-01-10`),
    enterprise(`${running}, signed: 2026-01-11`),
    [
      'error «"signed"» contract C-1 has run since 2026-02-01, and `signed` says something else now: 2026-01-10 → 2026-01-11',
    ],
  ],
  [
    'one that starts tomorrow',
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-11-21, quantities: { seats: 40 } }]',
    ),
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-11-21, quantities: { seats: 50 } }]',
    ),
    [],
  ],
  [
    'one that starts today',
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-11-20, quantities: { seats: 40 } }]',
    ),
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-11-20, quantities: { seats: 50 } }]',
    ),
    [
      'error «"quantities"» contract C-1 has run since 2026-11-20, and `quantities` says something else now: {seats 40} → {seats 50}',
    ],
  ],
  [
    'moved to the future to be edited',
    enterprise(running),
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: enterprise@1, starts: 2026-12-01, ends: 2027-01-31, renewal: { kind: none }, quantities: { seats: 40 } }]',
    ),
    [
      'error «"starts"» contract C-1 has run since 2026-02-01, and `starts` says something else now: 2026-02-01 → 2026-12-01',
    ],
  ],
  [
    'an amendment that has taken effect',
    enterprise(`${running}, amendments: [{ on: 2026-06-01, quantities: { seats: 50 } }]`),
    enterprise(`${running}, amendments: [{ on: 2026-06-01, quantities: { seats: 45 } }]`),
    ['error «"on"» the amendment of C-1 on 2026-06-01 has taken effect, and says something else now'],
  ],
  [
    'an amendment to come',
    enterprise(`${running}, amendments: [{ on: 2026-12-01, quantities: { seats: 50 } }]`),
    enterprise(`${running}, amendments: [{ on: 2026-12-01, quantities: { seats: 45 } }]`),
    [],
  ],
  [
    'one more amendment of a day that is over',
    enterprise(`${running}, amendments: [{ on: 2026-11-10, quantities: { seats: 50 } }]`),
    enterprise(
      `${running}, amendments: [{ on: 2026-11-10, quantities: { seats: 50 } }, { on: 2026-11-10, billing: { interval: year } }]`,
    ),
    [],
  ],
]);
