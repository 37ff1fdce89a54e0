/** Something of a customer that ends or renews on a day. */
import type { Day } from '../../runtime/terms/timeline.ts';

export type EndingKind =
  | 'contract'
  | 'grace'
  | 'trial'
  | 'pilot'
  | 'exception'
  | 'promise'
  | 'service'
  | 'addOn'
  | 'discount'
  | 'credit';

export interface Ending {
  customer: string;
  /** The company's name. */
  name: string;
  kind: EndingKind;
  /** Of the contract, exception, add-on; what tells it apart from others of its kind. */
  id: string;
  /** The last day included. */
  last: Day;
  /** What ends, in words: `contract C-2026-014 ends`. */
  what: string;
  /** What happens then by what is written, in words. */
  then: string;
  /** What comes next is written already: another contract or trial. */
  isFollowed: boolean;
  /** The last day of an exception that was made in an emergency and that nobody has closed. */
  emergency?: Day;
  /** How a contract goes on after its last day. */
  renewal?: 'manual' | 'auto' | 'none' | undefined;
  /** The last day on which notice can be given. */
  notice?: Day | undefined;
  maxIncreasePercent?: string | undefined;
  /** Exceptions that end with it, by id. */
  endsWith: readonly string[];
  /** Promises in words that end with it. */
  promises: readonly string[];
  path: string;
  line: number;
}
