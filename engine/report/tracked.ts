import type { Diagnostic } from '../diagnostic.ts';

/** A problem that programs follow from run to run. */
export interface Tracked extends Diagnostic {
  /** The same wherever it has moved to. */
  fingerprint?: string;
  /** Why it does not count: a comment beside it, or a file elsewhere that knows it. */
  accepted?: { where: 'inSource' | 'external'; because: string };
  /** Where a change is judged: whether it came with it. */
  since?: 'new' | 'unchanged';
}

/** Whether anybody has to do something about it now. */
export const isCounted = ({ accepted, since }: Tracked): boolean => accepted === undefined && since !== 'unchanged';
