/** `account_id = 'acme'`, `plan in ('a', 'b')`, `t.slug like 'lbusd-%'`: each literal of a query with the column it is compared with. */
export interface SqlPredicate {
  subject: string;
  literal: string;
  /** Where the literal stands in the text, quotes excluded. */
  start: number;
  end: number;
  operator: string;
}

const COMPARED =
  /((?:[\p{L}_][\p{L}\p{N}_$]*|"[^"\n]+"|`[^`\n]+`|\[[^\]\n]+\])(?:\s*\.\s*(?:[\p{L}_][\p{L}\p{N}_$]*|"[^"\n]+"|`[^`\n]+`))*(?:\s*(?:->>?)\s*'[^']*')?(?:\}'|\))?)\s*(={1,3}|<>|!==?|(?:not\s+)?i?like|~\*?|(?:not\s+)?in|is\s+not\s+distinct\s+from)\s*(?:any\s*)?(\(?)\s*(?:array\s*\[)?/giu;
const LITERAL = /\s*(?:'((?:[^']|'')*)'|"([^"\n]*)"|(\d[\d_]*))(?:::\w+)?\s*(,?)/uy;

export function sqlPredicates(text: string): SqlPredicate[] {
  if (!/[=~<]|\bin\b|like/i.test(text)) return [];
  const found: SqlPredicate[] = [];
  for (const match of text.matchAll(COMPARED)) {
    const [whole, column = '', operator = ''] = match;
    LITERAL.lastIndex = match.index + whole.length;
    for (let literal = LITERAL.exec(text); literal; literal = LITERAL.exec(text)) {
      const value = literal[1] ?? literal[2] ?? literal[3] ?? '';
      const start = literal.index + literal[0].indexOf(value);
      found.push({
        subject: column.replace(/["`[\]]/g, ''),
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
