import { company, exception } from '../../fixtures/diff/small-company.ts';
import { bare, type Files, free, lasting, proveLines, seats, studio } from './prove-lines.ts';

const menu = (terms: string): Files => ({
  'policies/menu.yaml': `${company['policies/menu.yaml']}terms: { ${terms} }\n`,
});
const bounds = menu('discount: { percentUpTo: "10", monthsUpTo: 12 }, paymentTerms: [net15, net30]');
const discount = (percent: string, until: string): Files =>
  free(`amendments: [{ on: 2026-12-01, billing: { discount: { percent: "${percent}", until: ${until} } } }]\n`);
const account = (percent: string, until: string): string =>
  `billing: { discount: { percent: "${percent}", until: ${until} } }\n`;
const both = ['free terms.billing.discount.percent', 'free terms.billing.discount.until'];
proveLines('outsideMenu, and what the menu sells', [
  ['an exception is outside', '{ setting: seats, outsideMenu: true }', bare(seats(51)), ['bare settings.seats']],
  ['an add-on is not', '{ setting: seats, outsideMenu: true }', bare('addOns: [{ id: moreSeats }]\n'), []],
  ['and asks for nothing at all', '{ setting: seats }', bare('addOns: [{ id: moreSeats }]\n'), []],
  [
    'an add-on that is taken away does ask',
    '{ setting: seats }',
    { 'customers/adding.yaml': 'name: Adding\nplan: studio@2\n' },
    ['adding settings.seats'],
  ],
  [
    'a quantity is standard, and asked about by lines that want it',
    '{ setting: seats }',
    bare('quantities: { seats: 60 }\n'),
    ['bare settings.seats'],
  ],
  ['but not outside', '{ setting: seats, outsideMenu: true }', bare('quantities: { seats: 60 }\n'), []],
  ['a discount within its bounds', '{ term: billing.discount }', discount('10', '2027-11-30'), [], bounds],
  ['more percent', '{ term: billing.discount }', discount('10.01', '2027-11-30'), both, bounds],
  ['a day longer', '{ term: billing.discount }', discount('10', '2027-12-01'), both, bounds],
  [
    'of an amount',
    '{ term: billing.discount }',
    free('amendments: [{ on: 2026-12-01, billing: { discount: { amount: "1.00", until: 2026-12-31 } } }]\n'),
    ['free terms.billing.discount.amount', 'free terms.billing.discount.until'],
    bounds,
  ],
  [
    'of an account, a year from the day of the change',
    '{ term: billing.discount, outsideMenu: true }',
    free(account('5', '2027-11-20')),
    [],
    bounds,
  ],
  ['and asked nothing else', '{ term: billing.discount }', free(account('5', '2027-11-20')), [], bounds],
  ['a day longer than that', '{ term: billing.discount }', free(account('5', '2027-11-21')), both, bounds],
  ['of an account, for more', '{ term: billing.discount }', free(account('10.01', '2027-11-20')), both, bounds],
  [
    'of a customer who comes',
    '{ term: billing.discount }',
    { 'customers/new.yaml': `name: New\nplan: studio@2\n${account('5', '2027-11-20')}` },
    [],
    bounds,
  ],
  [
    'of one who comes, a day longer',
    '{ term: billing.discount }',
    { 'customers/new.yaml': `name: New\nplan: studio@2\n${account('5', '2027-11-21')}` },
    ['new terms.billing.discount.percent', 'new terms.billing.discount.until'],
    bounds,
  ],
  [
    'of an account, prolonged: nobody knows since when it has been',
    '{ term: billing.discount }',
    free(account('5', '2027-02-01')),
    ['free terms.billing.discount.percent', 'free terms.billing.discount.until', 'free terms.billing.discount.until'],
    { ...bounds, ...free(account('5', '2027-01-01')) },
  ],
  [
    'of an account that had one for some days, so that each part is a year',
    '{ term: billing.discount, outsideMenu: true }',
    free(account('5', '2027-11-20')),
    [
      'free terms.billing.discount.percent',
      'free terms.billing.discount.percent',
      'free terms.billing.discount.percent',
      'free terms.billing.discount.until',
      'free terms.billing.discount.until',
      'free terms.billing.discount.until',
    ],
    { ...bounds, ...discount('4', '2027-10-31') },
  ],
  ['no bounds, nothing within them', '{ term: billing.discount }', discount('1', '2026-12-31'), both],
  [
    'prolonged beyond a year from its first day',
    '{ term: billing.discount, outsideMenu: true }',
    discount('5', '2028-06-30'),
    ['free terms.billing.discount.percent', 'free terms.billing.discount.until', 'free terms.billing.discount.until'],
    { ...bounds, ...discount('5', '2027-11-30') },
  ],
  [
    'prolonged in the middle of it, so that each part is a year',
    '{ term: billing.discount }',
    free(
      `amendments:
  - { on: 2026-12-01, billing: { discount: { percent: "5", until: 2027-11-30 } } }
  - { on: 2027-06-01, billing: { discount: { until: 2028-05-31 } } }
`,
    ),
    ['free terms.billing.discount.percent', 'free terms.billing.discount.until', 'free terms.billing.discount.until'],
    { ...bounds, ...discount('5', '2027-11-30') },
  ],
  [
    'begun again after a break',
    '{ term: billing.discount }',
    free(
      `amendments:
  - { on: 2026-12-01, billing: { discount: { percent: "5", until: 2027-11-30 } } }
  - { on: 2028-01-01, billing: { discount: { percent: "5", until: 2028-12-31 } } }
`,
    ),
    [],
    { ...bounds, ...discount('5', '2027-11-30') },
  ],
  [
    'payment terms of the menu',
    '{ term: billing.paymentTerms }',
    free('billing: { paymentTerms: net30 }\n'),
    [],
    bounds,
  ],
  [
    'others',
    '{ term: billing.paymentTerms }',
    free('billing: { paymentTerms: net60 }\n'),
    ['free terms.billing.paymentTerms'],
    bounds,
  ],
  [
    'what the plan has anyway is not outside',
    '{ term: billing.paymentTerms, outsideMenu: true }',
    { 'customers/free.yaml': 'name: Free\nplan: studio@2\n' },
    [],
  ],
  [
    'a promise of what the menu allows is an exception',
    '{ term: billing.paymentTerms }',
    free(exception('EX-9', `decision: promise, terms: { billing: { paymentTerms: net30 } }, ${lasting}`)),
    ['free terms.billing.paymentTerms'],
    bounds,
  ],
  [
    'less than they had is asked about, though the menu has it',
    '{ term: billing.discount, direction: takes }',
    discount('5', '2027-11-30'),
    ['free terms.billing.discount.percent'],
    { ...bounds, ...discount('10', '2027-11-30') },
  ],
  [
    'an add-on for half of the days is none',
    '{ setting: seats }',
    bare(
      `addOns: [{ id: moreSeats, ends: 2027-01-31 }]\n${exception('EX-9', 'decision: configuration, set: { seats: 55 }, starts: 2027-02-01, expires: 2027-12-31')}`,
    ),
    ['bare settings.seats'],
  ],
]);

