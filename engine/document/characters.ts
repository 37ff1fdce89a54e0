import { MOST_PROBLEMS, type Problem } from './problem.ts';

/**
 * What no reviewer can see: control characters (C0 but tab and line ends, DEL, C1), bidirectional controls, marks that
 * some tools show as a line end and others do not, a byte order mark inside the text. CR is a line end only before LF.
 */
export const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufffe\uffff]|\r(?!\n)/;

const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const NAMES: Readonly<Record<string, string>> = {
  '\0': 'a NUL character',
  '\b': 'a backspace',
  '\r': 'a carriage return without a line feed',
  '\x1b': 'an escape character',
  '\x7f': 'a delete character',
  '\x85': 'a next-line character',
  '\u2028': 'a line separator',
  '\u2029': 'a paragraph separator',
  '\ufeff': 'a byte order mark inside the text',
};

/** The refusal of one character that `FORBIDDEN` found, raw or written as an escape. */
export function forbiddenIn(character: string, start: number, end: number): Problem {
  const code = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (BIDIRECTIONAL.test(character)) {
    return {
      rule: 'bidirectional-control',
      start,
      end,
      message: `there is a bidirectional control character here (${code}); it makes text look different from what it is`,
      help: 'remove it; right-to-left words need no such character',
    };
  }
  return {
    rule: 'control-character',
    start,
    end,
    message: `there is ${NAMES[character] ?? 'a control character'} here (${code}), which nobody can see in a review`,
    help: 'remove it, or type the text again',
  };
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|\r?\n([ \t]*\r?\n)?|[^])/g;

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\\0': '\0',
  '\\a': '\x07',
  '\\b': '\b',
  '\\v': '\v',
  '\\f': '\f',
  '\\r': '\r',
  '\\e': '\x1b',
  '\\N': '\x85',
  '\\L': '\u2028',
  '\\P': '\u2029',
};

/** What the escapes of a double-quoted text (`raw`, at `offset`, without its quotes) would hide. */
export function findHiddenEscapes(raw: string, offset: number): Problem[] {
  const problems: Problem[] = [];
  let high: { start: number; end: number } | undefined;
  const refuseHigh = () => {
    if (high) problems.push(loneSurrogate(high.start, high.end));
    high = undefined;
  };
  for (const match of raw.matchAll(ESCAPE)) {
    if (problems.length >= MOST_PROBLEMS) return problems;
    const start = offset + match.index;
    const end = start + match[0].length;
    const hex = match[1] ?? match[2] ?? match[3];
    const code = hex === undefined ? NAMED_ESCAPES[match[0]]?.charCodeAt(0) : Number.parseInt(hex, 16);
    const isLow = code !== undefined && code >= 0xdc00 && code <= 0xdfff;
    // Two halves make a character only where they touch.
    if (isLow && high?.end === start) {
      high = undefined;
      continue;
    }
    refuseHigh();
    if (match[4] !== undefined) problems.push(blankLine(start));
    if (code === undefined) continue;
    if (isLow) problems.push(loneSurrogate(start, end));
    else if (code >= 0xd800 && code <= 0xdbff) high = { start, end };
    else if (code > 0x10ffff) problems.push(noCharacter(match[0], start, end));
    else if (FORBIDDEN.test(String.fromCodePoint(code))) {
      problems.push(forbiddenIn(String.fromCodePoint(code), start, end));
    }
  }
  refuseHigh();
  return problems;
}

function loneSurrogate(start: number, end: number): Problem {
  return {
    rule: 'lone-surrogate',
    start,
    end,
    message: 'this escape is a lone surrogate: one half of a character',
    help: 'type the character itself instead of the escape',
  };
}

/** YAML wants a line end here; parsers leave it out or write a space. */
const blankLine = (start: number): Problem => ({
  rule: 'yaml-syntax',
  start,
  end: start + 1,
  message: 'an empty line follows the backslash at the end of this line, which is read in more than one way',
  help: 'remove the empty line, or write \\n for a line end',
});

function noCharacter(escape: string, start: number, end: number): Problem {
  return {
    rule: 'control-character',
    start,
    end,
    message: `there is no character ${escape}`,
    help: 'type the character itself instead of the escape',
  };
}
