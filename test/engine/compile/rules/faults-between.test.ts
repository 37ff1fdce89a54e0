import { asked, configuration, proveFaults } from './read-sample.ts';

const records = (...lines: string[]) => lines.map((line) => `  - ${line}`).join('\n');
const studio = (...lines: string[]) => `plan: studio@1\nexceptions:\n${records(...lines)}`;
const contract =
  '{ id: C-1, plan: enterprise@1, starts: 2026-02-01, ends: 2026-03-31, renewal: { kind: manual }, support: { firstResponseHours: { other: 4 } } }';
const contracts = `contracts:\n${records(contract)}`;
const [first, second] = [
  configuration('EX-1', 'set: { sso: true }'),
  configuration('EX-2', 'set: { sso: false }', '2026-03-01'),
];
const overlapHelp =
  'two exceptions on one setting cannot be active on one day: let the first expire before the second starts, or merge them';
const upgrade = 'amendments: [{ on: 2026-03-01, plan: enterprise@1 }]';

proveFaults('two exceptions on one setting', [
  {
    says: 'active on one day are an error at the later one, said once however many days show it',
    acme: `${studio(first, second)}\namendments: [{ on: 2026-06-01, quantities: { seats: 9 } }]`,
    faults: [
      `exceptions-overlap :5 «false» EX-2 and EX-1 both set sso on 2026-03-01 | ${overlapHelp} | EX-1 is here :4 «{ id: EX-1, need: It…»`,
    ],
    model: ['exceptions-on-one-setting'],
  },
  {
    says: 'the later one is the one that starts later, wherever it stands',
    acme: studio(second, first),
    faults: [
      `exceptions-overlap :4 «false» EX-2 and EX-1 both set sso on 2026-03-01 | ${overlapHelp} | EX-1 is here :5 «{ id: EX-1, need: It…»`,
    ],
    model: ['exceptions-on-one-setting'],
  },
  {
    says: 'one that adds counts like one that sets',
    acme: studio(configuration('EX-1', 'set: { seats: 9 }'), configuration('EX-2', 'add: { seats: 1 }')),
    faults: [
      `exceptions-overlap :5 «1» EX-2 and EX-1 both set seats on 2026-01-10 | ${overlapHelp} | EX-1 is here :4 «{ id: EX-1, need: It…»`,
    ],
    model: ['exceptions-on-one-setting'],
  },
  {
    says: 'the next day is sound',
    acme: studio(configuration('EX-1', 'set: { sso: true }', '2026-01-10', '2026-02-28'), second),
    faults: [],
  },
  {
    says: 'one that was dropped before is no longer there',
    acme: `${studio(first.replace('onUpgrade: keep', 'onUpgrade: drop'), second)}\n${upgrade}`,
    faults: [],
  },
  { says: 'other settings are sound', acme: studio(first, configuration('EX-2', 'set: { seats: 9 }')), faults: [] },
]);

const rule = (id: string, group = '', starts = '2026-01-10') =>
  configuration(id, `access: [{ action: exportReports, approver: admin${group && `, group: ${group}`} }]`, starts);
const grouped = (...lines: string[]) => `${studio(...lines)}\naccess: { groups: [{ name: ops }, { name: fin }] }`;
const ruleHelp = 'a rule without `group` is for all; end one of the two, or give each its own group';

proveFaults('two rules for one action', [
  {
    says: 'and one group',
    acme: grouped(rule('EX-1', 'ops'), rule('EX-2', 'ops')),
    faults: [
      `access-twice :5 «{ action: exportRepo…» EX-2 and EX-1 both rule who may exportReports in ops on 2026-01-10 | ${ruleHelp} | the other rule is here :4 «{ action: exportRepo…»`,
    ],
    model: ['access-twice'],
  },
  {
    says: 'a rule without group is for all: the later one is the one that starts later',
    acme: grouped(rule('EX-1', '', '2026-02-01'), rule('EX-2', 'ops')),
    faults: [
      `access-twice :4 «{ action: exportRepo…» EX-1 and EX-2 both rule who may exportReports on 2026-02-01 | ${ruleHelp} | the other rule is here :5 «{ action: exportRepo…»`,
    ],
    model: ['access-twice'],
  },
  {
    says: 'in one exception',
    acme: grouped(
      configuration(
        'EX-1',
        'access: [{ action: exportReports, approver: admin }, { action: exportReports, only: [admin], group: ops }]',
      ),
    ),
    faults: [
      `access-twice :4 «{ action: exportRepo…» EX-1 and EX-1 both rule who may exportReports in ops on 2026-01-10 | ${ruleHelp} | the other rule is here :4 «{ action: exportRepo…»`,
    ],
    model: ['access-twice'],
  },
  { says: 'for two groups are sound', acme: grouped(rule('EX-1', 'ops'), rule('EX-2', 'fin')), faults: [] },
  {
    says: 'one after the other are sound',
    acme: grouped(rule('EX-1'), rule('EX-2', 'ops', '2027-01-01').replace('2026-12-31', '2027-02-01')),
    faults: [],
  },
]);

