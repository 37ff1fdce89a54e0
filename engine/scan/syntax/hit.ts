import type { Described } from '../living/fingerprint.ts';
import type { Spot } from './language.ts';
import type { Situation } from './situation.ts';

/** A literal or a name that may name an account, whatever way its text is read. What costs is asked for only where it does. */
export interface Hit {
  /** As it is written. */
  literal: string;
  /** What it says, and that without what a pattern escapes. */
  said: string;
  content: string;
  what: 'string' | 'pattern' | 'number' | 'name';
  start: Spot;
  end: Spot;
  /** `unlisted`: asked for an id that is in no list. */
  situations(unlisted: boolean): readonly Situation[];
  /** What is around it, the nearest first. */
  scopes(): readonly string[];
  /** Only words: documentation, what is logged or thrown. */
  isSilent(): boolean;
  isInTest(): boolean;
  statement(): Pick<Described, 'statement' | 'comments'> & { lines: { first: number; last: number } };
}
