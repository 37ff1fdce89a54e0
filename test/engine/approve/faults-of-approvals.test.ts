import { describe, expect, it } from 'vitest';
import { type Files, faultsOfFiles } from '../compile/rules/read-sample.ts';

const APPROVALS = 'policies/approvals.yaml';
const APPROVERS = 'policies/approvers.yaml';

const people = (...entries: string[]): string => `people:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`;
const kim = '{ id: 1, login: kim, classes: [product] }';
const somebody: Files = { [APPROVERS]: people(kim) };
const line = (when: string, name = 'product', more = ''): string =>
  `classes: { product: { needs: 1 } }\n${more}lines:\n  - { when: ${when}, class: ${name}, because: x }\n`;

type Row = [says: string, files: Files, faults: string[]];

/** What is said of these policies beside the sample company, without the paths. */
function prove(topic: string, rows: readonly Row[]): void {
  describe(`${topic}`, () => {
    it.each(rows)('%s', async (_, files, faults) => {
      const found = await faultsOfFiles({ ...somebody, ...files });
      expect(
        found.map((fault) => fault.replaceAll(`${APPROVALS}:`, ':').replaceAll(`${APPROVERS}:`, 'people:')),
      ).toEqual(faults);
    });
  });
}

const asks = (when: string): Files => ({ [APPROVALS]: line(when) });

prove('a line', [
  ['of what is there', asks('{ setting: seats, above: { timesPlan: 2 } }'), []],
  ['of a term and a standard', asks('{ term: billing.paymentTerms, above: standard }'), []],
  [
    'of everything at once that can be',
    asks(
      '{ setting: [seats, apiCalls], plan: studio, area: access, kind: legal, decision: promise, direction: gives, above: 5, below: 9, outsideMenu: true, underContract: true, past: true, customers: { above: 1 }, percent: { above: 2 } }',
    ),
    [],
  ],
  [
    'names a class that is there',
    { [APPROVALS]: line('{ setting: seats }', 'prodcut') },
    [
      'unknown-class :3 «prodcut» no class named prodcut is among `classes`; did you mean product?',
      'warning unused-class :1 «product» no line asks for the class product | write a line that does, or remove the class',
    ],
  ],
  [
    'names a setting that is there',
    asks('{ setting: saets }'),
    [expect.stringMatching(/^unknown-setting :3 «saets» .*did you mean seats\?/) as unknown as string],
  ],
  [
    'each of several',
    asks('{ setting: [seats, saets] }'),
    [expect.stringMatching(/^unknown-setting :3 «saets» .*did you mean seats\?/) as unknown as string],
  ],
  [
    'names a term that is there',
    asks('{ term: billing.paymentTrems }'),
    [
      'unknown-term :3 «billing.paymentTrems» there is no term billing.paymentTrems; did you mean paymentTerms? | billing has method, interval, paymentTerms, purchaseOrder, unitPrices, discount, credits, usage, commitments, tax',
    ],
  ],
  [
    'from its beginning',
    asks('{ term: discount.percent }'),
    [
      'unknown-term :3 «discount.percent» a term begins with billing, support or contract, not with discount; did you mean billing.discount.percent?',
    ],
  ],
  [
    'spelt right',
    asks('{ term: [support, suport.hours] }'),
    [
      'unknown-term :3 «suport.hours» a term begins with billing, support or contract, not with suport; did you mean support?',
    ],
  ],
  [
    'to its end',
    asks('{ term: billing. }'),
    [
      'unknown-term :3 «billing.» there is no term billing. | billing has method, interval, paymentTerms, purchaseOrder, unitPrices, discount, credits, usage, commitments, tax',
    ],
  ],
  [
    'names a plan that is there',
    asks('{ plan: [studio, studoi] }'),
    ['unknown-plan :3 «studoi» no plan named studoi; did you mean studio?'],
  ],
  [
    'names an action that somebody may',
    asks('{ action: exportReprots }'),
    [
      expect.stringMatching(
        /^warning unknown-action :3 «exportReprots» no role may exportReprots/,
      ) as unknown as string,
    ],
  ],
  [
    'holds a value against a bound, not nothing',
    asks('{ access: true, is: admin }'),
    [
      'bound-without-value :3 «is» `is` is held against a value, and the line names none | add `setting`, `term` or `service`',
    ],
  ],
  [
    'holds a number against it',
    asks('{ setting: sso, above: 1 }'),
    [
      'bound-without-size :3 «above» `sso` is no limit, and neither more nor less than anything | say the value with `is`',
    ],
  ],
  [
    'a term that is one',
    asks('{ term: support.channel, below: standard }'),
    [
      expect.stringMatching(
        /^bound-without-size :3 «below» support.channel is neither more nor less than anything/,
      ) as unknown as string,
    ],
  ],
  [
    'one term, not several',
    asks('{ term: billing.discount, above: "20" }'),
    [expect.stringMatching(/^bound-without-size :3 «above» billing.discount is neither/) as unknown as string],
  ],
  [
    'says a value that the setting can have',
    asks('{ setting: sso, is: "yes" }'),
    ['setting-value :3 «"yes"» `sso`: true or false is needed, this is text'],
  ],
  [
    'of one place',
    asks('{ setting: seats, term: billing }'),
    ['line-never-holds :3 «when» no change is one of `setting` and of `term` at once | make two lines of it'],
  ],
  [
    'of one place, access too',
    asks('{ setting: seats, action: exportReports }'),
    ['line-never-holds :3 «when» no change is one of `setting` and of `access` at once | make two lines of it'],
  ],
  [
    'of machinery and of nothing else',
    asks('{ machinery: true, setting: seats }'),
    ['line-never-holds :3 «when» `setting` says nothing of machinery | make two lines of it'],
  ],
  ['of an edit and what is edited', asks('{ edits: plans, plan: studio, setting: seats }'), []],
  [
    'not of an edit that is more',
    asks('{ edits: plans, setting: seats, above: 5 }'),
    ['line-never-holds :3 «when» `above` says nothing of an edit of a shared file | make two lines of it'],
  ],
  [
    'of how many, not of an edit',
    asks('{ customers: { above: 5 }, edits: plans }'),
    ['line-never-holds :3 «when» `edits` says nothing of how many | make two lines of it'],
  ],
]);

