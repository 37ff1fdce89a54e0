/** What the list of all exceptions says of each one. */
import type { Day } from '../../runtime/terms/timeline.ts';
import type { Exception } from '../../schemas/exception.ts';
import type { Area } from '../../schemas/setting.ts';
import type { ExceptionState } from '../exception-state.ts';

/** What to do about it, and why in words. */
export interface Suggestion {
  verdict: 'keep' | 'merge' | 'retire';
  because: string;
}

export interface ListedException {
  customer: string;
  /** The company's name. */
  name: string;
  id: string;
  area: Area;
  decision: Exception['decision'];
  need: string;
  /** On one line: `sets { seats: 60 }`. */
  does: string;
  askedBy: string;
  askedOn: Day;
  neededBy: Day;
  because: string;
  usedBy: string;
  livesIn: Exception['livesIn'];
  owner: string;
  handledBy: string;
  /** Upkeep. */
  hoursPerMonth: number;
  buildHours?: number | undefined;
  worth: Exception['worth'];
  state: ExceptionState;
  /** The last day included; absent where nothing ends it. */
  until?: Day | undefined;
  /** Others who want the same, as its record says. */
  demand: readonly string[];
  /** Other customers who have an exception with the same effect, in force or to come: the first twenty, and how many in all. */
  alike: readonly string[];
  alikeInAll: number;
  /** Somebody else wants or has the same. */
  isPattern: boolean;
  /** The last day of one that was made in an emergency and that nobody has closed; releases wait from the next. */
  emergency?: Day;
  suggestion: Suggestion;
  path: string;
  line: number;
}
