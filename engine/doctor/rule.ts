import type { Diagnostic, Place, Severity } from '../diagnostic.ts';
import type { Setup } from './setup.ts';

export interface Finding {
  /** What is wrong, lower case, no full stop. */
  message: string;
  at: Place;
  /** Instead of the rule's own. */
  severity?: Severity;
  /** What to do, instead of the rule's own. */
  fix?: string;
  related?: Diagnostic['related'];
}

/** One thing to look for. One rule = one file in `rules/` and one line in `rules/registry.ts`. */
export interface DoctorRule {
  /** Kebab-case, stable for machines. */
  name: string;
  severity: Severity;
  /** What can happen otherwise; follows the fix in the help. */
  why: string;
  /** What to do. */
  fix: string;
  find(setup: Setup): Iterable<Finding>;
}
