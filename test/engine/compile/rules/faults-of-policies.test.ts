import { describe, expect, it } from 'vitest';
import { faultsOfFiles } from './read-sample.ts';

/** What is said of one file with this content; the others are those of the sample company. */
function refuse(topic: string, path: string, rows: readonly [says: string, content: string, faults: string[]][]): void {
  describe(`${topic}`, () => {
    it.each(rows)('%s', async (_, content, faults) => {
      const found = await faultsOfFiles({ [path]: content });
      expect(found).toEqual(faults.map((fault) => fault.replace(' :', ` ${path}:`)));
    });
  });
}

const plan = (price: string) => `name: Extra\nrank: 5\nprice:\n  ${price.replaceAll('; ', '\n  ')}\n`;
const missing = 'write an `amount` with `currency` and `per`, or `free: true`, `contactSales: true` or `formula: "…"`';
const zero = 'what a free plan sells costs "0.00"; otherwise remove `free: true`';

refuse('a plan', 'plans/extra@1.yaml', [
  ['has a price', plan('oneTime: {}'), [`price-missing :4 «oneTime: {}» the plan has no price | ${missing}`]],
  ['with an amount', plan('amount: "1.00"; currency: USD; per: month'), []],
  ['or free', plan('free: true'), []],
  ['or to be asked for', plan('contactSales: true'), []],
  ['or a formula', plan('formula: "1% of volume"'), []],
  [
    'not two of them',
    plan('free: true; formula: "1%"'),
    ['price-twice :5 «formula» the plan has two prices: `free` and `formula` | keep one of them'],
  ],
  [
    'free only by `free: true`: what it sells costs nothing, wherever it is written',
    plan(
      'free: true; units: { seats: { amount: "0.10" } }; usage: { apiCalls: { amount: "0.002" } }; oneTime: { setup: "10.00" }',
    ),
    [
      `free-plan-costs :5 «"0.10"» the plan is free, and charges 0.10 here | ${zero}`,
      `free-plan-costs :6 «"0.002"» the plan is free, and charges 0.002 here | ${zero}`,
      `free-plan-costs :7 «"10.00"» the plan is free, and charges 10.00 here | ${zero}`,
    ],
  ],
  [
    'a free plan may sell at "0.00" or "0"',
    plan('free: true; units: { seats: { amount: "0.00" } }; oneTime: { setup: "0" }'),
    [],
  ],
  [
    'an amount has a currency and a period',
    plan('amount: "1.00"'),
    [
      'price-incomplete :4 «amount: "1.00"» the price has amounts and no `currency` | add `currency: USD`',
      'price-incomplete :4 «amount: "1.00"» the price has amounts and no `per` | add `per: month` or `per: year`',
    ],
  ],
  [
    'so has the amount of a unit',
    plan('contactSales: true; per: month; units: { seats: { amount: "1.00" } }'),
    ['price-incomplete :4 «contactSales: true» the price has amounts and no `currency` | add `currency: USD`'],
  ],
  [
    'sells at least no more than at most',
    plan('contactSales: true; currency: USD; per: month; units: { seats: { amount: "1.00", min: 5, max: 4 } }'),
    ['bounds-reversed :7 «4» at most 4 seats is less than at least 5'],
  ],
  [
    'a free one too',
    plan('free: true; units: { seats: { amount: "0.00", min: 5, max: 4 } }'),
    ['bounds-reversed :5 «4» at most 4 seats is less than at least 5'],
  ],
  ['they may be equal', plan('free: true; units: { seats: { amount: "0.00", min: 5, max: 5 } }'), []],
]);

const becomes = (ref: string) => `${plan('free: true')}becomes: { plan: ${ref}, on: 2027-02-01 }\n`;
const end = 'a plan becomes a later one; write the plan people should end with as a version of its own';

refuse('what a plan becomes', 'plans/extra@1.yaml', [
  ['is another plan', becomes('studio@2'), []],
  ['that is there', becomes('studoi@2'), ['unknown-plan :5 «studoi@2» no plan named studoi@2; did you mean studio@2?']],
  ['and not itself', becomes('extra@1'), [`becomes-cycle :5 «extra@1» extra@1 cannot become itself | ${end}`]],
]);

describe('plans that become each other', () => {
  const of = (ref: string) => plan('free: true') + (ref ? `becomes: { plan: ${ref}, on: 2027-02-01 }\n` : '');
  const chain = (...refs: string[]) =>
    Object.fromEntries(refs.map((ref, index) => [`plans/extra@${index + 1}.yaml`, of(ref)]));
  const cycle = (id: number, next: number) =>
    `becomes-cycle plans/extra@${id}.yaml:5 «extra@${next}» extra@${id} becomes itself again: extra@${next} leads back to it | ${end}`;

  it('may be a chain', async () => expect(await faultsOfFiles(chain('extra@2', 'extra@3', ''))).toEqual([]));

  it('are no circle, and what leads into one is not in it', async () =>
    expect(await faultsOfFiles(chain('extra@2', 'extra@3', 'extra@2'))).toEqual([cycle(2, 3), cycle(3, 2)]));

  it('are sold in the end', async () => {
    const unsold = of('').replace('rank: 5', 'rank: 5\nsold: false');
    expect(await faultsOfFiles({ ...chain('extra@2'), 'plans/extra@2.yaml': unsold })).toEqual([
      'warning becomes-unsold plans/extra@1.yaml:5 «extra@2» extra@2 is no longer sold, and everybody on extra@1 would get it | name a plan that is sold, or sell extra@2',
    ]);
  });

  it('stay free where a lapse falls back on the first', async () => {
    const files = { ...chain('extra@2', 'studio@1'), 'policies/lifecycle.yaml': lapsed('extra@1') };
    expect(await faultsOfFiles(files)).toEqual([
      'lapsed-plan-costs policies/lifecycle.yaml:1 «extra@1» extra@1 becomes studio@1 on 2027-02-01, which is not free: an account that lapses would owe money | name a free plan that becomes no paid one',
    ]);
  });
});

