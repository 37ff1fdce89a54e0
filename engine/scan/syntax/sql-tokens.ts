/** A piece of SQL: of a file, a migration, a model with a template's marks in it, the body of a function. Comments and data to copy are left out. */
export interface SqlToken {
  kind: 'text' | 'number' | 'word' | 'sign';
  /** As it is written; a word without its quotes. */
  text: string;
  /** Words and signs in lower case. */
  lower: string;
  start: number;
  end: number;
  /** The bracket it stands in: its place among the tokens, -1 for none. */
  open: number;
  /** Of a bracket, the place of the other; of one that is left open, the end. */
  other: number;
  /** Which of the parts between commas of that bracket it stands in. */
  part: number;
  /** The word that begins the clause it stands in (`where`, `set`, `values`, `when`): its place among the tokens, -1 for none. */
  clause: number;
  /** The place of the first token of its statement. */
  statement: number;
}

const PIECE =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\{#[\s\S]*?(?:#\}|(?![\s\S]))|^[ \t]*(?:#|\\)[^\n]*)|(?:[nNeExXbB]|[uU]&)?'(\\(?=')(?!''\w)|(?:[^'\\]|''|\\[\s\S])*)(?:'|(?![\s\S]))|"((?:[^"\n]|"")*)"|`([^`\n]*)`|\[([\p{L}_][\p{L}\p{N}_ ]*)\]|(\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)|(\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\p{L}_])|(?!::)([@:$]{0,2}[\p{L}_\p{N}#][\p{L}\p{N}_$#]*)|(\{\{-?|-?\}\}|\{%-?|-?%\}|->>|->|#>>|#>|<=>|:=|=>|::|\|\||!~~\*?|~~\*?|!~\*?|~\*|===?|!==?|<>|<=|>=|@>|<@|&&|[^\s])/gmu;

/** Words that begin what decides in another way. */
const CLAUSES = new Set(
  'select from where on having set values when then else check default returning group order limit join if elsif elseif while union case end qualify'.split(
    ' ',
  ),
);

/** Where comments stand, in order. */
export function sqlComments(text: string): { start: number; end: number }[] {
  return [...text.matchAll(PIECE)].flatMap(({ 1: comment, index }) =>
    comment === undefined ? [] : [{ start: index, end: index + comment.length }],
  );
}

/** Reads a text token by token; whatever it is, every text has a reading. */
export function sqlTokens(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  const brackets: { at: number; part: number; clause: number }[] = [];
  const cases: number[] = [];
  const bodies: { mark: string; depth: number }[] = [];
  let clause = -1;
  let statement = 0;
  let template = 0;
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(text); match; match = PIECE.exec(text)) {
    const [whole, comment, single, double, backtick, bracketed, body, number, word] = match;
    const start = match.index;
    if (comment !== undefined) continue;
    const frame = brackets.at(-1);
    const token: SqlToken = {
      kind: 'sign',
      text: whole,
      lower: whole.toLowerCase(),
      start,
      end: start + whole.length,
      open: frame?.at ?? -1,
      other: Number.POSITIVE_INFINITY,
      part: frame?.part ?? 0,
      clause,
      statement,
    };
    const place = tokens.length;
    if (single !== undefined) Object.assign(token, { kind: 'text', text: single.replaceAll("''", "'") });
    else if (double !== undefined)
      Object.assign(token, { kind: isLiteral(tokens, template) ? 'text' : 'word', text: double });
    else if (backtick !== undefined) Object.assign(token, { kind: 'word', text: backtick });
    else if (bracketed !== undefined && template === 0 && tokens.at(-1)?.lower !== 'array')
      Object.assign(token, { kind: 'word', text: bracketed });
    else if (bracketed !== undefined) {
      PIECE.lastIndex = start + 1;
      Object.assign(token, { text: '[', lower: '[', end: start + 1 });
    } else if (number !== undefined) token.kind = 'number';
    else if (word !== undefined) token.kind = 'word';
    if (token.kind === 'word') token.lower = token.text.toLowerCase();

    if (body !== undefined) {
      // The body of a function is read on as more statements.
      if (bodies.at(-1)?.mark === body) brackets.length = Math.min(brackets.length, bodies.pop()?.depth ?? 0);
      else bodies.push({ mark: body, depth: brackets.length });
      tokens.push(token);
      statement = place + 1;
      clause = -1;
      continue;
    }
    switch (token.kind === 'sign' ? token.text.replaceAll('-', '') : '') {
      case '(':
      case '[':
        tokens.push(token);
        brackets.push({ at: place, part: 0, clause });
        continue;
      case ')':
      case ']': {
        const closed = brackets.pop();
        clause = closed?.clause ?? clause;
        const opened = tokens[closed?.at ?? -1];
        if (opened) opened.other = place;
        Object.assign(token, {
          other: closed?.at ?? 0,
          open: brackets.at(-1)?.at ?? -1,
          part: brackets.at(-1)?.part ?? 0,
          clause,
        });
        break;
      }
      case ',':
        if (frame) frame.part++;
        break;
      case '{{':
      case '{%':
        template++;
        break;
      case '}}':
      case '%}':
        template = Math.max(0, template - 1);
        break;
      case ';':
        if (brackets.length <= (bodies.at(-1)?.depth ?? 0)) {
          tokens.push(token);
          statement = place + 1;
          clause = -1;
          cases.length = 0;
          skipCopied(text, tokens);
          continue;
        }
        break;
    }
    tokens.push(token);
    if (token.kind !== 'word' || double !== undefined || !CLAUSES.has(token.lower)) continue;
    if (token.lower === 'case') cases.push(clause);
    if (token.lower === 'end' && cases.length > 0) clause = cases.pop() ?? -1;
    else clause = place;
  }
  return tokens;
}

/** In MySQL, BigQuery and templates a text may stand in double quotes, where nothing else than a value can. */
const isLiteral = (before: readonly SqlToken[], template: number): boolean => {
  const last = before.at(-1)?.lower ?? '';
  if (template > 0) return true;
  if (/^(=|<>|!=|==|<=>|like|ilike|rlike|regexp)$/.test(last)) return true;
  const open = before.at(-1)?.open ?? -1;
  const list = last === '(' ? before.length - 1 : last === ',' ? open : -1;
  return list > 0 && /^(in|values)$/.test(before[list - 1]?.lower ?? '');
};

/** The lines after `COPY … FROM stdin;` are data. */
function skipCopied(text: string, tokens: readonly SqlToken[]): void {
  const [from, source] = tokens.slice(-3);
  if (from?.lower !== 'from' || source?.lower !== 'stdin') return;
  const end = text.indexOf('\n\\.', PIECE.lastIndex);
  PIECE.lastIndex = end < 0 ? text.length : end + 3;
}
