import type { Day } from '../../../runtime/terms/timeline.ts';
import type { Place } from '../../diagnostic.ts';

/** A comment that lets findings of one statement stand for a while: `proviso-allow EX-0031 owner=team until=2027-03-31 because="…"`. */
export interface Suppression {
  /** Id of the exception the code is for. */
  exception: string;
  owner: string;
  /** The last day. */
  until: Day;
  because: string;
  /** From the word `proviso-allow` to the end of what it says. */
  at: Place;
  /** The line it speaks for: its own where code stands before it, else the next line of code; absent where none follows at once. */
  line: number | undefined;
}

/** A comment of a file: offsets, the end exclusive, marks included. */
export interface Comment {
  start: number;
  end: number;
}
