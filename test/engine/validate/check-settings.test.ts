import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../engine/load-model.ts';
import { settingProblem } from '../../../engine/validate/setting-problem.ts';
import { smallRepository, smallSettings } from '../../fixtures/small-repository.ts';

describe('the value of a setting', () => {
  const cases: readonly [string, unknown, string | undefined][] = [
    ['seats', 0, undefined],
    ['seats', 700, undefined],
    ['seats', 'unlimited', undefined],
    ['seats', -1, '`seats`: -1 is less than 0'],
    ['seats', 2.5, '`seats`: 2.5 is not a whole number'],
    ['seats', 2 ** 53, '`seats`: 9007199254740992 is too large to be exact | write `unlimited`'],
    ['seats', '700', '`seats`: a whole number or `unlimited` is needed, this is text | write 700 without quotes'],
    [
      'seats',
      '1_000',
      '`seats`: a whole number or `unlimited` is needed, this is text | write digits only, such as 1000',
    ],
    ['seats', 'unlimitted', '`seats`: a whole number or `unlimited` is needed, this is text; did you mean unlimited?'],
    ['seats', null, '`seats`: a whole number is needed, nothing is written here'],
    ['seats', true, '`seats`: a whole number is needed, this is the value true'],
    ['storageGb', 2.5, undefined],
    ['storageGb', '2', '`storageGb`: a number or `unlimited` is needed, this is text | write 2 without quotes'],
    ['sso', false, undefined],
    ['sso', '1', '`sso`: true or false is needed, this is text'],
    ['sso', 'yes', '`sso`: true or false is needed, this is text'],
    ['sso', 1, '`sso`: true or false is needed, this is a number'],
    ['dataRegion', 'eu', undefined],
    ['dataRegion', 'EU', '`dataRegion`: `EU` is none of us, eu; did you mean eu?'],
    ['dataRegion', 'unlimited', '`dataRegion`: `unlimited` is none of us, eu'],
    ['dataRegion', ['eu'], '`dataRegion`: one of us, eu is needed, this is a list'],
    ['greeting', '', undefined],
    ['greeting', 7, '`greeting`: text is needed, this is a number | put it in quotes if it is meant as text'],
    ['formats', [], undefined],
    ['formats', ['csv', 'pdf'], undefined],
    ['formats', 'csv', '`formats`: a list of text is needed, this is text'],
    [
      'formats',
      ['csv', 1],
      '`formats`: a list of text is needed, this one holds a number | put it in quotes if it is meant as text',
    ],
    ['seatz', 5, 'no setting named `seatz`; did you mean seats? | the settings are listed in schemas/settings.ts'],
    ['constructor', 5, 'no setting named `constructor` | the settings are listed in schemas/settings.ts'],
    ['__proto__', 5, 'no setting named `__proto__` | the settings are listed in schemas/settings.ts'],
    ['toString', true, 'no setting named `toString` | the settings are listed in schemas/settings.ts'],
    [
      'firstResponseHours',
      4,
      '`firstResponseHours` is a promise: it belongs to support terms | settings are what the product does; what is promised is written under `support`',
    ],
    [
      'paymentTerms',
      'net30',
      '`paymentTerms` is part of the agreement: it belongs to billing terms | settings are what the product does; what is agreed is written under `billing`',
    ],
  ];

  it.each(cases)('%s: %j', (key, value, expected) => {
    const problem = settingProblem(smallSettings, key, value);
    expect(problem && [problem.message, problem.help].filter(Boolean).join(' | ')).toBe(expected);
  });
});

const exception = (decision: string, rest: string, id = 'EX-1') =>
  [
    `  - id: ${id}`,
    '    need: More.',
    '    kind: workflow',
    '    area: access',
    '    askedBy: jo',
    '    askedOn: 2026-11-03',
    '    neededBy: 2026-12-15',
    '    worth: { amount: "1.00", currency: USD, per: year }',
    '    demand: []',
    '    usedBy: all',
    '    because: fair',
    '    owner: a',
    '    handledBy: b',
    '    livesIn: config',
    '    hoursPerMonth: 0',
    `    decision: ${decision}`,
    rest,
    '',
  ].join('\n');
const head = 'name: Acme\nplan: starter@1\n';
const lasting =
  '    starts: 2026-12-15\n    expires: 2027-01-31\n    onUpgrade: keep\n    onDowngrade: drop\n    onLapse: drop';
const commitments = (setting: string, quantity: string) =>
  `commitments: [{ setting: ${setting}, quantity: ${quantity}, per: year, amount: "1.00" }]`;

