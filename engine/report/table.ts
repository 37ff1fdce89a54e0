import { plain } from './plain.ts';
import { width } from './width.ts';

export interface Column {
  title: string;
  align?: 'left' | 'right';
}

/** Rows under titles, columns two spaces apart; no trailing spaces, one line a row, also when a cell holds hostile text. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map((_, index) => plain(row[index] ?? '')),
  );
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => width(line[index] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, index) => {
          const space = ' '.repeat((widths[index] ?? 0) - width(cell));
          return columns[index]?.align === 'right' ? space + cell : cell + space;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
