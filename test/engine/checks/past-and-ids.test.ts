import { acme, exception, proveCheck } from '../../fixtures/checks/prove-check.ts';

const past = 'settings.sso false → true';
proveCheck('past-rewritten', [
  [
    'an exception that had been over',
    {},
    exception('set: { sso: true }, starts: 2026-02-01, expires: 2026-06-30'),
    [`error «"sso"» this rewrites the past of Acme: ${past} from 2026-02-01 until 2026-06-30`],
  ],
  [
    'one that began long ago and goes on',
    {},
    exception('set: { sso: true }, starts: 2026-10-01'),
    [`error «"sso"» this rewrites the past of Acme: ${past} from 2026-10-01 until 2027-06-30`],
  ],
  ['one that began a month ago', {}, exception('set: { sso: true }, starts: 2026-10-20'), []],
  [
    'a new customer has no past',
    {},
    { 'customers/globex.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-02-01, expires: 2026-06-30 }]' },
    [],
  ],
  ['what starts today', {}, exception('set: { sso: true }, starts: 2026-11-20'), []],
  [
    'where an approval is asked for it always',
    {
      'policies/approvals.yaml':
        'classes: { finance: { needs: 1 } }\nlines: [{ when: { past: true }, class: finance, because: invoices }]',
    },
    exception('set: { sso: true }, starts: 2026-02-01, expires: 2026-06-30'),
    [`warning «"sso"» this rewrites the past of Acme: ${past} from 2026-02-01 until 2026-06-30`],
  ],
  [
    'where it goes on after them, so that nobody is asked about it',
    {
      'policies/approvals.yaml':
        'classes: { finance: { needs: 1 } }\nlines: [{ when: { past: true }, class: finance, because: invoices }]',
    },
    { 'customers/acme.yaml': 'exceptions: [{ set: { sso: true }, starts: 2026-02-01, expires: 2026-11-22 }]' },
    [`error «"sso"» this rewrites the past of Acme: ${past} from 2026-02-01 until 2026-11-22`],
  ],
  [
    'where an approval is asked for some of it',
    {
      'policies/approvals.yaml':
        'classes: { finance: { needs: 1 } }\nlines: [{ when: { past: true, setting: seats }, class: finance, because: invoices }]',
    },
    exception('set: { sso: true }, starts: 2026-02-01, expires: 2026-06-30'),
    [`error «"sso"» this rewrites the past of Acme: ${past} from 2026-02-01 until 2026-06-30`],
  ],
  [
    'a policy that changes a grace that is over',
    acme(
      'plan: starter@1',
      'contracts: [{ id: C-1, plan: enterprise@1, starts: 2025-02-01, ends: 2026-01-31, renewal: { kind: manual } }]',
    ),
    { 'policies/lifecycle.yaml': 'stages: { grace: { days: 20 }, lapsed: { plan: starter@1 }, closed: {} }\n' },
    ['error policies/lifecycle.yaml «days» stage grace: days 14 → 20 rewrites the past of 1 customer: acme'],
  ],
]);

proveCheck('id-reused', [
  [
    'an id of another customer',
    { 'customers/globex.yaml': 'exceptions: [{ id: EX-7, decision: no }]' },
    { 'customers/globex.yaml': 'exceptions: []', ...exception('id: ex-7, set: { sso: true }') },
    ['error «"ex-7"» ex-7 is the id of a record of globex; an id is never given again, nor taken along'],
  ],
  [
    'an id of a customer whose file is gone',
    {
      'customers/globex.yaml':
        'statuses: [{ stage: closed, since: 2026-01-01 }]\nexceptions: [{ id: EX-7, decision: no }]',
    },
    { 'customers/globex.yaml': undefined, ...exception('id: EX-7, set: { sso: true }') },
    ['error «"EX-7"» EX-7 is the id of a record of globex; an id is never given again, nor taken along'],
  ],
  [
    'another ask under the old id',
    exception('id: EX-1, set: { sso: true }'),
    exception('id: EX-1, set: { sessionHours: 8 }, need: Tablets sign out., askedOn: 2026-11-19'),
    ['error «"EX-1"» EX-1 stood for another ask until now: “People sign in the way their company does.”'],
  ],
  [
    'the ask in other words',
    exception('id: EX-1, set: { sso: true }'),
    exception('id: EX-1, set: { sso: true }, need: Staff use one login.'),
    [],
  ],
  [
    'the customer’s own id for another company',
    { 'customers/globex.yaml': 'statuses: [{ stage: closed, since: 2026-01-01 }]' },
    { 'customers/globex.yaml': 'name: Globex Two' },
    ['error customers/globex.yaml «"Globex Two"» globex was Globex, who is closed; an id is never given again'],
  ],
]);

