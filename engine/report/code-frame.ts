import type { Place } from '../diagnostic.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';
import { width } from './width.ts';

const AROUND = 2;
const WIDEST = 100;

/**
 * The lines around a place with what is meant underlined, each ending in a newline. Empty where the file has no such line.
 * Columns count UTF-16 units of the file; what is shown differs where a line holds characters a terminal would obey.
 */
export function codeFrame(text: string, { start, end }: Place, paint: Paint): string {
  const lines = linesAround(text, start.line);
  const marked = lines.find(({ number }) => number === start.line);
  if (!marked) return '';
  const gutter = String(lines.at(-1)?.number ?? start.line).length;
  const to = end === undefined ? start.column + 1 : end.line > start.line ? marked.text.length + 1 : end.column;
  const shift = Math.max(0, start.column - 1 - Math.floor(WIDEST / 2));
  const from = Math.max(start.column - 1 - shift, 0);
  const before = show(marked.text.slice(shift, shift + from));
  const meant = show(marked.text.slice(start.column - 1, Math.min(Math.max(to - 1, start.column), shift + WIDEST)));
  const carets = `${' '.repeat(width(before))}${'^'.repeat(Math.max(1, width(meant)))}`;
  return lines
    .flatMap(({ number, text: line }) => {
      const isMarked = number === start.line;
      const shown = show(line.slice(isMarked ? shift : 0, (isMarked ? shift : 0) + WIDEST));
      const label = `${isMarked ? '>' : ' '} ${String(number).padStart(gutter)} |`;
      const row = `${isMarked ? paint.bold(label) : paint.dim(label)} ${shown}`.trimEnd();
      return isMarked ? [row, `  ${' '.repeat(gutter)} ${paint.dim('|')} ${paint.red(carets)}`] : [row];
    })
    .map((row) => `${row}\n`)
    .join('');
}

const show = (text: string): string => plain(text.replaceAll('\t', ' '));

/** Without splitting the whole file: a report may frame many places of a large one. */
function linesAround(text: string, line: number): { number: number; text: string }[] {
  const found: { number: number; text: string }[] = [];
  let start = 0;
  for (let number = 1; number <= line + AROUND && start <= text.length; number += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const isEmptyTail = newline < 0 && start === text.length && number > 1 && number !== line;
    if (number >= line - AROUND && !isEmptyTail)
      found.push({ number, text: text.slice(start, end).replace(/\r$/, '') });
    start = end + 1;
  }
  return found;
}
