import { configuration, proveFaults } from './read-sample.ts';

const year = 'id: C-1, starts: 2026-02-01, ends: 2026-03-31, renewal: { kind: manual }';
const exceptions = (...records: string[]) =>
  `plan: studio@1\nexceptions:\n${records.map((record) => `  - ${record}`).join('\n')}`;
const access = (rule: string) => exceptions(configuration('EX-1', `access: [${rule}]`));
const details = { 'policies/onboarding.yaml': 'details: { securityContact: { type: email } }\n' };

proveFaults('plans that are not there', [
  {
    says: 'the base plan',
    acme: 'plan: studoi@1',
    faults: [
      'unknown-plan :2 «studoi@1» no plan named studoi@1; did you mean studio@1? | a plan is a file: plans/studoi@1.yaml',
    ],
  },
  {
    says: 'of an account’s amendment, a trial, a contract and its amendment, each at its place',
    acme: [
      'plan: studio@1',
      'amendments: [{ on: 2026-02-01, plan: studio@9 }]',
      'trials: [{ kind: trial, plan: pilot@9, starts: 2026-02-01, ends: 2026-02-02 }]',
      `contracts: [{ ${year}, plan: enterprise@9, amendments: [{ on: 2026-02-02, plan: moon@1 }] }]`,
    ].join('\n'),
    faults: [
      'unknown-plan :3 «studio@9» no plan named studio@9; did you mean studio@1? | a plan is a file: plans/studio@9.yaml',
      'unknown-plan :4 «pilot@9» no plan named pilot@9; did you mean pilot@1? | a plan is a file: plans/pilot@9.yaml',
      'unknown-plan :5 «enterprise@9» no plan named enterprise@9; did you mean enterprise@1? | a plan is a file: plans/enterprise@9.yaml',
      'unknown-plan :5 «moon@1» no plan named moon@1 | a plan is a file: plans/moon@1.yaml',
    ],
  },
]);

const trials = (...dates: [string, string][]) =>
  `plan: starter@1\ntrials:\n${dates.map(([starts, ends]) => `  - { kind: trial, plan: pilot@1, starts: ${starts}, ends: ${ends} }`).join('\n')}`;

proveFaults('a plan whose file cannot be read', [
  {
    says: 'is there: what is wrong is said of the file alone',
    acme: 'plan: broken@1',
    faults: [
      'unknown-setting plans/broken@1.yaml:3 «moons» no setting named `moons` | the settings are listed in schemas/settings.ts',
    ],
    files: { 'plans/broken@1.yaml': 'name: Broken\nrank: 1\nsettings: { moons: 1 }\nprice: { free: true }\n' },
  },
]);

proveFaults('trials', [
  {
    says: 'may follow each other the next day',
    acme: trials(['2026-02-01', '2026-02-10'], ['2026-02-11', '2026-02-11']),
    faults: [],
  },
  {
    says: 'do not overlap, not on one day: the later one is wrong',
    acme: trials(['2026-02-10', '2026-02-20'], ['2026-02-01', '2026-02-10']),
    faults: [
      'trials-overlap :4 «2026-02-10» the trial of 2026-02-10 starts while the one of 2026-02-01 lasts until 2026-02-10 | trials do not overlap: move one of the two dates | the earlier trial is here :5 «{ kind: trial, plan:…»',
    ],
    model: ['trials-overlap'],
  },
  {
    says: 'two that start on one day overlap: the second in the file is wrong',
    acme: trials(['2026-02-01', '2026-02-10'], ['2026-02-01', '2026-02-05']),
    faults: [
      'trials-overlap :5 «2026-02-01» the trial of 2026-02-01 starts while the one of 2026-02-01 lasts until 2026-02-10 | trials do not overlap: move one of the two dates | the earlier trial is here :4 «{ kind: trial, plan:…»',
    ],
    model: ['trials-overlap'],
  },
  {
    says: 'do not end before they start',
    acme: trials(['2026-02-10', '2026-02-09']),
    faults: ['ends-before-start :4 «2026-02-09» the trial ends 2026-02-09, before it starts, 2026-02-10'],
    model: ['dates-reversed'],
  },
  {
    says: 'buy what their plan sells, within its bounds',
    acme: 'plan: starter@1\ntrials: [{ kind: trial, plan: pilot@1, starts: 2026-02-01, ends: 2026-02-02, quantities: { seats: 9 } }]',
    faults: [
      'quantity :3 «9» seats: 9 cannot be bought: pilot@1 already includes 10 seats; a quantity is the total and cannot be below that',
    ],
    model: ['quantity-bounds'],
  },
  {
    says: 'and nothing else',
    acme: 'plan: starter@1\ntrials: [{ kind: trial, plan: studio@2, starts: 2026-02-01, ends: 2026-02-02, quantities: { seats: 9 } }]',
    faults: ['quantity :3 «9» seats: 9 cannot be bought: studio@2 does not sell seats by the unit'],
    model: ['quantity-not-sold'],
  },
]);

