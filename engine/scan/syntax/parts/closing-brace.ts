/** Longer than any expression of a template. */
const LONGEST = 20_000;

/** Deeper than anybody puts templates into templates. */
const DEEPEST = 20;

/**
 * Where the brace that opens at `open` is closed, past texts, comments and patterns that hold braces; -1 where it is not.
 * The text may be any.
 */
export function closingBrace(text: string, open: number): number {
  return closeOf(text, open, Math.min(text.length, open + LONGEST), 0);
}

function closeOf(text: string, open: number, end: number, nested: number): number {
  if (nested > DEEPEST) return -1;
  let depth = 0;
  /** What was before, apart from spaces: a slash after it divides or begins a pattern. */
  let before = '{';
  for (let at = open; at < end; at++) {
    const character = text[at] ?? '';
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
    else if (character === '"' || character === "'") at = endOfText(text, at, end);
    else if (character === '`') at = endOfTemplate(text, at, end, nested);
    else if (character === '/') at = endOfSlash(text, at, end, before);
    if (at < 0) return -1;
    if (character.trim() !== '') before = character;
  }
  return -1;
}

/** The quote that ends a text of one line; one that never ends is an apostrophe. */
function endOfText(text: string, start: number, end: number): number {
  const quote = text[start];
  for (let at = start + 1; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
    else if (text[at] === '\n') return start;
  }
  return start;
}

function endOfTemplate(text: string, start: number, end: number, nested: number): number {
  for (let at = start + 1; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return at;
    else if (text[at] === '$' && text[at + 1] === '{') {
      at = closeOf(text, at + 1, end, nested + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function endOfSlash(text: string, start: number, end: number, before: string): number {
  if (text[start + 1] === '/') {
    const newline = text.indexOf('\n', start);
    return newline < 0 || newline >= end ? -1 : newline;
  }
  if (text[start + 1] === '*') {
    const close = text.indexOf('*/', start + 2);
    return close < 0 || close >= end ? -1 : close + 1;
  }
  if (!'{(,=:[!&|?;+-<>'.includes(before)) return start;
  let inClass = false;
  for (let at = start + 1; at < end && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at;
  }
  return start;
}
