import { asked, configuration, proveFaults } from './read-sample.ts';

const exceptions = (...records: string[]) =>
  `plan: studio@1\nexceptions:\n${records.map((record) => `  - ${record}`).join('\n')}`;
const promise = (terms: string) =>
  asked(
    'EX-1',
    `livesIn: config, decision: promise, terms: ${terms}, starts: 2026-01-10, expires: 2026-12-31, onUpgrade: keep, onDowngrade: keep, onLapse: keep`,
  );

proveFaults('records of special asks', [
  {
    says: 'manual needs a runbook',
    acme: exceptions(configuration('EX-1', 'set: { sso: true }').replace('livesIn: config', 'livesIn: manual')),
    faults: [
      "runbook-missing :4 «manual» EX-1 lives in somebody's hands (`manual`) and has no `runbook` | name the page that says how it is done",
    ],
  },
  {
    says: 'manual with a runbook is sound',
    acme: exceptions(
      configuration('EX-1', 'set: { sso: true }, runbook: docs/x.md').replace('livesIn: config', 'livesIn: manual'),
    ),
    faults: [],
  },
  {
    says: 'a configuration does something',
    acme: exceptions(configuration('EX-1', 'set: {}, add: {}, access: [], area: access')),
    faults: [
      `exception-empty :4 «${configuration('EX-1', '').slice(0, 20)}…» EX-1 is a configuration that sets nothing | say what it changes: \`set\`, \`add\` or \`access\``,
    ],
  },
  {
    says: 'no setting in both set and add',
    acme: exceptions(configuration('EX-1', 'set: { seats: 9 }, add: { seats: 1 }')),
    faults: ['set-and-add :4 «1» EX-1 both sets seats and adds to it | keep one of the two'],
    model: ['set-and-add'],
  },
  {
    says: 'different settings in set and add are sound',
    acme: exceptions(configuration('EX-1', 'set: { sso: true }, add: { seats: 1 }')),
    faults: [],
  },
  {
    says: 'a promise promises something',
    acme: exceptions(promise('{ billing: {}, support: {} }')).replace(
      'decision: promise',
      'decision: promise, area: billing',
    ),
    faults: [
      'exception-empty :4 «{ billing: {}, support: {} }» EX-1 promises nothing | say what is promised under `terms`',
    ],
  },
  {
    says: 'one half of it is enough',
    acme: exceptions(promise('{ billing: {}, support: { hours: 9to5 } }')).replace(
      'decision',
      'area: support, decision',
    ),
    faults: [],
  },
  {
    says: 'the area, where given, equals the derived one',
    acme: exceptions(configuration('EX-1', 'set: { sso: true }, area: billing')),
    faults: [
      'area-mismatch :4 «billing» EX-1 says area billing, but what it changes lies in access | remove `area`, or correct it',
    ],
  },
  {
    says: 'the derived one may be given',
    acme: exceptions(
      configuration('EX-1', 'set: { sso: true }, access: [{ action: exportReports, only: [admin] }], area: access'),
    ),
    faults: [],
  },
  {
    says: 'a promise’s area is its part of the terms',
    acme: exceptions(promise('{ support: { hours: 9to5 } }').replace('decision', 'area: support, decision')),
    faults: [],
  },
  {
    says: 'not another',
    acme: exceptions(promise('{ billing: { paymentTerms: net30 } }').replace('decision', 'area: support, decision')),
    faults: [
      'area-mismatch :4 «support» EX-1 says area support, but what it changes lies in billing | remove `area`, or correct it',
    ],
  },
  {
    says: 'where it touches two areas the record says which',
    acme: exceptions(configuration('EX-1', 'set: { sso: true }, add: { apiCalls: 1 }')),
    faults: [
      `area-missing :4 «${configuration('EX-1', '').slice(0, 20)}…» EX-1 does not say its area | add \`area:\` access or billing`,
    ],
  },
  {
    says: 'either of them',
    acme: exceptions(configuration('EX-1', 'set: { sso: true }, add: { apiCalls: 1 }, area: billing')),
    faults: [],
  },
  {
    says: 'where nothing is touched the record says it',
    acme: exceptions(asked('EX-1', 'livesIn: config, decision: no')),
    faults: [
      `area-missing :4 «${configuration('EX-1', '').slice(0, 20)}…» EX-1 does not say its area | add \`area:\` onboarding, billing, support, access or hosting`,
    ],
  },
]);
