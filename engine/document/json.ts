/** JSON as a document: what it says, and where it says it. */
import type { Diagnostic } from '../diagnostic.ts';
import type { Document, Pointer } from '../document.ts';
import { indexLines, type LineIndex, placeOf, toDiagnostics } from './problem.ts';

/** Reads a text as JSON. Never throws; the document is absent when it is none. Its top may be anything. */
export function readJson(path: string, text: string): { document?: Document; diagnostics: Diagnostic[] } {
  // A byte order mark is not JSON, and some editors write one; a blank keeps every column.
  const json = text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
  try {
    return { document: { path, data: JSON.parse(json), locate: locateIn(path, json) }, diagnostics: [] };
  } catch {
    const { at, message } = findFault(json);
    const problem = {
      rule: 'json-syntax',
      start: at,
      end: at + 1,
      message,
      help: 'see json.org for how JSON is written',
    };
    return { diagnostics: toDiagnostics(path, json, [problem]) };
  }
}

const BLANK = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.])|(?:true|false|null)(?![A-Za-z0-9])/y;

interface Token {
  start: number;
  end: number;
  /** The sign itself, else what it begins with. */
  sign: string;
}

/** The next token from an offset; nothing at the end of the text and where no token begins. */
function nextToken(text: string, from: number): Token | undefined {
  BLANK.lastIndex = from;
  BLANK.test(text);
  TOKEN.lastIndex = BLANK.lastIndex;
  const start = TOKEN.lastIndex;
  return TOKEN.test(text) ? { start, end: TOKEN.lastIndex, sign: text.charAt(start) } : undefined;
}

const needed = {
  value: 'a value is needed here',
  key: 'a key in double quotes is needed here',
  colon: 'a colon is needed here',
  next: 'a comma or the closing bracket is needed here',
  end: 'there is more after the end',
} as const;

/** Where a text that is no JSON stops being it. */
function findFault(text: string): { at: number; message: string } {
  const open: string[] = [];
  let state: keyof typeof needed = 'value';
  let mayClose = false;
  let at = 0;
  for (;;) {
    const token = nextToken(text, at);
    BLANK.lastIndex = at;
    BLANK.test(text);
    const start = token?.start ?? BLANK.lastIndex;
    const fault = { at: start, message: start >= text.length ? 'the text ends too early' : needed[state] };
    if (!token)
      return text.charAt(start) === '"'
        ? { at: start, message: 'this text in quotes is not closed on its line, or has a wrong escape' }
        : fault;
    at = token.end;
    const { sign } = token;
    const closes = open.at(-1) === '{' ? '}' : ']';
    if (open.length > 0 && sign === closes && (state === 'next' || mayClose)) {
      open.pop();
      state = open.length === 0 ? 'end' : 'next';
      mayClose = false;
      continue;
    }
    mayClose = false;
    if (state === 'value' && (sign === '{' || sign === '[')) {
      open.push(sign);
      state = sign === '{' ? 'key' : 'value';
      mayClose = true;
    } else if (state === 'value' && !'}],:'.includes(sign)) state = open.length === 0 ? 'end' : 'next';
    else if (state === 'key' && sign === '"') state = 'colon';
    else if (state === 'colon' && sign === ':') state = 'value';
    else if (state === 'next' && sign === ',') state = open.at(-1) === '{' ? 'key' : 'value';
    else return fault;
  }
}

interface Span {
  key?: { start: number; end: number };
  start: number;
  end: number;
}

/** A file without mistakes is never asked for a place, so the text is gone through when it is. */
function locateIn(path: string, text: string): Document['locate'] {
  let lines: LineIndex | undefined;
  const known = new Map<number, ReadonlyMap<string, Child>>();
  const childrenOf = (opening: Token): ReadonlyMap<string, Child> => {
    const children = known.get(opening.start) ?? findChildren(text, opening);
    known.set(opening.start, children);
    return children;
  };
  return (pointer, what = 'value') => {
    lines ??= indexLines(text);
    const span = findSpan(text, pointer, childrenOf);
    const { start, end } = what === 'key' ? (span.key ?? span) : span;
    return placeOf(path, lines, start, end);
  };
}

/** What a pointer leads to, or the key of the nearest that exists above it. */
function findSpan(text: string, pointer: Pointer, childrenOf: (opening: Token) => ReadonlyMap<string, Child>): Span {
  let at: Child = { value: nextToken(text, 0) ?? { start: 0, end: text.length, sign: '' } };
  for (const step of pointer) {
    const child = childrenOf(at.value).get(String(step));
    if (!child) return at.key ?? { start: at.value.start, end: at.value.start + 1 };
    at = child;
  }
  return { key: at.key, start: at.value.start, end: skipValue(text, at.value) };
}

interface Child {
  key?: Token;
  value: Token;
}

/** What stands in an object or a list, by key or index; nothing in what is neither. Of a key that comes twice, the last counts. */
function findChildren(text: string, opening: Token): Map<string, Child> {
  const children = new Map<string, Child>();
  if (!'{['.includes(opening.sign)) return children;
  let token = nextToken(text, opening.end);
  while (token && !']}'.includes(token.sign)) {
    const key = opening.sign === '{' ? token : undefined;
    const value = key ? nextToken(text, (nextToken(text, key.end) ?? key).end) : token;
    if (!value) break;
    children.set(key ? String(JSON.parse(text.slice(key.start, key.end))) : String(children.size), { key, value });
    const comma = nextToken(text, skipValue(text, value));
    token = comma?.sign === ',' ? nextToken(text, comma.end) : undefined;
  }
  return children;
}

/** Where a value ends that begins with this token. */
function skipValue(text: string, first: Token): number {
  let depth = 0;
  let token: Token | undefined = first;
  while (token) {
    if (token.sign === '{' || token.sign === '[') depth++;
    if (token.sign === '}' || token.sign === ']') depth--;
    if (depth === 0) return token.end;
    token = nextToken(text, token.end);
  }
  return text.length;
}
