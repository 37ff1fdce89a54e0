/** The one currency for problems: what is wrong, where, and what to do. */

export type Severity = 'error' | 'warning' | 'note';

/** 1-based; columns count UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

/** A place in a file; `path` is relative to the repository's root, with `/`. `end` is exclusive. */
export interface Place {
  path: string;
  start: Position;
  end?: Position;
}

export interface Diagnostic {
  /** Kebab-case name of the rule, stable for machines. */
  rule: string;
  severity: Severity;
  /** One sentence in plain words, without the place. */
  message: string;
  at: Place;
  /** What to do about it. */
  help?: string;
  related?: readonly { message: string; at: Place }[];
}

export const topOf = (path: string): Place => ({ path, start: { line: 1, column: 1 } });

export const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
