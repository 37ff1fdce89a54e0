import { shorten } from './problem.ts';

/** What a reviewer could read in two ways, with the words to say so. */
export interface Unclear {
  rule: 'unclear-number' | 'unsafe-number' | 'unclear-word';
  message: string;
  help: string;
}

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** Every spelling that YAML 1.1, YAML 1.2, JSON5 or a spreadsheet takes for a number, but for `1_000` and `1,000`. */
const LOOKS_LIKE_NUMBER =
  /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF|nan|NaN|NAN))$/;

const MOST_DIGITS = 15;
const LONGEST_NUMBER = 32;

/**
 * A plain (unquoted) scalar as the value a reviewer reads: canonical decimal numbers that a double holds exactly,
 * `true`, `false`, `null`, `~` and nothing at all; every other text stays text. YAML 1.2 core without its look-alikes.
 */
export function readPlain(text: string): string | number | boolean | null | Unclear {
  switch (text.charCodeAt(0)) {
    case 0x2b: // +
    case 0x2d: // -
    case 0x2e: // .
    case 0x30:
    case 0x31:
    case 0x32:
    case 0x33:
    case 0x34:
    case 0x35:
    case 0x36:
    case 0x37:
    case 0x38:
    case 0x39:
      return readNumber(text);
    case 0x7e: // ~
      return text === '~' ? null : text;
    case 0x74: // t
      return text === 'true' ? true : text;
    case 0x66: // f
      return text === 'false' ? false : text;
    case 0x6e: // n
      return text === 'null' ? null : text;
    case 0x54: // T
    case 0x46: // F
    case 0x4e: // N
      return readCapitals(text);
    default:
      return text === '' ? null : text;
  }
}

function readCapitals(text: string): string | Unclear {
  if (!/^(?:True|TRUE|False|FALSE|Null|NULL)$/.test(text)) return text;
  const word = text.toLowerCase();
  return {
    rule: 'unclear-word',
    message: `${text} can be read as the word or as the value ${word}`,
    help: `write ${word} for the value, or "${text}" in quotes for the word`,
  };
}

function readNumber(text: string): string | number | Unclear {
  if (NUMBER.test(text)) {
    const value = Number(text);
    if (value === 0 && text.startsWith('-')) {
      return { rule: 'unclear-number', message: `${text} is zero with a sign`, help: 'write 0' };
    }
    // Up to 15 digits every decimal comes back from a double as it was written.
    if (text.length <= MOST_DIGITS) return value;
    if (text.includes('.') ? keepsDigits(text) : Number.isSafeInteger(value)) return value;
    return {
      rule: 'unsafe-number',
      message: `the number ${shorten(text)} has more digits than can be kept exactly`,
      help: 'write fewer digits, or put it in quotes if it is an id and not a quantity',
    };
  }
  return LOOKS_LIKE_NUMBER.test(text) ? refuseLookAlike(text) : text;
}

function keepsDigits(text: string): boolean {
  const significant = text.replace(/^-?[0.]*|\./g, '').replace(/0+$/, '');
  return text.length <= LONGEST_NUMBER && significant.length <= MOST_DIGITS;
}

function refuseLookAlike(text: string): Unclear {
  const shown = shorten(text);
  if (/inf$/i.test(text)) {
    return {
      rule: 'unclear-number',
      message: `${shown} is not a number that can be stored`,
      help: 'write unlimited',
    };
  }
  if (/nan$/i.test(text)) {
    return {
      rule: 'unclear-number',
      message: `${shown} is not a number`,
      help: 'write the number, or remove the line',
    };
  }
  const plain = String(Number(text));
  const advice = NUMBER.test(plain) && plain.length <= MOST_DIGITS ? `write ${plain}` : 'write it as a plain decimal';
  const why = /^[-+]?0[0-9]/.test(text) ? 'has a leading zero' : 'is not written as a plain decimal number';
  return {
    rule: 'unclear-number',
    message: `${shown} ${why} and can be read in more than one way`,
    help: `${advice} for a number, or put it in quotes if it is an id or a code`,
  };
}
