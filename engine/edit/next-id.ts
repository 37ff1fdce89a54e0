import type { Model } from '../model.ts';
import type { SourceFile } from '../source-file.ts';

/**
 * The next free ids of exceptions, `EX-0032`, `EX-0033`, …: after the highest number in the repository, whether its file can be read or
 * not, because an id is never used again.
 */
export function nextExceptionIds(model: Model, files: readonly SourceFile[], count: number): string[] {
  const known = [...model.customers.values()].flatMap(({ data }) => (data.exceptions ?? []).map(({ id }) => id));
  const highest = highestNumber([...known, ...idsInUnread(model, files, /\bEX-\d{1,9}\b/g)], /^EX-(\d{1,9})$/);
  return Array.from({ length: count }, (_, index) => numbered('EX-', highest + 1 + index, 4));
}

/** The next free id of a contract of a year, `C-2027-004`. */
export function nextContractId(model: Model, files: readonly SourceFile[], year: string): string {
  const known = [...model.customers.values()].flatMap(({ data }) => (data.contracts ?? []).map(({ id }) => id));
  const unread = idsInUnread(model, files, new RegExp(`\\bC-${year}-\\d{1,9}\\b`, 'g'));
  return numbered(`C-${year}-`, highestNumber([...known, ...unread], new RegExp(`^C-${year}-(\\d{1,9})$`)) + 1, 3);
}

function idsInUnread(model: Model, files: readonly SourceFile[], id: RegExp): string[] {
  const read = new Set([...model.customers.values()].map(({ document }) => document.path));
  const unread = files.filter(({ path }) => path.startsWith('customers/') && !read.has(path));
  return unread.flatMap(({ bytes }) => new TextDecoder().decode(bytes).match(id) ?? []);
}

const highestNumber = (ids: readonly string[], form: RegExp): number =>
  ids.reduce((highest, id) => Math.max(highest, Number(form.exec(id)?.[1] ?? 0)), 0);

const numbered = (prefix: string, number: number, digits: number): string =>
  prefix + String(number).padStart(digits, '0');
