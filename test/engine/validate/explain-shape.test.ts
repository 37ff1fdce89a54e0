import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../engine/load-model.ts';
import { checkSettings } from '../../../engine/validate/check-settings.ts';
import { explainShape } from '../../../engine/validate/explain-shape.ts';
import { hasShape } from '../../../engine/validate/has-shape.ts';
import { kindNames } from '../../../schemas/kinds.ts';
import { applyDamage, damage } from '../../fixtures/damage.ts';
import { documents } from '../../fixtures/documents.ts';
import { smallRepository, smallSettings } from '../../fixtures/small-repository.ts';

/** `line:column message` of everything that is said about one file. */
async function said(path: string, text: string): Promise<string[]> {
  const { diagnostics } = await loadModel(smallRepository({ [path]: text }), smallSettings);
  return diagnostics.map(({ at, message, help }) => {
    expect(at.path).toBe(path);
    return `${at.start.line}:${at.start.column} ${message}${help === undefined ? '' : ` | ${help}`}`;
  });
}

const customerKeys =
  'keys here: name, account, aliases, domains, externalIds, accountOwner, plan, staysOn, quantities, billing, support, details, amendments, trials, contracts, statuses, addOns, services, access, exceptions';

const head = 'name: Acme\nplan: starter@1\n';
const contract = (lines: string) =>
  `${head}contracts:\n  - id: C-1\n    plan: enterprise@1\n    starts: 2026-01-01\n${lines}`;
const exception = (changes: Readonly<Record<string, string | undefined>>) => {
  const keys: Record<string, string | undefined> = {
    id: 'EX-1',
    need: 'More.',
    kind: 'workflow',
    askedBy: 'jo',
    askedOn: '2026-11-03',
    neededBy: '2026-12-15',
    worth: '{ amount: "1.00", currency: USD, per: year }',
    demand: '[]',
    usedBy: 'all',
    decision: 'configuration',
    because: 'fair',
    owner: 'a',
    handledBy: 'b',
    livesIn: 'config',
    hoursPerMonth: '0',
    set: '{ sso: true }',
    starts: '2026-12-15',
    expires: '2027-01-31',
    onUpgrade: 'keep',
    onDowngrade: 'drop',
    onLapse: 'drop',
    ...changes,
  };
  const lines = Object.entries(keys).filter(([, value]) => value !== undefined);
  return `${head}exceptions:\n  - ${lines.map(([key, value]) => `${key}: ${value}`).join('\n    ')}\n`;
};

