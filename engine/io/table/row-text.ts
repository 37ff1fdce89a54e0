import type { JsonValue, Row } from '../../register/row.ts';

/*
 * A row is a text whose order, by code units, is that of (key, path, value): key, NUL, path, NUL, the value's JSON, or nothing where there
 * is none. So rows are sorted as plain texts, and many of them joined by NUL are read again with one split.
 */

/** Between the parts of a row, and between rows: below any character a part has. */
export const between = '\0';

const ofNul = '\x01\x01';
const ofOne = '\x01\x02';

/** A text as part of a row: without NUL, and in the same order to others, and as the beginning of others, as it was. */
export const partOf = (text: string): string =>
  text.includes('\0') || text.includes('\x01') ? text.replaceAll('\x01', ofOne).replaceAll('\0', ofNul) : text;

/** The text that became this part. */
export const textOf = (part: string): string =>
  part.includes('\x01') ? part.replaceAll(ofNul, '\0').replaceAll(ofOne, '\x01') : part;

/** Joined, not put together in a template: such a text is a tree of its pieces until it is first compared, and sorting pays for that. */
export const writeRow = ({ key, path, value }: Row): string =>
  [partOf(key), partOf(path), value === undefined ? '' : JSON.stringify(value)].join(between);

/** @throws SyntaxError where the value is no JSON. */
export function readRow(key: string, path: string, value: string): Row {
  const row = { key: textOf(key), path: textOf(path) };
  return value === '' ? row : { ...row, value: JSON.parse(value) as JsonValue };
}
