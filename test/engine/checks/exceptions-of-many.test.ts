import { describe, expect, it } from 'vitest';
import type { ExampleFiles } from '../../../engine/checks/check.ts';
import { linesOf } from '../../fixtures/checks/example-company.ts';
import { acme, contract, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

const others = (one: string, two: string): ExampleFiles => ({
  'customers/globex.yaml': `exceptions: [{ ${one} }]`,
  'customers/initech.yaml': `exceptions: [{ ${two} }]`,
});
const mine = 'set: { sessionHours: 8 }, need: Shifts share a tablet.';
proveCheck('repeated-exception', [
  [
    'three of a kind',
    others('set: { sessionHours: 8 }', 'set: { sessionHours: 8 }'),
    exception(mine),
    ['warning «{» 3 customers have an exception for sessionHours 8: acme, globex and initech'],
  ],
  ['two of a kind', others('set: { sessionHours: 8 }', 'set: { sessionHours: 12 }'), exception(mine), []],
  [
    'one of the three is over',
    others('set: { sessionHours: 8 }', 'set: { sessionHours: 8 }, starts: 2026-01-01, expires: 2026-11-19'),
    exception(mine),
    [],
  ],
  [
    'one of the three ends today',
    others('set: { sessionHours: 8 }', 'set: { sessionHours: 8 }, starts: 2026-01-01, expires: 2026-11-20'),
    exception(mine),
    ['warning «{» 3 customers have an exception for sessionHours 8: acme, globex and initech'],
  ],
  [
    'one of the three is closed',
    {
      ...others('set: { sessionHours: 8 }', 'set: { sso: true }'),
      'customers/hooli.yaml':
        'statuses: [{ stage: closed, since: 2026-01-01 }]\nexceptions: [{ set: { sessionHours: 8 } }]',
    },
    exception(mine),
    [],
  ],
  [
    'the same need, answered in other ways',
    others(
      'set: { sso: true }, need: The auditors must see everything.',
      'set: { auditDays: 90 }, need: Auditors MUST see everything!',
    ),
    exception('set: { dataRegion: eu }, need: "everything, the auditors see"'),
    [
      'warning «"everything, the auditors see"» 3 customers need the same, and got it in different ways: acme, globex and initech',
    ],
  ],
  [
    'the same rule of access',
    others('access: [{ action: exportReports, only: [admin] }]', 'access: [{ action: exportReports, only: [admin] }]'),
    exception('access: [{ action: exportReports, only: [admin] }], need: Only few take files out.'),
    ['warning «{» 3 customers have an exception for exportReports: only admin: acme, globex and initech'],
  ],
  [
    'the same rule with another role',
    others('access: [{ action: exportReports, only: [admin] }]', 'access: [{ action: exportReports, only: [viewer] }]'),
    exception('access: [{ action: exportReports, approver: admin }], need: Only few take files out.'),
    [],
  ],
  [
    'the same promise',
    others('terms: { billing: { paymentTerms: net60 } }', 'terms: { billing: { paymentTerms: net60 } }'),
    exception('terms: { billing: { paymentTerms: net60 } }, need: They pay late.'),
    ['warning «{» 3 customers have an exception for billing.paymentTerms net60: acme, globex and initech'],
  ],
  [
    'not touched: nobody is told',
    { ...others('set: { sessionHours: 8 }', 'set: { sessionHours: 8 }'), ...exception(mine) },
    { 'customers/hooli.yaml': 'plan: studio@2' },
    [],
  ],
]);

describe('repeated-exception', () => {
  it('tells from five on that a setting has other values everywhere', async () => {
    const [base, head] = [
      {
        ...others('set: { sessionHours: 4 }', 'set: { sessionHours: 5 }'),
        'customers/hooli.yaml': 'exceptions: [{ set: { sessionHours: 6 } }]',
      },
      {
        ...exception('set: { sessionHours: 7 }, need: A.'),
        'customers/umbrella.yaml': 'exceptions: [{ set: { sessionHours: 9 }, need: B. }]',
      },
    ];
    expect(await linesOf('repeated-exception', base, exception('set: { sessionHours: 7 }, need: A.'))).toEqual([]);
    expect(await linesOf('repeated-exception', base, head)).toEqual([
      'warning «{» 5 customers have an exception on sessionHours, each with a value of its own: acme, globex, hooli, initech and umbrella',
    ]);
  });
});

const words = 'need: Shifts sign in anew., because: Their auditors ask for it.';
const copy = { 'customers/globex.yaml': `exceptions: [{ id: EX-7, set: { sessionHours: 8 }, ${words} }]` };
proveCheck('copied-exception', [
  [
    'word for word',
    copy,
    exception(`set: { sessionHours: 8 }, ${words}`),
    ['warning «{» EX-acme-1 is EX-7 of globex word for word'],
  ],
  [
    'with other marks and case',
    copy,
    exception('set: { sessionHours: 8 }, need: "shifts SIGN in anew", because: "Their auditors, ask for it!"'),
    ['warning «{» EX-acme-1 is EX-7 of globex word for word'],
  ],
  [
    'into a new customer',
    copy,
    { 'customers/hooli.yaml': `exceptions: [{ set: { sessionHours: 8 }, ${words} }]` },
    ['warning customers/hooli.yaml «{» EX-hooli-1 is EX-7 of globex word for word, in a new customer'],
  ],
  ['with another value', copy, exception(`set: { sessionHours: 4 }, ${words}`), []],
  [
    'with another reason',
    copy,
    exception('set: { sessionHours: 8 }, need: Shifts sign in anew., because: We want to try it.'),
    [],
  ],
  [
    'the customer’s own, once more',
    copy,
    {
      'customers/globex.yaml': `exceptions: [{ id: EX-7, set: { sessionHours: 8 }, ${words} }, { id: EX-8, set: { sessionHours: 8 }, ${words}, starts: 2027-07-01, expires: 2027-12-31 }]`,
    },
    [],
  ],
]);

proveCheck('too-many-exceptions', [
  [
    'as many as there may be',
    { 'policies/checks.yaml': 'too-many-exceptions: { most: 2 }' },
    exception('set: { sso: true }', 'set: { sessionHours: 8 }'),
    [],
  ],
  [
    'one more, to come',
    { 'policies/checks.yaml': 'too-many-exceptions: { most: 2 }' },
    exception(
      'set: { sso: true }',
      'set: { sessionHours: 8 }',
      'terms: { support: { channel: chat } }, starts: 2027-01-01',
    ),
    ['warning «"exceptions"» Acme has 3 exceptions in force or to come; 2 is the most'],
  ],
  [
    'refusals and services are none',
    { 'policies/checks.yaml': 'too-many-exceptions: { most: 0 }' },
    exception('decision: no', 'decision: service', 'decision: feature'),
    [],
  ],
]);

proveCheck('one-buyer-feature', [
  [
    'nobody named',
    {},
    exception('decision: feature, demand: []'),
    ['warning «[]» EX-acme-1 is a feature for one buyer: nobody else is named'],
  ],
  [
    'itself by its name, alias and account',
    {},
    acme(
      'name: Acme Ltd',
      'account: acc_1',
      'aliases: [ACM]',
      'exceptions: [{ decision: feature, demand: [acme, "acme ltd", ACM, acc_1] }]',
    ),
    ['warning «[» EX-acme-1 is a feature for one buyer: nobody else is named'],
  ],
  [
    'a word that fills the field',
    {},
    exception('decision: feature, demand: [tbd, "?"]'),
    ['warning «[» EX-acme-1 is a feature for one buyer: nobody else is named'],
  ],
  ['one more', {}, exception('decision: feature, demand: [acme, Globex]'), []],
  ['something else than a feature', {}, exception('set: { sso: true }, demand: []'), []],
]);

proveCheck('unpriced-work', [
  [
    'neither',
    {},
    exception('decision: service'),
    ['error «"service"» EX-acme-1 is a service without a price and without an end'],
  ],
  [
    'no price',
    {},
    exception('decision: service, ends: 2027-01-01'),
    ['error «"service"» EX-acme-1 is a service without a price'],
  ],
  [
    'no end',
    {},
    exception('decision: service, price: { amount: "1.00", currency: USD }'),
    ['error «"service"» EX-acme-1 is a service without an end'],
  ],
  [
    'one that was there before',
    exception('decision: service'),
    { 'customers/acme.yaml': 'accountOwner: x\nexceptions: [{ decision: service }]' },
    [],
  ],
]);

proveCheck('manual-unowned', [
  [
    'owner and handler are words that fill the field',
    {},
    exception('livesIn: manual, runbook: docs/x.md, owner: TBD, handledBy: n/a, set: { sso: true }'),
    ['error «"manual"» EX-acme-1 is kept true by hand, without an owner and somebody who answers when it breaks'],
  ],
  [
    'a runbook to come',
    {},
    exception('livesIn: manual, runbook: To do!, set: { sso: true }'),
    ['error «"manual"» EX-acme-1 is kept true by hand, without a runbook'],
  ],
  [
    'a runbook that only fills the field',
    {},
    exception('livesIn: manual, runbook: TODO, set: { sso: true }'),
    ['error «"manual"» EX-acme-1 is kept true by hand, without a runbook'],
  ],
  ['not by hand', {}, exception('owner: tbd, set: { sso: true }'), []],
  [
    'a promise of a contract',
    {},
    acme(contract('starts: 2026-12-01, promises: [{ what: A review a year, owner: security, livesIn: manual }]')),
    ['error «"manual"» the promise “A review a year” is kept true by hand, without a runbook'],
  ],
]);

proveCheck('build-hours-missing', [
  [
    'none',
    {},
    exception('set: { sso: true }, buildHours: null'),
    ['error «"EX-acme-1"» EX-acme-1 does not say how long it takes to build'],
  ],
  ['zero is said', {}, exception('set: { sso: true }, buildHours: 0'), []],
  [
    'a refusal is a record too',
    {},
    exception('decision: no, buildHours: null'),
    ['error «"EX-acme-1"» EX-acme-1 does not say how long it takes to build'],
  ],
  [
    'an older record that changes',
    exception('set: { sso: true }, buildHours: null'),
    exception('set: { sso: true }, buildHours: null, owner: team-b'),
    [],
  ],
]);