const menu = (...lines: string[]) => `addOns:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
const plain = (id: string, more = '') => `${id}: { plans: [studio]${more} }`;

refuse('the menu', 'policies/menu.yaml', [
  ['names plans with or without a version', menu('a: { plans: [studio, studio@1, pilot] }'), []],
  [
    'that are there',
    menu('a: { plans: [studoi, studio@9] }'),
    [
      'unknown-plan :2 «studoi» no plan named studoi; did you mean studio?',
      'unknown-plan :2 «studio@9» no plan named studio@9; did you mean studio@1?',
    ],
  ],
  ['names other add-ons', menu(plain('a', ', dependsOn: [b], excludes: [c]'), plain('b'), plain('c')), []],
  [
    'that are there',
    menu(plain('alpha', ', dependsOn: [betta], excludes: [gamma]'), plain('beta')),
    [
      'unknown-add-on :2 «betta» no add-on named betta is on the menu; did you mean beta?',
      'unknown-add-on :2 «gamma» no add-on named gamma is on the menu',
    ],
  ],
  [
    'and not itself',
    menu(plain('a', ', dependsOn: [a], excludes: [a]')),
    ['add-on-names-itself :2 «a» a cannot depend on itself', 'add-on-names-itself :2 «a» a cannot exclude itself'],
  ],
  [
    'no circle of add-ons that depend on each other',
    menu(plain('a', ', dependsOn: [b]'), plain('b', ', dependsOn: [c]'), plain('c', ', dependsOn: [a]')),
    ['a', 'b', 'c'].map(
      (id, index) =>
        `add-on-cycle :${index + 2} «[${'bca'[index]}]» ${id} depends on itself through others: it can never count`,
    ),
  ],
  [
    'what depends on a circle is not in it',
    menu(plain('a', ', dependsOn: [b]'), plain('b', ', dependsOn: [c]'), plain('c', ', dependsOn: [b]')),
    ['b', 'c'].map(
      (id, index) =>
        `add-on-cycle :${index + 3} «[${'cb'[index]}]» ${id} depends on itself through others: it can never count`,
    ),
  ],
  [
    'two ways to one add-on are no circle',
    menu(plain('a', ', dependsOn: [b, c]'), plain('b', ', dependsOn: [d]'), plain('c', ', dependsOn: [d]'), plain('d')),
    [],
  ],
  [
    'sells at least no more than at most',
    menu(plain('a', ', adds: { seats: 1 }, min: 5, max: 4')),
    ['bounds-reversed :2 «4» at most 4 is less than at least 5'],
  ],
  ['they may be equal', menu(plain('a', ', adds: { seats: 1 }, min: 5, max: 5')), []],
  [
    'no setting both set and added to',
    menu(plain('a', ', sets: { seats: 9 }, adds: { seats: 1 }')),
    ['set-and-add :2 «1» a both sets seats and adds to it | keep one of the two'],
  ],
  ['two settings may be', menu(plain('a', ', sets: { sso: true }, adds: { seats: 1 }')), []],
]);

const lapsed = (name: string) => `stages: { lapsed: { plan: ${name} } }\n`;
const onboarding = (when: string) => `details: { contact: { type: email, when: { plan: ${when} } } }\n`;

refuse('the lifecycle', 'policies/lifecycle.yaml', [
  ['lapses to a free plan', lapsed('starter@1'), []],
  ['or says nothing of a lapse', 'stages: { grace: { days: 3 } }\n', []],
  [
    'not to one that is not there',
    lapsed('started@1'),
    ['unknown-plan :1 «started@1» no plan named started@1; did you mean starter@1?'],
  ],
  [
    'not to one that costs',
    lapsed('studio@1'),
    [
      'lapsed-plan-costs :1 «studio@1» studio@1 is not free: an account that lapses would owe money | name a plan with `free: true`',
    ],
  ],
]);

refuse('onboarding', 'policies/onboarding.yaml', [
  ['asks for a plan, with or without a version', onboarding('[studio, pilot@1]'), []],
  ['or for a setting', 'details: { contact: { type: email, when: { setting: sso, is: true } } }\n', []],
  ['or always', 'details: { contact: { type: email } }\n', []],
  ['that is there', onboarding('studoi'), ['unknown-plan :1 «studoi» no plan named studoi; did you mean studio?']],
  [
    'each of several',
    onboarding('[studio, pilto@1]'),
    ['unknown-plan :1 «pilto@1» no plan named pilto@1; did you mean pilot@1?'],
  ],
]);
