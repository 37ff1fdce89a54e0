import type { Model } from '../model.ts';
import { filesOf } from '../register/files-of.ts';
import { highestNumber } from '../register/questions/highest-number.ts';
import { registerOf } from '../register/register.ts';
import type { SourceFile } from '../source-file.ts';

/**
 * The next free ids of exceptions, `EX-0032`, `EX-0033`, …: after the highest number in the repository, whether its file can be read or
 * not, because an id is never used again. `files`: at least those that cannot be read.
 */
export function nextExceptionIds(model: Model, files: readonly SourceFile[], count: number): string[] {
  const highest = highestIn(model, files, 'EX-');
  return Array.from({ length: count }, (_, index) => numbered('EX-', highest + 1 + index, 4));
}

/** The next free id of a contract of a year, `C-2027-004`. */
export function nextContractId(model: Model, files: readonly SourceFile[], year: string): string {
  const series = `C-${year}-`;
  return numbered(series, highestIn(model, files, series) + 1, 3);
}

function highestIn({ customers }: Model, files: readonly SourceFile[], series: string): number {
  const known = registerOf(customers)
    .find(highestNumber, series)
    .map(({ value }) => value);
  const read = new Set(filesOf(customers).map(({ path }) => path));
  const unread = files.filter(({ path }) => path.startsWith('customers/') && !read.has(path));
  const id = new RegExp(`\\b${series}(\\d{1,9})\\b`, 'g');
  const found = unread.flatMap(({ bytes }) => [...new TextDecoder().decode(bytes).matchAll(id)]);
  return [...known, ...found.map(([, number]) => Number(number))].reduce((most, one) => Math.max(most, one), 0);
}

const numbered = (series: string, number: number, digits: number): string =>
  series + String(number).padStart(digits, '0');