const work = menu('paymentTerms: [net30] }\nservices: { move: { price: { amount: "4500.00", per: once } }');
const sold = (rest: string): Files => free(`services: [${rest}]\n`);
proveLines('service', [
  [
    'a second time on one day, for nothing',
    '{ service: true }',
    sold('{ id: move, on: 2026-12-01 }, { id: move, on: 2026-12-01, price: "0" }'),
    ['free services.move'],
    { ...work, ...sold('{ id: move, on: 2026-12-01 }') },
  ],
  ['at its price is sold freely', '{ service: true }', sold('{ id: move, on: 2026-12-01 }'), [], work],
  ['for more too', '{ service: true }', sold('{ id: move, price: "4500.01" }'), [], work],
  ['for less is not', '{ service: true }', sold('{ id: move, price: "4499.99" }'), ['free services.move'], work],
  [
    'and is outside',
    '{ service: move, outsideMenu: true }',
    sold('{ id: move, price: "0" }'),
    ['free services.move'],
    work,
  ],
  ['not another', '{ service: train }', sold('{ id: move, price: "0" }'), [], work],
  [
    'of which the price falls',
    '{ service: true }',
    sold('{ id: move, price: "1.00" }'),
    ['free services.move'],
    { ...work, ...sold('{ id: move }') },
  ],
  [
    'that stays',
    '{ service: true }',
    sold('{ id: move, price: "1.00" }, { id: move }'),
    [],
    { ...work, ...sold('{ id: move, price: "1.00" }') },
  ],
  [
    'for less than half',
    '{ service: move, below: { timesPlan: 0.5 } }',
    sold('{ id: move, price: "2249.99" }'),
    ['free services.move'],
    work,
  ],
  ['for half', '{ service: move, below: { timesPlan: 0.5 } }', sold('{ id: move, price: "2250.00" }'), [], work],
  ['of those who have the plan', '{ service: move, plan: studio }', sold('{ id: move, price: "0" }'), [], work],
  ['of these', '{ service: move, plan: starter }', sold('{ id: move, price: "0" }'), ['free services.move'], work],
  [
    'on a menu that this change writes is not on the menu',
    '{ service: true }',
    {
      ...sold('{ id: move, price: "1.00" }'),
      ...menu('paymentTerms: [net30] }\nservices: { move: { price: { amount: "1.00", per: once } }'),
    },
    ['free services.move'],
    work,
  ],
]);

