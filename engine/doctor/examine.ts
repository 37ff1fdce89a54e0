import type { Diagnostic } from '../diagnostic.ts';
import type { DoctorRule } from './rule.ts';
import { doctorRules } from './rules/registry.ts';
import type { Setup } from './setup.ts';

/** Everything the rules find in a repository's setup. What is reached on several ways is told once. */
export function examine(setup: Setup, rules: readonly DoctorRule[] = doctorRules): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const { name, severity, why, fix, find } of rules)
    for (const finding of find(setup)) {
      const { message, at, related } = finding;
      const key = JSON.stringify([name, message, at]);
      if (found.has(key)) continue;
      found.set(key, {
        rule: name,
        severity: finding.severity ?? severity,
        message,
        at,
        help: `${finding.fix ?? fix} (${why})`,
        ...(related && { related }),
      });
    }
  return [...found.values()];
}
