import { markdownText } from './markdown-text.ts';

/** A table of Markdown; cells are texts of files and show what they hold. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const body = rows.map((row) => line(row.map((cell) => markdownText(cell, 200))));
  return [line(columns), line(columns.map(() => '---')), ...body].join('');
}
