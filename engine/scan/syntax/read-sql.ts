import { accountNouns } from '../judge/vocabulary.ts';
import { splitName } from '../names/split-name.ts';
import type { Reading } from './language.ts';
import type { Situation } from './situation.ts';
import {
  accountOf,
  afterCast,
  closing,
  indexOf,
  leftOf,
  lowerAt,
  nameAt,
  opening,
  partsIn,
  qualify,
  rightEnd,
  rightOf,
  type SqlFile,
  textsIn,
} from './sql-file.ts';
import { scopesIn, scopesOf } from './sql-scopes.ts';
import { sqlTokens } from './sql-tokens.ts';

const EQUALITY = /^(={1,3}|<>|!==?|<=>)$/;
const PATTERN = /^(like|ilike|rlike|regexp|glob|similar|!?~\*?|!?~~\*?|to)$/;
const THROUGH =
  /^(lower|upper|trim|btrim|ltrim|rtrim|cast|convert|try_cast|safe_cast|uuid|to_uuid|uuid_to_bin|citext|text|unhex|cidr|row|any|all|some|array|unaccent|replace|initcap|string|array_construct|string_to_array)$/;
const PATTERNS =
  /^(regexp_(like|match|matches|contains|count|instr|substr)|regexp|rlike|like|strpos|position|instr|charindex|locate|patindex)$/;
const AFFIXES = /^(starts_?with|ends_?with|startswith|endswith)$/;
const MEMBERS = /^(find_in_set|field|array_position|array_contains|list_contains|decode|nullif|contains|elt|has)$/;
const FALLBACKS = /^(coalesce|ifnull|nvl|isnull)$/;
const SPECIAL =
  /^(override|exception|special|vip|beta|allow(ed|list)?|whitelist|deny(list)?|blocklist|grandfathered|exempt(ed|ion)?|feature|flag|toggle|limit|quota|entitlement|gate|rollout|discount|price|pricing|rate|setting|config|configuration|sla|preview|trial|term|credit|cap|experiment|uplift|retention|preference)s?$/;
const OPENS = new Set(['(', '[', ',']);
const FLAGS = /flag|feature|toggle|experiment|rollout|gate/i;

/** Every text and number of a piece of SQL with where it takes part in a decision. */
export function readSql(text: string): Reading[] {
  const tokens = sqlTokens(text);
  const readings: Reading[] = [];
  const file: SqlFile = { text, tokens, tables: new Map(), scopes: scopesIn(tokens) };
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'text' && token.kind !== 'number') continue;
    if (/^(->>?|#>>?)$/.test(tokens[at - 1]?.lower ?? '')) continue;
    readings.push({
      start: token.start,
      end: token.end,
      said: token.text,
      what: token.kind === 'text' ? 'string' : 'number',
      situations: () =>
        (isSaid(file, at) ? [] : situateSql(file, at)).map((situation) =>
          asQuery(situation, lowerAt(file, token.clause)),
        ),
      isSilent: () => isSaid(file, at),
      scopes: () => scopesOf(file.scopes, at),
      statement: () => conditionOf(file, at),
    });
  }
  return readings;
}

/** What a condition on rows compares is what the query picks them by. */
const asQuery = (situation: Situation, clause: string): Situation =>
  /^(where|on|having|check|qualify)$/.test(clause) && /^(equality|membership|pattern|affix)$/.test(situation.how)
    ? { ...situation, how: 'query' }
    : situation;

/** A comment in the catalogue, what is raised or printed. */
function isSaid(file: SqlFile, at: number): boolean {
  const first = file.tokens[at]?.statement ?? 0;
  if (/^(comment|print|security)$/.test(lowerAt(file, first))) return true;
  for (let before = at - 1; before >= first && at - before < 40; before--) {
    if (/^(raise|raiserror|throw|signal)$/.test(lowerAt(file, before))) return true;
    if (/^(then|else|begin|loop)$/.test(lowerAt(file, before))) return false;
  }
  return false;
}