const fewer: Files = studio('seats: 50', 'seats: 49');
const three: Files = Object.fromEntries(
  [1, 2, 3].map((index) => [`customers/more-${index}.yaml`, `name: More ${index}\nplan: starter@1\n`]),
);
proveLines('customers and percent', [
  ['more customers', '{ customers: { above: 4 } }', fewer, ['customers']],
  ['as many', '{ customers: { above: 5 } }', fewer, []],
  ['a larger part of them', '{ percent: { above: 71.4 } }', fewer, ['customers']],
  ['a smaller one', '{ percent: { above: 71.5 } }', fewer, []],
  ['both', '{ customers: { above: 4 }, percent: { above: 71.5 } }', fewer, []],
  ['of those with such a change', '{ customers: { above: 0 }, direction: gives }', fewer, []],
  [
    'what the menu sells counts',
    '{ customers: { above: 0 } }',
    { 'policies/menu.yaml': company['policies/menu.yaml']?.replace('seats: 5 }', 'seats: 6 }') },
    ['customers'],
  ],
  [
    'who comes counts',
    '{ customers: { above: 0 } }',
    { 'customers/new.yaml': 'name: New\nplan: starter@1\n' },
    ['customers'],
  ],
  ['exactly so many percent', '{ percent: { above: 50 } }', fewer, [], three],
  ['a little more', '{ percent: { above: 49.9 } }', fewer, ['customers'], three],
]);

proveLines('edits', [
  [
    'a list price that changes nobody',
    '{ edits: plans }',
    studio('49.00', '59.00'),
    ['plans/studio@2.yaml price.amount'],
  ],
  ['not another room', '{ edits: menu }', fewer, []],
  ['one of some', '{ edits: [menu, plans] }', fewer, ['plans/studio@2.yaml settings.seats']],
  ['of a plan', '{ edits: plans, plan: enterprise }', fewer, []],
  ['of a setting', '{ edits: plans, setting: apiCalls }', fewer, []],
  ['of this setting', '{ edits: plans, setting: seats, plan: studio }', fewer, ['plans/studio@2.yaml settings.seats']],
  ['not its layout', '{ edits: plans }', { 'plans/studio@2.yaml': `# words\n${company['plans/studio@2.yaml']}` }, []],
  [
    'the lifecycle',
    '{ edits: lifecycle }',
    { 'policies/lifecycle.yaml': company['policies/lifecycle.yaml']?.replace('14', '7') },
    ['policies/lifecycle.yaml stages.grace.days'],
  ],
]);

proveLines('machinery', [
  [
    'code, workflows and policies',
    '{ machinery: true }',
    {
      'scripts/a.ts': 'x',
      '.github/workflows/a.yml': 'x',
      'policies/menu.yaml': '{}\n',
      'policies/scan.yaml': '{}\n',
      'package.json': '{}',
      '.gitattributes': 'x',
      'policies/README.md': 'x',
      'customers/.gitattributes': 'x',
      'plans/run.sh': 'x',
      'scripts/docs/a.ts': 'x',
      'engine/test/a.ts': 'x',
      toString: 'x',
    },
    [
      '.gitattributes',
      '.github/workflows/a.yml',
      'customers/.gitattributes',
      'engine/test/a.ts',
      'package.json',
      'plans/run.sh',
      'policies/README.md',
      'policies/menu.yaml',
      'policies/scan.yaml',
      'scripts/a.ts',
      'scripts/docs/a.ts',
      'toString',
    ],
  ],
  [
    'not terms and words',
    '{ machinery: true }',
    {
      ...free(seats(4)),
      ...fewer,
      'README.md': 'x',
      'docs/a.txt': 'x',
      'test/a.ts': 'x',
      LICENSE: 'x',
      'CHANGELOG.md': 'x',
      'customers/README.md': 'x',
    },
    [],
  ],
]);
