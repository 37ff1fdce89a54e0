import { covers } from './covers.ts';
import type { Node, Shape } from './language.ts';

/** A column and the place held for a value. */
const PLACED =
  /([\p{L}_][\p{L}\p{N}_.]*)["`\])]*\s*(?:=|<>|!=|(?:not\s+)?i?like|(?:not\s+)?in|=\s*any)\s*\(?\s*(?:%s|%\(\w+\)s|\?|\$\d+|[:@]\w+)/giu;

/** A condition on rows. */
export const hasWhere = (argument: Node): boolean =>
  /\bwhere\b|\band\b|=\s*\?\W*$/i.test(argument.text().slice(0, 2_000));

/**
 * `db.query("… WHERE plan = ? AND org_id = ?", "pro", "acme")`: the column that what stands there is put beside; nothing where no argument
 * before it is such a query.
 */
export function columnOf(
  leaf: Node,
  { arguments: given }: Extract<Shape, { is: 'call' }>,
  at: number,
): string | undefined {
  const sql = given.findLastIndex((argument, place) => place < at && hasWhere(argument));
  const query = given[sql];
  if (!query) return undefined;
  const columns = [...query.text().matchAll(PLACED)].map(([, column = '']) => column);
  const argument = given[at];
  const beside = argument && covers(argument, leaf) && argument.id() !== leaf.id() ? argument.children() : [];
  const inside = beside.filter((part) => part.isNamed()).findIndex((part) => covers(part, leaf));
  return columns.length === 1 ? columns[0] : columns[inside >= 0 ? inside : at - sql - 1];
}
