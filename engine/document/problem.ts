import type { Diagnostic, Place, Position } from '../diagnostic.ts';

/** Something wrong between two offsets of a text; becomes a `Diagnostic` once lines are counted. */
export interface Problem {
  rule: string;
  start: number;
  end: number;
  message: string;
  help: string;
  related?: { message: string; start: number; end: number };
}

/** More than a screenful helps nobody, and a hostile file could hold a hundred thousand. */
export const MOST_PROBLEMS = 20;

/** What a user wrote, as far as it helps to recognise it in a message. */
export function shorten(text: string): string {
  return text.length > 40 ? `${Array.from(text).slice(0, 37).join('')}…` : text;
}

/** Offsets of one text as lines and columns. A line ends with LF, whether or not CR stands before it. */
export type LineIndex = (offset: number) => Position;

/** Counts the lines once; each look-up is then a binary search. Offsets outside the text are moved to its nearest end. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const wanted = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
  };
}

export function placeOf(path: string, lines: LineIndex, start: number, end: number): Place {
  return { path, start: lines(start), end: lines(Math.max(start, end)) };
}

/** In the order of the text, at most `MOST_PROBLEMS`. A place at the end of the text moves back to what stands last. */
export function toDiagnostics(path: string, text: string, problems: readonly Problem[]): Diagnostic[] {
  const lines = indexLines(text);
  const last = Math.max(0, text.trimEnd().length - 1);
  return problems
    .map((problem) => (problem.start >= text.length ? { ...problem, start: last, end: last + 1 } : problem))
    .sort((one, other) => one.start - other.start)
    .slice(0, MOST_PROBLEMS)
    .map(({ rule, start, end, message, help, related }) => ({
      rule,
      severity: 'error',
      message,
      at: placeOf(path, lines, start, end),
      help,
      ...(related && {
        related: [{ message: related.message, at: placeOf(path, lines, related.start, related.end) }],
      }),
    }));
}