const addOns = (text: string) => `plan: studio@1\naddOns: [${text}]`;
const paired = { 'policies/menu.yaml': 'addOns: { pair: { plans: [studio], adds: { apiCalls: 5 }, min: 2 } }\n' };
const bounded = {
  'policies/menu.yaml': 'addOns: { pack: { plans: [studio], adds: { apiCalls: 5 }, min: 4, max: 10, step: 3 } }\n',
};

proveFaults('add-ons by themselves', [
  {
    says: 'are on the menu',
    acme: addOns('{ id: prioritySupport }'),
    faults: ['unknown-add-on :3 «prioritySupport» no add-on named prioritySupport is on the menu'],
  },
  {
    says: 'do not end before they start',
    acme: addOns(
      '{ id: calls, starts: 2026-02-10, ends: 2026-02-09 }, { id: eu, starts: 2026-02-10, ends: 2026-02-10 }',
    ),
    faults: [
      'ends-before-start :3 «2026-02-09» calls ends 2026-02-09, before it starts, 2026-02-10',
      'add-on-never-counts :3 «{ id: calls, starts:…» calls never counts: it is not sold with a plan the customer has while it runs, or what it depends on does not count | check its dates, the plans the menu sells it with, and `dependsOn`; or remove it',
    ],
    model: ['add-on-never-counts', 'dates-reversed'],
  },
  {
    says: 'have a quantity within min, max and step from min',
    acme: addOns('{ id: pack, quantity: 7 }'),
    faults: [],
    files: bounded,
  },
  { says: 'from the least', acme: addOns('{ id: pack, quantity: 4 }'), faults: [], files: bounded },
  { says: 'up to the most', acme: addOns('{ id: calls, quantity: 9 }'), faults: [] },
  {
    says: 'not below the least',
    acme: addOns('{ id: pack, quantity: 3 }'),
    faults: ['add-on-quantity :3 «3» pack is sold from 4, not 3'],
    files: bounded,
  },
  {
    says: 'not below 1 where the menu says no least',
    acme: addOns('{ id: moreRows, quantity: 0.5 }'),
    faults: ['add-on-quantity :3 «0.5» moreRows is sold from 1, not 0.5'],
    model: ['add-on-quantity'],
  },
  {
    says: 'not above the most',
    acme: addOns('{ id: calls, quantity: 11 }'),
    faults: ['add-on-quantity :3 «11» calls is sold up to 9, not 11'],
    model: ['add-on-quantity'],
  },
  {
    says: 'not between two steps, which begin at the least',
    acme: addOns('{ id: calls, quantity: 4 }'),
    faults: ['add-on-quantity :3 «4» calls is sold in steps of 2 from 1; 4 is between two'],
    model: ['add-on-quantity'],
  },
  {
    says: 'not in parts where the menu says no step',
    acme: addOns('{ id: moreRows, quantity: 1.5 }'),
    faults: ['add-on-quantity :3 «1.5» moreRows is sold in steps of 1 from 1; 1.5 is between two'],
    model: ['add-on-quantity'],
  },
  {
    says: 'no quantity where nothing is added, not even 1',
    acme: addOns('{ id: eu, quantity: 1 }'),
    faults: ['add-on-quantity :3 «1» eu adds nothing that could be counted; it has no quantity'],
    model: ['add-on-quantity'],
  },
  {
    says: 'say the quantity where 1 is too few',
    acme: addOns('{ id: pack }'),
    faults: ['add-on-quantity :3 «{ id: pack }» pack is sold from 4; without a quantity it is 1'],
    files: bounded,
  },
  {
    says: 'where it is one too few as well',
    acme: addOns('{ id: pair }'),
    faults: ['add-on-quantity :3 «{ id: pair }» pair is sold from 2; without a quantity it is 1'],
    files: paired,
  },
  {
    says: 'one id once at a time: the later one is wrong',
    acme: addOns('{ id: calls, starts: 2026-02-10 }, { id: calls, ends: 2026-02-10 }'),
    faults: [
      'add-on-twice :3 «{ id: calls, starts: 2026-02-10 }» calls is there twice at one time | use `quantity`, or end the first before the second starts | the first is here :3 «{ id: calls, ends: 2026-02-10 }»',
    ],
    model: ['add-on-twice-at-once'],
  },
  {
    says: 'two without a start: the second in the file',
    acme: addOns('{ id: calls }, { id: calls, quantity: 3 }'),
    faults: [
      'add-on-twice :3 «{ id: calls, quantity: 3 }» calls is there twice at one time | use `quantity`, or end the first before the second starts | the first is here :3 «{ id: calls }»',
    ],
    model: ['add-on-twice-at-once'],
  },
  {
    says: 'one id again the next day',
    acme: addOns('{ id: calls, starts: 2026-02-11 }, { id: calls, ends: 2026-02-10 }'),
    faults: [],
  },
]);