/** How the value at a place takes part; `followed` says that it stands there through a name. */
function situateSql(file: SqlFile, at: number, followed = false): Situation[] {
  const peers: string[] = [];
  let [left, right] = [at, at];
  let isList = false;
  let column = 0;
  for (let steps = 0; steps < 30; steps++) {
    right = afterCast(file, right);
    const before = lowerAt(file, left - 1);
    const after = lowerAt(file, right + 1);
    const bound = boundAt(file, left, before);
    if (bound) return followed ? [] : follow(file, at, bound, isList, peers);
    const found = beside(file, left, right, before, after, isList, peers);
    if (found) return found;
    if (before === 'array') {
      left--;
      continue;
    }
    const open = file.tokens[left]?.open ?? -1;
    if (open < 0 || !OPENS.has(before)) return [];
    const called = file.tokens[open - 1];
    const close = closing(file, open);
    const name = file.tokens[open]?.text === '(' && called?.kind === 'word' ? called.lower : '';
    const part = file.tokens[left]?.part ?? 0;
    const row = rowAt(file, open, part, at);
    if (row) return row;
    if (name === 'in' || name === 'not') {
      const operator = open - 1;
      return [
        {
          how: 'membership',
          subject: columnOf(leftOf(file, operator), column),
          holders: [],
          peers: [...peers, ...textsIn(file, open, close, at)],
        },
      ];
    }
    if (name === 'enum') return [{ how: 'enum', holders: [enumName(file, at)], peers: textsIn(file, open, close, at) }];
    if (
      name &&
      !THROUGH.test(name) &&
      !/^(and|or|where|on|when|having|using|check|select|not|if|elsif|return|case|then|else)$/.test(name)
    )
      return calledAt(file, name, open, part, close, at);
    if (file.tokens[open]?.text === '[' || (file.tokens[close - 1]?.part ?? 0) > 0) {
      isList = true;
      column = part;
      peers.push(...textsIn(file, open, close, at));
    }
    left = name && THROUGH.test(name) ? open - 1 : open;
    right = close;
  }
  return [];
}

/** `(tenant, plan) in (('acme', 'pro'))`: what stands in the same place. */
const columnOf = (subject: string, place: number): string =>
  subject.startsWith('(') ? (subject.slice(1, -1).split(',')[place] ?? subject) : subject;

