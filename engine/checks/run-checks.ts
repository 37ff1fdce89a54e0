import type { Diagnostic, Place, Severity } from '../diagnostic.ts';
import { topOf } from '../diagnostic.ts';
import type { ChangeSet } from '../review/change-set.ts';
import type { Check, Finding, FindingPlace } from './check.ts';
import { checkPolicyFaults } from './check-policy.ts';
import { type ChecksAsked, checkedChangeOf } from './checked-change.ts';
import { settingsOf } from './policy-of.ts';
import { checks } from './registry.ts';

/**
 * Runs every check on a change, with the policy of its base: a change that turns a check off is still judged by it.
 * A check that the policy does not name runs with its defaults. Faults of the head's policy are reported beside.
 */
export function runChecks(change: ChangeSet, asked: ChecksAsked = {}): Diagnostic[] {
  const checked = checkedChangeOf(change, asked);
  const policy = change.base.model.world.checks?.data ?? {};
  const found = checks.flatMap((check: Check) => {
    const { severity, options } = settingsOf(check, policy);
    if (severity === 'off') return [];
    return [...check.find(checked, options)].map((finding) => diagnosticOf(check, finding, severity));
  });
  return [...checkPolicyFaults(change.head.model.world.checks), ...found].sort(byPlace);
}

const milder: Readonly<Record<Severity, Severity>> = { error: 'warning', warning: 'note', note: 'note' };

function diagnosticOf(
  { name }: Check,
  { message, help, related, at, ...found }: Finding,
  severity: Severity,
): Diagnostic {
  return {
    rule: name,
    severity: found.milder ? milder[severity] : severity,
    message,
    at: placeOf(at),
    help,
    ...(related && { related: [{ message: related.message, at: placeOf(related.at) }] }),
  };
}

function placeOf(at: FindingPlace): Place {
  if (typeof at === 'string') return topOf(at);
  return 'in' in at ? at.in.locate(at.pointer, at.key ? 'key' : 'value') : at;
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const byPlace = ({ at: one, rule }: Diagnostic, { at: other, rule: otherRule }: Diagnostic) =>
  compare(one.path, other.path) ||
  one.start.line - other.start.line ||
  one.start.column - other.start.column ||
  compare(rule, otherRule);