const refusal =
  'id: EX-1, decision: no, need: Legal approves., because: One asks., refuses: { settings: [sso, seats], actions: [exportReports] }';
const says = 'which EX-1 refused: “Legal approves.”, because “One asks.”';
proveCheck('refused-before', [
  [
    'a setting',
    exception(refusal),
    exception(refusal, 'id: EX-2, set: { sso: true }'),
    [`error «true» EX-2 touches sso, ${says}`],
  ],
  [
    'more of it',
    exception(refusal),
    exception(refusal, 'id: EX-2, add: { seats: 5 }'),
    [`error «5» EX-2 touches seats, ${says}`],
  ],
  [
    'an action',
    exception(refusal),
    exception(refusal, 'id: EX-2, access: [{ action: exportReports, approver: admin }]'),
    [`error «"exportReports"» EX-2 touches exportReports, ${says}`],
  ],
  [
    'a group that may do it',
    exception(refusal),
    acme(`exceptions: [{ ${refusal} }]`, 'access: { groups: [{ name: finance, may: [exportReports] }] }'),
    [`error «"exportReports"» group finance touches exportReports, ${says}`],
  ],
  [
    'the refusal goes in the same change',
    exception(refusal),
    exception('id: EX-2, set: { sso: true }'),
    [`error «true» EX-2 touches sso, ${says}`],
  ],
  [
    'the refusal itself becomes the exception',
    exception(refusal),
    exception('id: EX-1, set: { sso: true }'),
    [`error «true» EX-1 touches sso, ${says}`],
  ],
  [
    'the refusal refuses less, in the same change',
    exception(refusal),
    exception(refusal.replace('sso, ', ''), 'id: EX-2, set: { sso: true }'),
    [`error «true» EX-2 touches sso, ${says}`],
  ],
  [
    'the refusal refused less before',
    exception(refusal.replace('sso, ', '')),
    exception(refusal.replace('sso, ', ''), 'id: EX-2, set: { sso: true }'),
    [],
  ],
  [
    'both come in one change',
    {},
    exception(refusal, 'id: EX-2, set: { sso: true }'),
    [`error «true» EX-2 touches sso, ${says}`],
  ],
  [
    'somebody else’s refusal',
    { 'customers/globex.yaml': `exceptions: [{ ${refusal} }]` },
    exception('id: EX-2, set: { sso: true }'),
    [],
  ],
  [
    'what was there before the refusal, ended now',
    exception('id: EX-2, set: { sso: true }', refusal),
    exception('id: EX-2, set: { sso: true }, expires: 2026-12-01', refusal),
    [],
  ],
]);

proveCheck('break-glass', [
  [
    'on its last day',
    {},
    exception(
      'set: { sso: true }, starts: 2026-11-18, expires: 2026-11-20, breakGlass: { on: 2026-11-18, because: x }',
    ),
    [],
  ],
  [
    'the day after',
    {},
    exception(
      'set: { sso: true }, starts: 2026-11-17, expires: 2026-11-19, breakGlass: { on: 2026-11-17, because: x }',
    ),
    [
      'error «{» EX-acme-1 was made in an emergency and has been over since 2026-11-20, and nobody has said what became of it',
    ],
  ],
  [
    'after its own, earlier end',
    {},
    exception(
      'set: { sso: true }, starts: 2026-11-18, expires: 2026-11-18, breakGlass: { on: 2026-11-18, because: x }',
    ),
    [
      'error «{» EX-acme-1 was made in an emergency and has been over since 2026-11-19, and nobody has said what became of it',
    ],
  ],
  [
    'of a customer nobody touches',
    exception(
      'set: { sso: true }, starts: 2026-11-10, expires: 2026-11-12, breakGlass: { on: 2026-11-10, because: x }',
    ),
    { 'customers/globex.yaml': 'plan: studio@2' },
    [],
  ],
]);
