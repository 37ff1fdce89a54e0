import { readMarkup, type Span, singleBraces } from './markup.ts';
import { endOfRaw, scriptsOf } from './scripts.ts';
import { type Weave, weave } from './weave.ts';

/** The code of a Svelte component: its scripts, and as statements of their own what its markup compares, shows and does. */
export function svelteParts(file: string): { language: string; text: string }[] {
  const code = weave(file);
  const scripts = scriptsOf(file, code);
  readMarkup(file, { bracesAt: singleBraces(), inTags: true }, (piece) => {
    if (piece.is === 'braces') keepBraces(file, piece, code);
    if (piece.is !== 'tag') return undefined;
    const name = piece.name.toLowerCase();
    if (name === 'script') return scripts.keep(piece);
    if (name === 'style') return endOfRaw(file, piece);
    for (const braces of piece.braces) keepBraces(file, braces, code);
    for (const { equals, value, around, braces } of piece.attributes) {
      for (const held of braces) keepBraces(file, held, code);
      if (around !== '{' || file.slice(value.start, value.end).trim() === '') continue;
      code.put(equals, ';');
      code.put(value.start - 1, '(');
      code.keep(value);
      code.put(value.end, ')');
    }
    return undefined;
  });
  return [{ language: scripts.language(), text: code.text() }];
}

/** What comes before the expression in braces: nothing, `#if`, `:else if`, `@html`, `...`; `@const` is one as it stands. */
const BEFORE = /^\s*(?:#(?:if|each|await|key)\s|:else\s+if\s|@(?:html|render|attach|const)\s|\.\.\.)?/;
/** What holds no expression: the end of a block, a new branch, a name for what follows. */
const NOTHING = /^\s*(?:\/|:(?!else\s+if\s)|#snippet\b|@debug\b)/;

/** `{#if a === b}` becomes `;    a === b;`. */
function keepBraces(file: string, { start, end }: Span, code: Weave): void {
  const text = file.slice(start + 1, end - 1);
  if (NOTHING.test(text) || text.trim() === '') return;
  const before = BEFORE.exec(text)?.[0] ?? '';
  const from = /@const\s$/.test(before) ? before.indexOf('@') + 1 : before.length;
  const to = /#each\s$/.test(before) ? endOfList(text) : /#await\s$/.test(before) ? endOfPromise(text) : text.length;
  code.put(start, ';');
  code.keep({ start: start + 1 + from, end: start + 1 + to });
  code.put(start + 1 + to, ';');
}

/** Of `{#each list as item, index (key)}` the list; the last `as` tells, since a cast may stand before it. */
function endOfList(text: string): number {
  const named = text.lastIndexOf(' as ');
  return named < 0 ? text.length : named;
}

function endOfPromise(text: string): number {
  const then = text.search(/\s(then|catch)\b/);
  return then < 0 ? text.length : then;
}