const promise = (terms: string, starts = '2026-01-10') =>
  asked(
    'EX-1',
    `livesIn: config, decision: promise, terms: { support: ${terms} }, starts: ${starts}, expires: 2026-12-31, onUpgrade: keep, onDowngrade: keep, onLapse: keep`,
  );
const amendHelp = 'amend the contract instead, or promise something it does not name';

proveFaults('a promise on a term of the contract in force', [
  {
    says: 'is an error at the promise',
    acme: `${studio(promise('{ firstResponseHours: { other: 2 } }'))}\n${contracts}`,
    faults: [
      `promise-in-contract :4 «2» EX-1 promises support.firstResponseHours.other, but contract C-1 names support.firstResponseHours.other on 2026-02-01 | ${amendHelp} | contract C-1 is here :6 «{ id: C-1, plan: ent…»`,
    ],
    model: ['promise-against-contract'],
  },
  {
    says: 'or a parent of it',
    acme: `${studio(promise('{ firstResponseHours: 2 }'))}\n${contracts}`,
    faults: [
      `promise-in-contract :4 «2» EX-1 promises support.firstResponseHours, but contract C-1 names support.firstResponseHours.other on 2026-02-01 | ${amendHelp} | contract C-1 is here :6 «{ id: C-1, plan: ent…»`,
    ],
    model: ['promise-against-contract'],
  },
  {
    says: 'or a leaf of it',
    acme: `${studio(promise('{ firstResponseHours: { other: 2 } }'))}\n${contracts.replace('{ other: 4 }', '4')}`,
    faults: [
      `promise-in-contract :4 «2» EX-1 promises support.firstResponseHours.other, but contract C-1 names support.firstResponseHours on 2026-02-01 | ${amendHelp} | contract C-1 is here :6 «{ id: C-1, plan: ent…»`,
    ],
    model: ['promise-against-contract'],
  },
  {
    says: 'or of one that it takes away: that there is none is agreed',
    acme: `${studio(promise('{ firstResponseHours: 2 }'))}\n${contracts.replace('{ other: 4 }', 'unset')}`,
    faults: [
      `promise-in-contract :4 «2» EX-1 promises support.firstResponseHours, but contract C-1 names support.firstResponseHours on 2026-02-01 | ${amendHelp} | contract C-1 is here :6 «{ id: C-1, plan: ent…»`,
    ],
    model: ['promise-against-contract'],
  },
  {
    says: 'in grace too',
    acme: `${studio(promise('{ firstResponseHours: 2 }', '2026-04-10'))}\n${contracts}`,
    faults: [
      `promise-in-contract :4 «2» EX-1 promises support.firstResponseHours, but contract C-1 names support.firstResponseHours.other on 2026-04-10 | ${amendHelp} | contract C-1 is here :6 «{ id: C-1, plan: ent…»`,
    ],
    model: ['promise-against-contract'],
  },
  {
    says: 'of the second contract as well',
    acme: `${studio(promise('{ hours: 9to5 }'))}\ncontracts:\n  - { id: C-1, plan: enterprise@1, starts: 2026-02-01, ends: 2026-02-28, renewal: { kind: none } }\n  - { id: C-2, plan: enterprise@1, starts: 2026-03-01, support: { hours: 24x7 } }`,
    faults: [
      `promise-in-contract :4 «9to5» EX-1 promises support.hours, but contract C-2 names support.hours on 2026-03-01 | ${amendHelp} | contract C-2 is here :7 «{ id: C-2, plan: ent…»`,
    ],
    model: ['promise-against-contract'],
  },
  {
    says: 'not once the contract is over',
    acme: `${studio(promise('{ firstResponseHours: 2 }', '2026-04-15'))}\n${contracts}`,
    faults: [],
  },
  {
    says: 'not a neighbour of it',
    acme: `${studio(promise('{ firstResponseHours: { severity1: 1 } }'))}\n${contracts}`,
    faults: [],
  },
  {
    says: 'not what only the plan or the account names',
    acme: `${studio(promise('{ channel: phone }'))}\nsupport: { channel: post }\n${contracts}`,
    faults: [],
  },
]);