proveFaults('services, access and details', [
  {
    says: 'a service is on the menu',
    acme: 'plan: studio@1\nservices: [{ id: dataMapping }]',
    faults: [],
    files: { 'policies/menu.yaml': 'services: { dataMapping: { price: { amount: "1.00", per: once } } }\n' },
  },
  {
    says: 'one that is not',
    acme: 'plan: studio@1\nservices: [{ id: dataMaping }]',
    faults: ['unknown-service :3 «dataMaping» no service named dataMaping is on the menu; did you mean dataMapping?'],
    files: { 'policies/menu.yaml': 'services: { dataMapping: { price: { amount: "1.00", per: once } } }\n' },
  },
  {
    says: 'a group’s role is a base role; what a group may needs no role',
    acme: 'plan: studio@1\naccess: { groups: [{ name: g, roles: [admin, admim], may: [approveInvoices] }] }',
    faults: ['unknown-role :3 «admim» no role named admim; did you mean admin? | roles are in policies/roles.yaml'],
  },
  {
    says: 'an approver, and who only may, are base roles',
    acme: access('{ action: exportReports, approver: boss, only: [admin, viewer] }'),
    faults: [
      'unknown-role :4 «boss» no role named boss | roles are in policies/roles.yaml',
      'unknown-role :4 «viewer» no role named viewer | roles are in policies/roles.yaml',
    ],
  },
  {
    says: 'a rule names an approver or only some roles',
    acme: access('{ action: exportReports }'),
    faults: [
      'access-rule-empty :4 «{ action: exportReports }» the rule for exportReports names neither an `approver` nor `only` some roles',
    ],
  },
  {
    says: 'nobody is no role',
    acme: access('{ action: exportReports, only: [] }'),
    faults: [
      'access-rule-empty :4 «{ action: exportReports, only: [] }» the rule for exportReports names neither an `approver` nor `only` some roles',
    ],
  },
  {
    says: 'a group that the customer has not is pointed out',
    acme: `${access('{ action: exportReports, only: [admin], group: finanse }')}\naccess: { groups: [{ name: finance }] }`,
    faults: [
      'warning unknown-group :4 «finanse» the customer has no group finanse; did you mean finance? | groups are under `access`, or take part in a trial',
    ],
  },
  {
    says: 'one that takes part in a trial is theirs',
    acme: `${access('{ action: exportReports, only: [admin], group: operations }')}\ntrials: [{ kind: trial, plan: pilot@1, starts: 2026-02-01, ends: 2026-02-02, groups: [operations] }]`,
    faults: [],
  },
  {
    says: 'an action that nobody may is pointed out',
    acme: access('{ action: exportReport, approver: admin }'),
    faults: [
      'warning unknown-action :4 «exportReport» no role and no group may exportReport; did you mean exportReports? | actions are what roles in policies/roles.yaml `may`',
    ],
  },
  {
    says: 'and may be one that only a group of theirs may',
    acme: `${access('{ action: approveInvoice, only: [admin] }')}\naccess: { groups: [{ name: g, may: [approveInvoices] }] }`,
    faults: [
      'warning unknown-action :4 «approveInvoice» no role and no group may approveInvoice; did you mean approveInvoices? | actions are what roles in policies/roles.yaml `may`',
    ],
  },
  {
    says: 'an action that only a group of theirs may is known',
    acme: `${access('{ action: approveInvoices, only: [admin] }')}\naccess: { groups: [{ name: g, may: [approveInvoices] }] }`,
    faults: [],
  },
  {
    says: 'without roles nothing is asked of them',
    acme: access('{ action: any, only: [anyone] }'),
    faults: [],
    files: { 'policies/roles.yaml': undefined },
  },
  {
    says: 'a detail is one that is asked for',
    acme: 'plan: studio@1\ndetails: { securityContact: sec@x.example }',
    faults: [],
    files: details,
  },
  {
    says: 'one that is not',
    acme: 'plan: studio@1\ndetails: { securtyContact: sec@x.example }',
    faults: [
      'unknown-detail :3 «securtyContact» no onboarding detail named securtyContact; did you mean securityContact? | details are in policies/onboarding.yaml',
    ],
    files: details,
  },
]);

