import { describe, expect, it } from 'vitest';
import { decodeSource } from '../../../../engine/scan/files/decode-source.ts';

const text = 'const a = "Zürich";\n// 日本 👋\n';
const utf16 = Buffer.from(text, 'utf16le');
const plain = Buffer.from(text);

describe('text, whatever it is written in', () => {
  it.each([
    ['UTF-8', plain, text],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]), text],
    ['UTF-16, small end first', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), text],
    ['UTF-16, large end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), text],
    ['UTF-16 that ends in the middle', Buffer.from([0xfe, 0xff, 0, 0x61, 0]), 'a'],
    ['latin-1, one character a byte', Buffer.from('a = "Zürich"; é', 'latin1'), 'a = "Zürich"; é'],
    ['nothing', Buffer.alloc(0), ''],
    ['a mark and nothing', Buffer.from([0xef, 0xbb, 0xbf]), ''],
    ['a zero far down', Buffer.concat([Buffer.alloc(8_000, 'a'), Buffer.from([0])]), `${'a'.repeat(8_000)}\0`],
  ])('%s', (_, bytes, expected) => {
    const decoded = decodeSource(bytes);
    expect(decoded?.text()).toBe(expected);
    // What is looked through as bytes and what is read as text are the same.
    expect(Buffer.from(decoded?.bytes ?? []).toString('utf8')).toBe(expected);
  });

  it('reads a part of a larger piece of memory, and leaves it as it was', () => {
    const whole = Buffer.concat([Buffer.from('xx'), Buffer.from([0xfe, 0xff, 0, 0x61]), Buffer.from('yy')]);
    const before = Buffer.from(whole);
    expect(decodeSource(whole.subarray(2, 6))?.text()).toBe('a');
    expect(whole).toEqual(before);
  });
});

describe('no text', () => {
  it.each([
    ['a zero near the top', Buffer.from('GIF89a\0')],
    ['UTF-16 without a mark', utf16],
    ['four bytes a character', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
  ])('%s', (_, bytes) => {
    expect(decodeSource(bytes)).toBeUndefined();
  });
});
