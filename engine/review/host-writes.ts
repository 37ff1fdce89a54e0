/** What a review leaves behind where the change was opened. */

export interface Annotation {
  path: string;
  startLine: number;
  endLine: number;
  /** 1-based; GitHub takes columns only within one line. */
  startColumn?: number;
  endColumn?: number;
  level: 'notice' | 'warning' | 'failure';
  title: string;
  message: string;
}

export interface Check {
  /** The same on every run: a rule of the repository may demand it by this name. */
  name: string;
  commit: string;
  conclusion: 'success' | 'failure' | 'neutral' | 'action_required';
  title: string;
  /** Markdown. */
  summary: string;
  annotations: readonly Annotation[];
  url?: string;
}
