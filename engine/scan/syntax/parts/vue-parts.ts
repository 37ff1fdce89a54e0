import { type Attribute, doubleBraces, type Piece, readMarkup, type Span } from './markup.ts';
import { attributeOf, endOfRaw, scriptsOf } from './scripts.ts';
import { type Weave, weave } from './weave.ts';

/** How often the end of a block is looked for in vain. */
const MOST_UNCLOSED = 20;

/** The code of a Vue component: its scripts, and as statements of their own what its template compares, shows and does. */
export function vueParts(file: string): { language: string; text: string }[] {
  const code = weave(file);
  const scripts = scriptsOf(file, code);
  let templates = 0;
  let unclosed = 0;
  /** A block of its own beside the template holds texts or documentation. One that never ends is a mistake, and hides nothing. */
  const endOfBlock = (tag: Piece & { is: 'tag' }): number => {
    const end = unclosed < MOST_UNCLOSED ? endOfRaw(file, tag) : file.length;
    if (end < file.length) return end;
    unclosed++;
    return tag.end;
  };
  readMarkup(file, { bracesAt: doubleBraces(), inTags: false }, (piece) => {
    if (piece.is === 'braces') {
      if (templates > 0) keepShown(piece, code);
      return undefined;
    }
    if (piece.is === 'comment') return undefined;
    const name = piece.name.toLowerCase();
    if (piece.is === 'close') {
      if (name === 'template' && templates > 0) templates--;
      return undefined;
    }
    if (name === 'script') return scripts.keep(piece);
    if (name === 'style') return endOfRaw(file, piece);
    if (templates === 0 && name !== 'template') return endOfBlock(piece);
    if (templates === 0 && attributeOf(file, piece, 'lang') === 'pug') {
      const end = endOfRaw(file, piece);
      for (const attribute of pugAttributes(file, piece.end, end)) keepDirective(file, attribute, code);
      return end;
    }
    if (name === 'template' && !piece.closesItself) templates++;
    for (const attribute of piece.attributes) keepDirective(file, attribute, code);
    return undefined;
  });
  return [{ language: scripts.language(), text: code.text() }];
}

/** `{{ plan }}` becomes `;(plan);`. */
function keepShown({ start, end }: Span, code: Weave): void {
  code.put(start, ';');
  code.put(start + 1, '(');
  code.keep({ start: start + 2, end: end - 2 });
  code.put(end - 2, ')');
  code.put(end - 1, ';');
}

/** `v-if="a === b"` becomes `;(a === b)`, and what an event does `; a = b;`. Slots name things and decide nothing. */
function keepDirective(file: string, { name, equals, value, around }: Attribute, code: Weave): void {
  if (!/^(v-|[:@.])/.test(name) || /^v-slot\b/.test(name)) return;
  const text = file.slice(value.start, value.end);
  if (text.trim() === '') return;
  code.put(equals, ';');
  const isHandler = /^(@|v-on\b)/.test(name) && !text.trim().startsWith('{');
  if (around === '' || isHandler) {
    code.decode(value);
    if (around !== '') code.put(value.end, ';');
    return;
  }
  // Of `account in accounts` only the accounts are compared with nothing.
  const loop = name === 'v-for' ? /^[\s\S]*?\s(?:in|of)(?=\s)/.exec(text) : null;
  const start = value.start + (loop?.[0].length ?? 0);
  code.put(loop ? start : start - 1, '(');
  code.decode({ start: loop ? start + 1 : start, end: value.end });
  code.put(value.end, ')');
}

/** Directives as Pug writes them, which are the same but for what is around the tag. */
function* pugAttributes(file: string, start: number, end: number): Generator<Attribute> {
  const directive = /(?<=[\s(,])(v-[\w.:-]+|[:@][\w.:-]+)(\s*=\s*)(["'])((?:(?!\3)[^\\]|\\.)*)\3/g;
  directive.lastIndex = start;
  for (let found = directive.exec(file); found && found.index < end; found = directive.exec(file)) {
    const [all, name = '', sign = '', around = '', value = ''] = found;
    const from = found.index + all.length - 1 - value.length;
    const equals = found.index + name.length + sign.indexOf('=');
    yield { name, equals, value: { start: from, end: from + value.length }, around, braces: [] };
  }
}