const answering = (answer: string, says: string, starts?: string) =>
  configuration('EX-1', 'set: { sso: true }', starts).replace(`${answer}: keep`, `${answer}: ${says}`);
const answers = (answer: string) => `write \`${answer}: keep\` or \`${answer}: drop\``;

proveFaults('`ask` and `block` where the file starts the boundary', [
  {
    says: 'an amendment of the account',
    acme: `${studio(answering('onUpgrade', 'ask'))}\n${upgrade}`,
    faults: [
      `answer-needed :4 «ask» EX-1 says \`ask\` for an upgrade, and the amendment of the account brings one on 2026-03-01 (enterprise@1) | ${answers('onUpgrade')} | the amendment of the account is here :5 «{ on: 2026-03-01, plan: enterprise@1 }»`,
    ],
    model: ['exception-needs-answer'],
  },
  {
    says: 'the start of a contract, `block` as well',
    acme: `${studio(answering('onUpgrade', 'block'))}\n${contracts}`,
    faults: [
      `answer-needed :4 «block» EX-1 says \`block\` for an upgrade, and contract C-1 brings one on 2026-02-01 (enterprise@1) | ${answers('onUpgrade')} | contract C-1 is here :6 «{ id: C-1, plan: ent…»`,
    ],
    model: ['exception-needs-answer'],
  },
  {
    says: 'an amendment of a contract',
    acme: `${studio(answering('onDowngrade', 'ask'))}\n${contracts.replace('manual }', 'manual }, amendments: [{ on: 2026-02-10, plan: studio@2 }]')}`,
    faults: [
      `answer-needed :4 «ask» EX-1 says \`ask\` for a downgrade, and the amendment of C-1 brings one on 2026-02-10 (studio@2) | ${answers('onDowngrade')} | the amendment of C-1 is here :6 «{ on: 2026-02-10, plan: studio@2 }»`,
    ],
    model: ['exception-needs-answer'],
  },
  {
    says: 'a status',
    acme: `${studio(answering('onLapse', 'ask'))}\nstatuses: [{ stage: closed, since: 2026-03-01 }]`,
    faults: [
      `answer-needed :4 «ask» EX-1 says \`ask\` for a lapse, and the status closed brings one on 2026-03-01 (studio@1) | ${answers('onLapse')} | the status closed is here :5 «{ stage: closed, since: 2026-03-01 }»`,
    ],
    model: ['exception-needs-answer'],
  },
  {
    says: 'not where only time brings it',
    acme: `${studio(answering('onLapse', 'ask', '2026-02-10'))}\n${contracts}`,
    faults: [],
  },
  { says: 'not for what does not happen', acme: `${studio(answering('onDowngrade', 'ask'))}\n${upgrade}`, faults: [] },
  {
    says: 'not where it starts that day',
    acme: `${studio(answering('onUpgrade', 'ask', '2026-03-01'))}\n${upgrade}`,
    faults: [],
  },
]);

const contractual = (starts: string) =>
  `${studio(configuration('EX-1', 'set: { sso: true }', starts, 'contract'))}\n${contracts}`;

proveFaults('`expires`', [
  {
    says: '`contract` needs one in force on `starts`',
    acme: contractual('2026-01-31'),
    faults: [
      'no-contract :4 «contract» EX-1 expires with the contract, but no contract is in force when it starts, 2026-01-31 | write a day, or start it within the contract',
    ],
    model: ['expires-contract-without-contract'],
  },
  { says: 'its first day will do', acme: contractual('2026-02-01'), faults: [] },
  { says: 'grace will do', acme: contractual('2026-04-14'), faults: [] },
  {
    says: 'a lapse will not',
    acme: contractual('2026-04-15'),
    faults: [
      'no-contract :4 «contract» EX-1 expires with the contract, but no contract is in force when it starts, 2026-04-15 | write a day, or start it within the contract',
    ],
    model: ['expires-contract-without-contract'],
  },
  {
    says: 'not before `starts`',
    acme: studio(configuration('EX-1', 'set: { sso: true }', '2026-01-10', '2026-01-09')),
    faults: ['ends-before-start :4 «2026-01-09» EX-1 expires 2026-01-09, before it starts, 2026-01-10'],
    model: ['dates-reversed'],
  },
  {
    says: 'on `starts` is a day',
    acme: studio(configuration('EX-1', 'set: { sso: true }', '2026-01-10', '2026-01-10')),
    faults: [],
  },
]);