describe('where settings are named in a file', () => {
  const cases: readonly [string, string, string[]][] = [
    ['customers/acme.yaml', `${head}quantities: { seats: 7, storageGb: 2.5 }\n`, []],
    [
      'customers/acme.yaml',
      `${head}quantities: { seats: 7.5, sso: 1, apiCalls: 0 }\n`,
      ['3:22 `seats`: 7.5 is not a whole number', '3:27 `sso` is a feature, not a limit: it has no amount'],
    ],
    [
      'customers/acme.yaml',
      `${head}quantities: { firstResponseHours: 7 }\n`,
      ['3:15 `firstResponseHours` is a promise: it belongs to support terms'],
    ],
    [
      'customers/acme.yaml',
      `${head}amendments: [{ on: 2026-01-01, quantities: { seats: unset, dataRegion: unset } }]\n`,
      ['3:60 `dataRegion` is a choice, not a limit: it has no amount'],
    ],
    [
      'customers/acme.yaml',
      `${head}trials: [{ kind: trial, plan: enterprise@1, starts: 2026-01-01, ends: 2026-01-31, quantities: { seat: 3 } }]\n`,
      ['3:97 no setting named `seat`; did you mean seats?'],
    ],
    [
      'customers/acme.yaml',
      `${head}contracts:\n  - { id: C-1, plan: enterprise@1, starts: 2026-01-01, quantities: { seats: 1.5 }, amendments: [{ on: 2026-02-01, quantities: { seatz: 3 } }] }\n`,
      ['4:77 `seats`: 1.5 is not a whole number', '4:129 no setting named `seatz`; did you mean seats?'],
    ],
    [
      'customers/acme.yaml',
      `${head}billing: { unitPrices: { sso: "1.00" } }\n`,
      ['3:26 `sso` is a feature, not a limit: it has no amount'],
    ],
    ['customers/acme.yaml', `${head}billing: { unitPrices: unset, commitments: unset }\n`, []],
    [
      'customers/acme.yaml',
      `${head}billing: { ${commitments('apiCall', '5')} }\n`,
      ['3:37 no setting named `apiCall`; did you mean apiCalls?'],
    ],
    [
      'customers/acme.yaml',
      `${head}billing: { ${commitments('apiCalls', '0.5')} }\n`,
      ['3:57 `apiCalls`: 0.5 is not a whole number'],
    ],
    [
      'customers/acme.yaml',
      `${head}exceptions:\n${exception('configuration', `    set: { sso: maybe, seats: -1 }\n    add: { apiCalls: 5, dataRegion: 1, seats: -2 }\n${lasting}`)}`,
      [
        '20:17 `sso`: true or false is needed, this is text',
        '20:31 `seats`: -1 is less than 0',
        '21:25 `dataRegion` is a choice, not a limit: it has no amount',
        '21:47 `seats`: -2 is less than 0',
      ],
    ],
    [
      'customers/acme.yaml',
      `${head}exceptions:\n${exception('feature', '    settings: [sso, ssso]')}`,
      ['20:21 no setting named `ssso`; did you mean sso?'],
    ],
    [
      'customers/acme.yaml',
      `${head}exceptions:\n${exception('no', '    refuses: { settings: [toString] }')}`,
      ['20:27 no setting named `toString`'],
    ],
    [
      'customers/acme.yaml',
      `${head}exceptions:\n${exception('promise', `    terms: { billing: { unitPrices: { seatz: "1.00" } } }\n${lasting}`)}`,
      ['20:39 no setting named `seatz`; did you mean seats?'],
    ],
    [
      'plans/studio@1.yaml',
      'name: Studio\nrank: 1\nsettings: { seats: lots, sso: true }\nprice:\n  free: true\n  units: { sso: { amount: "0.00" }, seats: { amount: "0.00", min: 1.5, max: 2.5 } }\n  usage: { sso: { amount: "0.00" } }\nstandardTerms: { billing: { unitPrices: { sso: "1.00" } } }\n',
      [
        '3:20 `seats`: a whole number or `unlimited` is needed, this is text',
        '6:12 `sso` is a feature, not a limit: it has no amount',
        '6:67 `seats`: 1.5 is not a whole number',
        '6:77 `seats`: 2.5 is not a whole number',
        '7:12 `sso` is a feature, not a limit: it has no amount',
        '8:43 `sso` is a feature, not a limit: it has no amount',
      ],
    ],
    [
      'policies/menu.yaml',
      'addOns:\n  more: { plans: [starter], sets: { dataRegion: mars }, adds: { sso: 1, seats: 0.5 }, terms: { billing: { unitPrices: { sso: "1.00" } } } }\n',
      [
        '2:49 `dataRegion`: `mars` is none of us, eu',
        '2:65 `sso` is a feature, not a limit: it has no amount',
        '2:80 `seats`: 0.5 is not a whole number',
        '2:121 `sso` is a feature, not a limit: it has no amount',
      ],
    ],
    [
      'policies/lifecycle.yaml',
      'stages:\n  closed: { set: { seats: 0, sso: false, tenancy: shared, dataRegion: us, greeting: Bye, formats: [] } }\n',
      [
        '2:59 a stage only takes, and `dataRegion` has no order from worst to best',
        '2:75 a stage only takes, and `greeting` has no order from worst to best',
        '2:90 a stage only takes, and `formats` has no order from worst to best',
      ],
    ],
    [
      'policies/onboarding.yaml',
      'details:\n  one: { type: text, when: { setting: ssoo, is: true } }\n  two: { type: text, when: { setting: sso, is: yes } }\n',
      ['2:39 no setting named `ssoo`; did you mean sso?', '3:48 `sso`: true or false is needed, this is text'],
    ],
  ];

  it.each(cases)('%s: %j', async (path, text, expected) => {
    const { diagnostics } = await loadModel(smallRepository({ [path]: text }), smallSettings);
    const said = diagnostics.map(({ at, message }) => `${at.start.line}:${at.start.column} ${message}`);
    expect([...new Set(diagnostics.map(({ at }) => at.path))]).toEqual(expected.length > 0 ? [path] : []);
    expect(said).toEqual(expected);
  });
});
