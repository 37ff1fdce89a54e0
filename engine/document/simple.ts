import { readPlain } from './plain.ts';

const LINE_END = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_MAPPING = 0x7b;
const CLOSE_MAPPING = 0x7d;

/** Deep enough for every file that people write, and less than the language allows. */
const MOST_LEVELS = 16;
const LONGEST_KEY = 100;

/**
 * Reads the YAML that nearly all files consist of: plain keys, values on the line of their key, lists and mappings in
 * blocks or on one line. It answers `undefined` for a text with anything else in it, right or wrong: that is for the
 * parser, which takes eight times as long. What it does answer is what the parser would. `text` holds no character that
 * is forbidden.
 */
export function readSimple(text: string): Record<string, unknown> | undefined {
  if (text.includes('\t') || text.includes('\r')) return undefined;
  const reader = new SimpleReader(text);
  try {
    return reader.readFile();
  } catch (thrown) {
    if (thrown === notSimple) return undefined;
    throw thrown;
  }
}

const notSimple = Symbol('not simple');

function giveUp(): never {
  throw notSimple;
}

const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isInKey = (code: number): boolean => isLetter(code) || isDigit(code) || code === DASH || code === 0x5f;

/** Walks over the lines that are neither empty nor comments. */
class SimpleReader {
  readonly #text: string;
  /** Where reading stands; on a new line its first letter. */
  #at = 0;
  /** The end of the line, without its line end; -1 before the first. */
  #end = -1;
  /** The column of what is read as one block; -1 after the last line. */
  #indent = -1;
  #level = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readFile(): Record<string, unknown> {
    this.#nextLine();
    if (this.#indent !== 0) giveUp();
    const mapping = this.#readMapping();
    if (this.#hasLine()) giveUp();
    return mapping;
  }

  #hasLine(): boolean {
    return this.#indent !== -1;
  }