const addOns = (text: string, plan = 'studio@1') => `plan: ${plan}\naddOns: [${text}]`;
const idle =
  'never counts: it is not sold with a plan the customer has while it runs, or what it depends on does not count | check its dates, the plans the menu sells it with, and `dependsOn`; or remove it';

proveFaults('add-ons together', [
  {
    says: 'two sets are an error at the one that started later',
    acme: addOns('{ id: eu, starts: 2026-02-01 }, { id: ap, ends: 2026-02-28 }'),
    faults: [
      'add-ons-set-twice :3 «{ id: eu, starts: 2026-02-01 }» eu and ap both set region on 2026-02-01 | end one of the two, or sell only one | ap is here :3 «{ id: ap, ends: 2026-02-28 }»',
    ],
    model: ['add-on-sets-twice'],
  },
  {
    says: 'two without a start: the second in the file',
    acme: addOns('{ id: eu }, { id: ap }'),
    faults: [
      'add-ons-set-twice :3 «{ id: ap }» ap and eu both set region from the first day | end one of the two, or sell only one | eu is here :3 «{ id: eu }»',
    ],
    model: ['add-on-sets-twice'],
  },
  {
    says: 'one after the other are sound',
    acme: addOns('{ id: eu, starts: 2026-02-01 }, { id: ap, ends: 2026-01-31 }'),
    faults: [],
  },
  {
    says: 'two that are never active together are sound',
    acme: `${addOns('{ id: eu }, { id: ap, starts: 2026-03-01 }', 'enterprise@1')}\namendments: [{ on: 2026-03-01, plan: starter@1 }, { on: 2026-06-01, plan: studio@1 }]`.replace(
      '{ id: eu }',
      '{ id: eu, ends: 2026-05-31 }',
    ),
    faults: [],
  },
  {
    says: 'two that exclude each other at one time',
    acme: addOns('{ id: priority, starts: 2026-02-01 }, { id: calls }, { id: ap }'),
    faults: [
      'add-ons-exclude :3 «{ id: priority, starts: 2026-02-01 }» priority and ap exclude each other, and both count on 2026-02-01 | end one of the two before the other starts | ap is here :3 «{ id: ap }»',
    ],
    model: ['add-ons-exclude'],
  },
  {
    says: 'whichever of the two says so',
    acme: addOns('{ id: priority }, { id: calls }, { id: ap, starts: 2026-02-01 }'),
    faults: [
      'add-ons-exclude :3 «{ id: ap, starts: 2026-02-01 }» ap and priority exclude each other, and both count on 2026-02-01 | end one of the two before the other starts | priority is here :3 «{ id: priority }»',
    ],
    model: ['add-ons-exclude'],
  },
  {
    says: 'one after the other may',
    acme: addOns('{ id: priority, starts: 2026-02-01 }, { id: calls }, { id: ap, ends: 2026-01-31 }'),
    faults: [],
  },
  {
    says: 'one that counts in no segment is an error',
    acme: addOns('{ id: eu }', 'starter@1'),
    faults: [`add-on-never-counts :3 «{ id: eu }» eu ${idle}`],
    model: ['add-on-never-counts'],
  },
  {
    says: 'one whose dependence never counts',
    acme: addOns('{ id: priority }'),
    faults: [`add-on-never-counts :3 «{ id: priority }» priority ${idle}`],
    model: ['add-on-never-counts'],
  },
  {
    says: 'past segments count',
    acme: `${addOns('{ id: eu }')}\namendments: [{ on: 2020-01-01, plan: starter@1 }]`,
    faults: [],
  },
  {
    says: 'future segments count',
    acme: `${addOns('{ id: eu }', 'starter@1')}\namendments: [{ on: 2090-01-01, plan: studio@1 }]`,
    faults: [],
  },
  {
    says: 'what counts for the agreement only, under a lapse by status, counts',
    acme: `${addOns('{ id: calls, starts: 2026-03-05 }')}\nstatuses: [{ stage: suspended, since: 2026-02-01 }]`,
    faults: [],
  },
]);
