import { describe, expect, it } from 'vitest';
import { checkPolicyFaults } from '../../../engine/checks/check-policy.ts';
import { loadModel } from '../../../engine/load-model.ts';
import { smallRepository, smallSettings } from '../../fixtures/small-repository.ts';

const faultsOf = async (yaml: string | undefined): Promise<string[]> => {
  const { model, diagnostics } = await loadModel(smallRepository({ 'policies/checks.yaml': yaml }), smallSettings);
  return [...diagnostics, ...checkPolicyFaults(model.world.checks)].map(
    ({ severity, rule, at, message, help }) =>
      `${severity} ${rule} ${at.path}:${at.start.line}:${at.start.column} ${message}${help ? ` | ${help}` : ''}`,
  );
};

const names = 'the editor completes their names; policies/README.md lists them';
const days = 'How many days ahead. Without it: 30';

/** A policy, and everything that is said of it. */
const rows: readonly [says: string, yaml: string | undefined, faults: readonly string[]][] = [
  ['no policy is none', undefined, []],
  ['a check with its numbers is right', 'expires-soon: { severity: error, days: 10 }\n', []],
  ['a check may be turned off', 'expires-soon: { severity: off }\n', []],
  ['a check may be named without more', 'expires-soon: {}\n', []],
  [
    'every kind of option',
    'plan-edit-takes: { withoutFile: false }\nblast-radius: { percent: 2.5 }\nsecret-in-text: { allowed: [x] }\n',
    [],
  ],
  [
    'a check there is none of',
    '# comment\nexpires-son: { days: 10 }\n',
    [`error unknown-check policies/checks.yaml:2:1 no check named expires-son; did you mean expires-soon? | ${names}`],
  ],
  [
    'a check that resembles none',
    'zzz: {}\n',
    [`error unknown-check policies/checks.yaml:1:1 no check named zzz | ${names}`],
  ],
  [
    'the name of a property every object has',
    'constructor: {}\n',
    [`error unknown-check policies/checks.yaml:1:1 no check named constructor | ${names}`],
  ],
  [
    'an option there is none of',
    'expires-soon:\n  day: 10\n',
    [
      'error unknown-option policies/checks.yaml:2:3 expires-soon has no option day; did you mean days? | it has severity and days',
    ],
  ],
  [
    'an option that every object has',
    'expires-soon: { toString: 1 }\n',
    ['error unknown-option policies/checks.yaml:1:17 expires-soon has no option toString | it has severity and days'],
  ],
  [
    'a severity there is none of',
    'expires-soon: { severity: fatal }\n',
    [
      'error wrong-severity policies/checks.yaml:1:27 the severity of expires-soon is not one of error, warning, note and off | without it: warning',
    ],
  ],
  [
    'a text for a number',
    'expires-soon: { days: soon }\n',
    [`error wrong-option policies/checks.yaml:1:23 \`days\` of expires-soon takes a whole number of days | ${days}`],
  ],
  [
    'half a day',
    'expires-soon: { days: 1.5 }\n',
    [`error wrong-option policies/checks.yaml:1:23 \`days\` of expires-soon takes a whole number of days | ${days}`],
  ],
  [
    'fewer than no days',
    'expires-soon: { days: -1 }\n',
    [`error wrong-option policies/checks.yaml:1:23 \`days\` of expires-soon takes a whole number of days | ${days}`],
  ],
  [
    'more than everybody',
    'customers-missing: { percent: 101 }\n',
    [
      'error wrong-option policies/checks.yaml:1:31 `percent` of customers-missing takes a number from 0 to 100 | How many of the customers that are not closed may be missing. Without it: 10',
    ],
  ],
  [
    'a word for a list',
    'secret-in-text: { allowed: abc }\n',
    [
      'error wrong-option policies/checks.yaml:1:28 `allowed` of secret-in-text takes a list of words | Texts that look like a secret and are none, exactly as they stand. Without it: []',
    ],
  ],
  [
    'a number for yes or no',
    'plan-edit-takes: { withoutFile: 1 }\n',
    [
      'error wrong-option policies/checks.yaml:1:33 `withoutFile` of plan-edit-takes takes `true` or `false` | Accounts without a file may have the plan too, so that an edit counts even where no customer here has it. Without it: true',
    ],
  ],
];

describe('the faults of policies/checks.yaml', () => {
  it.each(rows)('%s', async (_, yaml, faults) => {
    expect(await faultsOf(yaml)).toEqual(faults);
  });
});