/** What stands directly before or after it. */
function beside(
  file: SqlFile,
  left: number,
  right: number,
  before: string,
  after: string,
  isList: boolean,
  peers: string[],
): Situation[] | undefined {
  const found = (how: Situation['how'], subject: string): Situation[] => [{ how, subject, holders: [], peers }];
  if (EQUALITY.test(before)) {
    if (isWritten(file, left - 1)) return written(file, left, isList, peers);
    return found(isList ? 'membership' : 'equality', leftOf(file, left - 1));
  }
  if (before === 'from' && lowerAt(file, left - 2) === 'distinct') {
    const not = lowerAt(file, left - 3) === 'not' ? left - 4 : left - 3;
    return found('equality', leftOf(file, not));
  }
  if (PATTERN.test(before)) {
    const operator = before === 'to' ? left - 2 : left - 1;
    return lowerAt(file, operator) === 'to' ? undefined : found('pattern', leftOf(file, operator));
  }
  if (after === ':' && /^[{,]$/.test(before)) return [{ how: 'key', holders: [templateName(file, left)], peers }];
  if (before === 'in') return found('membership', leftOf(file, left - 1));
  if (/^(@>|<@|&&|\?)$/.test(before)) return found('membership', leftOf(file, left - 1));
  if (before === 'when') return whenAt(file, left - 1, peers);
  if (before === 'default') return found('fallback', columnBefore(file, left - 1));
  if (EQUALITY.test(after)) return found('equality', rightOf(file, right + 2));
  if (after === 'in' || (after === 'not' && lowerAt(file, right + 2) === 'in'))
    return found('membership', rightOf(file, right + 2));
  if (PATTERN.test(after) && after !== 'to') return found('pattern', rightOf(file, right + 2));
  if (after === 'as' && lowerAt(file, file.tokens[left]?.clause ?? -1) === 'select')
    return aliased(file, left, right, peers);
  return undefined;
}

/** `case slug when 'acme'`; in `case when` every branch is a condition of its own. */
function whenAt(file: SqlFile, when: number, peers: string[]): Situation[] | undefined {
  const open = file.tokens[when]?.open;
  let depth = 0;
  for (let at = when - 1; at >= 0 && when - at < 4_000; at--) {
    const { lower, open: within } = file.tokens[at] ?? { lower: '', open: -1 };
    if (within !== open) continue;
    if (lower === 'end') depth++;
    if (lower !== 'case' || depth-- > 0) continue;
    if (lowerAt(file, at + 1) === 'when') return undefined;
    return [{ how: 'case', subject: qualify(file, rightEnd(file, at + 1)), holders: [], peers }];
  }
  return undefined;
}

/** `update flags set tenants = 'acme'`: what is written is data, unless it is the account of an exception. */
function written(file: SqlFile, left: number, isList: boolean, peers: string[]): Situation[] {
  const first = file.tokens[left]?.statement ?? 0;
  const name = leftOf(file, left - 1);
  if (lowerAt(file, first) !== 'update') return [];
  const table = file.tokens[first + 1]?.text ?? '';
  if (!isSpecial(table) || !speaks(name)) return [];
  return [{ how: isList ? 'membership' : 'key', subject: name, holders: [table], peers }];
}

/** Whether the sign gives a value to a column, a variable or an argument, and compares nothing. */
function isWritten(file: SqlFile, sign: number): boolean {
  const token = file.tokens[sign];
  if (!token) return false;
  if (lowerAt(file, token.clause) !== 'set') return false;
  return (file.tokens[token.clause]?.open ?? -1) === token.open;
}

/** `v_vip constant text := 'acme'`, `declare @vip text = 'acme'`, `{% set vip = 'acme' %}`: the name that is bound there. */
function boundAt(file: SqlFile, left: number, before: string): string | undefined {
  if (before !== ':=' && before !== '=') return undefined;
  const first = file.tokens[left]?.statement ?? 0;
  for (let at = left - 2; at >= first && left - at < 12; at--) {
    const token = file.tokens[at];
    if (token?.kind !== 'word') continue;
    const previous = lowerAt(file, at - 1);
    if (previous === 'declare' || (previous === 'set' && (at - 1 === first || lowerAt(file, at - 2).startsWith('{%'))))
      return token.text;
    if (before === ':=' && (at === first || /^(begin|then|else|loop)$/.test(previous))) return token.text;
  }
  return undefined;
}

/** `{% set special = {'acme': 60} %}` */
function templateName(file: SqlFile, at: number): string {
  for (let before = at; before > 0 && at - before < 200; before--)
    if (lowerAt(file, before).startsWith('{%'))
      return lowerAt(file, before + 1) === 'set' ? (file.tokens[before + 2]?.text ?? '') : '';
  return '';
}

function follow(file: SqlFile, at: number, name: string, isList: boolean, peers: string[]): Situation[] {
  const found: Situation[] = [];
  const lower = name.toLowerCase();
  for (const [place, token] of file.tokens.entries())
    if (token.kind === 'word' && token.lower === lower && place > at && found.length < 20)
      found.push(...situateSql(file, place, true).map((situation) => ({ ...situation, holders: [name] })));
  return [...found, { how: isList ? 'element' : 'held', holders: [name], peers }];
}

/** A row that is put into a table, or written out where one is read. */
function rowAt(file: SqlFile, open: number, part: number, at: number): Situation[] | undefined {
  const row = file.tokens[open];
  if (!row || lowerAt(file, row.clause) !== 'values' || !/^(values|,|row)$/.test(lowerAt(file, open - 1)))
    return undefined;
  if (file.tokens[row.clause]?.open !== row.open) return undefined;
  const first = row.statement;
  const into = lowerAt(file, first) === 'with' ? -1 : indexOf(file, 'into', first, row.clause);
  const gives = file.text.slice(row.end, file.tokens[closing(file, open)]?.start).slice(0, 200);
  const peers = textsIn(file, open, closing(file, open), at);
  const name = into >= 0 ? nameAt(file, into + 1) : undefined;
  const columnsAt = name ? name.end : row.open >= 0 ? columnsAfter(file, row.open) : -1;
  const columns = columnsAt >= 0 && file.tokens[columnsAt]?.text === '(' ? partsIn(file, columnsAt) : [];
  const column = columns[part];
  const table = name?.text ?? (columnsAt > 0 ? (file.tokens[columnsAt - 1]?.text ?? '') : '');
  if (name && !isSpecial(table)) return [];
  if (
    FLAGS.test(table) &&
    column !== undefined &&
    /^(name|key|slug|flag|feature|code|flag_key|flag_name|feature_name|feature_key)$/i.test(column)
  )
    return [{ how: 'flag', subject: `${table}.${column}`, holders: [table], peers }];
  if (column === undefined)
    return columns.length === 0 && part === 0 && speaks(table)
      ? [{ how: 'key', subject: accountOf(table), holders: [table], peers, gives }]
      : [];
  return [{ how: 'key', subject: column, holders: [table], peers, gives }];
}

/** `select 'acme' as tenant`: a table of accounts written out, where it is no row that is put in. */
function aliased(file: SqlFile, left: number, right: number, peers: string[]): Situation[] {
  const first = file.tokens[left]?.statement ?? 0;
  const alias = file.tokens[right + 2]?.text ?? '';
  const into = lowerAt(file, first) === 'insert' ? nameAt(file, first + 2) : undefined;
  if (into && !isSpecial(into.text)) return [];
  if (!speaks(alias)) return [];
  return [{ how: 'key', subject: alias, holders: [into?.text ?? alias], peers }];
}

function calledAt(file: SqlFile, name: string, open: number, part: number, close: number, at: number): Situation[] {
  const [first = '', second = ''] = partsIn(file, open);
  const subject = qualify(file, part === 0 ? second : first);
  const peers = textsIn(file, open, close, at);
  const found = (how: Situation['how']): Situation[] => [{ how, subject, holders: [], peers }];
  if (PATTERNS.test(name)) return found('pattern');
  if (AFFIXES.test(name)) return found('affix');
  if (FALLBACKS.test(name) && part > 0) return found('fallback');
  if (MEMBERS.test(name) && !(name === 'decode' && part % 2 === 0)) return found('membership');
  if (
    /^(if|iif|concat|format|now|date|timestamp|interval|to_date|jsonb?_build_object|json_object|jsonb?|nextval|current_setting|var|ref|source|config|env_var)$/.test(
      name,
    )
  )
    return name === 'env_var' ? [{ how: 'environment', subject: name, holders: [], peers }] : [];
  return [{ how: 'argument', subject: name, holders: [], peers }];
}

/** `(values …) as overrides(account, seats)`: where the names of the columns begin. */
function columnsAfter(file: SqlFile, open: number): number {
  const close = closing(file, open);
  const alias = lowerAt(file, close + 1) === 'as' ? close + 2 : close + 1;
  if (file.tokens[alias]?.kind === 'word' && lowerAt(file, alias + 1) === '(') return alias + 1;
  // `with overrides(account, seats) as (values …)`
  return lowerAt(file, open - 1) === 'as' && lowerAt(file, open - 2) === ')' ? opening(file, open - 2) : -1;
}

/** `slug text not null default 'acme'`, `alter column slug set default 'acme'`: the column. */
function columnBefore(file: SqlFile, at: number): string {
  const { open = -1, part = 0, statement = 0 } = file.tokens[at] ?? {};
  let first = at;
  while (
    first > statement &&
    !(
      file.tokens[first - 1]?.open !== open ||
      file.tokens[first - 1]?.part !== part ||
      /^[,(]$/.test(lowerAt(file, first - 1))
    )
  ) {
    if (lowerAt(file, first - 1) === 'column') break;
    first--;
  }
  return file.tokens[first]?.text ?? '';
}

const enumName = (file: SqlFile, at: number): string => nameAt(file, (file.tokens[at]?.statement ?? 0) + 2)?.text ?? '';
const speaks = (name: string): boolean => splitName(name).some((word) => accountNouns.has(word));
const isSpecial = (table: string): boolean => splitName(table).some((word) => SPECIAL.test(word));

/** The row, or the condition between `and`, `or` and the clause: offsets in the text. */
function conditionOf(file: SqlFile, at: number): { start: number; end: number } {
  const { statement = 0, open = -1 } = file.tokens[at] ?? {};
  const inRow = open >= 0 && lowerAt(file, file.tokens[open]?.clause ?? -1) === 'values';
  if (inRow)
    return { start: file.tokens[open]?.start ?? 0, end: file.tokens[closing(file, open)]?.end ?? file.text.length };
  const ends = (word: string): boolean =>
    /^(and|or|where|on|having|set|when|then|using|check|if|elsif|from|;|group|order|limit|loop)$/.test(word);
  let [from, to] = [at, at];
  while (from > statement && at - from < 200 && !ends(lowerAt(file, from - 1))) from--;
  while (
    to + 1 < file.tokens.length &&
    to - at < 200 &&
    !ends(lowerAt(file, to + 1)) &&
    file.tokens[to + 1]?.statement === statement
  )
    to++;
  return { start: file.tokens[from]?.start ?? 0, end: file.tokens[to]?.end ?? file.text.length };
}