describe('what is wrong with a customer file', () => {
  const cases: readonly [string, string, string[]][] = [
    ['nothing', head, []],
    [
      'a misspelt key',
      `${head}exeptions: []\n`,
      [`3:1 unknown key \`exeptions\`; did you mean exceptions? | ${customerKeys}`],
    ],
    ['a key like no other', `${head}zzzzzz: 1\n`, [`3:1 unknown key \`zzzzzz\` | ${customerKeys}`]],
    [
      'a reserved key',
      `${head}parent: holding\n`,
      ['3:1 `parent` is not yet supported | remove it: a later version reads it'],
    ],
    [
      'a missing key',
      'name: Acme\n',
      ['1:1 `plan` is missing | `plan`: The base plan: what applies while neither a trial nor a contract is in force.'],
    ],
    [
      'missing keys in a record of a list',
      `${head}contracts:\n  - starts: 2026-01-01\n`,
      ['4:5 `id` and `plan` are missing'],
    ],
    [
      'a missing key in a record under a key',
      `${head}support: { slaCredits: [{ percent: "10" }] }\n`,
      ['3:27 `uptimeBelow` is missing | `uptimeBelow`: A quoted decimal such as `"12"`.'],
    ],
    [
      'text for a number',
      contract('    renewal: { kind: auto, months: "12" }\n'),
      ['7:36 a number is needed, this is text | write 12 without quotes'],
    ],
    ['half a number', contract('    renewal: { kind: auto, months: 1.5 }\n'), ['7:36 1.5 is not a whole number']],
    ['a number below its least', contract('    renewal: { kind: auto, months: 0 }\n'), ['7:36 0 is less than 1']],
    [
      'a number for text',
      'name: 1.10\nplan: starter@1\n',
      ['1:7 text is needed, this is a number | put it in quotes if it is meant as text'],
    ],
    ['nothing for text', 'name:\nplan: starter@1\n', ['1:6 text is needed, nothing is written here']],
    ['spaces for text', 'name: " "\nplan: starter@1\n', ['1:7 this text is empty']],
    ['a text for a list', `${head}aliases: ACM\n`, ['3:10 a list is needed, this is text']],
    ['a list for an object', `${head}billing: [card]\n`, ['3:10 a group of keys is needed, this is a list']],
    [
      'a wrong word',
      `${head}billing: { method: crad }\n`,
      ['3:20 `crad` is none of `card`, `invoice`, `manual`; did you mean card?'],
    ],
    [
      'a number for a word',
      `${head}billing: { method: 1 }\n`,
      ['3:20 one of `card`, `invoice` or `manual` is needed, this is a number'],
    ],
    [
      'an amount without quotes',
      `${head}services: [{ id: a, price: 60 }]\n`,
      [
        '3:28 an amount as a quoted decimal like "49.00" is needed, this is a number | put it in quotes if it is meant as text',
      ],
    ],
    [
      'an amount with a comma',
      `${head}services: [{ id: a, price: "6,000" }]\n`,
      ['3:28 `6,000` is not an amount as a quoted decimal like "49.00"'],
    ],
    [
      'hours of a severity that is none',
      `${head}support: { firstResponseHours: { urgent: 1 } }\n`,
      ['3:34 `urgent` is not severity1, severity2, … or other'],
    ],
    [
      'an agreed price of nothing',
      `${head}billing: { unitPrices: { seats: free } }\n`,
      ['3:33 `free` is not an amount as a quoted decimal like "49.00"'],
    ],
    [
      'a version without plan',
      'name: Acme\nplan: starter\n',
      ['2:7 `starter` is not a plan with its version like studio@2'],
    ],
    ['a day that is none', contract('    signed: 2026-02-30\n'), ['7:13 2026-02-30 is not a day']],
    [
      'a day as Americans write it',
      contract('    signed: 03/31/2027\n'),
      ['7:13 `03/31/2027` is not a day as YYYY-MM-DD'],
    ],
    [
      'a limit in a contract',
      contract('    seats: 700\n'),
      [
        '7:5 `seats` is a product limit: it belongs to the plan, an add-on or an exception | what the customer buys by the unit is written under `quantities`',
      ],
    ],
    [
      'a feature in terms',
      `${head}support: { sso: true }\n`,
      ['3:12 `sso` is a product setting: it belongs to the plan, an add-on or an exception'],
    ],
    [
      'a limit on top',
      `${head}seats: 7\n`,
      [
        '3:1 `seats` is a product limit: it belongs to the plan, an add-on or an exception | what the customer buys by the unit is written under `quantities`',
      ],
    ],
    [
      'a term out of its group',
      contract('    paymentTerms: net30\n'),
      ['7:5 `paymentTerms` belongs under `billing` | write `billing: { paymentTerms: … }`'],
    ],
    [
      'a decision that is none',
      exception({ decision: 'maybe' }),
      ['13:15 `maybe` is none of `configuration`, `feature`, `service`, `promise`, `no`'],
    ],
    ['no decision', exception({ decision: undefined }), ['4:5 `decision` is missing']],
    [
      'a key of another decision',
      exception({ tracking: 'x' }),
      ['25:5 `tracking` belongs to decision feature, not configuration | remove `tracking`, or change `decision`'],
    ],
    [
      'a key of two other decisions',
      exception({
        decision: 'no',
        set: undefined,
        onUpgrade: undefined,
        onDowngrade: undefined,
        onLapse: undefined,
        expires: undefined,
      }),
      ['19:5 `starts` belongs to decision configuration or promise, not no | remove `starts`, or change `decision`'],
    ],
    [
      'no end of an exception',
      exception({ expires: 'never' }),
      ['21:14 `never` is not a day as YYYY-MM-DD | or write `contract`'],
    ],
    [
      'a misspelt key in an exception',
      exception({ onLapse: undefined, onLapsed: 'drop' }),
      [
        '4:5 `onLapse` is missing',
        '24:5 unknown key `onLapsed`; did you mean onLapse? | keys here: id, need, kind, area, askedBy, askedOn, neededBy, worth, demand, usedBy, because, owner, handledBy, livesIn, runbook, buildHours, hoursPerMonth, decision, set, add, access, lowers, starts, expires, onUpgrade, onDowngrade, onLapse, breakGlass',
      ],
    ],
  ];

  it.each(cases)('%s', async (_, text, expected) => {
    expect(await said('customers/acme.yaml', text)).toEqual(expected);
  });

  it('tells what comes first in the file, whatever the order of the language', async () => {
    const told = await said('customers/acme.yaml', `${head}accountOwner: 5\naliases:\n${'  - 1\n'.repeat(25)}`);
    expect(told[1]).toBe('3:15 text is needed, this is a number | put it in quotes if it is meant as text');
  });

  it('knows a reserved key only where it is reserved', async () => {
    const [told] = await said('customers/acme.yaml', `${head}support: { parent: x }\n`);
    expect(told).toBe(
      '3:12 unknown key `parent` | keys here: firstResponseHours, hours, channel, contacts, slaCredits',
    );
  });

  it('tells the first 20 in the order of the lines, and how many more there are', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `zz${index}zz: 1`);
    const told = await said('customers/acme.yaml', `${head}${lines.join('\n')}\nname2: 3\n`);
    expect(told.map((line) => line.split(' |')[0])).toEqual([
      '1:1 11 more problems in this file are not shown',
      ...lines.slice(0, 20).map((line, index) => `${index + 3}:1 unknown key \`${line.slice(0, -3)}\``),
    ]);
  });
});

