import type { RuleWords } from '../../report/reporter.ts';
import { type RuleName, rules } from './rules.ts';

const setting =
  'Give what differs a name of its own: a setting of the catalogue, which plans, add-ons and exceptions of a customer set, and read that setting here.';
const end =
  'Until it is gone, a comment on the line before may excuse it: proviso-allow, the id of the exception, owner=, until=, because=.';

/** What to do instead, where it is not a setting. */
const instead: Readonly<Partial<Record<RuleName, string>>> = {
  'account-config':
    'Configuration of the product holds for everybody: what one customer has stands in their file of terms.',
  'account-environment':
    'Name the variable after what it does, and let the terms of the customer say whether they have it.',
  'account-flag': 'Name the flag after what it switches, and let the terms of the customer say whether they have it.',
  'contract-date':
    'A date of a contract stands in the customer’s terms, which end by themselves on that day; read what applies now.',
  'approver-address': 'Who approves is access: roles and groups of the customer’s terms say it, and people change.',
  'unlisted-account':
    'If this is a customer, give what differs a setting; if it stands for no customer, list it under `sentinels` in policies/scan.yaml.',
};

/** The rules in words, for who meets one for the first time. */
export const ruleWords: Readonly<Record<string, RuleWords>> = Object.fromEntries(
  (Object.keys(rules) as RuleName[]).map((name) => [
    name,
    { summary: rules[name].summary, help: `${instead[name] ?? setting} ${end}` },
  ]),
);
