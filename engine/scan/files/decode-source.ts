import { isUtf8 } from 'node:buffer';

/** What a file holds: its bytes in UTF-8 without a byte order mark, and the same as text. */
export interface DecodedSource {
  bytes: Buffer;
  text(): string;
}

/** As many bytes as git looks at to tell whether a file is text. */
const LOOKED_AT = 8_000;

const recoded = (text: string): DecodedSource => ({ bytes: Buffer.from(text, 'utf8'), text: () => text });

/**
 * One character of several bytes is hardly ever there by chance: then the bytes that are none are faults, and must not turn every
 * accented name of the file into another.
 */
const isMostlyUtf8 = (bytes: Buffer): boolean => /[^\0-\x7f\ufffd]/.test(bytes.toString('utf8'));

/**
 * Bytes as text, whatever they are written in: UTF-8 also with faults in it, UTF-16 with a byte order mark, or else one character a byte, so that lines
 * and columns are right in any case. `undefined` for what is no text. Nothing is copied of UTF-8: the answer is good for as long as the bytes are.
 */
export function decodeSource(bytes: Uint8Array): DecodedSource | undefined {
  const view = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second] = [view[0], view[1]];
  // Four bytes a character begin like two bytes a character, followed by a zero.
  if (first === 0xff && second === 0xfe && !(view[2] === 0 && view[3] === 0))
    return recoded(view.toString('utf16le', 2));
  if (first === 0xfe && second === 0xff)
    return recoded(
      Buffer.from(view.subarray(2, view.length - (view.length % 2)))
        .swap16()
        .toString('utf16le'),
    );
  const content = first === 0xef && second === 0xbb && view[2] === 0xbf ? view.subarray(3) : view;
  const zero = content.indexOf(0);
  if (zero >= 0 && zero < LOOKED_AT) return undefined;
  if (!isUtf8(content)) return recoded(content.toString(isMostlyUtf8(content) ? 'utf8' : 'latin1'));
  return { bytes: content, text: () => content.toString('utf8') };
}
