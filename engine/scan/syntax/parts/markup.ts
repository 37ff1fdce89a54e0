import { closingBrace } from './closing-brace.ts';

/** From one place in the text to before another. */
export interface Span {
  start: number;
  end: number;
}

export interface Attribute {
  name: string;
  /** Where its `=` stands. */
  equals: number;
  /** Its value, without what is around it. */
  value: Span;
  /** What is around it: a quote, a brace, or nothing. */
  around: string;
  /** Braces in a quoted value, with them. */
  braces: readonly Span[];
}

export type Piece =
  | ({
      is: 'tag';
      name: string;
      attributes: readonly Attribute[];
      closesItself: boolean;
      braces: readonly Span[];
    } & Span)
  | ({ is: 'close'; name: string } & Span)
  | ({ is: 'comment' } & Span)
  /** What braces hold between tags, with them. */
  | ({ is: 'braces' } & Span);

export interface Dialect {
  /** The expression that braces at a place hold, with them, if any begins there. */
  bracesAt(text: string, at: number): Span | undefined;
  /** Whether values of attributes may stand in braces. */
  inTags: boolean;
}

/** How much of a text may be looked through in vain for closing braces, in all. */
const PATIENCE = 2_000_000;

/** `{ … }`, as Svelte has it. */
export function singleBraces(): Dialect['bracesAt'] {
  let patience = PATIENCE;
  return (text, at) => {
    if (text[at] !== '{' || patience <= 0) return undefined;
    // The end of a block looks as if a pattern began.
    const isEnd = /^\{\/[a-z]/.test(text.slice(at, at + 3));
    const close = isEnd ? text.indexOf('}', at) : closingBrace(text, at);
    if (close >= 0) return { start: at, end: close + 1 };
    patience -= 20_000;
    return undefined;
  };
}

/** `{{ … }}`, as Vue has it. */
export function doubleBraces(): Dialect['bracesAt'] {
  let isClosed = true;
  return (text, at) => {
    if (!isClosed || text[at] !== '{' || text[at + 1] !== '{') return undefined;
    const close = text.indexOf('}}', at + 2);
    isClosed = close >= 0;
    return isClosed ? { start: at, end: close + 2 } : undefined;
  };
}

const NAME = /[^\s/>]*/y;
const SPACE = /\s/;

/** Reads markup from front to back, whatever is broken in it. `goOn` takes each piece, and may say where reading goes on. */
export function readMarkup(text: string, dialect: Dialect, goOn: (piece: Piece) => number | undefined): void {
  for (let at = 0; at < text.length; ) {
    const braces = dialect.bracesAt(text, at);
    if (braces) {
      goOn({ is: 'braces', ...braces });
      at = braces.end;
    } else if (text[at] !== '<') at++;
    else if (text.startsWith('<!--', at)) {
      const end = after(text, '-->', at + 4);
      goOn({ is: 'comment', start: at, end });
      at = end;
    } else if (/[A-Za-z]/.test(text[at + 1] ?? '')) {
      const tag = readTag(text, at, dialect);
      at = goOn(tag) ?? tag.end;
    } else if (text[at + 1] === '/') {
      const end = after(text, '>', at);
      goOn({ is: 'close', name: nameAt(text, at + 2), start: at, end });
      at = end;
    } else at++;
  }
}

function after(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found + what.length;
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

function readTag(text: string, start: number, dialect: Dialect): Piece & { is: 'tag' } {
  const name = nameAt(text, start + 1);
  const attributes: Attribute[] = [];
  const braces: Span[] = [];
  let at = start + 1 + name.length;
  while (at < text.length && text[at] !== '>') {
    const held = dialect.inTags ? dialect.bracesAt(text, at) : undefined;
    if (held) {
      braces.push(held);
      at = held.end;
    } else if (SPACE.test(text[at] ?? '') || text[at] === '/') at++;
    else {
      const attribute = readAttribute(text, at, dialect);
      if (attribute.found) attributes.push(attribute.found);
      at = attribute.end;
    }
  }
  return {
    is: 'tag',
    name,
    attributes,
    braces,
    closesItself: text[at - 1] === '/',
    start,
    end: Math.min(at + 1, text.length),
  };
}

function readAttribute(text: string, start: number, dialect: Dialect): { found?: Attribute; end: number } {
  let at = start + 1;
  while (at < text.length && !/[\s=>/]/.test(text[at] ?? '')) at++;
  const name = text.slice(start, at);
  let equals = at;
  while (SPACE.test(text[equals] ?? '')) equals++;
  if (text[equals] !== '=') return { end: at };
  at = equals + 1;
  while (SPACE.test(text[at] ?? '')) at++;
  const around = text[at] ?? '';
  const found = (value: Span, braces: readonly Span[], end: number, kind: string) => ({
    found: { name, equals, value, around: kind, braces },
    end,
  });
  if (around === '"' || around === "'") {
    const { end, braces } = readQuoted(text, at, dialect);
    return found({ start: at + 1, end }, braces, end + 1, around);
  }
  const held = dialect.inTags ? dialect.bracesAt(text, at) : undefined;
  if (held) return found({ start: held.start + 1, end: held.end - 1 }, [], held.end, '{');
  const from = at;
  while (at < text.length && !/[\s>]/.test(text[at] ?? '')) at++;
  return found({ start: from, end: at }, [], at, '');
}

/** Up to the quote that ends it; braces in it may hold the same quotes. */
function readQuoted(text: string, open: number, dialect: Dialect): { end: number; braces: Span[] } {
  const braces: Span[] = [];
  let at = open + 1;
  while (at < text.length && text[at] !== text[open]) {
    const held = dialect.inTags ? dialect.bracesAt(text, at) : undefined;
    if (held) braces.push(held);
    at = held?.end ?? at + 1;
  }
  return { end: at, braces };
}