  #nextLine(): void {
    const text = this.#text;
    let start = this.#end + 1;
    for (;;) {
      let at = start;
      while (text.charCodeAt(at) === SPACE) at += 1;
      if (at >= text.length) break;
      const code = text.charCodeAt(at);
      const end = code === LINE_END ? at : text.indexOf('\n', at);
      if (code !== LINE_END && code !== HASH) {
        this.#at = at;
        this.#end = end === -1 ? text.length : end;
        this.#indent = at - start;
        return;
      }
      if (end === -1) break;
      start = end + 1;
    }
    this.#indent = -1;
  }

  #enter(): void {
    this.#level += 1;
    if (this.#level > MOST_LEVELS) giveUp();
  }

  #readMapping(): Record<string, unknown> {
    this.#enter();
    const indent = this.#indent;
    const mapping: Record<string, unknown> = {};
    while (this.#indent === indent) {
      const key = this.#readKey() ?? giveUp();
      if (mapping[key] !== undefined && Object.hasOwn(mapping, key)) giveUp();
      this.#skipSpaces();
      mapping[key] = this.#isOver() ? this.#readBelow(indent) : this.#readRest(indent);
    }
    if (this.#indent > indent) giveUp();
    this.#level -= 1;
    return mapping;
  }

  /** The key that stands here with the colon behind it; nothing when there is none. */
  #readKey(): string | undefined {
    const text = this.#text;
    const start = this.#at;
    if (!isLetter(text.charCodeAt(start))) return undefined;
    let at = start + 1;
    while (isInKey(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) !== COLON || at - start > LONGEST_KEY) return undefined;
    const after = text.charCodeAt(at + 1);
    if (after !== SPACE && after !== LINE_END) return undefined;
    this.#at = at + 1;
    return text.slice(start, at);
  }

  /** The value of a key that has nothing behind it; a list may stand below the very letter its key begins at. */
  #readBelow(indent: number): unknown {
    this.#nextLine();
    const isList = this.#isItem();
    if (this.#indent < indent || (this.#indent === indent && !isList)) giveUp();
    return isList ? this.#readList() : this.#readMapping();
  }

  #isItem(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#text.charCodeAt(this.#at + 1) === SPACE;
  }

  #readList(): unknown[] {
    this.#enter();
    const indent = this.#indent;
    const list: unknown[] = [];
    while (this.#indent === indent && this.#isItem()) {
      const dash = this.#at;
      this.#at += 1;
      this.#skipSpaces();
      if (this.#isOver()) giveUp();
      list.push(this.#readItem(indent, indent + this.#at - dash));
    }
    if (this.#indent > indent) giveUp();
    this.#level -= 1;
    return list;
  }

  /** What stands behind a dash: a block of its own that begins in this line, or one value. */
  #readItem(indent: number, column: number): unknown {
    const start = this.#at;
    const isList = this.#isItem();
    const isMapping = !isList && this.#readKey() !== undefined;
    this.#at = start;
    if (!isList && !isMapping) return this.#readRest(indent);
    this.#indent = column;
    return isList ? this.#readList() : this.#readMapping();
  }

  /** One value to the end of the line; nothing may go on below it. */
  #readRest(indent: number): unknown {
    const value = this.#readValue(false);
    this.#skipSpaces();
    if (!this.#isOver()) giveUp();
    this.#nextLine();
    if (this.#indent > indent) giveUp();
    return value;
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at += 1;
  }

  /** Whether the line holds no more than a comment, which has a space before it. */
  #isOver(): boolean {
    if (this.#at >= this.#end) return true;
    return this.#text.charCodeAt(this.#at) === HASH && this.#text.charCodeAt(this.#at - 1) === SPACE;
  }

  #readValue(isInside: boolean): unknown {
    switch (this.#text.charCodeAt(this.#at)) {
      case QUOTE:
      case APOSTROPHE:
        return this.#readQuoted();
      case OPEN_LIST:
        return this.#readListOfLine();
      case OPEN_MAPPING:
        return this.#readMappingOfLine();
      default:
        return this.#readPlain(isInside);
    }
  }

  #readQuoted(): string {
    const text = this.#text;
    const quote = text.charCodeAt(this.#at);
    const start = this.#at + 1;
    let at = start;
    for (; at < this.#end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) break;
      if (code === BACKSLASH && quote === QUOTE) giveUp();
    }
    // Two apostrophes are one.
    if (at >= this.#end || (quote === APOSTROPHE && text.charCodeAt(at + 1) === quote)) giveUp();
    this.#at = at + 1;
    return text.slice(start, at);
  }

  #readPlain(isInside: boolean): unknown {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (!isLetter(first) && !isDigit(first) && (first !== DASH || !isDigit(text.charCodeAt(start + 1)))) giveUp();
    let at = start + 1;
    let end = at;
    for (; at < this.#end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === SPACE) continue;
      if (code === HASH && end !== at) break;
      if (code === COLON && (isInside || at + 1 === this.#end || text.charCodeAt(at + 1) === SPACE)) giveUp();
      if (isInside) {
        if (code === COMMA || code === CLOSE_LIST || code === CLOSE_MAPPING) break;
        if (code === OPEN_LIST || code === OPEN_MAPPING) giveUp();
      }
      end = at + 1;
    }
    this.#at = at;
    const value = readPlain(text.slice(start, end));
    return typeof value === 'object' && value !== null ? giveUp() : value;
  }

  #readListOfLine(): unknown[] {
    const list: unknown[] = [];
    if (this.#opensEmpty(CLOSE_LIST)) return list;
    do list.push(this.#readValue(true));
    while (this.#goesOn(CLOSE_LIST));
    return list;
  }

  #readMappingOfLine(): Record<string, unknown> {
    const mapping: Record<string, unknown> = {};
    if (this.#opensEmpty(CLOSE_MAPPING)) return mapping;
    do {
      const key = this.#readKey() ?? giveUp();
      if (mapping[key] !== undefined && Object.hasOwn(mapping, key)) giveUp();
      this.#skipSpaces();
      mapping[key] = this.#readValue(true);
    } while (this.#goesOn(CLOSE_MAPPING));
    return mapping;
  }

  #opensEmpty(close: number): boolean {
    this.#enter();
    this.#at += 1;
    this.#skipSpaces();
    return this.#closes(close);
  }

  /** Behind an item: true and on to the next one after a comma, false after the closing bracket. */
  #goesOn(close: number): boolean {
    this.#skipSpaces();
    if (this.#closes(close)) return false;
    if (this.#text.charCodeAt(this.#at) !== COMMA) giveUp();
    this.#at += 1;
    this.#skipSpaces();
    return true;
  }

  #closes(close: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== close) return false;
    this.#at += 1;
    this.#level -= 1;
    return true;
  }
}
