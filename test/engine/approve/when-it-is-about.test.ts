import { company, replaced } from '../../fixtures/diff/small-company.ts';
import { bare, type Files, free, proveLines, seats, sets, studio, underContract } from './prove-lines.ts';

proveLines('setting', [
  ['is the one that changes', '{ setting: seats }', free(seats(4)), ['free settings.seats']],
  ['not another', '{ setting: apiCalls }', free(seats(4)), []],
  ['or one of a list', '{ setting: [apiCalls, seats] }', free(seats(4)), ['free settings.seats']],
  ['not one whose value stays', '{ setting: seats }', free(seats(3)), []],
  [
    'whoever changes it',
    '{ setting: seats }',
    studio('seats: 50', 'seats: 49'),
    [
      'adding settings.seats',
      'bare settings.seats',
      'earlier settings.seats',
      'later settings.seats',
      'special settings.seats',
      'special settings.seats',
    ],
  ],
]);

proveLines('term', [
  [
    'is the one that changes',
    '{ term: billing.method }',
    free('billing: { method: card }\n'),
    ['free terms.billing.method'],
  ],
  ['or lies below it', '{ term: billing }', free('billing: { method: card }\n'), ['free terms.billing.method']],
  [
    'or is all of what it lies in',
    '{ term: support.firstResponseHours.severity1 }',
    free('support: { firstResponseHours: 2 }\n'),
    ['free terms.support.firstResponseHours'],
  ],
  ['not one that begins alike', '{ term: billing.pay }', free('billing: { paymentTerms: net30 }\n'), []],
  ['not a setting', '{ term: support }', free(seats(4)), []],
  [
    'of a contract too',
    '{ term: contract.renewal }',
    underContract('quantities: { seats: 100 }'),
    ['free terms.contract.renewal.kind'],
  ],
]);

const groups = 'access: { groups: [{ name: crew, roles: [editor] }] }\n';
const rule = sets('access: [{ action: writePages, approver: editor }]');
proveLines('access and action', [
  ['a rule', '{ access: true }', free(rule), ['free access.rules.writePages']],
  ['a group', '{ access: true }', free(groups), ['free access.groups.crew', 'free access.groups.crew.roles']],
  ['not a setting', '{ access: true }', free(seats(4)), []],
  ['a rule on the action', '{ action: writePages }', free(rule), ['free access.rules.writePages']],
  [
    'for one group too',
    '{ action: writePages }',
    free(`${groups}${sets('access: [{ action: writePages, approver: editor, group: crew }]')}`),
    ['free access.rules.writePages.crew'],
  ],
  ['not on another', '{ action: readPages }', free(rule), []],
]);

proveLines('account', [
  ['is another one', '{ account: true }', free('account: acc_9\n'), ['free account']],
  ['stays', '{ account: true }', free('aliases: [Freebie]\n'), []],
  [
    'of a new customer is not another one',
    '{ account: true }',
    { 'customers/new.yaml': 'name: New\nplan: starter@1\naccount: acc_9\n' },
    [],
  ],
]);

proveLines('plan', [
  [
    'is where they come to',
    '{ plan: studio@2 }',
    { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' },
    ['free plan'],
  ],
  ['in every version', '{ plan: studio }', { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' }, ['free plan']],
  ['not another version', '{ plan: studio@1 }', { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' }, []],
  ['not where they come from', '{ plan: studio }', { 'customers/bare.yaml': 'name: Bare\nplan: starter@1\n' }, []],
  [
    'beside a setting, the plan of those who have it',
    '{ setting: seats, plan: starter }',
    { ...free(seats(4)), ...bare('quantities: { seats: 60 }\n') },
    ['free settings.seats'],
  ],
]);

proveLines('area', [
  ['of the setting', '{ area: access, setting: seats }', free(seats(4)), ['free settings.seats']],
  ['not another', '{ area: billing, setting: seats }', free(seats(4)), []],
  [
    'of the term',
    '{ area: support, direction: gives }',
    free('support: { firstResponseHours: 2 }\n'),
    ['free terms.support.firstResponseHours'],
  ],
  [
    'of the record and what it does',
    '{ area: access }',
    free(seats(4)),
    ['free exceptions.EX-9', 'free settings.seats'],
  ],
]);

proveLines('kind', [
  [
    'of the exception and what it does',
    '{ kind: workflow }',
    free(seats(4)),
    ['free exceptions.EX-9', 'free settings.seats'],
  ],
  ['not another', '{ kind: legal }', free(seats(4)), []],
  ['never of what no exception does', '{ kind: workflow }', bare('quantities: { seats: 60 }\n'), []],
  [
    'of one that ends',
    '{ kind: workflow }',
    { 'customers/special.yaml': 'name: Special\nplan: studio@2\n' },
    ['special exceptions.EX-1', 'special settings.seats'],
  ],
]);

const noted = (decision: string): string =>
  `exceptions: [{ id: EX-9, decision: ${decision}, area: access, kind: workflow, need: more, askedBy: jo@product.example,
      askedOn: 2026-01-01, neededBy: 2026-01-01, worth: { amount: "1.00", currency: USD, per: year }, demand: [], usedBy: all,
      because: agreed, owner: team-a, handledBy: team-b, livesIn: config, hoursPerMonth: 0 }]\n`;
proveLines('decision', [
  [
    'of a record without effect',
    '{ decision: feature }',
    free(noted('feature, settings: [sso]')),
    ['free exceptions.EX-9'],
  ],
  ['a refusal', '{ decision: "no" }', free(noted('"no"')), ['free exceptions.EX-9']],
  ['a service', '{ decision: service }', free(noted('service')), ['free exceptions.EX-9']],
  ['not another', '{ decision: feature }', free(noted('service')), []],
  [
    'with the settings it names',
    '{ decision: feature, setting: sso }',
    free(noted('feature, settings: [sso]')),
    ['free exceptions.EX-9'],
  ],
  ['not with others', '{ decision: feature, setting: seats }', free(noted('feature, settings: [sso]')), []],
  [
    'with the actions it refuses',
    '{ decision: "no", action: writePages }',
    free(noted('"no", refuses: { actions: [writePages] }')),
    ['free exceptions.EX-9'],
  ],
  [
    'of a record whose words change',
    '{ decision: configuration }',
    replacedIn('special', 'agreed with sales', 'agreed with nobody'),
    ['special exceptions.EX-1'],
  ],
  [
    'of one that becomes another',
    '{ decision: service }',
    free(noted('feature')),
    ['free exceptions.EX-9'],
    free(noted('service')),
  ],
  [
    'a line about values leaves records out',
    '{ decision: configuration, above: 0, setting: seats }',
    free(seats(4)),
    ['free settings.seats'],
  ],
]);

function replacedIn(id: string, text: string, other: string): Files {
  const path = `customers/${id}.yaml`;
  return { [path]: replaced(company, path, text, other)[path] };
}

proveLines('direction', [
  ['gives', '{ setting: seats, direction: gives }', free(seats(4)), ['free settings.seats']],
  ['does not take', '{ setting: seats, direction: takes }', free(seats(4)), []],
  ['takes', '{ setting: seats, direction: takes }', free(seats(2)), ['free settings.seats']],
  [
    'a longer wait takes',
    '{ setting: delay, direction: takes }',
    free(sets('set: { delay: 61 }')),
    ['free settings.delay'],
  ],
]);
