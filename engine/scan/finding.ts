import type { Place, Severity } from '../diagnostic.ts';
import type { RuleName } from './judge/rules.ts';

/** A rule about one account in product source. */
export interface Finding {
  rule: RuleName;
  severity: Exclude<Severity, 'note'> | 'note';
  /** The literal or name that names the account; ends on the same line or a later one. `path` is relative to the scanned repository. */
  at: Place;
  /** The account's id; absent for one that no list holds. */
  account?: string;
  /** The literal as it is written. */
  literal: string;
  /** One sentence: what is decided here by which account it is. */
  message: string;
  /** What says the same in the terms, and the next step. */
  help: string;
  related?: readonly { message: string; at: Place }[];
  /** First and last line of the statement it stands in, which a comment before or behind it may speak for; else its own lines. */
  statement?: { first: number; last: number };
  /**
   * What stays the same when lines move or are indented anew: a hash of the rule, the statement without its spaces, and the name of the
   * function or class around it. A copy has the same content: `fingerprint` counts them.
   */
  content: string;
}
