import { accountNouns, idWords } from '../judge/vocabulary.ts';
import { splitName } from '../names/split-name.ts';
import type { SqlToken } from './sql-tokens.ts';

/** A text of SQL cut into tokens, and the ways from one token to another. */
export interface SqlFile {
  text: string;
  tokens: readonly SqlToken[];
  /** By statement: what its tables and their aliases are called. */
  tables: Map<number, ReadonlyMap<string, string>>;
  scopes: readonly { from: number; to: number; name: string }[];
}

export const lowerAt = ({ tokens }: SqlFile, at: number): string => tokens[at]?.lower ?? '';

/** Past `::uuid` and `collate "C"`. */
export function afterCast(file: SqlFile, at: number): number {
  let end = at;
  while (lowerAt(file, end + 1) === '::' || lowerAt(file, end + 1) === 'collate') end += 2;
  if (lowerAt(file, end + 1) === '[' && lowerAt(file, end + 2) === ']') end += 2;
  return end;
}

/** The expression that ends before a place, with the table its column is of. */
export function leftOf(file: SqlFile, end: number): string {
  let at = end - 1;
  if (lowerAt(file, at) === 'not') at--;
  const last = at;
  while (at >= 0) {
    const token = file.tokens[at];
    if (token?.text === ')' || token?.text === ']') {
      at = opening(file, at);
      if (file.tokens[at - 1]?.kind === 'word' && !isKeyword(lowerAt(file, at - 1))) at--;
    }
    if (/^(\.|->>?|#>>?|::)$/.test(lowerAt(file, at - 1))) at -= 2;
    else break;
  }
  const [from, to] = [file.tokens[at], file.tokens[last]];
  return from && to ? qualify(file, file.text.slice(from.start, to.end), from.statement) : '';
}

/** The expression that begins at a place. */
export function rightEnd(file: SqlFile, from: number): string {
  const start = file.tokens[from];
  if (!start) return '';
  let at = from;
  for (; at < file.tokens.length && at - from < 20; at++) {
    if (lowerAt(file, at + 1) === '(') at = closing(file, at + 1);
    else if (lowerAt(file, at) === '(') at = closing(file, at);
    if (!/^(\.|->>?|#>>?|::)$/.test(lowerAt(file, at + 1))) break;
    at++;
  }
  return file.text.slice(start.start, file.tokens[at]?.end ?? start.end);
}
export const rightOf = (file: SqlFile, from: number): string =>
  qualify(
    file,
    rightEnd(file, /^(\(|any|all|in)$/.test(lowerAt(file, from)) ? from + 1 : from),
    file.tokens[from]?.statement,
  );

/** `t.slug` with `from tenants t` is `tenants.slug`; so is `slug` where tenants are all that is read. */
export function qualify(file: SqlFile, expression: string, statement = -1): string {
  const tables = statement < 0 ? undefined : tablesOf(file, statement);
  const [, alias = '', column = ''] =
    /^([\p{L}_][\p{L}\p{N}_$]*)\s*\.\s*"?([\p{L}_][\p{L}\p{N}_$]*)"?$/u.exec(expression) ?? [];
  const known = tables?.get(alias.toLowerCase());
  if (known) return `${accountOf(known)}.${column}`;
  const only = tables && new Set(tables.values()).size === 1 ? [...tables.values()][0] : undefined;
  return only !== undefined && splitName(expression).every((word) => idWords.has(word))
    ? `${accountOf(only)}.${expression}`
    : expression;
}

/** A table's last word says what a row is: of `account_users` a user. */
export function accountOf(table: string): string {
  const words = splitName(table);
  const last = words.at(-1) ?? '';
  return accountNouns.has(last) || !words.some((word) => accountNouns.has(word)) ? table : last;
}

function tablesOf(file: SqlFile, statement: number): ReadonlyMap<string, string> {
  const known = file.tables.get(statement);
  if (known) return known;
  const tables = new Map<string, string>();
  for (
    let at = statement;
    at < file.tokens.length && file.tokens[at]?.statement === statement && at - statement < 5_000;
    at++
  ) {
    if (!/^(from|join|update|into|on)$/.test(lowerAt(file, at))) continue;
    if (lowerAt(file, at) === 'on' && lowerAt(file, statement) !== 'create') continue;
    if (lowerAt(file, at) === 'from' && lowerAt(file, at - 1) === 'distinct') continue;
    const table = nameAt(file, lowerAt(file, at + 1) === 'only' ? at + 2 : at + 1);
    if (!table) continue;
    const next = lowerAt(file, table.end) === 'as' ? table.end + 1 : table.end;
    const alias = file.tokens[next];
    tables.set(table.text.toLowerCase(), table.text);
    if (alias?.kind === 'word' && !isKeyword(alias.lower)) tables.set(alias.lower, table.text);
  }
  file.tables.set(statement, tables);
  return tables;
}

/** A name with its schema, or one a template refers to: the last part, and where it ends. */
export function nameAt(file: SqlFile, at: number): { text: string; end: number } | undefined {
  let end = at;
  if (lowerAt(file, end).startsWith('{{')) {
    const close = indexOf(file, '}}', end + 1, end + 40);
    const texts = file.tokens.slice(end, Math.max(end, close)).filter(({ kind }) => kind === 'text');
    const last = texts.at(-1);
    return last && { text: last.text, end: close + 1 };
  }
  if (file.tokens[end]?.kind !== 'word' || isKeyword(lowerAt(file, end))) return undefined;
  while (lowerAt(file, end + 1) === '.' && file.tokens[end + 2]) end += 2;
  return { text: file.tokens[end]?.text ?? '', end: end + 1 };
}

const KEYWORDS = new Set(
  'select from where on and or not in is like ilike between case when then else end group order by having limit union all join left right inner outer cross full natural using set values into as with returning window exists any some if elsif null true false distinct over for to do begin declare loop return check default primary references unique constraint index table view function policy trigger'.split(
    ' ',
  ),
);
const isKeyword = (word: string): boolean => KEYWORDS.has(word);

export const closing = ({ tokens }: SqlFile, open: number): number =>
  Math.min(tokens[open]?.other ?? tokens.length, tokens.length);

export const opening = ({ tokens }: SqlFile, close: number): number => Math.min(tokens[close]?.other ?? 0, close);

/** The texts in a bracket, but for the one asked about. */
export function textsIn({ tokens }: SqlFile, open: number, close: number, but: number): string[] {
  const found: string[] = [];
  for (let at = open + 1; at < close && found.length < 50; at++) {
    const token = tokens[at];
    if (token && at !== but && token.kind === 'text') found.push(token.text);
  }
  return found;
}

/** What stands between the commas of a bracket. */
export function partsIn(file: SqlFile, open: number): string[] {
  const close = Math.min(closing(file, open), open + 400);
  const parts: string[] = [];
  for (let at = open + 1; at < close; at++) {
    const token = file.tokens[at];
    if (!token || (token.open === open && token.text === ',')) continue;
    const part = token.open === open ? token.part : parts.length - 1;
    parts[part] = (parts[part] ?? '') + token.text;
  }
  return [...parts].map((part) => part ?? '');
}

export function indexOf(file: SqlFile, word: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (lowerAt(file, at).replace('-', '') === word) return at;
  return -1;
}
