/** `account_id = 'acme'`, `plan in ('a', 'b')`, `t.slug like 'lbusd-%'`: each literal of a query with the column it is compared with. */
export interface SqlPredicate {
  subject: string;
  literal: string;
  /** Where the literal stands in the text, quotes excluded. */
  start: number;
  end: number;
  operator: string;
}

/** No query that people write is longer. */
const LONGEST = 50_000;

const COMPARED =
  /((?:(?<![\p{L}\p{N}_$])[\p{L}_][\p{L}\p{N}_$]{0,127}|"[^"\n]{1,128}"|`[^`\n]{1,128}`|\[[^\]\n]{1,128}\])(?:\s{0,20}\.\s{0,20}(?:[\p{L}_][\p{L}\p{N}_$]{0,127}|"[^"\n]{1,128}"|`[^`\n]{1,128}`)){0,4}(?:\s{0,20}(?:->>?)\s{0,20}'[^']{0,200}')?(?:\}'|\))?)\s*(={1,3}|<>|!==?|(?:not\s+)?i?like|~\*?|(?:not\s+)?in|is\s+not\s+distinct\s+from)\s*(?:any\s*)?(\(?)\s*(?:array\s*\[)?/giu;
/** Where a condition may begin: at the beginning, after a bracket, a comma or a word of SQL; not in the middle of a sentence. */
const BEFORE =
  /(?:^|[(,;|"'`{}\]]|\b(?:where|and|or|on|when|having|if|elsif|not|set|case|select|by|then|else|using|check|return|while|distinct|all))\s*(?:--[^\n]*\n\s*)?$|[#$@]$/i;
const LITERAL = /\s*(?:'((?:[^']|'')*)'|"([^"\n]*)"|(\d[\d_]*))(?:::\w+)?\s*(,?)/uy;

export function sqlPredicates(given: string): SqlPredicate[] {
  const text = given.slice(0, LONGEST);
  if (!/[=~<]|\bin\b|like/i.test(text)) return [];
  const found: SqlPredicate[] = [];
  const qualify = qualifierOf(text);
  for (const match of text.matchAll(COMPARED)) {
    const [whole, column = '', operator = ''] = match;
    if (!BEFORE.test(text.slice(Math.max(0, match.index - 40), match.index))) continue;
    LITERAL.lastIndex = match.index + whole.length;
    for (let literal = LITERAL.exec(text); literal; literal = LITERAL.exec(text)) {
      const value = literal[1] ?? literal[2] ?? literal[3] ?? '';
      const start = literal.index + literal[0].indexOf(value);
      found.push({
        subject: qualify(column.replace(/["`[\]]/g, '')),
        literal: value,
        start,
        end: start + value.length,
        operator: operator.toLowerCase(),
      });
      if (!literal[4]) break;
    }
  }
  return found;
}

const TABLE =
  /\b(?:from|join|update|into)\s+([\w."`]+)(?:\s+(?:as\s+)?(?!(?:on|where|set|left|right|inner|outer|join|using|order|group|limit|cross|full|natural|values|returning|union|select)\b)([a-z_]\w*))?/gi;

/** The table a column is of, where the text says it: `t.slug` of `tenants t` is tenants.slug. */
function qualifierOf(text: string): (column: string) => string {
  const tables = new Map<string, string>();
  for (const [, written = '', alias] of text.matchAll(TABLE)) {
    const table = written.replace(/["`]/g, '');
    tables.set(alias ?? table.split('.').at(-1) ?? table, table);
  }
  const [only, another] = [...tables.values()];
  return (column) => {
    const at = column.indexOf('.');
    if (at < 0) return only && !another ? `${only}.${column}` : column;
    const table = tables.get(column.slice(0, at));
    return table ? `${table}${column.slice(at)}` : column;
  };
}