describe('what is wrong with the other kinds of file', () => {
  const cases: readonly [string, string, string[]][] = [
    [
      'plans/studio@1.yaml',
      'name: Studio\nrank: 1\n',
      ['1:1 `price` is missing | `price`: An amount, or `free: true`, `contactSales: true`, `formula: "…"`.'],
    ],
    [
      'plans/studio@1.yaml',
      'name: Studio\nrank: 1\nprice: { free: true }\nseats: 5\n',
      ['4:1 `seats` is a product limit: it belongs under `settings`'],
    ],
    [
      'plans/studio@1.yaml',
      'name: Studio\nrank: 1\nprice: { free: true }\nbecomes: { plan: studio@3 }\n',
      ['4:1 `on` is missing | `on`: The first day they have the other plan.'],
    ],
    [
      'plans/studio@1.yaml',
      'name: Studio\nrank: 1\nprice: { free: false }\n',
      ['3:16 `true` is needed here, not false'],
    ],
    [
      'policies/menu.yaml',
      'addOns:\n  more: { plans: [starter], seats: 4 }\n',
      ['2:29 `seats` is a product limit: it belongs under `sets` or `adds` of an add-on'],
    ],
    ['policies/menu.yaml', 'addOns:\n  More: { plans: [starter] }\n', ['2:3 `More` is not a name like apiCalls']],
    ['policies/lifecycle.yaml', 'stages: { grace: { days: -1 } }\n', ['1:26 -1 is less than 0 | or write `never`']],
    [
      'policies/lifecycle.yaml',
      'stages: { grace: { days: some } }\n',
      ['1:26 a number is needed, this is text | or write `never`'],
    ],
    [
      'policies/lifecycle.yaml',
      'stages: { overdue: {} }\n',
      ['1:11 unknown key `overdue` | keys here: trial, pilot, active, grace, pastDue, suspended, lapsed, closed'],
    ],
    ['policies/roles.yaml', 'roles:\n  admin: { may: all }\n', ['2:17 a list is needed, this is text']],
    [
      'policies/onboarding.yaml',
      'details:\n  contact: { type: email, when: { seting: sso, is: true } }\n',
      ['2:27 `setting` is missing', '2:35 unknown key `seting`; did you mean setting? | keys here: setting, is'],
    ],
    [
      'policies/onboarding.yaml',
      'details:\n  contact: { type: mail }\n',
      ['2:20 `mail` is none of `text`, `email`, `url`, `phone`, `number`, `day`, `yesNo`; did you mean email?'],
    ],
    ['policies/publish.yaml', 'language: 2\nenvironments: {}\n', ['1:11 `1` is needed here, not 2']],
  ];

  it.each(cases)('%s: %j', async (path, text, expected) => {
    expect(await said(path, text)).toEqual(expected);
  });
});

describe('damaged documents', () => {
  const place = { path: 'x.yaml', start: { line: 1, column: 1 } };

  it.each(kindNames)('%s: whatever the validator refuses has words, and what it accepts can be walked', (kind) => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const data = damages.reduce(applyDamage, structuredClone(documents[kind]) as unknown);
        if (hasShape(kind, data)) {
          checkSettings(kind, data, smallSettings, () => undefined);
          return;
        }
        const told = explainShape(kind, { path: 'x.yaml', data, locate: () => place }, smallSettings);
        expect(told.length).toBeGreaterThan(0);
        for (const { rule, message } of told) {
          expect(rule).not.toBe('shape');
          expect(message).not.toMatch(/undefined|\[object|NaN|Invalid/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