const classes = (text: string): string =>
  `classes: { ${text} }\nlines:\n  - { when: { setting: seats }, class: product, because: x }\n`;
prove('a class', [
  [
    'is asked for',
    {
      [APPROVALS]: classes('product: { needs: 1 }, other: { needs: 1 }'),
      [APPROVERS]: people('{ id: 1, login: kim, classes: [product, other] }'),
    },
    ['warning unused-class :1 «other» no line asks for the class other | write a line that does, or remove the class'],
  ],
  [
    'of emergencies is never asked for',
    {
      [APPROVALS]: classes('product: { needs: 1 }, breakGlass: { needs: 1 }'),
      [APPROVERS]: people('{ id: 1, login: kim, classes: [product, breakGlass] }'),
    },
    [],
  ],
  [
    'that nobody may approve',
    { [APPROVALS]: classes('product: { needs: 1 }'), [APPROVERS]: people('{ id: 1, login: kim, classes: [] }') },
    [
      'warning class-without-people :1 «product» product needs 1 person, and nobody may approve it | name them in policies/approvers.yaml',
    ],
  ],
  [
    'or too few',
    { [APPROVALS]: classes('product: { needs: 2 }') },
    [
      'warning class-without-people :1 «product» product needs 2 people, and only 1 person may approve it | name them in policies/approvers.yaml',
    ],
  ],
  [
    'or too few above some amount',
    {
      [APPROVALS]: `currency: USD\n${classes('product: { needs: 2 }')}`,
      [APPROVERS]: people(
        kim,
        '{ id: 2, login: a, classes: [product], limit: "90" }',
        '{ id: 3, login: b, classes: [product], limit: "500.00" }',
      ),
    },
    [
      'warning limit-unreachable :2 «product» above 500.00 USD nobody can approve product: it needs 2 people whose limit is high enough | leave out `limit` for whoever may approve any amount',
    ],
  ],
  [
    'without people where their file cannot be read',
    { [APPROVALS]: classes('product: { needs: 2 }'), [APPROVERS]: 'people: 7\n' },
    ['wrong-type people:1 «7» a list is needed, this is a number'],
  ],
]);

const policy: Files = { [APPROVALS]: line('{ setting: seats }') };
prove('a person', [
  [
    'is there once',
    { ...policy, [APPROVERS]: people(kim, '{ id: 1, login: other, classes: [product] }') },
    [
      'approver-twice people:3 «1» the id 1 is there twice | one person is one entry: put the classes together | the first is here people:2 «1»',
    ],
  ],
  [
    'by login',
    { ...policy, [APPROVERS]: people(kim, '{ id: 2, login: Kim, classes: [product] }') },
    [
      'approver-twice people:3 «Kim» the login Kim is there twice | one person is one entry: put the classes together | the first is here people:2 «kim»',
    ],
  ],
  [
    'by e-mail',
    {
      ...policy,
      [APPROVERS]: people(
        '{ id: 1, login: kim, emails: [a@b.example], classes: [product] }',
        '{ id: 2, login: a, emails: [A@B.example], classes: [product] }',
      ),
    },
    [
      'approver-twice people:3 «A@B.example» the e-mail A@B.example is there twice | one person is one entry: put the classes together | the first is here people:2 «a@b.example»',
    ],
  ],
  [
    'may approve what is there',
    { ...policy, [APPROVERS]: people(kim, '{ id: 2, login: a, classes: [prodcut] }') },
    ['unknown-class people:3 «prodcut» no class named prodcut is in policies/approvals.yaml; did you mean product?'],
  ],
  [
    'whatever, while that cannot be read',
    { [APPROVALS]: 'classes: 7\n', [APPROVERS]: people('{ id: 2, login: a, classes: [prodcut] }') },
    ['missing-key :1 «classes» `lines` is missing', 'wrong-type :1 «7» a group of keys is needed, this is a number'],
  ],
  [
    'has a limit in some currency',
    { ...policy, [APPROVERS]: people(kim, '{ id: 2, login: a, classes: [product], limit: "90" }') },
    [
      'limit-without-currency people:3 «limit» nobody knows in what currency 90 is | add `currency` to policies/approvals.yaml; until then nothing that is worth something is within the limit',
    ],
  ],
]);
