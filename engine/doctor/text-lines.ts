import type { Place } from '../diagnostic.ts';
import type { SourceFile } from '../source-file.ts';

export interface TextLine {
  text: string;
  /** The whole line, without the space around it. */
  at: Place;
}

/** A text file line by line. What is no text comes with replacement characters. */
export const linesOf = ({ path, bytes }: SourceFile): TextLine[] =>
  new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .map((text, index) => {
      const line = index + 1;
      const start = { line, column: text.length - text.trimStart().length + 1 };
      return { text, at: { path, start, end: { line, column: Math.max(text.trimEnd().length + 1, start.column) } } };
    });
