import type { Checks } from '../../schemas/approvals.ts';
import type { Severity } from '../diagnostic.ts';
import type { Check, CheckOption } from './check.ts';

type Value = number | boolean | readonly string[];

export const severities = ['error', 'warning', 'note', 'off'] as const;

/** What a check runs with. What the policy says wrongly does not count: the default does. */
export function settingsOf(
  { name, severity, options }: Check,
  policy: Checks,
): { severity: Severity | 'off'; options: Readonly<Record<string, Value>> } {
  const said = Object.hasOwn(policy, name) ? (policy[name] ?? {}) : {};
  const values = Object.entries(options).map(([key, option]): [string, Value] => {
    const value = Object.hasOwn(said, key) ? said[key] : undefined;
    return [key, value !== undefined && isOfKind(option, value) ? (value as Value) : option.default];
  });
  return { severity: isSeverity(said.severity) ? said.severity : severity, options: Object.fromEntries(values) };
}

const isSeverity = (value: unknown): value is (typeof severities)[number] =>
  (severities as readonly unknown[]).includes(value);

/** Whether a value is what the option takes. */
export function isOfKind({ kind }: CheckOption, value: unknown): boolean {
  switch (kind) {
    case 'yesNo':
      return typeof value === 'boolean';
    case 'words':
      return Array.isArray(value);
    case 'percent':
      return typeof value === 'number' && value >= 0 && value <= 100;
    default:
      return typeof value === 'number' && Number.isInteger(value) && value >= 0;
  }
}

/** What an option takes, in words. */
export const kindWords: Readonly<Record<CheckOption['kind'], string>> = {
  count: 'a whole number',
  days: 'a whole number of days',
  percent: 'a number from 0 to 100',
  yesNo: '`true` or `false`',
  words: 'a list of words',
};
