import { Buffer, isUtf8 } from 'node:buffer';
import { FORBIDDEN, forbiddenIn } from './characters.ts';
import { MOST_PROBLEMS, type Problem } from './problem.ts';

/** A customer with ten years of contracts takes about 30 kB. */
const MOST_BYTES = 256 * 1024;

/** Every value ends with one of `, : ? -` or a line end; a file of nothing else would take 70 MB to read. */
const MOST_SEPARATORS = 100_000;

const WHOLE_FILE = { start: 0, end: 0 };

/** The text without a byte order mark, or why the bytes are not one. */
export interface Decoded {
  text: string;
  problems?: readonly Problem[];
}

/** Bytes → text: at most 256 kB of UTF-8 without hidden characters. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > MOST_BYTES) return { text: '', problems: [tooLarge(bytes.length)] };
  const mark = byteOrderMark(bytes);
  if (mark) return { text: '', problems: [wrongEncoding(mark)] };
  const content = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const buffer = Buffer.from(content.buffer, content.byteOffset, content.length);
  const text = buffer.toString('utf8');
  if (!isUtf8(content)) return { text, problems: [brokenUtf8(content, text)] };
  if (text.length > MOST_SEPARATORS && countSeparators(text) > MOST_SEPARATORS)
    return { text: '', problems: [tooMany()] };
  return FORBIDDEN.test(text) ? { text, problems: hiddenCharacters(text) } : { text };
}

function tooLarge(size: number): Problem {
  return {
    rule: 'file-too-large',
    ...WHOLE_FILE,
    message: `the file has ${Math.ceil(size / 1024)} kB; at most 256 kB are read`,
    help: 'keep one customer, plan or policy a file, and documents and lists of data elsewhere',
  };
}

function countSeparators(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x2c || code === 0x3a || code === 0x3f || code === 0x2d) count++;
  }
  return count;
}

function tooMany(): Problem {
  return {
    rule: 'file-too-large',
    ...WHOLE_FILE,
    message: 'the file holds too many values',
    help: 'keep one customer, plan or policy a file, and documents and lists of data elsewhere',
  };
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ? 'UTF-16' : undefined;
}

function wrongEncoding(encoding: string): Problem {
  return {
    rule: 'not-utf8',
    ...WHOLE_FILE,
    message: `the file is saved as ${encoding}, not as UTF-8`,
    help: 'save it again with the encoding UTF-8',
  };
}

/** `text` is what a forgiving decoder made of the bytes: what it could not read became U+FFFD. */
function brokenUtf8(bytes: Uint8Array, text: string): Problem {
  const start = firstReplaced(bytes, text);
  return {
    rule: 'not-utf8',
    start,
    end: start + 1,
    message: 'the file is not valid UTF-8: a character here was saved in another encoding or cut in half',
    help: 'save the file again with the encoding UTF-8 and correct this character',
  };
}

/** U+FFFD may also stand in the file as such (EF BF BD), before the first broken byte. */
function firstReplaced(bytes: Uint8Array, text: string): number {
  let byte = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', from)) {
    byte += Buffer.byteLength(text.slice(from, at));
    if (bytes[byte] !== 0xef || bytes[byte + 1] !== 0xbf || bytes[byte + 2] !== 0xbd) return at;
    byte += 3;
    from = at + 1;
  }
  return 0;
}

function hiddenCharacters(text: string): Problem[] {
  const problems: Problem[] = [];
  for (const match of text.matchAll(new RegExp(FORBIDDEN, 'g'))) {
    problems.push(forbiddenIn(match[0], match.index, match.index + 1));
    if (problems.length === MOST_PROBLEMS) break;
  }
  return problems;
}