const discount = 'billing: { discount: { percent: "1", amount: "1.00" } }';

proveFaults('contracts and discounts', [
  {
    says: 'a contract id is used once, whatever its letters’ case',
    acme: `plan: studio@1\ncontracts:\n  - { ${year}, plan: enterprise@1 }\n  - { id: c-1, plan: enterprise@1, starts: 2026-05-01 }`,
    faults: [
      'contract-id-twice :5 «c-1» the contract id c-1 is used twice | the first is here :4 «{ id: C-1, starts: 2…»',
    ],
  },
  {
    says: 'a discount is a percentage or an amount, wherever it stands',
    acme: [
      'plan: starter@1',
      discount,
      `amendments: [{ on: 2026-07-01, ${discount} }]`,
      `trials: [{ kind: trial, plan: pilot@1, starts: 2026-06-01, ends: 2026-06-02, ${discount} }]`,
      `contracts: [{ ${year}, plan: enterprise@1, ${discount}, amendments: [{ on: 2026-02-02, ${discount} }] }]`,
    ].join('\n'),
    faults: [3, 4, 5, 6, 6].map(
      (line) =>
        `discount-twice :${line} «{ percent: "1", amount: "1.00" }» a discount is a percentage or an amount, not both`,
    ),
  },
  {
    says: 'a discount is no more than the price',
    acme: 'plan: studio@1\nbilling: { discount: { percent: "100.5" } }',
    faults: ['discount-above-all :3 «"100.5"» a discount of 100.5 percent is more than the price'],
  },
  { says: 'all of it may be', acme: 'plan: studio@1\nbilling: { discount: { percent: "100" } }', faults: [] },
  {
    says: 'each of them, one after the other, is sound',
    acme: `plan: studio@1\nbilling: { discount: { percent: "1" } }\namendments: [{ on: 2026-07-01, billing: { discount: { amount: "1.00" } } }]`,
    faults: [],
  },
]);
