import type { ScanRuleName } from '../../../schemas/scan.ts';
import type { Severity } from '../../diagnostic.ts';

/** What a rule about an account looks like in source; `policies/scan.yaml` may change how serious each is. Their names are those of `schemas/scan.ts`. */
export const rules = {
  'account-equality': { severity: 'error', summary: 'an account is compared with one of its names' },
  'account-case': { severity: 'error', summary: 'a switch, case or match has a branch for an account' },
  'account-membership': { severity: 'error', summary: 'a list or set of accounts decides' },
  'account-map': { severity: 'error', summary: 'a map, dictionary or object is keyed by account' },
  'account-affix': {
    severity: 'error',
    summary: 'the beginning or end of a text decides: an e-mail or host of an account',
  },
  'account-pattern': { severity: 'error', summary: 'a regular expression picks an account' },
  'account-query': { severity: 'error', summary: 'a query picks the rows of one account' },
  'account-enum': { severity: 'error', summary: 'an enumeration has a member for an account' },
  'account-environment': { severity: 'error', summary: 'an environment variable is named after an account' },
  'account-flag': { severity: 'error', summary: 'a feature flag is named after an account' },
  'account-constant': { severity: 'error', summary: 'a constant holds an account and is used to decide' },
  'account-argument': { severity: 'error', summary: 'an account is named in a call that decides for whom' },
  'account-config': { severity: 'error', summary: 'a configuration file of the product names an account' },
  'contract-date': { severity: 'error', summary: 'a date of one contract stands in code' },
  'approver-address': { severity: 'error', summary: 'who approves is an address in code' },
  'unlisted-account': { severity: 'error', summary: 'an account is compared with an id that is in no list' },
} as const satisfies Readonly<Record<ScanRuleName, { severity: Severity; summary: string }>>;

export type RuleName = ScanRuleName;
